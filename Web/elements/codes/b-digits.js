import { define, make, say } from '../dom.js';

/** `<b-digits>`: the meeting code, in six groups of five. Set `digits`; null: there is none. */
export class Digits extends HTMLElement {
  #groups = make('div', { translate: 'no' });

  connectedCallback() {
    this.setAttribute('role', 'group');
    say(this, 'keys.code', {}, 'aria-label');
    if (this.childElementCount === 0) this.append(this.#groups);
  }

  /** @param {string | null} digits */
  set digits(digits) {
    if (this.#groups.textContent === (digits ?? '')) return;
    this.#groups.replaceChildren(...(digits?.match(/.{5}/g) ?? []).map((group) => make('span', {}, group)));
  }
}

define('b-digits', Digits);
