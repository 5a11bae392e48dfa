import { t } from './strings/translate.js';

/** @typedef {import('./elements/b-small.js').Small} Small */
/** @typedef {{ requestWindow(size: { width: number, height: number }): Promise<Window> }} Opener */

/** In CSS pixels: as large as a picture with four controls below it. */
const size = { width: 380, height: 330 };

/** What this browser opens small windows with, if it can. @returns {Opener | null} */
function opener() {
  return /** @type {{ documentPictureInPicture?: Opener }} */ (/** @type {unknown} */ (globalThis))
    .documentPictureInPicture ?? null;
}

/**
 * The meeting in a window that stays on top of others. It lives no longer than the meeting, and nothing is in it but what the
 * page puts there: its style sheets, by their addresses, and one element.
 */
export class SmallWindow {
  /** @type {Window | null} */
  #window = null;
  /** Grows with every act: a window that comes after another one is closed at once. */
  #wish = 0;
  #stop = new AbortController();
  #element;
  #changed;
  #opener;

  /** @param {Small} element @param {(isOpen: boolean) => void} changed @param {Opener | null} [given] what a test puts in place of a browser */
  constructor(element, changed, given = opener()) {
    this.#element = element;
    this.#changed = changed;
    this.#opener = given;
  }

  /** Can this browser open one? */
  get isOffered() {
    return this.#opener !== null;
  }

  get isOpen() {
    return this.#window !== null;
  }

  /** Only from an act of the person: no browser opens it otherwise. */
  async toggle() {
    if (this.#window) return this.close();
    const wish = ++this.#wish;
    const opened = await this.#opener?.requestWindow(size).catch(() => null) ?? null;
    if (!opened) return;
    if (wish !== this.#wish) return opened.close();
    this.#window = opened;
    this.#stop = new AbortController();
    this.#dress(opened.document);
    opened.addEventListener('pagehide', () => this.#gone(opened), { signal: this.#stop.signal });
    document.addEventListener('look', () => this.#match(opened.document), { signal: this.#stop.signal });
    this.#changed(true);
  }

  close() {
    this.#wish++;
    const closing = this.#window;
    if (!closing) return;
    this.#gone(closing);
    closing.close();
  }

  /** @param {Window} one */
  #gone(one) {
    if (this.#window !== one) return;
    this.#window = null;
    this.#stop.abort();
    this.#element.remove();
    this.#changed(false);
  }

  /** @param {Document} place */
  #dress(place) {
    for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = /** @type {HTMLLinkElement} */ (sheet).href; // whole: this document has no address to start from
      place.head.append(link);
    }
    place.title = t('page.name');
    this.#match(place);
    place.body.append(this.#element);
  }

  /** Speaks and looks like the page. @param {Document} place */
  #match(place) {
    const { lang, dataset } = document.documentElement;
    place.documentElement.lang = lang;
    place.documentElement.dataset['look'] = dataset['look'] ?? 'system';
  }
}
