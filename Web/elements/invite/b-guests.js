import { readName } from '../../state/name.js';
import { button, define, forbid, freshID, hush, icon, make, say } from '../dom.js';
import { Rows } from '../people/rows.js';
import { byHand } from './b-by-hand.js';

/** @typedef {import('../../state/audience.js').Words} Words */

/** @typedef {{ readonly hash: string, readonly name: string, readonly link: string }} GuestLink */

/**
 * @typedef {object} GuestsView
 * @property {readonly GuestLink[]} links
 * @property {'wait' | 'enter'} way what such a link does
 * @property {string | null} reason key of why there can be no more
 */

/**
 * `<b-guests>`: links of their own for single guests (Promise P-026). Set everything with `show`, `busy` while one is made, and `refusal` where none may be copied.
 * Says `personal` (detail: the name), `revoke` (detail: the hash) and `told` (detail: text and args), bubbling.
 */
export class Guests extends HTMLElement {
  #title = make('h3', { id: freshID(), tabindex: '-1', t: 'invite.each' });
  #hint = make('p', { id: freshID(), 'data-hint': true });
  #error = make('p', { id: freshID(), 'data-error': true, hidden: true });
  #name = make('input', {
    id: freshID(),
    type: 'text',
    maxlength: 60,
    autocomplete: 'off',
    autocapitalize: 'words',
    'aria-describedby': `${this.#error.id} ${this.#hint.id}`,
  });
  #go = button('invite.personal', { icon: 'invite' });
  #result = make('p', { 'data-hint': true });
  #byHand = byHand('account.once.link');
  #list = make('ul', { label: 'invite.personal.list', 'data-links': true, hidden: true });
  /** @type {Rows<HTMLElement>} */
  #rows = new Rows(this.#list, () => this.#row(), () => this.#title);
  /** @type {ReadonlyMap<string, GuestLink>} */
  #links = new Map();
  /** @type {Words | null} */
  #refusal = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#go.type = 'submit';
    const label = make('label', { for: this.#name.id, t: 'invite.guest' });
    const row = make('div', { 'data-row': true }, this.#name, this.#go);
    const form = make(
      'form',
      { novalidate: true },
      make('div', { 'data-field': true }, label, row, this.#error, this.#hint),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#read();
    });
    this.#name.addEventListener('input', () => this.complain(null));
    const told = [this.#result, this.#byHand];
    this.append(make('section', { 'aria-labelledby': this.#title.id }, this.#title, form, ...told, this.#list));
  }

  /** @param {GuestsView | null} view null: forgotten */
  show(view) {
    this.#links = new Map(view?.links.map((link) => [link.hash, link]));
    this.#rows.show([...this.#links.keys()], (item, hash) => this.#fill(item, hash));
    this.#list.hidden = this.#links.size === 0;
    this.#byHand.forget();
    if (view === null) {
      this.#name.value = '';
      hush(this.#result);
      this.complain(null);
      return;
    }
    say(this.#hint, view.way === 'enter' ? 'invite.each.enter' : 'invite.each.wait');
    forbid(this.#go, view.reason);
    if (view.reason !== null) say(this.#result, view.reason);
  }

  /** Why no link may be passed on now. @param {Words | null} refusal */
  set refusal(refusal) {
    if (this.#refusal && !refusal) hush(this.#result);
    this.#refusal = refusal;
  }

  /** @param {boolean} isBusy */
  set busy(isBusy) {
    this.#go.toggleAttribute('data-busy', isBusy);
  }

  /** One was made: the field is free for the next guest. */
  made() {
    this.#name.value = '';
  }

  /** @param {string} text @param {import('../dom.js').Args} args */
  tell(text, args) {
    say(this.#result, text, args);
    this.dispatchEvent(new CustomEvent('told', { bubbles: true, detail: { text, args } }));
  }

  /** @param {Words | null} words what is wrong with the name, or went wrong */
  complain(words) {
    this.#error.hidden = words === null;
    if (words === null) return this.#name.removeAttribute('aria-invalid');
    say(this.#error, words.text, words.args);
    this.dispatchEvent(new CustomEvent('told', { bubbles: true, detail: words }));
  }

  #read() {
    if (this.#go.hasAttribute('data-busy') || this.#go.getAttribute('aria-disabled') === 'true') return;
    const read = readName(this.#name.value);
    switch (read.type) {
      case 'good':
        this.dispatchEvent(new CustomEvent('personal', { bubbles: true, detail: read.name }));
        return;
      case 'empty':
      case 'long':
        this.complain({ text: read.type === 'empty' ? 'invite.guest.empty' : 'invite.guest.long', args: {} });
        this.#name.setAttribute('aria-invalid', 'true');
        this.#name.focus();
    }
  }

  #row() {
    const item = make('div', { 'data-guest': true });
    const copy = make('button', { type: 'button' }, icon('copy'), make('span', { t: 'invite.personal.copy.short' }));
    const revoke = make('button', { type: 'button' }, icon('bin'), make('span', { t: 'invite.personal.revoke.short' }));
    copy.addEventListener('click', () => this.#copy(item.dataset['guest'] ?? ''));
    revoke.addEventListener('click', () => {
      this.dispatchEvent(new CustomEvent('revoke', { bubbles: true, detail: item.dataset['guest'] }));
    });
    item.append(make('bdi'), copy, revoke);
    return { row: make('li', { tabindex: '-1' }, item), item };
  }

  /** @param {HTMLElement} item @param {string} hash */
  #fill(item, hash) {
    const name = this.#links.get(hash)?.name ?? '';
    item.dataset['guest'] = hash;
    const [who, copy, revoke] = item.children;
    if (!who || !copy || !revoke) return;
    who.textContent = name;
    say(copy, 'invite.personal.copy', { name }, 'aria-label');
    say(revoke, 'invite.personal.revoke', { name }, 'aria-label');
  }

  /** @param {string} hash */
  async #copy(hash) {
    const link = this.#links.get(hash);
    if (!link) return;
    if (this.#refusal) return this.tell(this.#refusal.text, this.#refusal.args);
    const isCopied = await this.#byHand.copy(link.link);
    this.tell(isCopied ? 'invite.personal.copied' : 'invite.personal.notCopied', { name: link.name });
  }
}

define('b-guests', Guests);
