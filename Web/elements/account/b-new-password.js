import { passwordFault, troubleOf } from '../../state/account.js';
import { define, make } from '../dom.js';
import { Field, passwordField, Reveal, Submit } from './field.js';
import { Section } from './section.js';

/** @typedef {import('../../state/account.js').Trouble} Trouble */

/** `<b-new-password>`: another password in place of the one there is. Set `email`; `clear` after it was done. */
export class NewPassword extends Section {
  #reveal = new Reveal();
  /** For password managers, which want to know whose it is. */
  #email = make('input', { type: 'text', autocomplete: 'username', readonly: true, hidden: true });
  #current = new Field('account.current', { type: 'password', autocomplete: 'current-password', required: true });
  #next = passwordField(this.#reveal, 'account.new', 'new-password', 'account.password.hint');
  #submit = new Submit('account.change');

  constructor() {
    super('account.password.part');
    this.#reveal.over(this.#current, this.#next);
    const form = make(
      'form',
      { novalidate: true },
      this.#email,
      this.#current.row,
      this.#next.row,
      this.#submit.button,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#read();
    });
    this.fill(make('p', { 'data-hint': true, t: 'account.change.hint' }), form);
  }

  /** @param {string} email */
  set email(email) {
    this.#email.value = email;
  }

  clear() {
    this.#current.value = '';
    this.#next.value = '';
    this.#reveal.hide();
  }

  /** @override @param {Trouble | null} trouble */
  complain(trouble) {
    const field = trouble?.place === 'password' ? this.#current : trouble?.place === 'next' ? this.#next : null;
    super.complain(field === null ? trouble : null);
    if (field === null || trouble === null) return;
    field.complain(trouble.text, trouble.args);
    field.focus();
  }

  #read() {
    const current = this.#current.value, next = this.#next.value;
    const fault = passwordFault(next, this.#email.value);
    if (current === '') return this.complain({ text: 'account.password.empty', args: {}, place: 'password' });
    if (fault) return this.complain(troubleOf('changePassword', fault));
    this.#reveal.hide();
    this.tell({ type: 'changePassword', current, next }, this.#submit);
  }
}

define('b-new-password', NewPassword);
