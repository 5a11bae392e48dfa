/**
 * What somebody needs to open and to manage a meeting they planned: the links, the passcode, what the server gave, who is
 * expected. It lies sealed with the plan, and only the browser that made it can open it; what comes back may be damaged or of another version.
 * @import { Option, ProfileName } from './profiles.js'
 *
 * A link for one guest.
 * @typedef {object} PersonalLink
 * @property {string} name as the host calls the guest
 * @property {string} fragment
 * @property {string} hash of its key, by which the server knows it
 * @property {string} key by which the members of the meeting know it
 *
 * @typedef {object} Bundle
 * @property {string} hostFragment
 * @property {string} guestFragment
 * @property {string} token lets its holder change the meeting at the server
 * @property {string | null} passcode null: none is asked for, or one that is not known here
 * @property {boolean} isAsked newcomers are asked for one
 * @property {string} title may be empty
 * @property {{ readonly name: ProfileName, readonly options: readonly Option[] }} profile
 * @property {readonly string[]} expected
 * @property {readonly PersonalLink[]} personal
 * @property {readonly string[]} revoked keys of personal links that were taken back, the last ones
 * @property {boolean} wasRenewed all links were renewed while it ran; these are those of before, which come into force again
 */
import { options, profileNames } from './profiles.js';

const version = 1;

/** Bytes of a bundle: the server takes 8,192 of a sealed one, which is 29 longer. */
export const longestBundle = 8192 - 29;

/** Most personal links of one meeting: as many as fit with names of some length, and a list of who is expected. */
export const mostPersonal = 20;

/** Most that were taken back: the server knows of all. */
export const mostRevoked = 20;

/** @param {Bundle} bundle @returns {Uint8Array<ArrayBuffer>} */
export function writeBundle(bundle) {
  return new TextEncoder().encode(JSON.stringify({ version, ...bundle }));
}

/** @param {Uint8Array} bytes @returns {Bundle | null} null: nothing that this version can use */
export function readBundle(bytes) {
  let value;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
  if (!isRecord(value) || value['version'] !== version) return null;
  const profile = isRecord(value['profile']) ? value['profile'] : {};
  const kind = profileNames.find((name) => name === profile['name']);
  const parts = ['hostFragment', 'guestFragment', 'token'].map((name) => value[name]);
  const [hostFragment, guestFragment, token] = parts.map((part) => isCode(part) ? part : '');
  const title = value['title'], passcode = value['passcode'];
  if (!hostFragment || !guestFragment || !token || typeof title !== 'string' || !kind) return null;
  if (passcode !== null && !isCode(passcode)) return null;
  const taken = list(profile['options']);
  return {
    hostFragment,
    guestFragment,
    token,
    passcode,
    // Those of before do not say it: each had one.
    isAsked: passcode !== null || value['isAsked'] === true,
    title,
    profile: { name: kind, options: options.filter((option) => taken.includes(option)) },
    expected: list(value['expected']).filter((name) => typeof name === 'string'),
    personal: list(value['personal']).flatMap(personalLink),
    revoked: list(value['revoked']).filter(isCode).slice(-mostRevoked),
    wasRenewed: value['wasRenewed'] === true,
  };
}

/** @param {unknown} value @returns {PersonalLink[]} */
function personalLink(value) {
  if (!isRecord(value)) return [];
  const { name, fragment, hash, key } = value;
  const isLink = typeof name === 'string' && isCode(fragment) && isCode(hash) && isCode(key);
  return isLink ? [{ name, fragment, hash, key }] : [];
}

/** Base64url, or digits. @param {unknown} value @returns {value is string} */
function isCode(value) {
  return typeof value === 'string' && /^[\w-]{1,128}$/.test(value);
}

/** @param {unknown} value @returns {unknown[]} */
function list(value) {
  return Array.isArray(value) ? value : [];
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === 'object' && value !== null;
}
