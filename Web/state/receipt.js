/**
 * Receipt codes: by one a guest finds what was kept of them, if anything was (`docs/protocol.md` 10). It is 16 random bytes that
 * never leave the browser; what is kept lies under tags, which nobody can turn back into the code or into each other.
 *
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 * @typedef {{ type: 'good', secret: Bytes } | { type: 'empty' } | { type: 'length', count: number } | { type: 'wrong' }} TypedReceipt
 *   `wrong`: there are as many signs as there must be, and one of them is another, or two have changed places
 */

/** Bytes of a code. */
export const secretBytes = 16;
/** Bytes of a tag. */
const tagBytes = 16;

/** Crockford's base 32: no sign that is taken for another. The five behind it only check. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const signs = `${digits}*~$=U`;
/** Digits for 16 bytes: they hold two bits more, which are zero. */
const digitCount = 26;
/** What people type for what stands there. @type {Readonly<Record<string, string>>} */
const alike = { I: '1', L: '1', O: '0' };

const label = 'beraad receipt 1';
const encoder = new TextEncoder();

/** 26 digits, highest first, and the sign that checks them: the number modulo 37. @param {Bytes} secret */
export function receiptCode(secret) {
  const number = secret.reduce((sum, byte) => sum << 8n | BigInt(byte), 0n);
  const places = Array.from({ length: digitCount }, (_, at) => BigInt(5 * (digitCount - 1 - at)));
  const text = places.map((place) => digits[Number(number >> place & 31n)]).join('');
  return `${text}${signs[Number(number % 37n)]}`;
}

/** In groups of four, as people read them. @param {string} code */
export function shownReceipt(code) {
  return code.replaceAll(/(.{4})(?=.)/gu, '$1-');
}

/** What somebody typed: case does not count, nor do spaces and hyphens. @param {string} text @returns {TypedReceipt} */
export function readReceipt(text) {
  const typed = [...text.replaceAll(/[\s\p{Dash_Punctuation}]/gu, '').toUpperCase()];
  if (typed.length === 0) return { type: 'empty' };
  if (typed.length !== digitCount + 1) return { type: 'length', count: typed.length };
  const values = typed.map((sign) => signs.indexOf(alike[sign] ?? sign));
  const check = values.pop();
  if (values.some((value) => value < 0 || value >= digits.length)) return { type: 'wrong' };
  const number = values.reduce((sum, value) => sum << 5n | BigInt(value), 0n);
  if (number >> BigInt(8 * secretBytes) !== 0n || Number(number % 37n) !== check) return { type: 'wrong' };
  const secret = Uint8Array.from({ length: secretBytes }, (_, at) => {
    return Number(number >> BigInt(8 * (secretBytes - 1 - at)) & 255n);
  });
  return { type: 'good', secret };
}

/** What a tag is made of: the label, and the table's name behind its length. @param {string} table at most 255 bytes of UTF-8 @returns {Bytes} */
export function tagMessage(table) {
  const name = encoder.encode(table);
  if (name.length === 0 || name.length > 255) throw new RangeError('no name of a table');
  return Uint8Array.from([...encoder.encode(label), name.length, ...name]);
}

/** What lies in a table under this code. @param {Bytes} secret @param {string} table @returns {Promise<Bytes>} */
export async function receiptTag(secret, table) {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, tagMessage(table))).slice(0, tagBytes);
}
