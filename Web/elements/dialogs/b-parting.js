import { Dialog } from '../b-dialog.js';
import { button, define, icon, make, say } from '../dom.js';

/** @typedef {{ readonly topic: string, readonly link: string }} Opening what a meeting is called, and the link that opens it */

/**
 * `<b-parting>`: the question before signing out of a browser that alone can open planned meetings. `ask` answers whether the
 * person goes on. Says `told` (detail: text and args).
 */
export class Parting extends Dialog {
  #list = make('ul', { label: 'parting.list', 'data-links': true });
  #cancel = button('confirm.cancel');
  #isSure = false;

  constructor() {
    super('parting');
    const go = button('parting.go', { icon: 'leave', kind: 'danger' });
    go.addEventListener('click', () => {
      this.#isSure = true;
      this.close();
    });
    this.#cancel.addEventListener('click', () => this.close());
    this.fill(make('p', { t: 'parting.text' }), this.#list, make('div', { 'data-acts': true }, this.#cancel, go));
  }

  /** @param {readonly Opening[]} openings @returns {Promise<boolean>} */
  ask(openings) {
    this.#list.replaceChildren(...openings.map((opening) => this.#row(opening)));
    this.#list.hidden = openings.length === 0;
    this.#isSure = false;
    this.open();
    this.#cancel.focus();
    return new Promise((resolve) => {
      this.addEventListener('close', () => {
        this.#list.replaceChildren();
        resolve(this.#isSure);
      }, { once: true });
    });
  }

  /** @param {Opening} opening */
  #row({ topic, link }) {
    const copy = make('button', { type: 'button' }, icon('copy'), make('span', { t: 'invite.personal.copy.short' }));
    say(copy, 'parting.copy', { topic }, 'aria-label');
    copy.addEventListener('click', async () => {
      const isCopied = await navigator.clipboard?.writeText(link).then(() => true, () => false) ?? false;
      const detail = { text: isCopied ? 'parting.copied' : 'invite.textNotCopied', args: { topic } };
      this.dispatchEvent(new CustomEvent('told', { detail }));
    });
    return make('li', {}, make('div', { 'data-guest': true }, make('bdi', {}, topic), copy));
  }
}

define('b-parting', Parting);
