/**
 * The frame profile: key ids, the eight bytes before every codec frame, and the padding of sound.
 * @import { Bytes } from '../bytes.js'
 * @import { CodecName, Kind } from '../../state/frames.d.ts'
 * @typedef {{ context: number, kind: Kind, codec: CodecName, key: boolean, spatial: number, temporal: number, mediaTime: number }} Inner
 */

/** @type {Readonly<Record<Kind, { value: number, contexts: readonly number[], sound: boolean }>>} */
export const kinds = {
  microphone: { value: 1, contexts: [0], sound: true },
  camera: { value: 2, contexts: [1, 2, 3], sound: false },
  screen: { value: 3, contexts: [4, 7], sound: false },
  screenAudio: { value: 4, contexts: [5], sound: true },
};

/** Position in the list = value on the wire. @type {readonly CodecName[]} */
const codecs = ['opus', 'VP8', 'VP9'];

/** @param {number} context @returns {Kind | null} reserved contexts have none */
export function kindOf(context) {
  for (const [kind, { contexts }] of Object.entries(kinds)) {
    if (contexts.includes(context)) return /** @type {Kind} */ (kind);
  }
  return null;
}

/** @param {{ context: number, leaf: number, epoch: number }} parts @param {number} leafBits log2 of the leaf capacity of that epoch */
export function keyID({ context, leaf, epoch }, leafBits) {
  return context * 2 ** (leafBits + 4) + leaf * 16 + epoch % 16;
}

/** @param {number} kid @param {number} leafBits */
export function partsOf(kid, leafBits) {
  const leaf = Math.floor(kid / 16) % 2 ** leafBits;
  return { context: Math.floor(kid / 2 ** (leafBits + 4)), leaf };
}

export const innerLength = 8;

/** @param {Inner} inner @returns {Bytes} */
export function encodeInner({ context, kind, codec, key, spatial, temporal, mediaTime }) {
  const bytes = new Uint8Array(innerLength);
  bytes[0] = 0x10 | (key ? 1 : 0);
  bytes[1] = (kinds[kind].value << 4) | context;
  bytes[2] = (spatial << 5) | (temporal << 2);
  bytes[3] = codecs.indexOf(codec);
  new DataView(bytes.buffer).setUint32(4, mediaTime >>> 0);
  return bytes;
}

/** Null unless every bit is as it must be. @param {Bytes} plaintext @returns {Inner | null} */
export function decodeInner(plaintext) {
  if (plaintext.length < innerLength) return null;
  const [first = 0, second = 0, layers = 0, codecValue = 0] = plaintext;
  const context = second & 15;
  const kind = kindOf(context);
  const codec = codecs[codecValue];
  if ((first & 0xfe) !== 0x10 || (layers & 3) !== 0 || !kind || !codec) return null;
  if (second >> 4 !== kinds[kind].value || (kinds[kind].sound !== (codec === 'opus'))) return null;
  const key = (first & 1) === 1;
  if (key && kinds[kind].sound) return null;
  const mediaTime = new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(4);
  return { context, kind, codec, key, spatial: layers >> 5, temporal: (layers >> 2) & 7, mediaTime };
}

/** Sizes that sound is filled up to: else silence and speech would differ in length. */
const buckets = [120, 240, 480, 960, 1280];

/** Length, frame, zeros; null for a frame longer than the largest bucket. @param {Bytes} frame @returns {Bytes | null} */
export function padSound(frame) {
  const bucket = buckets.find((size) => frame.length <= size);
  if (bucket === undefined) return null;
  const padded = new Uint8Array(2 + bucket);
  padded.set([frame.length >> 8, frame.length & 0xff]);
  padded.set(frame, 2);
  return padded;
}

/** Null where the length, the bucket or a zero is wrong. @param {Bytes} padded @returns {Bytes | null} */
export function unpadSound(padded) {
  const length = ((padded[0] ?? 0) << 8) | (padded[1] ?? 0);
  const bucket = buckets.find((size) => length <= size);
  if (bucket === undefined || padded.length !== 2 + bucket) return null;
  return padded.subarray(2 + length).some((byte) => byte !== 0) ? null : padded.slice(2, 2 + length);
}
