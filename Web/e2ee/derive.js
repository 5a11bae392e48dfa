/**
 * The two derivations everything of the link hangs on: KDF and H with the labels of this protocol.
 * @import { Bytes } from './bytes.js'
 */
import { concat, utf8 } from './bytes.js';

/** `opaque value<V>`: the shortest length form, then the bytes. @param {Bytes} value @returns {Bytes} */
export function vector(value) {
  if (value.length < 0x40) return concat([value.length], value);
  if (value.length < 0x4000) return concat([0x40 | (value.length >> 8), value.length & 0xff], value);
  throw new RangeError('longer than any value of this protocol');
}

/** @param {string} label @param {Bytes} value @returns {Promise<Bytes>} */
export async function hash(label, value) {
  const struct = concat(vector(utf8(`Beraad 1 ${label}`)), vector(value));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', struct));
}

/** HKDF-Extract; the result never leaves WebCrypto again. @param {Bytes} salt @param {Bytes} secret @returns {Promise<CryptoKey>} */
export async function extract(salt, secret) {
  const prk = await hmac(await hmacKey(salt), secret);
  const key = await hmacKey(prk);
  prk.fill(0);
  return key;
}

/**
 * `KDF(prk, label, context, count)`, count up to 32: one block of HKDF-Expand.
 * @param {CryptoKey} prk @param {string} label @param {Bytes} context @param {number} count @returns {Promise<Bytes>}
 */
export async function kdf(prk, label, context, count) {
  if (count > 32) throw new RangeError('one block is all this protocol needs');
  const info = concat([count >> 8, count & 0xff], vector(utf8(`Beraad 1 ${label}`)), vector(context), [1]);
  const block = await hmac(prk, info);
  const part = block.slice(0, count);
  block.fill(0);
  return part;
}

/** @param {Bytes} bytes */
function hmacKey(bytes) {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

/** @param {CryptoKey} key @param {Bytes} message @returns {Promise<Bytes>} */
async function hmac(key, message) {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
}
