/**
 * @import { KeyPlace } from './vault.js'
 */
import { deviceKey, keepDeviceKey } from './storage.js';
import { Vault } from './vault.js';

/** What this page knows of whoever signs in here, each by their account. Some of it is nowhere else, and goes when the page is closed or loaded again. */
export class Holdings {
  #place;
  /** @type {Map<string, Vault>} */
  #vaults = new Map();
  /** @param {KeyPlace} [place] what a test puts in place of the browser's */
  constructor(place = { get: deviceKey, keep: keepDeviceKey }) {
    this.#place = place;
  }

  /** @param {string} account */
  vault(account) {
    const vault = this.#vaults.get(account) ?? new Vault(account, this.#place);
    this.#vaults.set(account, vault);
    return vault;
  }

  /** There is no such meeting any more, or nobody wants it. @param {string} account @param {string} meeting */
  drop(account, meeting) {
    this.#vaults.get(account)?.drop(meeting);
  }

  /** Is there a meeting that nothing but this page can open? */
  get wouldLose() {
    return [...this.#vaults.values()].some(({ alone }) => alone.length > 0);
  }

  /** Nothing of anybody is left in this page. */
  clear() {
    this.#vaults.clear();
  }
}

export const holdings = new Holdings();
