import { knockName } from '../../state/waiting.js';
import { Dialog } from '../b-dialog.js';
import { button, define, freshID, make, say } from '../dom.js';

/** @typedef {import('../../state/waiting.js').Knock} Knock */

/** `<b-refuse>`: turns somebody away, with a word or without. Open it with `openFor`; says `refuse` (detail: hash, note). */
export class Refuse extends Dialog {
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'refuse.note.hint' });
  #note = make('input', {
    id: freshID(),
    type: 'text',
    maxlength: 200,
    autocomplete: 'off',
    'aria-describedby': this.#hint.id,
  });
  #go = make('button', { type: 'submit', 'data-kind': 'danger' }, make('span', { t: 'people.refuse.short' }));
  /** @type {Knock | null} */
  #knock = null;

  constructor() {
    super('people.refuse');
    const cancel = button('confirm.cancel');
    cancel.addEventListener('click', () => this.close());
    const label = make('label', { for: this.#note.id, t: 'refuse.note' });
    const form = make(
      'form',
      { novalidate: true },
      make('div', { 'data-field': true }, label, this.#note, this.#hint),
      make('div', { 'data-acts': true }, cancel, this.#go),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const detail = { hash: this.#knock?.hash ?? '', note: this.#note.value.trim() };
      this.close();
      this.dispatchEvent(new CustomEvent('refuse', { detail }));
    });
    this.addEventListener('close', () => this.#note.value = '');
    this.fill(make('p', { t: 'refuse.text' }), form);
  }

  /** Whom it is about, while it is open. */
  get knock() {
    return this.isOpen ? this.#knock : null;
  }

  /** @param {Knock} knock */
  openFor(knock) {
    this.#knock = knock;
    const name = knockName(knock);
    this.rename('people.refuse', { name });
    say(this.#go, 'people.refuse', { name }, 'aria-label');
    this.open();
  }
}

define('b-refuse', Refuse);
