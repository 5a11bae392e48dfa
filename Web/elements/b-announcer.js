import { define, make, sentence } from './dom.js';

/** Milliseconds in which a sentence may not have been said yet. */
const fresh = 700;

/**
 * `<b-announcer>`: the page's only `status` and `alert` regions; what is written into them a screen reader says.
 * While a modal dialog is open everything outside it is silent, so the announcer moves into the dialog and back.
 */
export class Announcer extends HTMLElement {
  /** When each sentence was put here. @type {WeakMap<Element, number>} */
  #said = new WeakMap();
  #status = make('div', { role: 'status', 'aria-atomic': 'false' });
  #alert = make('div', { role: 'alert', 'aria-atomic': 'false' });

  connectedCallback() {
    if (this.childElementCount === 0) this.append(this.#status, this.#alert);
  }

  /** Said when the reader has finished its sentence. @param {string} key @param {import('./dom.js').Args} [args] */
  polite(key, args) {
    this.#say(this.#status, sentence(key, args));
  }

  /** Words of another language than the page's, after the sentence before. @param {string} text @param {string} lang */
  foreign(text, lang) {
    this.#say(this.#status, text, lang);
  }

  /** Said at once. @param {string} key @param {import('./dom.js').Args} [args] */
  urgent(key, args) {
    this.#say(this.#alert, sentence(key, args));
  }

  /** To where it is heard. What was said long ago stays behind: put into a new place, it would be said again. @param {Element} place */
  moveTo(place) {
    for (const one of [...this.#status.children, ...this.#alert.children]) {
      if (performance.now() - (this.#said.get(one) ?? 0) > fresh) one.remove();
    }
    place.append(this);
  }

  /** Nothing of what was said is left to be read. */
  clear() {
    for (const region of [this.#status, this.#alert]) region.replaceChildren();
  }

  /** Each sentence is a node of its own, so that the same sentence twice is said twice. @param {HTMLElement} region @param {string} text @param {string} [lang] */
  #say(region, text, lang) {
    const words = make('p', { lang }, text);
    this.#said.set(words, performance.now());
    region.append(words);
    while (region.childElementCount > 3) region.firstElementChild?.remove();
  }
}

define('b-announcer', Announcer);
