/** Hexadecimal text for tests. @import { Bytes } from '../e2ee/bytes.js' */

/** @param {string} text @returns {Bytes} */
export function fromHex(text) {
  return new Uint8Array((text.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
}

/** @param {Uint8Array} bytes */
export function toHex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `from, from + 1, …` @param {number} from @param {number} count @returns {Bytes} */
export function run(from, count) {
  return new Uint8Array(count).map((_, at) => from + at);
}
