import { askTexts, wishes } from '../state/wishes.js';
import { define, freshID, make } from './dom.js';

/** @typedef {import('../state/wishes.js').Wish} Wish */

/** `<b-wishes>`: what somebody asks for before they come in. Read `wanted`; what the answer will be is said with it. */
export class Wishes extends HTMLElement {
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'join.wishes.hint' });
  #boxes = wishes.map((wish) => ({
    wish,
    input: make('input', { type: 'checkbox', id: freshID(), autocomplete: 'off' }),
  }));

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const rows = this.#boxes.map(({ wish, input }) => {
      return make('div', { 'data-box': true }, input, make('label', { for: input.id, t: askTexts[wish] }));
    });
    const legend = make('legend', { t: 'join.wishes' });
    this.append(make('fieldset', { 'aria-describedby': this.#hint.id }, legend, ...rows, this.#hint));
  }

  /** @returns {readonly Wish[]} */
  get wanted() {
    return this.#boxes.flatMap(({ wish, input }) => input.checked ? [wish] : []);
  }
}

define('b-wishes', Wishes);
