import { leads } from './state/moderation.js';

/** @typedef {import('./state/people.js').Person} Person */
/** @typedef {import('./state/waiting.js').Rights} Rights */

/** One's own name during the meeting: in the settings, where it may be changed, and said when it was. */
export class Naming {
  #page;
  #rename;
  #stop = new AbortController();
  #isOpen = false;
  /** @type {Rights | null} */
  #rights = null;
  /** @type {Person | null} */
  #me = null;

  /** @param {Pick<import('./page.js').Page, 'announcer' | 'settings'>} page @param {(name: string) => void} rename */
  constructor(page, rename) {
    this.#page = page;
    this.#rename = rename;
  }

  /** Is the person in the meeting? Before it the name has a field of its own. @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    this.#stop.abort();
    if (isOpen) {
      this.#stop = new AbortController();
      const { signal } = this.#stop;
      const heard = (/** @type {Event} */ event) => this.#rename(/** @type {CustomEvent} */ (event).detail);
      this.#page.settings.addEventListener('rename', heard, { signal });
    } else {
      this.#me = null;
    }
    this.#show();
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    const was = this.#me?.name ?? '';
    this.#me = people.find(({ me }) => me) ?? null;
    const name = this.#me?.name ?? '';
    if (this.#isOpen && was !== '' && name !== '' && name !== was) {
      this.#page.announcer.polite('set.renamed', { name });
    }
    this.#show();
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
    this.#show();
  }

  #show() {
    const me = this.#me;
    const mayRename = me !== null && (leads(me) || this.#rights?.features.includes('rename') === true);
    this.#page.settings.naming = this.#isOpen && me ? { name: me.name, mayRename } : null;
  }
}
