/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { readReceipt, receiptCode, receiptTag, secretBytes, shownReceipt, tagMessage } from '../state/receipt.js';
import { fromHex, toHex } from './hex.js';

/** Computed by another program. @type {readonly (readonly [string, string])[]} */
const vectors = [
  ['00000000000000000000000000000000', '000000000000000000000000000'],
  ['000102030405060708090a0b0c0d0e0f', '00041061050R3GG28A1C60T3GF6'],
  ['070e151c232a31383f464d545b626970', '071RAHR8SA64W3YHJDAHDP4TBGQ'],
  ['ffffffffffffffffffffffffffffffff', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ*'],
  ['00000000000000000000000000000021', '00000000000000000000000011~'],
  ['00000000000000000000000000000022', '00000000000000000000000012$'],
  ['00000000000000000000000000000023', '00000000000000000000000013='],
  ['00000000000000000000000000000024', '00000000000000000000000014U'],
];

const secret = fromHex('000102030405060708090a0b0c0d0e0f');
const code = '00041061050R3GG28A1C60T3GF6';

/** @param {string} text */
function read(text) {
  const typed = readReceipt(text);
  return typed.type === 'good' ? toHex(typed.secret) : typed.type;
}

Deno.test('a code is the one that another program makes, and is read back', () => {
  for (const [hex, text] of vectors) {
    assert.equal(receiptCode(fromHex(hex)), text);
    assert.equal(read(text), hex);
    assert.equal(read(shownReceipt(text)), hex);
  }
  assert.equal(shownReceipt(code), '0004-1061-050R-3GG2-8A1C-60T3-GF6');
});

Deno.test('every code comes back, whatever its bytes', () => {
  for (let bit = 0; bit < 8 * secretBytes; bit++) {
    const one = new Uint8Array(secretBytes);
    one[bit >> 3] = 1 << (bit & 7);
    assert.equal(read(receiptCode(one)), toHex(one));
  }
});

Deno.test('case, spaces and hyphens do not count, and signs that look alike are one', () => {
  for (
    const text of [
      code.toLowerCase(),
      ` ${code} `,
      '0004 1061 050r 3gg2 8a1c 60t3 gf6',
      '0004\u20111061\u2011050R\u20133GG2 8A1C\u00a060T3\tGF6',
      'OoO4lO6iO5OR3GG28AIC6OT3GF6',
      'ooo4Lo61050r3gg28aLc60t3gf6',
    ]
  ) {
    assert.equal(read(text), toHex(secret), text);
  }
});

Deno.test('a sign that is another, and two that changed places, are seen in every place', () => {
  const all = '0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U';
  for (let at = 0; at < code.length; at++) {
    for (const sign of all) {
      const text = code.slice(0, at) + sign + code.slice(at + 1);
      assert.equal(read(text), text === code ? toHex(secret) : 'wrong', text);
    }
  }
  for (let at = 0; at + 1 < code.length - 1; at++) {
    const [one = '', other = ''] = code.slice(at, at + 2);
    const text = code.slice(0, at) + other + one + code.slice(at + 2);
    assert.equal(read(text), one === other ? toHex(secret) : 'wrong', text);
  }
});

Deno.test('what is no code says why', () => {
  for (const text of ['', ' ', '-', '\u2013 \t']) assert.deepEqual(readReceipt(text), { type: 'empty' });
  assert.deepEqual(readReceipt('0004-1061'), { type: 'length', count: 8 });
  assert.deepEqual(readReceipt(`${code}0`), { type: 'length', count: 28 });
  for (const text of ['é'.repeat(27), '🙂'.repeat(27), '_'.repeat(27), 'U'.repeat(27), `8${'0'.repeat(26)}`]) {
    assert.deepEqual(readReceipt(text), { type: 'wrong' }, text);
  }
  // 2 to the power of 128: the check is right, and no 16 bytes hold it.
  assert.equal(2n ** 128n % 37n, 33n);
  assert.equal(read(`8${'0'.repeat(25)}~`), 'wrong');
});

Deno.test('a tag is the one that another program makes, of its table alone', async () => {
  assert.equal(toHex(tagMessage('registration')), '626572616164207265636569707420310c726567697374726174696f6e');
  for (
    const [table, tag] of /** @type {const} */ ([
      ['registration', '7bb6703ecce26d5521ff4f36242e7db5'],
      ['statement', 'cc2e3739520f1d317acfc17bcac0bf66'],
      ['a', '608499159591f8315103187ab086f5d9'],
    ])
  ) {
    assert.equal(toHex(await receiptTag(secret, table)), tag);
  }
  for (const name of ['', 'x'.repeat(256)]) assert.throws(() => tagMessage(name), RangeError);
});
