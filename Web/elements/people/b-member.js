import { labelIcon, labelOf, nameOf } from '../../state/people.js';
import { define, icon, make, say, setIcon } from '../dom.js';

/** @typedef {import('../../state/people.js').Person} Person */

/**
 * `<b-member>`: somebody in the meeting: name, what is known of who it is, a raised hand, what is off, and perhaps the button for acts. Set everything with
 * `show`; says `actions` (detail: the person), bubbling.
 */
export class Member extends HTMLElement {
  #name = make('bdi');
  #trust = make('span', {});
  #icon = icon('person');
  #label = make('span', { 'data-label': true, 'data-trust': true }, this.#icon, this.#trust);
  #hand = make('span', { 'data-label': true, 'data-hand': true }, icon('hand'), make('span', { t: 'meet.tile.hand' }));
  #muted = make('span', { 'data-label': true, t: 'meet.tile.micOff' });
  #away = make('span', { 'data-label': true, t: 'meet.tile.away' });
  #silent = make('span', { 'data-label': true, 'data-silent': true, t: 'people.silent' });
  #actions = make(
    'button',
    { type: 'button', 'aria-haspopup': 'dialog' },
    icon('more'),
    make('span', { t: 'meet.actions.short' }),
  );
  /** @type {Person | null} */
  #person = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#actions.addEventListener('click', () => {
      this.dispatchEvent(new CustomEvent('actions', { bubbles: true, detail: this.#person }));
    });
    const who = make(
      'div',
      { 'data-who': true },
      this.#name,
      this.#hand,
      this.#label,
      this.#muted,
      this.#away,
      this.#silent,
    );
    this.append(who, this.#actions);
  }

  /** @param {Person} person @param {boolean} hasActs may something be done about this person? */
  show(person, hasActs) {
    this.#person = person;
    const name = nameOf(person);
    say(this.#name, person.me ? 'meet.ownTile' : 'meet.tile', { name });
    const label = labelOf(person);
    this.#label.hidden = label === null;
    if (label) say(this.#trust, label);
    setIcon(this.#icon, labelIcon(person));
    this.#label.dataset['trust'] = person.label ?? 'guest';
    this.#hand.hidden = person.hand !== true;
    this.#muted.hidden = person.microphone;
    this.#away.hidden = !person.away;
    this.#silent.hidden = person.silent !== true;
    this.#actions.hidden = !hasActs;
    say(this.#actions, 'meet.actions', { name }, 'aria-label');
  }
}

define('b-member', Member);
