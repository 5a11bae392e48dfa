import { button, define, forbid, make, say } from '../dom.js';
import { Section } from './section.js';

/** `<b-passkeys>`: the passkeys of an account: one more, one less. Set `ids`, and `reason` (key of why none can be made here, or null). */
export class Passkeys extends Section {
  #none = make('p', { t: 'account.passkeys.none' });
  #list = make('ul', { 'data-rows': true, label: 'account.passkeys' });
  #add = button('account.passkeys.add', { icon: 'lock' });

  constructor() {
    super('account.passkeys');
    this.#add.addEventListener('click', () => {
      if (this.#add.getAttribute('aria-disabled') !== 'true') this.tell({ type: 'addPasskey' }, this.#add);
    });
    const acts = make('div', { 'data-acts': true }, this.#add);
    this.fill(make('p', { 'data-hint': true, t: 'account.passkeys.lead' }), this.#none, this.#list, acts);
  }

  /** @param {string | null} reason */
  set reason(reason) {
    forbid(this.#add, reason);
  }

  /** They have no names and no dates: the server keeps none. @param {readonly string[]} ids */
  set ids(ids) {
    this.#none.hidden = ids.length > 0;
    this.#list.hidden = ids.length === 0;
    this.#list.replaceChildren(...ids.map((id, index) => {
      const n = index + 1;
      const name = make('span');
      say(name, 'account.passkeys.one', { n });
      const remove = button('account.delete.short');
      say(remove, 'account.passkeys.remove', { n }, 'aria-label');
      remove.addEventListener('click', () => this.tell({ type: 'removePasskey', id }, remove));
      return make('li', {}, name, remove);
    }));
  }
}

define('b-passkeys', Passkeys);
