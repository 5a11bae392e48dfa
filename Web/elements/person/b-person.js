import { labelIcon, labelOf, nameOf } from '../../state/people.js';
import { hasTile } from '../../state/services.js';
import { Dialog } from '../b-dialog.js';
import { button, define, freshID, icon, make, say, setIcon } from '../dom.js';
import './b-lead.js';
import './b-may.js';
import './b-mine.js';

/** @typedef {import('../../state/moderation.js').LeadAct} LeadAct */
/** @typedef {import('../../state/moderation.js').Powers} Powers */
/** @typedef {import('../../state/people.js').Person} Person */

/**
 * @typedef {object} PersonView what one may do about somebody, and what is so for oneself and for all
 * @property {Powers} powers
 * @property {boolean} isPinned
 * @property {boolean} isSpotlit
 * @property {number} volume 0 to 1
 */

/**
 * `<b-person>`: who somebody is, and what one may do about them: nothing else is shown. Open it with `openFor`, keep it
 * right with `show`; says `verify`, `report`, `back`, `remove` and `block` (detail: the person), and what its parts say, about `person`.
 */
export class PersonActs extends Dialog {
  #icon = icon('person');
  #trust = make('span');
  #label = make('p', { 'data-trust': 'guest' }, this.#icon, this.#trust);
  #mine = /** @type {import('./b-mine.js').Mine} */ (make('b-mine'));
  #lead = /** @type {import('./b-lead.js').Lead} */ (make('b-lead'));
  #may = /** @type {import('./b-may.js').MaySwitches} */ (make('b-may'));
  #forMe = this.#part('person.forMe', this.#mine);
  #forAll = this.#part('person.forAll', this.#lead, this.#may);
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
    const report = this.#act('report', 'person.report', 'person.report.hint', 'warning');
    this.fill(this.#label, verify, this.#forMe, this.#forAll, this.#acts, report);
  }

  /** Whom it is about, while it is open. */
  get person() {
    return this.isOpen ? this.#person : null;
  }

  /** @param {Person} person @param {PersonView} view */
  openFor(person, view) {
    this.show(person, view);
    this.open();
  }

  /** @param {Person} person @param {PersonView} view */
  show(person, { powers, isPinned, isSpotlit, volume }) {
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    this.#person = person;
    this.rename('person', { name: nameOf(person) });
    say(this.#trust, labelOf(person) ?? 'role.participant');
    setIcon(this.#icon, labelIcon(person));
    this.#label.dataset['trust'] = person.label ?? 'guest';
    this.#mine.show({ isPinned, volume });
    this.#forMe.hidden = !hasTile(person);
    /** @type {Set<LeadAct>} */
    const done = new Set();
    if (isSpotlit) done.add('spotlight');
    if (powers.isCohost) done.add('cohost');
    this.#lead.show(powers.acts, done);
    this.#may.show(powers.may, powers.shut);
    this.#forAll.hidden = powers.acts.size === 0 && powers.may === null;
    this.#acts.hidden = !powers.remove;
    // What was just done may not be possible once more: the focus stays in the dialog.
    if (focused && !focused.checkVisibility()) this.heading.focus();
  }

  /** @param {string} heading @param {...Node} content */
  #part(heading, ...content) {
    const title = make('h3', { id: freshID(), t: heading });
    return make('div', { 'data-part': true, role: 'group', 'aria-labelledby': title.id }, title, ...content);
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
