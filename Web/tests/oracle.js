/**
 * The media worker's JavaScript against the engine's frame code: from the same keys, the same bytes.
 * @import { CodecName, Kind } from '../state/frames.d.ts'
 * @import { Bytes } from '../e2ee/bytes.js'
 */
import { concat } from '../e2ee/bytes.js';
import { Keyring } from '../e2ee/frames/keyring.js';
import { Sealer } from '../e2ee/frames/sealer.js';
import { frameKey, seal, suites } from '../e2ee/frames/sframe.js';
import { toHex } from './hex.js';
import { number, Seeded, trials, vector, vectors } from './trials.js';

/** @param {Bytes} bytes */
function baseKey(bytes) {
  return crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey', 'deriveBits']);
}

/** SFrame with any key id, counter and metadata. @param {(holds: boolean, name: string) => void} count */
export async function compareSFrames(count) {
  const engine = trials(), seeded = new Seeded(9605);
  for (let index = 0; index < 200; index++) {
    const suite = suites[index % 2 === 0 ? 4 : 5];
    const kid = seeded.long(), ctr = seeded.long();
    const base = seeded.bytes(16), metadata = seeded.bytes(seeded.below(20)), text = seeded.bytes(seeded.below(1500));
    const key = await frameKey(await baseKey(base), kid, suite, 'encrypt');
    const ours = await seal(key, kid, ctr, text, metadata);
    const parts = [number(suite.id, 2), number(kid, 8), number(ctr, 8), vector(base), vector(metadata), vector(text)];
    count(toHex(engine.call('seal_sframe', concat(...parts))) === toHex(ours), `oracle sframe ${index}`);
  }
}

/** @type {readonly [Kind, CodecName, number, number][]} kind, codec, and both as numbers: context, codec */
const streams = [['microphone', 'opus', 0, 0], ['camera', 'VP8', 1, 1], ['camera', 'VP9', 1, 2]];

/** Frames of the product: key ids, inner header, padding, shells. @param {(holds: boolean, name: string) => void} count */
export async function compareFrames(count) {
  const engine = trials(), seeded = new Seeded(1);
  for (const [kind, codec, context, codecNumber] of streams) {
    const base = seeded.bytes(16), leaf = seeded.below(256), epoch = seeded.below(1000), leafBits = 8;
    const keyring = new Keyring();
    const leaves = [{ leaf, id: 'anna', key: await baseKey(base) }];
    keyring.install({
      epoch,
      leafBits,
      own: leaf,
      leaves,
      voices: [],
      faces: [],
      sharers: [],
      mayEncrypt: true,
    }, 0);
    const sealer = new Sealer(kind, keyring);
    const stream = [vector(base), number(epoch, 8), [leafBits], number(leaf, 4), [context, codecNumber]];

    const ours = [], asked = [], opening = [], sent = [];
    for (let index = 0; index < 60; index++) {
      const data = seeded.bytes(1 + seeded.below(codec === 'opus' ? 1280 : 5000));
      const key = codec !== 'opus' && seeded.below(4) === 0;
      const width = 1 + seeded.below(0x3fff), height = 1 + seeded.below(0x3fff);
      const mediaTime = seeded.below(2 ** 32), spatial = seeded.below(8), temporal = seeded.below(8);
      const frame = await sealer.seal({ data, codec, key, ssrc: 7, mediaTime, width, height, spatial, temporal });
      if (typeof frame === 'string') throw new Error(`the sealer refused: ${frame}`);
      const size = concat(number(width, 2), number(height, 2));
      asked.push(concat([key ? 1 : 0], number(mediaTime, 4), size, [spatial, temporal], vector(data)));
      opening.push(concat([key ? 1 : 0], vector(frame)));
      ours.push(toHex(frame));
      sent.push(toHex(data));
    }
    const theirs = vectors(engine.call('seal_frames', concat(...stream, ...asked))).map(toHex);
    const opened = vectors(engine.call('open_frames', concat(...stream, ...opening))).map(toHex);
    ours.forEach((frame, index) => count(frame === theirs[index], `oracle ${codec} sealed ${index}`));
    sent.forEach((data, index) => count(data === opened[index], `oracle ${codec} opened ${index}`));
  }
}
