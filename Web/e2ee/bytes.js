/** Byte strings, and the base64url of links and ids. @typedef {Uint8Array<ArrayBuffer>} Bytes */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param {string} text @returns {Bytes} */
export function utf8(text) {
  return encoder.encode(text);
}

/** Throws where the bytes are not well-formed UTF-8. @param {Bytes} bytes @returns {string} */
export function textOf(bytes) {
  return decoder.decode(bytes);
}

/** @param {...(Bytes | readonly number[])} parts @returns {Bytes} */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {number} count @returns {Bytes} */
export function randomBytes(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** @param {Bytes} bytes @returns {string} */
export function base64url(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const characters = Math.min(4, bytes.length - at + 1);
    for (let index = 0; index < characters; index++) text += alphabet[(group >> (18 - 6 * index)) & 63];
  }
  return text;
}

/**
 * Strict: no padding, no other alphabet, no space, unused trailing bits zero. A forgiving decoder would open damaged links.
 * @param {string} text @returns {Bytes | null}
 */
export function fromBase64url(text) {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor(text.length * 3 / 4));
  let bits = 0, held = 0, at = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null;
}
