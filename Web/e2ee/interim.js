/**
 * Keys and names until the group protocol comes: both derive from the link and the sender's own random id.
 * @import { Bytes } from './bytes.js'
 */
import { base64url, concat, fromBase64url, randomBytes, textOf, utf8 } from './bytes.js';
import { kdf } from './derive.js';

export const epoch = 0;

/** Frame keys of one sender start here: a key that can only derive, and never comes out. @param {CryptoKey} prk @param {Bytes} sender */
export async function baseKey(prk, sender) {
  const bytes = await kdf(prk, 'interim base key', sender, 16);
  const key = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey', 'deriveBits']);
  bytes.fill(0);
  return key;
}

const plainLength = 128;
const longestName = 120;

/**
 * Controls, the marks that turn the direction of text, and what takes no room: a name must not rearrange the page around
 * it, nor look like another or like none. Joiners stay, as some scripts and emoji need them.
 */
const unwanted =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;
/** Something to see: more than white space and marks that join or vary. */
const visible = /[^\s\u200c\u200d\ufe00-\ufe0f]/u;

/** @param {string} name @returns {string} at most 60 characters and 120 bytes; may be empty */
export function cleanName(name) {
  let clean = '';
  for (const character of [...name.normalize('NFC').replace(unwanted, '').trim()].slice(0, 60)) {
    if (utf8(clean + character).length > longestName) break;
    clean += character;
  }
  return visible.test(clean) ? clean.trim() : '';
}

/** @param {CryptoKey} prk @param {Bytes} sender @param {string} name @returns {Promise<string>} 208 characters */
export async function sealProfile(prk, sender, name, nonce = randomBytes(12)) {
  const text = utf8(cleanName(name));
  const plain = new Uint8Array(plainLength);
  plain.set([text.length >> 8, text.length & 0xff]);
  plain.set(text, 2);
  const key = await profileKey(prk, sender, 'encrypt');
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: sender }, key, plain);
  return base64url(concat(nonce, new Uint8Array(sealed)));
}

/** The name, or null: not sealed by somebody with the link for this very sender id. @param {CryptoKey} prk @param {Bytes} sender @param {string} profile */
export async function openProfile(prk, sender, profile) {
  const bytes = profile.length === 208 ? fromBase64url(profile) : null;
  if (!bytes) return null;
  const key = await profileKey(prk, sender, 'decrypt');
  const parameters = { name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData: sender };
  try {
    const plain = new Uint8Array(await crypto.subtle.decrypt(parameters, key, bytes.slice(12)));
    const length = ((plain[0] ?? 0) << 8) | (plain[1] ?? 0);
    if (length > longestName || plain.subarray(2 + length).some((byte) => byte !== 0)) return null;
    return cleanName(textOf(plain.slice(2, 2 + length))) || null;
  } catch {
    return null;
  }
}

/** @param {CryptoKey} prk @param {Bytes} sender @param {KeyUsage} usage */
async function profileKey(prk, sender, usage) {
  const bytes = await kdf(prk, 'interim profile', sender, 32);
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [usage]);
  bytes.fill(0);
  return key;
}
