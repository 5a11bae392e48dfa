/**
 * The link of a meeting: what its fragment holds, and what derives from it.
 * @import { Bytes } from './bytes.js'
 * @typedef {{ meeting: Bytes, secret: Bytes, fingerprint: Bytes }} Link
 * @typedef {'damaged' | 'newer'} LinkFault `newer`: made by a client that knows a later version.
 */
import { base64url, concat, fromBase64url } from './bytes.js';
import { extract, hash, kdf } from './derive.js';

/** Version byte → bytes of the whole fragment: common, host, personal. @type {Readonly<Record<number, number>>} */
const lengths = { 1: 33, 2: 49, 3: 65 };

/** @param {string} meeting 22 characters of the path @param {string} fragment without `#` @returns {Promise<Link | LinkFault>} */
export async function parseLink(meeting, fragment) {
  const id = meeting.length === 22 ? fromBase64url(meeting) : null;
  const bytes = fragment.length <= 128 ? fromBase64url(fragment) : null;
  if (!id || !bytes) return 'damaged';
  const version = bytes[0] ?? 0;
  if (lengths[version] === undefined) return version > 3 ? 'newer' : 'damaged';
  if (bytes.length !== lengths[version]) return 'damaged';
  const secret = bytes.slice(1, 17);
  const fingerprint = version === 2 ? await fingerprintOf(id, bytes.slice(17, 49)) : bytes.slice(17, 33);
  bytes.fill(0);
  return { meeting: id, secret, fingerprint };
}

/** The common link, the one to pass on: never the seed or a ticket. @param {string} origin @param {Link} link */
export function composeLink(origin, link) {
  const fragment = concat([1], link.secret, link.fingerprint);
  return `${origin}/m/${base64url(link.meeting)}#${base64url(fragment)}`;
}

/** @param {Link} link @returns {Promise<CryptoKey>} */
export function inviteKey(link) {
  return extract(concat(link.meeting, link.fingerprint), link.secret);
}

/** @param {CryptoKey} prk @returns {Promise<Bytes>} */
export function inviteID(prk) {
  return kdf(prk, 'invite id', new Uint8Array(0), 16);
}

/** First 16 bytes of H("authority", meeting id || public key of the seed). @param {Bytes} meeting @param {Bytes} seed */
async function fingerprintOf(meeting, seed) {
  const whole = await hash('authority', concat(meeting, await publicKey(seed)));
  return whole.slice(0, 16);
}

/** PKCS #8 around a bare Ed25519 seed (RFC 8410): WebCrypto takes no raw private keys. */
const wrapping = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/** @param {Bytes} seed @returns {Promise<Bytes>} */
async function publicKey(seed) {
  const wrapped = concat(wrapping, seed);
  const key = await crypto.subtle.importKey('pkcs8', wrapped, 'Ed25519', true, ['sign']);
  wrapped.fill(0);
  seed.fill(0);
  const { x } = await crypto.subtle.exportKey('jwk', key);
  const bytes = fromBase64url(x ?? '');
  if (bytes?.length !== 32) throw new TypeError('no public key came out of the seed');
  return bytes;
}
