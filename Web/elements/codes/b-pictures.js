import { define, make } from '../dom.js';

/** @typedef {import('../../state/round.js').Shown} Shown */

/** `<b-pictures>`: seven pictures to compare, each with its word: a picture alone says nothing to everybody. Set `pictures`. */
export class Pictures extends HTMLElement {
  #list = make('ul', { label: 'keys.pictures' });
  #shown = '';

  connectedCallback() {
    if (this.childElementCount === 0) this.append(this.#list);
  }

  /** @param {readonly Shown[]} pictures */
  set pictures(pictures) {
    const shown = pictures.map(({ word }) => word).join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#list.replaceChildren(...pictures.map(({ sign, word }) => {
      return make(
        'li',
        {},
        make('span', { 'aria-hidden': 'true', 'data-sign': true }, sign),
        make('span', { t: word }),
      );
    }));
  }
}

define('b-pictures', Pictures);
