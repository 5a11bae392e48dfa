import * as notices from './state/notices.js';

/** @typedef {import('./state/notices.js').Notice} Notice */

/** The notices that stand now; whatever is shown is said aloud once, and shown wherever the person is. */
export class Board {
  /** @type {readonly Notice[]} */
  #list = [];
  /** @type {readonly Notice[]} */
  #shown = [];
  #announcer;
  #show;

  /** @param {import('./elements/b-announcer.js').Announcer} announcer @param {(list: readonly Notice[]) => void} show */
  constructor(announcer, show) {
    this.#announcer = announcer;
    this.#show = show;
  }

  /** @param {Notice} notice */
  put(notice) {
    this.#set(notices.withNotice(this.#list, notice));
  }

  /** @param {string} id */
  take(id) {
    this.#set(notices.withoutNotice(this.#list, id));
  }

  /** @param {string} id */
  has(id) {
    return this.#list.some((notice) => notice.id === id);
  }

  clear() {
    this.#set([]);
  }

  /** Puts up exactly these of a family (ids that start alike), and takes the others of it down. @param {string} family @param {readonly Notice[]} wanted */
  only(family, wanted) {
    const ids = new Set(wanted.map((notice) => notice.id));
    for (const { id } of this.#list) if (id.startsWith(family) && !ids.has(id)) this.take(id);
    for (const notice of wanted) if (!this.#list.some((one) => one.id === notice.id)) this.put(notice);
  }

  /** @param {readonly Notice[]} list */
  #set(list) {
    const before = this.#shown;
    this.#list = list;
    this.#shown = notices.shownOf(list);
    this.#show(this.#shown);
    for (const notice of this.#shown) {
      if (!before.some((one) => one.id === notice.id && one.text === notice.text)) this.#say(notice);
    }
  }

  /** @param {Notice} notice */
  #say(notice) {
    if (notice.tone === 'urgent' || notice.tone === 'told') this.#announcer.urgent(notice.text, notice.args);
    else this.#announcer.polite(notice.text, notice.args);
  }
}
