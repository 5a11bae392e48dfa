import { labelIcon, labelOf, nameOf } from '../../state/people.js';
import { Dialog } from '../b-dialog.js';
import { button, define, icon, make, say, setIcon } from '../dom.js';

/** @typedef {import('../../state/people.js').Person} Person */

/**
 * `<b-person>`: who somebody is, and what one may do about them. Open it with `openFor`, keep it right with `show`; says
 * `verify`, and for those who may `back`, `remove` and `block` (detail: the person).
 */
export class PersonActs extends Dialog {
  #icon = icon('person');
  #trust = make('span');
  #label = make('p', { 'data-trust': 'guest' }, this.#icon, this.#trust);
  #acts = make(
    'div',
    { 'data-group': true },
    this.#act('back', 'person.back', 'person.back.hint', 'send-back'),
    this.#act('remove', 'person.remove', 'person.remove.hint', 'leave', 'severe'),
    this.#act('block', 'person.block', 'person.block.hint', 'stopped', 'severe'),
  );
  /** @type {Person | null} */
  #person = null;

  constructor() {
    super('person');
    const verify = this.#act('verify', 'person.verify', 'person.verify.hint', 'verified');
    this.fill(this.#label, verify, this.#acts);
  }

  /** Whom it is about, while it is open. */
  get person() {
    return this.isOpen ? this.#person : null;
  }

  /** @param {Person} person @param {boolean} mayAct send back, remove, block */
  openFor(person, mayAct) {
    this.show(person, mayAct);
    this.open();
  }

  /** @param {Person} person @param {boolean} mayAct */
  show(person, mayAct) {
    this.#person = person;
    this.rename('person', { name: nameOf(person) });
    say(this.#trust, labelOf(person) ?? 'role.participant');
    setIcon(this.#icon, labelIcon(person));
    this.#label.dataset['trust'] = person.label ?? 'guest';
    this.#acts.hidden = !mayAct;
  }

  /** Closed first, so that the question stands alone and the focus finds its way back. @param {string} event @param {string} words @param {string} hint @param {string} picture @param {'severe'} [weight] */
  #act(event, words, hint, picture, weight) {
    const element = button(words, { icon: picture });
    element.toggleAttribute('data-severe', weight === 'severe');
    element.addEventListener('click', () => {
      const detail = this.#person;
      this.close();
      this.dispatchEvent(new CustomEvent(event, { detail }));
    });
    return make('div', { 'data-ways': true }, element, make('p', { 'data-hint': true, t: hint }));
  }
}

define('b-person', PersonActs);
