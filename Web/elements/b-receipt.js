import { anyLeft } from '../state/residue.js';
import { button, define, freshID, icon, make, say } from './dom.js';

/** @typedef {import('../state/residue.js').Residue} Residue */

/** @type {readonly (readonly [keyof Residue, string])[]} */
const lines = [
  ['cookies', 'after.cookies'],
  ['storage', 'after.storage'],
  ['databases', 'after.databases'],
  ['caches', 'after.caches'],
  ['workers', 'after.workers'],
];

/**
 * `<b-receipt>`: what is left in this browser after a meeting, counted, not claimed: Promise P-017. Set `residue`;
 * says `check` to be counted again and `save` (detail: what was counted) to be taken along.
 */
export class Receipt extends HTMLElement {
  #title = make('h2', { id: freshID(), t: 'after.receipt' });
  #list = make('dl');
  /** @type {Residue | null} */
  #residue = null;
  #section = make('section', { 'aria-labelledby': this.#title.id });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const check = button('after.check', { icon: 'again' });
    check.addEventListener('click', () => this.dispatchEvent(new CustomEvent('check')));
    const save = button('after.save', { icon: 'down' });
    save.addEventListener('click', () => this.dispatchEvent(new CustomEvent('save', { detail: this.#residue })));
    this.#section.append(
      make('div', { 'data-seal': true }, icon('check')),
      this.#title,
      make('p', { t: 'after.receipt.lead' }),
      this.#list,
      make('p', { t: 'after.server' }),
      make('p', { t: 'after.browser' }),
      make('div', { 'data-acts': true }, check, save),
    );
    this.append(this.#section);
  }

  /** @param {Residue} residue */
  set residue(residue) {
    this.#residue = residue;
    const left = anyLeft(residue);
    this.toggleAttribute('data-left', left);
    say(this.#title, left ? 'after.receipt.left' : 'after.receipt');
    this.#list.replaceChildren(...lines.map(([what, words]) => {
      const count = make('dd', {}, residue[what] === null ? null : String(residue[what]));
      if (residue[what] === null) say(count, 'after.unknown');
      return make('div', {}, make('dt', { t: words }), count);
    }));
  }
}

define('b-receipt', Receipt);
