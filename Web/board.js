import * as notices from './state/notices.js';

/** @typedef {import('./state/notices.js').Notice} Notice */

/** The notices that stand now; whatever is put up is said aloud once, and shown wherever the person is. */
export class Board {
  /** @type {readonly Notice[]} */
  #list = [];
  #announcer;
  #show;

  /** @param {import('./elements/b-announcer.js').Announcer} announcer @param {(list: readonly Notice[]) => void} show */
  constructor(announcer, show) {
    this.#announcer = announcer;
    this.#show = show;
  }

  /** @param {Notice} notice */
  put(notice) {
    const said = this.#list.some((one) => one.id === notice.id && one.text === notice.text);
    this.#set(notices.withNotice(this.#list, notice));
    if (said) return;
    if (notice.tone === 'urgent') this.#announcer.urgent(notice.text, notice.args);
    else this.#announcer.polite(notice.text, notice.args);
  }

  /** @param {string} id */
  take(id) {
    this.#set(notices.withoutNotice(this.#list, id));
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
    this.#list = list;
    this.#show(list);
  }
}
