/**
 * SFrame (RFC 9605): the header, the keys of one key id, and one sealed frame. Nothing here knows about meetings.
 * @import { Bytes } from '../bytes.js'
 * @typedef {{ kid: bigint, ctr: bigint, length: number }} Header
 * @typedef {{ key: CryptoKey, salt: Bytes }} FrameKey
 * @typedef {typeof suites[4 | 5]} Suite
 */
import { concat, utf8 } from '../bytes.js';

export const suites = /** @type {const} */ ({
  4: { id: 4, hash: 'SHA-256', keyBits: 128 },
  5: { id: 5, hash: 'SHA-512', keyBits: 256 },
});

export const tagLength = 16;

/** The minimal form, the only one there is. @param {bigint} kid @param {bigint} ctr @returns {Bytes} */
export function encodeHeader(kid, ctr) {
  const [kidBits, kidBytes] = field(kid);
  const [ctrBits, ctrBytes] = field(ctr);
  return concat([(kidBits << 4) | ctrBits], kidBytes, ctrBytes);
}

/** Null where it is cut off or not minimal: two spellings of one header would be two frames. @param {Bytes} bytes @returns {Header | null} */
export function decodeHeader(bytes) {
  const first = bytes[0];
  if (first === undefined) return null;
  const kid = value(bytes, 1, first >> 4);
  if (!kid) return null;
  const ctr = value(bytes, kid.end, first & 15);
  return ctr && { kid: kid.value, ctr: ctr.value, length: ctr.end };
}

/** Four bits of the first byte, and the bytes that follow it. @param {bigint} number @returns {[number, number[]]} */
function field(number) {
  if (number < 0n || number >= 1n << 64n) throw new RangeError('a key id or counter has at most 64 bits');
  if (number < 8n) return [Number(number), []];
  const bytes = [];
  for (let rest = number; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 255n));
  return [8 | (bytes.length - 1), bytes];
}

/** @param {Bytes} bytes @param {number} at @param {number} bits */
function value(bytes, at, bits) {
  if (bits < 8) return { value: BigInt(bits), end: at };
  const end = at + (bits & 7) + 1;
  if (bytes.length < end || bytes[at] === 0) return null;
  let number = 0n;
  for (const byte of bytes.subarray(at, end)) number = (number << 8n) | BigInt(byte);
  return number < 8n ? null : { value: number, end };
}

/** @param {CryptoKey} baseKey HKDF, non-extractable @param {bigint} kid @param {Suite} suite @param {KeyUsage} usage @returns {Promise<FrameKey>} */
export async function frameKey(baseKey, kid, suite, usage) {
  const [key, salt] = await Promise.all([
    crypto.subtle.deriveKey(hkdf('key', kid, suite), baseKey, { name: 'AES-GCM', length: suite.keyBits }, false, [
      usage,
    ]),
    crypto.subtle.deriveBits(hkdf('salt', kid, suite), baseKey, 96),
  ]);
  return { key, salt: new Uint8Array(salt) };
}

/** @param {'key' | 'salt'} use @param {bigint} kid @param {Suite} suite */
export function hkdf(use, kid, suite) {
  const info = concat(utf8(`SFrame 1.0 Secret ${use} `), bigEndian(kid, 8), [0, suite.id]);
  return { name: 'HKDF', hash: suite.hash, salt: new Uint8Array(0), info };
}

/** @param {bigint} number @param {number} count @returns {Bytes} */
function bigEndian(number, count) {
  const bytes = new Uint8Array(count);
  for (let at = count - 1, rest = number; at >= 0; at--, rest >>= 8n) bytes[at] = Number(rest & 255n);
  return bytes;
}

/** Salt XOR counter. @param {Bytes} salt @param {bigint} ctr @returns {Bytes} */
export function nonce(salt, ctr) {
  const counter = bigEndian(ctr, salt.length);
  return salt.map((byte, at) => byte ^ (counter[at] ?? 0));
}

/**
 * Header, ciphertext and tag. `metadata` joins the header in what is authenticated; this product leaves it empty.
 * @param {FrameKey} keys @param {bigint} kid @param {bigint} ctr @param {Bytes} plaintext @returns {Promise<Bytes>}
 */
export async function seal(keys, kid, ctr, plaintext, metadata = new Uint8Array(0)) {
  const header = encodeHeader(kid, ctr);
  const parameters = { name: 'AES-GCM', iv: nonce(keys.salt, ctr), additionalData: concat(header, metadata) };
  return concat(header, new Uint8Array(await crypto.subtle.encrypt(parameters, keys.key, plaintext)));
}

/** Null where the frame was altered or sealed with another key. @param {FrameKey} keys @param {Header} header @param {Bytes} frame @returns {Promise<Bytes | null>} */
export async function open(keys, header, frame, metadata = new Uint8Array(0)) {
  const additionalData = concat(frame.slice(0, header.length), metadata);
  const parameters = { name: 'AES-GCM', iv: nonce(keys.salt, header.ctr), additionalData };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters, keys.key, frame.subarray(header.length)));
  } catch {
    return null;
  }
}
