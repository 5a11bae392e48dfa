import { Dialog } from '../b-dialog.js';
import { button, define, make } from '../dom.js';
import { passwordField, Reveal, Submit } from './field.js';

/** @typedef {import('../../state/account.js').Trouble} Trouble */

/**
 * `<b-proof>`: the password once more, before something that only its holder may do. Open it with `ask`, and `complain` when it was
 * wrong. Says `proof` (detail: the password); closed before it was right, it is a no.
 */
export class Proof extends Dialog {
  #reveal = new Reveal();
  #email = make('input', { type: 'text', autocomplete: 'username', readonly: true, hidden: true });
  #password = passwordField(this.#reveal, 'account.password', 'current-password');
  #submit = new Submit('account.proof.go');

  constructor() {
    super('account.proof');
    this.#reveal.over(this.#password);
    const cancel = button('confirm.cancel');
    cancel.addEventListener('click', () => this.close());
    const acts = make('div', { 'data-acts': true }, this.#submit.button, cancel);
    const form = make('form', { novalidate: true }, this.#email, this.#password.row, acts);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#submit.isBusy) return;
      const { value } = this.#password;
      if (value === '') return this.complain({ text: 'account.password.empty', args: {}, place: 'password' });
      this.#reveal.hide();
      this.dispatchEvent(new CustomEvent('proof', { detail: value }));
    });
    this.addEventListener('close', () => this.#clear());
    this.fill(make('p', { t: 'account.proof.lead' }), form);
  }

  /** @param {string} email whose password */
  ask(email) {
    this.#email.value = email;
    this.open();
    this.#password.focus();
  }

  /** @param {boolean} isBusy */
  set busy(isBusy) {
    this.#submit.isBusy = isBusy;
  }

  /** @param {Trouble} trouble */
  complain({ text, args }) {
    this.#password.complain(text, args);
    this.#password.focus();
  }

  #clear() {
    this.#password.value = '';
    this.#password.complain(null);
    this.#reveal.hide();
    this.busy = false;
  }
}

define('b-proof', Proof);
