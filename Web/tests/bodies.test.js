/// <reference lib="deno.ns" />
/** @import { Bytes } from '../e2ee/bytes.js' @import { FileRef, Said } from '../state/said.d.ts' */
import assert from 'node:assert/strict';
import { base64url, concat, utf8 } from '../e2ee/bytes.js';
import { decodeSaid, encodeSaid, readCaption, readConsent, saidType } from '../e2ee/engine/bodies.js';
import { vector } from '../e2ee/engine/reader.js';
import { run, toHex } from './hex.js';

const id = base64url(run(1, 16)), key = base64url(run(32, 32));
const none = new Uint8Array(0);

/** @type {FileRef} */
const file = { blob: id, key, size: 9, hash: key, name: 'plan.pdf', type: 'application/pdf', expires: 0 };

/** @type {Said[]} */
const all = [
  { type: 'chat', text: 'hallo 👩‍🚀\nen nog een regel', replyTo: '', files: [] },
  { type: 'chat', text: 'antwoord', replyTo: id, files: [file, { ...file, type: '', expires: 2 ** 52 }] },
  { type: 'chat', text: '', replyTo: '', files: Array.from({ length: 8 }, () => file) },
  { type: 'change', target: id, act: 'edit', text: 'beter' },
  { type: 'change', target: id, act: 'retract', text: '' },
  { type: 'reaction', emoji: '👏' },
  { type: 'hand', isUp: true },
  { type: 'hand', isUp: false },
  { type: 'spotlight', key },
  { type: 'spotlight', key: null },
  ...['mute', 'stopVideo', 'stopShare', 'lowerHand', 'askToUnmute'].map((act) => /** @type {Said} */ ({
    type: 'moderation',
    target: key,
    act,
  })),
  { type: 'moderation', target: null, act: 'mute' },
];

Deno.test('what people say is read as it was written', () => {
  for (const said of all) {
    const { kind, body } = encodeSaid(said);
    assert.deepEqual(decodeSaid(kind, body), said);
  }
});

Deno.test('the bytes are those that the engine reads', () => {
  /** @param {Said} said */
  const bytes = (said) => {
    const { kind, body } = encodeSaid(said);
    return `${kind} ${toHex(body)}`;
  };
  assert.equal(bytes({ type: 'chat', text: 'Hé', replyTo: '', files: [] }), '16 0348c3a90000');
  assert.equal(bytes({ type: 'change', target: id, act: 'edit', text: 'A' }), `17 ${toHex(run(1, 16))}010141`);
  assert.equal(bytes({ type: 'reaction', emoji: '👍' }), '18 0004f09f918d01');
  assert.equal(bytes({ type: 'hand', isUp: true }), '19 01');
  assert.equal(bytes({ type: 'spotlight', key }), `26 20${toHex(run(32, 32))}`);
  assert.equal(bytes({ type: 'spotlight', key: null }), '26 00');
  assert.equal(bytes({ type: 'moderation', target: null, act: 'askToUnmute' }), `32 ${'00'.repeat(32)}05`);
  const one = toHex(concat(
    run(1, 16),
    run(32, 32),
    [0, 0, 0, 0, 0, 0, 0, 9],
    run(32, 32),
    vector(utf8('plan.pdf')),
    vector(utf8('application/pdf')),
    [0, 0, 0, 0, 0, 0, 0, 0],
  ));
  // 120 bytes of fixed length, and two names with their lengths: 121 + 25 need a length of two bytes.
  assert.equal(bytes({ type: 'chat', text: '', replyTo: '', files: [file] }), `16 0000${'4079'}${one}`);
});

Deno.test('names, texts and media types of strangers are clean where they are shown', () => {
  const { kind, body } = encodeSaid({ type: 'chat', text: 'ok', replyTo: '', files: [file] });
  /** @param {string} from @param {string} to of as many bytes */
  const changed = (from, to) => {
    const text = body.slice(), at = toHex(text).indexOf(toHex(utf8(from))) / 2;
    text.set(utf8(to), at);
    return decodeSaid(kind, text);
  };
  const named = changed('plan.pdf', 'a\u202eb.pd');
  assert.ok(named?.type === 'chat');
  assert.equal(named.files[0]?.name, 'ab.pd');
  const typed = changed('application/pdf', 'no type at all!');
  assert.ok(typed?.type === 'chat');
  assert.equal(typed.files[0]?.type, '');
  assert.ok(changed('ok', '\u0007k')?.type === 'chat');
});

Deno.test('what is no such body is nothing: cut anywhere, one byte more, another kind', () => {
  for (const said of all) {
    const { kind, body } = encodeSaid(said);
    for (let count = 0; count < body.length; count++) assert.equal(decodeSaid(kind, body.slice(0, count)), null);
    assert.equal(decodeSaid(kind, concat(body, [0])), null);
  }
  for (const kind of [0, 1, 2, 15, 20, 23, 27, 33, 255]) assert.equal(decodeSaid(kind, new Uint8Array([1])), null);
});

Deno.test('hostile bytes are nothing', () => {
  const text = vector(utf8('A')), target = run(1, 16);
  /** @type {[number, Bytes][]} */
  const hostile = [
    [16, concat(vector(none), vector(none), vector(none))],
    [16, concat(vector(new Uint8Array([0xff])), vector(none), vector(none))],
    [16, concat(vector(new Uint8Array([0xed, 0xa0, 0x80])), vector(none), vector(none))],
    [16, concat(text, vector(run(1, 15)), vector(none))],
    [16, concat(text, vector(none), vector(run(1, 50)))],
    [16, new Uint8Array([0xff, 0xff, 0xff, 0xff])],
    [17, concat(target, [0], text)],
    [17, concat(target, [3], text)],
    [18, concat(vector(run(1, 16)), text, [1])],
    [18, concat(vector(none), vector(run(65, 17)), [1])],
    [18, concat(vector(none), text, [0])],
    [19, new Uint8Array([2])],
    [26, vector(run(1, 31))],
    [32, concat(run(1, 32), [0])],
    [32, concat(run(1, 32), [6])],
  ];
  for (const [kind, body] of hostile) assert.equal(decodeSaid(kind, body), null, `${kind} ${toHex(body)}`);
  const { kind, body } = encodeSaid({ type: 'chat', text: 'A', replyTo: '', files: Array(8).fill(file) });
  const ninth = encodeSaid({ type: 'chat', text: 'A', replyTo: '', files: Array(9).fill(file) });
  assert.ok(decodeSaid(kind, body));
  assert.equal(decodeSaid(ninth.kind, ninth.body), null, 'nine files');
  const huge = body.slice();
  huge.fill(0xff, 4 + 1 + 48, 4 + 1 + 56);
  assert.equal(decodeSaid(kind, huge), null, 'a size that is no number here');
});

Deno.test('a page cannot say what has not the right length', () => {
  assert.throws(() => encodeSaid({ type: 'spotlight', key: id }), RangeError);
  assert.throws(() => encodeSaid({ type: 'change', target: key, act: 'retract', text: '' }), RangeError);
  assert.throws(() => encodeSaid({ type: 'chat', text: 'A', replyTo: key, files: [] }), RangeError);
  const long = encodeSaid({ type: 'chat', text: '🙂'.repeat(5000), replyTo: '', files: [] });
  const said = decodeSaid(long.kind, long.body);
  assert.ok(said?.type === 'chat' && utf8(said.text).length <= 8192 && utf8(said.text).length > 8000);
});

Deno.test('by its kind alone one knows what was to be said', () => {
  const types = [16, 17, 18, 19, 26, 32].map(saidType);
  assert.deepEqual(types, ['chat', 'change', 'reaction', 'hand', 'spotlight', 'moderation']);
  assert.deepEqual([saidType(27), saidType(null)], [null, null]);
});

Deno.test('a caption is text about somebody, and anything else is none', () => {
  const line = concat(vector(utf8('Goedemorgen')), [0, 0, 1, 2]);
  assert.deepEqual(readCaption(line), { text: 'Goedemorgen', about: 258 });
  const longest = concat(vector(utf8('a'.repeat(1024))), [0, 0, 0, 0]);
  assert.equal(readCaption(longest)?.text.length, 1024);
  const wrong = [
    none,
    line.subarray(0, line.length - 1),
    concat(line, [0]),
    concat([0], [0, 0, 0, 0]),
    concat(vector(utf8('a'.repeat(1025))), [0, 0, 0, 0]),
    concat([1, 0xff], [0, 0, 0, 0]),
  ];
  for (const bytes of wrong) assert.equal(readCaption(bytes), null, bytes.join());
});

Deno.test('what one said about a service is read from the statement, for the own log', () => {
  /** @param {number} decision */
  const statement = (decision) =>
    concat(
      [1],
      vector(run(0, 32)),
      run(0, 8),
      run(1, 32),
      run(32, 32),
      [18, 0, 8, 7, decision],
      run(0, 8),
      run(9, 32),
      vector(run(0, 64)),
    );
  for (const [number, decision] of [[1, 'yes'], [2, 'no'], [3, 'withdrawn']]) {
    assert.deepEqual(readConsent(statement(Number(number))), { service: key, decision });
  }
  const good = statement(1);
  const wrong = [
    none,
    good.subarray(0, good.length - 1),
    concat(good, [0]),
    concat([2], good.subarray(1)),
    statement(0),
    statement(4),
  ];
  for (const bytes of wrong) assert.equal(readConsent(bytes), null, bytes.join());
});
