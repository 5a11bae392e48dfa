/**
 * @import { Made } from './made.js'
 * @import { KeyPlace } from './vault.js'
 */
import { deviceKey, keepDeviceKey } from './storage.js';
import { Vault } from './vault.js';

/** What this page knows of whoever signs in here, each by their account. Some of it is nowhere else, and goes when the page is closed or loaded again. */
export class Holdings {
  #place;
  /** @type {Map<string, Vault>} */
  #vaults = new Map();
  /** Meetings that were made to begin at once: no list has them. By account and id. @type {Map<string, Map<string, Made>>} */
  #begun = new Map();

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

  /** @param {string} account @param {Made} made */
  begin(account, made) {
    const begun = this.#begun.get(account) ?? new Map();
    this.#begun.set(account, begun.set(made.when.meeting, made));
  }

  /** What somebody made to begin at once and has not entered yet. @param {string} account @returns {readonly Made[]} */
  begun(account) {
    return [...this.#begun.get(account)?.values() ?? []].filter(({ isEntered }) => !isEntered);
  }

  /** There is no such meeting any more, or nobody wants it. @param {string} account @param {string} meeting */
  drop(account, meeting) {
    this.#begun.get(account)?.delete(meeting);
    this.#vaults.get(account)?.drop(meeting);
  }

  /** Is there a meeting that nothing but this page can open? */
  get wouldLose() {
    const isAlone = [...this.#vaults.values()].some(({ alone }) => alone.length > 0);
    return isAlone || [...this.#begun.keys()].some((account) => this.begun(account).length > 0);
  }

  /** Nothing of anybody is left in this page. */
  clear() {
    this.#vaults.clear();
    this.#begun.clear();
  }
}

export const holdings = new Holdings();
