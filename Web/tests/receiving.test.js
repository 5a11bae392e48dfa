/// <reference lib="deno.ns" />
/**
 * Frames of others in the media worker: whose picture is shown, and when. Frames are what a browser gives, as far as it is used.
 * @import { Label } from '../state/frames.d.ts'
 */
import assert from 'node:assert/strict';
import { Keyring } from '../e2ee/frames/keyring.js';
import { Sealer } from '../e2ee/frames/sealer.js';
import { Receiving } from '../e2ee/streams.js';
import { run } from './hex.js';

/** @param {number} seed */
function base(seed) {
  return crypto.subtle.importKey('raw', run(seed, 16), 'HKDF', false, ['deriveKey', 'deriveBits']);
}

/** Anna on leaf 1, Bram on 2, Carla on 3; as one of them sees it. @param {number} own */
async function keyring(own) {
  const names = ['anna', 'bram', 'carla'];
  const leaves = await Promise.all(names.map(async (id, at) => ({ leaf: at + 1, id, key: await base(at + 1) })));
  const ring = new Keyring();
  ring.install(
    {
      epoch: 0,
      leafBits: 8,
      own,
      leaves,
      voices: names,
      faces: names,
      sharers: [],
      mayEncrypt: true,
    },
    0,
  );
  return ring;
}

/** Somebody's camera. @param {number} own */
async function camera(own) {
  const sealer = new Sealer('camera', await keyring(own));
  return async (/** @type {boolean} */ key) => {
    const data = await sealer.seal({ data: run(own, 50), codec: 'VP8', key, ssrc: 7, mediaTime: 90_000 });
    assert.ok(typeof data !== 'string');
    return {
      type: key ? 'key' : 'delta',
      timestamp: 1,
      data: data.buffer,
      getMetadata: () => ({ mimeType: 'video/vp8' }),
    };
  };
}

/** Bram's slot for a picture. @param {(label: Label, slot: Receiving) => void} labelled what the page does about a label */
async function slot(labelled) {
  /** @type {ReadableStreamDefaultController<any>} */
  let frames = /** @type {any} */ (null);
  const readable = new ReadableStream({ start: (controller) => void (frames = controller) });
  let keyFramesAsked = 0;
  /** @type {Label[]} */
  const labels = [];
  /** @type {Receiving} */
  const receiving = new Receiving('v0', 'video', { readable, writable: new WritableStream() }, await keyring(2), {
    label: (label) => {
      labels.push(label);
      labelled(label, receiving);
    },
    undecryptable: () => {},
    keyFrameNeeded: () => void keyFramesAsked++,
  });
  void receiving.run();
  let taken = 0;
  return {
    labels,
    counts: receiving.counts,
    confirm: (/** @type {number} */ number) => receiving.confirmed(number),
    asked: () => keyFramesAsked,
    /** A frame comes in, and has been dealt with. @param {unknown} frame */
    async take(frame) {
      frames.enqueue(frame);
      taken++;
      while (receiving.counts.taken < taken) await new Promise((resolve) => setTimeout(resolve, 0));
      await receiving.next(() => Promise.resolve());
      return receiving.counts.given;
    },
  };
}

Deno.test('a slot that goes to somebody else shows nothing of them before a picture that stands alone', async () => {
  const [anna, carla] = [await camera(1), await camera(3)];
  const bram = await slot((label, receiving) => receiving.confirmed(label.number));
  assert.equal(await bram.take(await anna(true)), 1);
  assert.equal(await bram.take(await anna(false)), 2);
  assert.equal(await bram.take(await carla(false)), 2, "built on Anna's picture it would show her as Carla");
  assert.equal(bram.counts.dropped['delta'], 1);
  assert.equal(bram.asked(), 1);
  assert.equal(await bram.take(await carla(false)), 2);
  assert.equal(bram.asked(), 1, 'not asked again at once');
  assert.deepEqual(bram.labels.map(({ id }) => id), ['anna'], 'and no name is put on a tile for it');
  assert.equal(await bram.take(await carla(true)), 3);
  assert.deepEqual(bram.labels.map(({ id }) => id), ['anna', 'carla']);
  assert.equal(await bram.take(await carla(false)), 4);
});

Deno.test('no picture goes on before its very own name is confirmed', async () => {
  const anna = await camera(1);
  const bram = await slot(() => {});
  assert.equal(await bram.take(await anna(true)), 0);
  assert.equal(bram.counts.dropped['unlabelled'], 1);
  const number = bram.labels[0]?.number ?? NaN;
  bram.confirm(number - 1);
  bram.confirm(number + 1);
  assert.equal(await bram.take(await anna(true)), 0, "another label's confirmation releases nothing");
  bram.confirm(number);
  assert.equal(await bram.take(await anna(true)), 1);
  assert.equal(bram.labels.length, 1);
});
