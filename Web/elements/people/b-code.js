import { define, make, say } from '../dom.js';

/** @typedef {import('../../state/waiting.js').WordCode} WordCode */

/**
 * `<b-code>`: the four words that two people read to each other. Set `words`; null: they are on their way. Never
 * translated by the browser, and said in their own language: the other side would hear other words.
 */
export class Code extends HTMLElement {
  #list = make('ol', { translate: 'no', hidden: true });
  #coming = make('p', { 'data-hint': true, t: 'wait.code.coming' });

  connectedCallback() {
    this.setAttribute('role', 'group');
    say(this, 'wait.code', {}, 'aria-label');
    if (this.childElementCount === 0) this.append(this.#list, this.#coming);
  }

  /** @param {WordCode | null} words */
  set words(words) {
    this.#list.hidden = words === null;
    this.#coming.hidden = words !== null;
    const shown = [...this.#list.children].map((item) => item.textContent);
    const { list, lang } = words ?? { list: [], lang: '' };
    this.#list.lang = lang;
    if (shown.join(' ') === list.join(' ')) return;
    this.#list.replaceChildren(...list.map((word) => make('li', {}, word)));
  }
}

define('b-code', Code);
