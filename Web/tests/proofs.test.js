/// <reference lib="deno.ns" />
/** @import { EncodedFrame, Pipe } from '../e2ee/streams.js' */
import assert from 'node:assert/strict';
import { Keyring } from '../e2ee/frames/keyring.js';
import { Sending } from '../e2ee/streams.js';
import { proofPatience, Proofs } from '../media/proof/proofs.js';
import { run } from './hex.js';

const open = { isOpen: true, wanted: 'person', standIn: () => 'stand-in' };

Deno.test('a sender carries a stand-in until the worker took a frame of it, then the person, also after a pause', () => {
  const proofs = new Proofs(false);
  assert.equal(proofs.choose('camera', open), 'stand-in');
  assert.equal(proofs.choose('camera', { ...open, wanted: null }), 'stand-in', 'proven before it is needed');
  assert.ok(proofs.take('camera', 0));
  assert.equal(proofs.choose('camera', open), 'person');
  assert.equal(proofs.choose('camera', { ...open, wanted: null }), null);
  assert.equal(proofs.choose('camera', open), 'person');
  assert.equal(proofs.choose('microphone', open), 'stand-in', 'each sender by itself');
});

Deno.test('a closed gate leaves nothing on a sender, not even a stand-in', () => {
  const proofs = new Proofs(false);
  assert.equal(proofs.choose('camera', { ...open, isOpen: false }), null);
  proofs.take('camera', 0);
  assert.equal(proofs.choose('camera', { ...open, isOpen: false }), null);
});

Deno.test('a frame in the worker proves nothing when something left beside it', () => {
  const proofs = new Proofs(false);
  assert.equal(proofs.take('microphone', 3), false);
  assert.equal(proofs.choose('microphone', open), 'stand-in');
});

Deno.test('a browser that holds frames back by itself, and says so, needs no stand-in', () => {
  assert.equal(new Proofs(true).choose('camera', open), 'person');
});

Deno.test('one byte that the worker never saw is a fault, and so is a proof that does not come', () => {
  const proofs = new Proofs(false);
  const now = { bytesSent: 0, taken: 0, isConnected: true, at: 1000 };
  assert.equal(proofs.isRefuted('camera', { ...now, bytesSent: 1 }), true);
  assert.equal(proofs.isRefuted('camera', { ...now, bytesSent: 9, taken: 1 }), false);
  assert.equal(proofs.isRefuted('camera', { ...now, isConnected: false, at: 0 }), false);
  assert.equal(proofs.isRefuted('camera', now), false);
  assert.equal(proofs.isRefuted('camera', { ...now, at: 1000 + proofPatience }), false);
  assert.equal(proofs.isRefuted('camera', { ...now, at: 1001 + proofPatience }), true);
  assert.equal(proofs.isRefuted('camera', { ...now, isConnected: false, at: 90_000 }), false, 'it counts anew');
  assert.equal(proofs.isRefuted('camera', { ...now, at: 91_000 }), false);
  proofs.take('camera', 0);
  assert.equal(proofs.isRefuted('camera', { ...now, at: 990_000 }), false);
});

/** Both ends of a sender inside the worker. @param {boolean} isHeld */
async function sender(isHeld) {
  const keyring = new Keyring();
  const key = await crypto.subtle.importKey('raw', run(1, 16), 'HKDF', false, ['deriveKey', 'deriveBits']);
  const leaves = [{ leaf: 1, id: 'anna', key }];
  keyring.install({
    epoch: 0,
    leafBits: 8,
    own: 1,
    leaves,
    voices: [],
    faces: [],
    sharers: [],
    mayEncrypt: true,
  }, 0);
  const [into, out] = [new TransformStream(), new TransformStream()];
  const heard = { proven: 0, left: 0 };
  const pipe = /** @type {Pipe} */ ({ readable: into.readable, writable: out.writable });
  const options = { stream: 'camera', connection: 1, kind: /** @type {const} */ ('camera'), isHeld };
  const stream = new Sending(options, pipe, keyring, { proven: () => heard.proven++ });
  void stream.run();
  const reader = out.readable.getReader();
  void (async () => {
    while (!(await reader.read()).done) heard.left++;
  })();
  const writer = into.writable.getWriter();
  const metadata = { mimeType: 'video/VP8', synchronizationSource: 7, rtpTimestamp: 90_000, width: 64, height: 36 };
  const send = async () => {
    const frame = { type: 'key', timestamp: 90_000, data: run(1, 50).buffer, getMetadata: () => metadata };
    await writer.write(/** @type {EncodedFrame} */ (/** @type {unknown} */ (frame)));
    await stream.next(async () => {});
  };
  return { stream, heard, send };
}

Deno.test('the worker takes the frames of a stand-in, says so once and lets none out; the real ones leave', async () => {
  const { stream, heard, send } = await sender(true);
  for (let count = 0; count < 3; count++) await send();
  assert.deepEqual(heard, { proven: 1, left: 0 });
  assert.deepEqual(stream.counts, { taken: 3, given: 0, dropped: { held: 3 } });
  stream.release();
  await send();
  await send();
  assert.deepEqual([heard.proven, stream.counts.given], [1, 2]);
});

Deno.test('where nothing is held the first frame leaves', async () => {
  const { stream, send } = await sender(false);
  await send();
  assert.equal(stream.counts.given, 1);
});
