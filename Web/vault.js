/**
 * Where the links of planned meetings lie: with the plan at the server, sealed under a key that never leaves this browser
 * (docs/decisions/0016). Who has no such key, as in a private window, has one for as long as the tab is open.
 */
import { base64url, concat, fromBase64url, randomBytes, utf8 } from './e2ee/bytes.js';
import { readBundle, writeBundle } from './state/bundle.js';

/** @typedef {import('./state/bundle.js').Bundle} Bundle */

/** @typedef {{ get(): Promise<CryptoKey | null>, keep(key: CryptoKey): Promise<boolean> }} KeyPlace */

/** Of a sealed card, before the nonce. */
const format = 1;
const nonceLength = 12;

/** The key lasts with the browser, or with the tab. @typedef {'device' | 'tab'} Lasting */

export class Vault {
  #place;
  #account;
  /** @type {CryptoKey | null} */
  #tab = null;
  /** Meetings that nothing but this tab can open. @type {Set<string>} */
  #alone = new Set();

  /** @param {string} account whose cards these are: another account's do not open @param {KeyPlace} place */
  constructor(account, place) {
    this.#account = account;
    this.#place = place;
  }

  /** Does this tab hold what nothing else can open? */
  get hasTabKey() {
    return this.#tab !== null;
  }

  /** Ids of the meetings that are lost with this tab. @returns {readonly string[]} */
  get alone() {
    return [...this.#alone];
  }

  /** One was made that nothing but this tab can open. @param {string} meeting */
  hold(meeting) {
    this.#alone.add(meeting);
  }

  /** There is no such meeting any more, or its maker was in: closing the tab is no mishap. @param {string} meeting */
  drop(meeting) {
    this.#alone.delete(meeting);
  }

  /** Has somebody said that this device is theirs? */
  async isOnDevice() {
    return await this.#place.get() !== null;
  }

  /** Makes a key if there is none, and keeps it on this device if that is wanted and possible. @param {boolean} onDevice @returns {Promise<Lasting>} */
  async prepare(onDevice) {
    const place = this.#place;
    // Each has a key of its own: what is to go with the tab is not kept because something else is.
    if (onDevice && (await place.get() !== null || await place.keep(await newKey()))) return 'device';
    this.#tab ??= await newKey();
    return 'tab';
  }

  /** `prepare` comes before. @param {string} meeting @param {Bundle} bundle @param {Lasting} lasting @returns {Promise<string>} a card, base64url */
  async seal(meeting, bundle, lasting) {
    const key = lasting === 'device' ? await this.#place.get() : this.#tab;
    if (key === null) throw new Error('no key to seal with');
    const iv = randomBytes(nonceLength);
    const additionalData = this.#context(meeting);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, writeBundle(bundle));
    return base64url(concat([format], iv, new Uint8Array(sealed)));
  }

  /** @param {string} meeting @param {string} card @returns {Promise<{ bundle: Bundle, lasting: Lasting } | null>} null: made elsewhere, or damaged */
  async open(meeting, card) {
    const bytes = fromBase64url(card);
    if (bytes === null || bytes[0] !== format) return null;
    const iv = bytes.subarray(1, 1 + nonceLength), additionalData = this.#context(meeting);
    /** @type {readonly (readonly [CryptoKey | null, Lasting])[]} */
    const keys = [[await this.#place.get(), 'device'], [this.#tab, 'tab']];
    for (const [key, lasting] of keys) {
      if (key === null) continue;
      const opened = await crypto.subtle
        .decrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes.subarray(1 + nonceLength))
        .catch(() => null); // sealed by another browser
      const bundle = opened && readBundle(new Uint8Array(opened));
      if (bundle) return { bundle, lasting };
    }
    return null;
  }

  /** A card in another meeting's place, or in another account's, does not open. @param {string} meeting */
  #context(meeting) {
    const [meetingID, accountID] = [meeting, this.#account].map((id) => fromBase64url(id));
    if (meetingID?.length !== 16 || accountID?.length !== 16) throw new TypeError('no id');
    return concat(utf8('beraad card 1'), meetingID, accountID);
  }
}

/** It cannot be taken out of the browser. */
function newKey() {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
