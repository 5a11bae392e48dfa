/**
 * @import { Made } from './made.js'
 * @import { Person } from './state/people.js'
 * @import { Rights } from './state/waiting.js'
 */
import { noRights } from './state/waiting.js';

/**
 * Tells the group of personal links that were taken back. The server hands them out no more, but a group believes no server, and
 * begins without a memory each time. A link by which somebody is in the group takes back when they have left.
 */
export class Revoking {
  #revoke;
  /** @type {Pick<Made, 'revoked'> | null} */
  #made = null;
  /** @type {Rights} */
  #rights = noRights;
  #isOpen = false;
  /** The group of today knows. */
  #isTold = false;
  #count = 0;
  #isInUse = false;
  /** Somebody looks at what comes of it. */
  #isAsked = false;

  /** @param {(key: string) => void} revoke in the group; of one that is revoked already nothing comes */
  constructor(revoke) {
    this.#revoke = revoke;
  }

  /** Without what the person made there is nothing to tell. @param {Pick<Made, 'revoked'>} made */
  set made(made) {
    this.#made = made;
  }

  /** Is the person in the meeting? @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    if (!isOpen) {
      this.#isTold = this.#isInUse = this.#isAsked = false;
      this.#count = 0;
      this.#rights = noRights;
    }
    this.#look();
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
    this.#look();
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    const isFewer = people.length < this.#count;
    this.#count = people.length;
    if (isFewer && this.#isInUse) this.#tell();
  }

  /** One that the person takes back now. @param {string} key */
  ask(key) {
    this.#isAsked = true;
    this.#revoke(key);
  }

  /** The group says that somebody is in by one. @returns {boolean} is it worth a word? */
  inUse() {
    const isAsked = this.#isAsked;
    this.#isInUse = true;
    this.#isAsked = false;
    return isAsked;
  }

  #look() {
    if (!this.#isOpen || !this.#rights.lock || this.#isTold) return;
    this.#isTold = true;
    this.#tell();
  }

  #tell() {
    this.#isInUse = this.#isAsked = false;
    for (const key of this.#made?.revoked ?? []) this.#revoke(key);
  }
}
