import { knockName } from '../../state/waiting.js';
import { Dialog } from '../b-dialog.js';
import { button, define, freshID, make, say } from '../dom.js';

/** @typedef {import('../../state/waiting.js').Knock} Knock */

/** `<b-note>`: a word to somebody who waits. Open it with `openFor`; says `message` (detail: hash, text, name). */
export class Note extends Dialog {
  #error = make('p', { id: freshID(), 'data-error': true, hidden: true, t: 'people.message.empty' });
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'refuse.note.hint' });
  #text = make('input', {
    id: freshID(),
    type: 'text',
    maxlength: 200,
    autocomplete: 'off',
    'aria-describedby': `${this.#error.id} ${this.#hint.id}`,
  });
  #go = make('button', { type: 'submit', 'data-kind': 'main' }, make('span', { t: 'people.message.send.short' }));
  /** @type {Knock | null} */
  #knock = null;

  constructor() {
    super('people.message');
    const cancel = button('confirm.cancel');
    cancel.addEventListener('click', () => this.close());
    const label = make('label', { for: this.#text.id, t: 'people.message.text' });
    const form = make(
      'form',
      { novalidate: true },
      make('div', { 'data-field': true }, label, this.#text, this.#error, this.#hint),
      make('div', { 'data-acts': true }, cancel, this.#go),
    );
    this.#text.addEventListener('input', () => this.#complain(false));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    this.addEventListener('close', () => {
      this.#text.value = '';
      this.#complain(false);
    });
    this.fill(form);
  }

  /** Whom it is for, while it is open. */
  get knock() {
    return this.isOpen ? this.#knock : null;
  }

  /** @param {Knock} knock */
  openFor(knock) {
    this.#knock = knock;
    const name = knockName(knock);
    this.rename('people.message', { name });
    say(this.#go, 'people.message.send', { name }, 'aria-label');
    this.open();
    this.#text.focus();
  }

  #send() {
    const text = this.#text.value.trim();
    const knock = this.#knock;
    if (text === '' || !knock) return this.#complain(true);
    this.close();
    const detail = { hash: knock.hash, text, name: knockName(knock) };
    this.dispatchEvent(new CustomEvent('message', { detail }));
  }

  /** @param {boolean} isEmpty */
  #complain(isEmpty) {
    this.#error.hidden = !isEmpty;
    if (!isEmpty) return this.#text.removeAttribute('aria-invalid');
    this.#text.setAttribute('aria-invalid', 'true');
    this.#text.focus();
  }
}

define('b-note', Note);
