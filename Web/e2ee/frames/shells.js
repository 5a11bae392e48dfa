/**
 * Clear bytes before the ciphertext that keep packetizers and routers happy. They are not authenticated: nobody believes them.
 * @import { Bytes } from '../bytes.js'
 * @import { CodecName } from '../../state/frames.d.ts'
 */

/** @param {CodecName} codec @param {boolean} key @param {{ width?: number | undefined, height?: number | undefined }} size @returns {readonly number[]} */
export function shell(codec, key, size) {
  if (codec !== 'VP8') return [];
  if (!key) return [0x11, 0, 0];
  return [0x10, 0, 0, 0x9d, 0x01, 0x2a, ...fourteenBits(size.width || 1280), ...fourteenBits(size.height || 720)];
}

/** Bytes to skip, or null where not even the shell is whole. @param {CodecName} codec @param {Bytes} frame @returns {number | null} */
export function shellLength(codec, frame) {
  if (codec !== 'VP8') return 0;
  const length = ((frame[0] ?? 0) & 1) === 0 ? 10 : 3;
  return frame.length < length ? null : length;
}

/** Little-endian, as in RFC 7741. @param {number} number */
function fourteenBits(number) {
  return [number & 0xff, (number >> 8) & 0x3f];
}
