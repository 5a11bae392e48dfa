import { Dialog } from '../b-dialog.js';
import { button, define, freshID, make, say } from '../dom.js';
import { when } from './when.js';

/**
 * `<b-one-time>`: a one-time link, shown this once and forgotten when the dialog closes. Open it with `show`; says `said` (detail: key
 * of the words), bubbling.
 */
export class OneTime extends Dialog {
  #lead = make('p');
  #until = make('p', { 'data-hint': true });
  #field = make('input', { id: freshID(), type: 'text', readonly: true, spellcheck: 'false', autocomplete: 'off' });
  #result = make('p', { 'data-hint': true });

  constructor() {
    super('account.once');
    const copy = button('invite.copyLink', { icon: 'copy', kind: 'main' });
    copy.addEventListener('click', () => this.#copy());
    this.#field.addEventListener('focus', () => this.#field.select());
    this.addEventListener('close', () => {
      this.#field.value = '';
      this.#result.textContent = '';
    });
    const label = make('label', { for: this.#field.id, t: 'account.once.link' });
    const row = make('div', { 'data-row': true }, this.#field, copy);
    this.fill(this.#lead, make('div', { 'data-field': true }, label, row), this.#result, this.#until);
  }

  /** @param {'invited' | 'renew'} kind @param {string} link @param {number} expires seconds of Unix time */
  show(kind, link, expires) {
    say(this.#lead, kind === 'invited' ? 'account.once.invited' : 'account.once.renew');
    this.#until.replaceChildren(
      make('span', { t: 'account.links.until' }),
      ' ',
      when(expires),
      '. ',
      make('span', { t: 'account.once.hint' }),
    );
    this.#field.value = link;
    this.open();
  }

  async #copy() {
    const words = await navigator.clipboard.writeText(this.#field.value).then(
      () => 'invite.copied',
      () => 'invite.notCopied',
    );
    say(this.#result, words);
    this.dispatchEvent(new CustomEvent('said', { bubbles: true, detail: words }));
  }
}

define('b-one-time', OneTime);
