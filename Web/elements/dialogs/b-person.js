import { nameOf, roleOf } from '../../state/people.js';
import { Dialog } from '../b-dialog.js';
import { button, define, make, say } from '../dom.js';

/** @typedef {import('../../state/people.js').Person} Person */

/** `<b-person>`: what one may do about somebody. Open it with `openFor`; says `back` and `remove` (detail: the person). */
export class PersonActs extends Dialog {
  #label = make('p', { 'data-hint': true });
  /** @type {Person | null} */
  #person = null;

  constructor() {
    super('person');
    const back = this.#act('person.back', 'send-back', 'back');
    const remove = this.#act('person.remove', 'leave', 'remove', 'danger');
    this.fill(
      this.#label,
      make('div', { 'data-ways': true }, back, make('p', { 'data-hint': true, t: 'person.back.hint' })),
      make('div', { 'data-ways': true }, remove, make('p', { 'data-hint': true, t: 'person.remove.hint' })),
    );
  }

  /** Whom it is about, while it is open. */
  get person() {
    return this.isOpen ? this.#person : null;
  }

  /** @param {Person} person */
  openFor(person) {
    this.#person = person;
    this.rename('person', { name: nameOf(person) });
    say(this.#label, roleOf(person));
    this.open();
  }

  /** Closed first, so that the question stands alone and the focus finds its way back. @param {string} words @param {string} picture @param {string} event @param {'danger'} [kind] */
  #act(words, picture, event, kind) {
    const element = button(words, kind ? { icon: picture, kind } : { icon: picture });
    element.addEventListener('click', () => {
      const detail = this.#person;
      this.close();
      this.dispatchEvent(new CustomEvent(event, { detail }));
    });
    return element;
  }
}

define('b-person', PersonActs);
