/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { concat, utf8 } from '../e2ee/bytes.js';
import { decodeInner, encodeInner, keyID, padSound, partsOf, unpadSound } from '../e2ee/frames/mf1.js';
import { ReplayWindow } from '../e2ee/frames/replay.js';
import { decodeHeader, encodeHeader, frameKey, hkdf, open, seal, suites } from '../e2ee/frames/sframe.js';
import { shell, shellLength } from '../e2ee/frames/shells.js';
import { fromHex, run, toHex } from './hex.js';

const suite = suites[4];

/** @param {Uint8Array<ArrayBuffer>} bytes @param {boolean} extractable */
function hkdfKey(bytes, extractable = false) {
  return crypto.subtle.importKey('raw', bytes, 'HKDF', extractable, ['deriveKey', 'deriveBits']);
}

Deno.test('a picture is sealed exactly as the known answer says', async () => {
  const kid = keyID({ context: 1, leaf: 9, epoch: 0x1234 }, 5);
  assert.equal(kid, 0x294);
  assert.deepEqual(partsOf(kid, 5), { context: 1, leaf: 9 });
  const base = await hkdfKey(run(0, 16));
  const keyBits = await crypto.subtle.deriveBits(hkdf('key', BigInt(kid), suite), base, 128);
  assert.equal(toHex(new Uint8Array(keyBits)), '67a3ee1b886ba2fcdd81d7dbdad03a12');
  const keys = await frameKey(base, BigInt(kid), suite, 'encrypt');
  assert.equal(keys.key.extractable, false);
  assert.equal(toHex(keys.salt), '2df500b9d31cf9c16e3e8e3e');
  const inner = encodeInner({
    context: 1,
    kind: 'camera',
    codec: 'VP8',
    key: true,
    spatial: 0,
    temporal: 0,
    mediaTime: 90000,
  });
  assert.equal(toHex(inner), '1121000100015f90');
  const frame = await seal(keys, BigInt(kid), 300n, concat(inner, utf8('beraad')));
  assert.equal(toHex(frame), '990294012c21867bec633879fb48c30ef931f255595811ed2fa3fb53ec7a66cb65a6ac');
});

Deno.test('sound is padded and sealed exactly as the known answer says', async () => {
  const kid = BigInt(keyID({ context: 0, leaf: 9, epoch: 0x1234 }, 5));
  const keys = await frameKey(await hkdfKey(run(0, 16)), kid, suite, 'encrypt');
  const inner = encodeInner({
    context: 0,
    kind: 'microphone',
    codec: 'opus',
    key: false,
    spatial: 0,
    temporal: 0,
    mediaTime: 960,
  });
  const frame = await seal(keys, kid, 5n, concat(inner, padSound(fromHex('f8fffe')) ?? run(0, 0)));
  assert.equal(frame.length, 148);
  assert.equal(toHex(frame.subarray(0, 2)), '8594');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', frame));
  assert.equal(toHex(digest), '55c749e8d73dcb349fed3245c1b7c99d9ee99eef20b3255c689f0813b375c60f');
});

Deno.test('a frame opens with its key, and with one bit changed anywhere it does not', async () => {
  const base = await hkdfKey(run(0, 16));
  const sending = await frameKey(base, 0x294n, suite, 'encrypt');
  const receiving = await frameKey(base, 0x294n, suite, 'decrypt');
  const frame = await seal(sending, 0x294n, 7n, utf8('hello'));
  const header = decodeHeader(frame);
  assert.ok(header);
  assert.equal(toHex((await open(receiving, header, frame)) ?? run(0, 0)), toHex(utf8('hello')));
  for (let at = header.length; at < frame.length; at++) {
    const altered = frame.slice();
    altered[at] = (altered[at] ?? 0) ^ 1;
    assert.equal(await open(receiving, header, altered), null);
  }
});

Deno.test('only the minimal header is a header', () => {
  assert.equal(toHex(encodeHeader(7n, 7n)), '77');
  assert.equal(toHex(encodeHeader(8n, 0x100n)), '89080100');
  for (const wrong of ['', '80', '8007', '0807', '890008', '990008012c', '99029401']) {
    assert.equal(decodeHeader(fromHex(wrong)), null, wrong);
  }
  assert.throws(() => encodeHeader(1n << 64n, 0n), RangeError);
});

Deno.test('the bytes before the codec frame are checked to the last bit', () => {
  const good = fromHex('1121000100015f90');
  assert.deepEqual(decodeInner(good), {
    context: 1,
    kind: 'camera',
    codec: 'VP8',
    key: true,
    spatial: 0,
    temporal: 0,
    mediaTime: 90000,
  });
  const wrong = ['0121000100015f90', '2121000100015f90', '1321000100015f90', '1111000100015f90', '112a000100015f90'];
  const more = ['1121010100015f90', '1121000000015f90', '1121000300015f90', '1110000000015f90', '11210001000000'];
  for (const bytes of [...wrong, ...more]) assert.equal(decodeInner(fromHex(bytes)), null, bytes);
});

Deno.test('sound fills the smallest bucket, and what fills it is checked', () => {
  assert.equal(padSound(run(0, 0))?.length, 122);
  assert.equal(padSound(run(0, 120))?.length, 122);
  assert.equal(padSound(run(0, 121))?.length, 242);
  assert.equal(padSound(run(0, 1280))?.length, 1282);
  assert.equal(padSound(run(0, 1281)), null);
  for (const count of [0, 1, 120, 121, 240, 1280]) {
    const padded = padSound(run(5, count)) ?? run(0, 0);
    assert.equal(toHex(unpadSound(padded) ?? run(0, 1)), toHex(run(5, count)));
    if (![120, 240, 1280].includes(count)) {
      padded[padded.length - 1] = 1;
      assert.equal(unpadSound(padded), null, 'a hidden byte');
    }
  }
  assert.equal(unpadSound(concat([0, 3], run(1, 3), new Uint8Array(237))), null, 'not the smallest bucket');
  assert.equal(unpadSound(run(0, 1)), null);
});

Deno.test('shells are the exact bytes that browsers accept', () => {
  assert.equal(toHex(new Uint8Array(shell('VP8', true, { width: 640, height: 360 }))), '1000009d012a80026801');
  assert.equal(toHex(new Uint8Array(shell('VP8', true, {}))), '1000009d012a0005d002');
  assert.equal(toHex(new Uint8Array(shell('VP8', false, {}))), '110000');
  assert.deepEqual([shell('opus', false, {}), shell('VP9', true, {})], [[], []]);
  assert.equal(shellLength('VP8', fromHex('1000009d012a80026801ff')), 10);
  assert.equal(shellLength('VP8', fromHex('1000009d012a800268')), null);
  assert.equal(shellLength('VP8', fromHex('110000')), 3);
  assert.equal(shellLength('opus', fromHex('11')), 0);
});

Deno.test('a counter passes once, in any order, and never when 64 behind', () => {
  const window = new ReplayWindow();
  for (const counter of [5, 3, 4, 0, 63, 64, 1]) assert.ok(window.mark(counter), String(counter));
  for (const counter of [5, 3, 4, 63, 64, 1, 0]) assert.ok(!window.isFresh(counter), String(counter));
  assert.ok(window.isFresh(2), '62 behind');
  assert.ok(window.mark(1000));
  assert.ok(!window.isFresh(1000 - 64));
  assert.ok(window.isFresh(1000 - 63));
  assert.ok(!window.mark(1000));
});
