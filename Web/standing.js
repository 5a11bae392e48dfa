import { make } from './elements/dom.js';
import { lookForRelease, useRelease, watchReleases } from './storage.js';
import './elements/home/b-standing.js';

/** @typedef {import('./elements/home/b-standing.js').Standing} Notice */

/**
 * What the home page says of itself, and no meeting is disturbed by: the server is not there, or a newer release is. Without a network
 * only whoever installed the program gets here, or was here already.
 */
export class Standing {
  #page;
  #notice = /** @type {Notice} */ (make('b-standing'));
  #ask;

  /** @param {import('./page.js').Page} page @param {() => Promise<void>} ask asks the server anew, and sets `isOffline`; where nobody may be asked for it does neither */
  constructor(page, ask) {
    this.#page = page;
    this.#ask = ask;
    this.#notice.addEventListener('again', () => this.#again());
    this.#notice.addEventListener('use', () => this.#use());
    addEventListener('offline', () => this.isOffline = true);
    addEventListener('online', () => this.#again());
    void watchReleases(() => {
      this.#notice.release = 'ready';
      this.#say('home.release');
    });
  }

  /** @param {boolean} isOffline */
  set isOffline(isOffline) {
    const before = this.#notice.isOffline;
    this.#notice.isOffline = isOffline;
    if (isOffline && !before) this.#say('home.offline');
  }

  /** @param {import('./screens/home.js').Home} home */
  show(home) {
    home.standing = this.#notice;
    if (!navigator.onLine) return void (this.isOffline = true);
    void lookForRelease();
    void this.#again(); // what was said before a meeting may hold no longer
  }

  /** To whoever is at home. @param {string} words */
  #say(words) {
    if (this.#notice.isConnected) this.#page.announcer.polite(words);
  }

  async #again() {
    if (!this.#notice.isOffline) return;
    await this.#ask();
    if (this.#notice.isOffline) this.#say('home.offline');
    else if (this.#notice.isConnected && document.activeElement === document.body) this.#page.screen?.heading.focus(); // the button is gone
  }

  async #use() {
    if (await useRelease()) return location.reload();
    this.#notice.release = 'elsewhere';
    this.#say('home.release.elsewhere');
  }
}
