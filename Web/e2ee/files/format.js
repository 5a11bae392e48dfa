/**
 * The numbers and keys of the file format BRF1 (`e2ee.md` 8, Files).
 * @import { Bytes } from '../bytes.js'
 * @typedef {'tooLarge' | 'length' | 'position' | 'incomplete' | 'head' | 'commitment' | 'altered' | 'unopened' | 'padding'} FileFaultReason
 * @typedef {object} Layout where everything stands in the object of a file
 * @property {number} size of the file itself, in bytes
 * @property {number} padded bytes that are sealed: the file, then zeros
 * @property {number} chunks at least one
 * @property {number} objectLength bytes of the whole stored object
 * @typedef {object} FileKeys
 * @property {CryptoKey} content seals the chunks
 * @property {Bytes} prefix of every nonce
 * @property {Bytes} commitment stands in the head
 */
import { concat, utf8 } from '../bytes.js';

/** Why a file is not sealed or not opened. Whoever reads it out says it in words. */
export class FileFault extends Error {
  /** @param {FileFaultReason} reason */
  constructor(reason) {
    super(reason);
    this.name = 'FileFault';
    this.reason = reason;
  }
}

/** "BRF1", version 1, chunks of 2^16 bytes, two zeros; then salt and commitment. */
export const mark = new Uint8Array([0x42, 0x52, 0x46, 0x31, 0x01, 0x10, 0, 0]);
export const fieldLength = 32;
export const headLength = 72;
export const chunkLength = 65536;
export const tagLength = 16;
/** With its padding the chunks are numbered in 32 bits. */
const sizeMax = 2 ** 47;

/** The size alone decides the layout: an object of any other shape is none. @param {number} size @returns {Layout} */
export function layoutOf(size) {
  if (!Number.isSafeInteger(size) || size < 0 || size > sizeMax) throw new FileFault('tooLarge');
  const padded = paddedLength(size);
  const chunks = Math.ceil(padded / chunkLength);
  return { size, padded, chunks, objectLength: headLength + padded + chunks * tagLength };
}

/** P(size): with E = floor(log2 size) only the first floor(log2 E) + 1 bits of a size stay. @param {number} size */
function paddedLength(size) {
  if (size <= 4096) return 4096;
  const exponent = size.toString(2).length - 1;
  const step = 2 ** (exponent - exponent.toString(2).length);
  return Math.ceil(size / step) * step;
}

/** Plaintext bytes of a chunk. @param {Layout} layout @param {number} chunk */
export function plaintextLength(layout, chunk) {
  return overlap(chunk, layout.padded);
}

/** Bytes of the file in a chunk; the rest of it is zeros. @param {Layout} layout @param {number} chunk */
export function contentLength(layout, chunk) {
  return overlap(chunk, layout.size);
}

/** @param {number} chunk @param {number} end */
function overlap(chunk, end) {
  return Math.min(Math.max(end - chunk * chunkLength, 0), chunkLength);
}

/**
 * What follows from the key of a file and the salt of its object.
 * @param {Bytes} key 32 bytes @param {Bytes} salt @param {'encrypt' | 'decrypt'} use @returns {Promise<FileKeys>}
 */
export async function keysOf(key, salt, use) {
  if (key.length !== 32 || salt.length !== fieldLength) throw new FileFault('length');
  const root = await crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveKey', 'deriveBits']);
  const content = await crypto.subtle.deriveKey(
    hkdf('file key', 32, salt),
    root,
    { name: 'AES-GCM', length: 256 },
    false,
    [use],
  );
  const prefix = new Uint8Array(await crypto.subtle.deriveBits(hkdf('file nonce', 7, salt), root, 56));
  const commitment = new Uint8Array(await crypto.subtle.deriveBits(hkdf('file commit', 32, salt), root, 256));
  return { content, prefix, commitment };
}

/**
 * KDF with an empty context: every vector in its info is short enough for a length of one byte.
 * @param {string} label @param {number} length @param {Bytes} salt
 */
function hkdf(label, length, salt) {
  const full = utf8(`Beraad 1 ${label}`);
  return { name: 'HKDF', hash: 'SHA-256', salt, info: concat([0, length, full.length], full, [0]) };
}

/**
 * Number and place of a chunk: neither can be moved, left out or said twice.
 * @param {FileKeys} keys @param {Bytes} head @param {number} chunk @param {boolean} isLast
 */
export function parameters(keys, head, chunk, isLast) {
  const number = [chunk >>> 24, (chunk >>> 16) & 255, (chunk >>> 8) & 255, chunk & 255];
  const iv = concat(keys.prefix, number, [isLast ? 1 : 0]);
  return { name: 'AES-GCM', iv, additionalData: head, tagLength: 8 * tagLength };
}

/** In a time that does not tell where they differ. @param {Bytes} left @param {Bytes} right */
export function isEqual(left, right) {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let at = 0; at < left.length; at++) difference |= (left[at] ?? 0) ^ (right[at] ?? 0);
  return difference === 0;
}
