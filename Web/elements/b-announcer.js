import { define, make, sentence } from './dom.js';

/**
 * `<b-announcer>`: the page's only `status` and `alert` regions; what is written into them a screen reader says.
 * While a modal dialog is open everything outside it is silent, so the announcer moves into the dialog and back.
 */
export class Announcer extends HTMLElement {
  #status = make('div', { role: 'status', 'aria-atomic': 'false' });
  #alert = make('div', { role: 'alert', 'aria-atomic': 'false' });

  connectedCallback() {
    if (this.childElementCount === 0) this.append(this.#status, this.#alert);
  }

  /** Said when the reader has finished its sentence. @param {string} key @param {import('./dom.js').Args} [args] */
  polite(key, args) {
    this.#say(this.#status, sentence(key, args));
  }

  /** Said at once. @param {string} key @param {import('./dom.js').Args} [args] */
  urgent(key, args) {
    this.#say(this.#alert, sentence(key, args));
  }

  /** Each sentence is a node of its own, so that the same sentence twice is said twice. @param {HTMLElement} region @param {string} text */
  #say(region, text) {
    region.append(make('p', {}, text));
    while (region.childElementCount > 3) region.firstElementChild?.remove();
  }
}

define('b-announcer', Announcer);
