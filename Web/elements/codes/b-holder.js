import { labelIcon, labelOf, nameOf } from '../../state/people.js';
import { define, icon, make, say, setIcon } from '../dom.js';

/** @typedef {import('../../state/people.js').Person} Person */

/** `<b-holder>`: somebody who holds keys: name, what is known of who it is, and whether their part is in the code. Set everything with `show`. */
export class Holder extends HTMLElement {
  #name = make('bdi');
  #icon = icon('person');
  #trust = make('span');
  #label = make('span', { 'data-label': true, 'data-trust': 'guest' }, this.#icon, this.#trust);
  #part = make('span', { 'data-label': true });

  connectedCallback() {
    if (this.childElementCount === 0) {
      this.append(make('div', { 'data-who': true }, this.#name, this.#label), this.#part);
    }
  }

  /** @param {Person} person @param {boolean | null} isInside null: there is no code */
  show(person, isInside) {
    say(this.#name, person.me ? 'meet.ownTile' : 'meet.tile', { name: nameOf(person) });
    const label = labelOf(person);
    this.#label.hidden = label === null;
    if (label) say(this.#trust, label);
    setIcon(this.#icon, labelIcon(person));
    this.#label.dataset['trust'] = person.label ?? 'guest';
    this.#part.hidden = isInside === null;
    say(this.#part, isInside ? 'keys.inside' : 'keys.outside');
  }
}

define('b-holder', Holder);
