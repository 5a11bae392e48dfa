import { define, make } from '../dom.js';

/** @typedef {'system' | 'light' | 'dark'} Look */

/** @type {readonly (readonly [Look, string])[]} */
const looks = [['system', 'set.look.system'], ['light', 'set.look.light'], ['dark', 'set.look.dark']];

/** `<b-looks>`: light or dark, or as the system has it; for this visit. Says `look` (detail: which), bubbling. */
export class LookPick extends HTMLElement {
  #pick = make('select', { label: 'set.look', autocomplete: 'off' });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#pick.append(...looks.map(([value, text]) => make('option', { value, t: text })));
    this.#pick.addEventListener('change', () => {
      this.dispatchEvent(new CustomEvent('look', { bubbles: true, detail: this.#pick.value }));
    });
    this.append(this.#pick);
  }
}

define('b-looks', LookPick);
