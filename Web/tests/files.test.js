/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { concat, utf8 } from '../e2ee/bytes.js';
import { chunkLength, FileFault, headLength, keysOf, layoutOf, parameters, tagLength } from '../e2ee/files/format.js';
import { FileOpener, FileSurvey } from '../e2ee/files/opener.js';
import { FileSealer } from '../e2ee/files/sealer.js';
import { Sha256 } from '../e2ee/files/sha256.js';
import { fromHex, run, toHex } from './hex.js';

/** @import { Bytes } from '../e2ee/bytes.js' */

/**
 * The fixture that Swift writes and both read.
 * @typedef {object} Known
 * @property {string} name
 * @property {string} key
 * @property {string} salt
 * @property {number} size
 * @property {number} first byte of the file
 * @property {number} step from each byte to the next
 * @property {number} padded
 * @property {string} commitment
 * @property {number} objectByteCount
 * @property {string} hash
 * @property {string} [object]
 */

/** @type {{ paddings: { size: number, padded: number }[], files: Known[] }} */
const known = JSON.parse(await Deno.readTextFile(new URL('../../Tests/Vectors/files/brf1.json', import.meta.url)));

/** @param {{ size: number, first: number, step: number }} file @returns {Bytes} */
function content({ size, first, step }) {
  return new Uint8Array(size).map((_, at) => first + at * step);
}

const key = run(0, 32), salt = run(0x20, 32);

/** @param {Bytes} file @returns {Promise<Bytes[]>} */
async function seal(file) {
  const sealer = await FileSealer.make(key, file.length, salt);
  const parts = [sealer.head];
  let at = 0;
  while (!sealer.isComplete) {
    const piece = file.slice(at, at + sealer.wanted);
    parts.push(await sealer.seal(piece));
    at += piece.length;
  }
  assert.equal(toHex(sealer.objectHash()), toHex(await digest(concat(...parts))));
  return parts;
}

/** @param {Bytes} bytes */
async function digest(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** Both passes, with the hash that an author would have named for these parts. @param {Bytes[]} parts @param {number} size @param {Bytes} [hash] */
async function open(parts, size, hash) {
  const survey = new FileSurvey(size);
  for (const part of parts) await survey.take(part);
  const opener = await FileOpener.make(survey.finish(hash ?? await digest(concat(...parts))), key);
  const opened = [];
  for (const [chunk, part] of parts.slice(1).entries()) opened.push(await opener.open(part, chunk));
  return concat(...opened);
}

/** @param {() => Promise<unknown>} act @param {string} reason */
async function refused(act, reason) {
  await assert.rejects(act, (error) => error instanceof FileFault && error.reason === reason, reason);
}

Deno.test('the hash of pieces is the hash of the whole, and that of FIPS 180-4', async () => {
  const named = [
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ];
  for (const [text = '', hash] of named) {
    const sha = new Sha256();
    sha.update(utf8(text));
    assert.equal(toHex(sha.digest()), hash);
  }
  for (let length = 0; length < 200; length++) {
    const whole = content({ size: length, first: 3, step: 7 });
    const sha = new Sha256();
    for (let at = 0, step = 1; at < length; at += step, step = (step * 5) % 67) {
      sha.update(whole.subarray(at, at + step));
    }
    assert.equal(toHex(sha.digest()), toHex(await digest(whole)), `${length}`);
  }
});

Deno.test('sizes are padded as Swift pads them', () => {
  assert.ok(known.paddings.length > 10);
  for (const { size, padded } of known.paddings) assert.equal(layoutOf(size).padded, padded, `${size}`);
  for (const size of [-1, 0.5, NaN, 2 ** 47 + 1, 2 ** 60]) {
    assert.throws(() => layoutOf(size), (error) => error instanceof FileFault && error.reason === 'tooLarge');
  }
});

Deno.test('files are sealed byte for byte as Swift seals them, and open again', async () => {
  assert.ok(known.files.length >= 5);
  for (const file of known.files) {
    const sealer = await FileSealer.make(fromHex(file.key), file.size, fromHex(file.salt));
    assert.equal(sealer.layout.padded, file.padded, file.name);
    assert.equal(sealer.layout.objectLength, file.objectByteCount, file.name);
    assert.equal(toHex(sealer.head.slice(-32)), file.commitment, file.name);
    const whole = content(file);
    const parts = [sealer.head];
    for (let at = 0; !sealer.isComplete;) {
      const piece = whole.slice(at, at + sealer.wanted);
      at += piece.length;
      parts.push(await sealer.seal(piece));
    }
    const object = concat(...parts);
    assert.equal(object.length, file.objectByteCount, file.name);
    if (file.object) assert.equal(toHex(object), file.object, file.name);
    assert.equal(toHex(sealer.objectHash()), file.hash, file.name);
    const survey = new FileSurvey(file.size);
    for (const part of parts) await survey.take(part);
    const opener = await FileOpener.make(survey.finish(fromHex(file.hash)), fromHex(file.key));
    const opened = [];
    for (let chunk = parts.length - 2; chunk >= 0; chunk--) {
      opened.unshift(await opener.open(/** @type {Bytes} */ (parts[chunk + 1]), chunk));
    }
    assert.deepEqual(concat(...opened), whole, file.name);
  }
});

Deno.test('chunks that were swapped, left out, said twice or cut short do not open, whoever hashed them', async () => {
  const file = content({ size: 3 * chunkLength + 10, first: 1, step: 3 });
  const [head, one, two, three, four, ...more] = await seal(file);
  assert.ok(head && one && two && three && four && more.length === 0);
  assert.deepEqual(await open([head, one, two, three, four], file.length), file);
  await refused(() => open([head, two, one, three, four], file.length), 'unopened');
  await refused(() => open([head, one, one, three, four], file.length), 'unopened');
  await refused(() => open([head, one, two, three], file.length), 'incomplete');
  await refused(() => open([head, one, two, four], file.length), 'length');
  await refused(() => open([head, one, two, three, four, four], file.length), 'position');
  await refused(() => open([head, one, two, three.slice(1), four], file.length), 'length');
  await refused(() => open([head, one, two, three, four.slice(0, -1)], file.length), 'length');
  for (const at of [0, 100, one.length - 1]) {
    const changed = one.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    await refused(() => open([head, changed, two, three, four], file.length), 'unopened');
  }
});

Deno.test('a chunk is the last one only where it says so', async () => {
  const file = content({ size: 2 * chunkLength, first: 1, step: 3 });
  const [head, one, two] = await seal(file);
  assert.ok(head && one && two);
  const keys = await keysOf(key, salt, 'encrypt');
  /** @param {number} chunk @param {boolean} isLast */
  const remade = async (chunk, isLast) => {
    const plaintext = file.slice(chunk * chunkLength, (chunk + 1) * chunkLength);
    const how = parameters(keys, head, chunk, isLast);
    return new Uint8Array(await crypto.subtle.encrypt(how, keys.content, plaintext));
  };
  assert.deepEqual(await remade(0, false), one);
  await refused(async () => open([head, await remade(0, true), two], file.length), 'unopened');
  await refused(async () => open([head, one, await remade(1, false)], file.length), 'unopened');
});

Deno.test('what was not hashed is not opened, and another hash opens nothing', async () => {
  const file = content({ size: 2 * chunkLength, first: 1, step: 3 });
  const [head, one, two] = await seal(file);
  assert.ok(head && one && two);
  await refused(() => open([head, one, two], file.length, run(0, 32)), 'altered');
  const survey = new FileSurvey(file.length);
  for (const part of [head, one, two]) await survey.take(part);
  const opener = await FileOpener.make(survey.finish(await digest(concat(head, one, two))), key);
  // Between the passes the server hands out something else, sealed with the right key.
  const other = await seal(content({ size: 2 * chunkLength, first: 2, step: 3 }));
  await refused(() => opener.open(/** @type {Bytes} */ (other[1]), 0), 'altered');
  await refused(() => opener.open(two, 0), 'altered');
  await refused(() => opener.open(two, 2), 'position');
  await refused(() => opener.open(two.slice(1), 1), 'length');
});

Deno.test('a head of another format or key opens nothing', async () => {
  const file = content({ size: 10, first: 1, step: 3 });
  const [head, one] = await seal(file);
  assert.ok(head && one);
  for (let at = 0; at < headLength; at++) {
    const changed = head.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    await refused(() => open([changed, one], file.length), at < 8 ? 'head' : 'commitment');
  }
  const survey = new FileSurvey(file.length);
  for (const part of [head, one]) await survey.take(part);
  const surveyed = survey.finish(await digest(concat(head, one)));
  await refused(() => FileOpener.make(surveyed, run(1, 32)), 'commitment');
  await refused(() => FileOpener.make(surveyed, run(0, 31)), 'length');
});

Deno.test('behind the end of the file stand zeros, and a size that is not the file’s is refused', async () => {
  const file = content({ size: 4096, first: 1, step: 0 });
  const [head, one] = await seal(file);
  assert.ok(head && one);
  assert.deepEqual(await open([head, one], 4096), file);
  await refused(() => open([head, one], 4095), 'padding');
  await refused(() => open([head, one], 0), 'padding');
  await refused(() => open([head, one], 4097), 'length');
  await refused(() => open([head, one], chunkLength * 2), 'length');
  const padded = await seal(content({ size: 100, first: 0, step: 0 }));
  // A shorter file of zeros is the same object: its size stands in the reference, which its author signs.
  assert.equal((await open(padded, 100)).length, 100);
});

Deno.test('a sealer takes what it asks for, in order, and no more', async () => {
  const sealer = await FileSealer.make(key, chunkLength + 1, salt);
  assert.equal(sealer.layout.objectLength, headLength + sealer.layout.padded + 2 * tagLength);
  await refused(() => sealer.seal(new Uint8Array(1)), 'length');
  assert.throws(() => sealer.objectHash(), (error) => error instanceof FileFault && error.reason === 'incomplete');
  await sealer.seal(new Uint8Array(chunkLength));
  assert.equal(sealer.wanted, 1);
  await sealer.seal(new Uint8Array(1));
  assert.ok(sealer.isComplete);
  await refused(() => sealer.seal(new Uint8Array(0)), 'position');
  await refused(() => FileSealer.make(run(0, 31), 1, salt), 'length');
  const again = await FileSealer.make(key, 1), once = await FileSealer.make(key, 1);
  assert.notDeepEqual(again.head, once.head);
});
