import { Dialog } from '../b-dialog.js';
import { button, define, hush, icon, make, say } from '../dom.js';
import { byHand } from '../invite/b-by-hand.js';

/** @typedef {{ readonly topic: string, readonly link: string }} Opening what a meeting is called, and the link that opens it */

/**
 * `<b-parting>`: the question before signing out of a browser that alone can open planned meetings. `ask` answers whether the
 * person goes on. Says `told` (detail: text and args).
 */
export class Parting extends Dialog {
  #list = make('ul', { label: 'parting.list', 'data-links': true });
  #result = make('p', { 'data-hint': true });
  #byHand = byHand('invite.host.link');
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
    const acts = make('div', { 'data-acts': true }, this.#cancel, go);
    this.fill(make('p', { t: 'parting.text' }), this.#list, this.#result, this.#byHand, acts);
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
        hush(this.#result);
        this.#byHand.forget();
        resolve(this.#isSure);
      }, { once: true });
    });
  }

  /** @param {Opening} opening */
  #row({ topic, link }) {
    const copy = make('button', { type: 'button' }, icon('copy'), make('span', { t: 'invite.personal.copy.short' }));
    say(copy, 'parting.copy', { topic }, 'aria-label');
    copy.addEventListener('click', async () => {
      const isCopied = await this.#byHand.copy(link);
      const [text, args] = [isCopied ? 'parting.copied' : 'parting.notCopied', { topic }];
      say(this.#result, text, args);
      this.dispatchEvent(new CustomEvent('told', { detail: { text, args } }));
    });
    return make('li', {}, make('div', { 'data-guest': true }, make('bdi', {}, topic), copy));
  }
}

define('b-parting', Parting);
