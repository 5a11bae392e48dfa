import { noRound } from '../../state/round.js';
import { Dialog } from '../b-dialog.js';
import { define, freshID, icon, make, say, setIcon } from '../dom.js';
import { Rows } from '../people/rows.js';
import '../codes/b-compare.js';
import '../codes/b-digits.js';
import '../codes/b-holder.js';

/** @typedef {import('../../state/round.js').Badge} Badge */
/** @typedef {import('../../state/round.js').BadgeState} BadgeState */
/** @typedef {import('../../state/round.js').Round} Round */
/** @typedef {import('../../state/people.js').Person} Person */
/** @typedef {'compare' | 'holders'} Part */

/** @type {Record<Exclude<BadgeState, 'stopped'>, readonly [string, string]>} */
const states = {
  starting: ['keys.starting', 'lock-open'],
  protected: ['keys.protected', 'lock'],
  verified: ['keys.verified', 'verified'],
  service: ['keys.service', 'recording'],
};

/**
 * `<b-keys>`: the state of the encryption in words, who holds keys, and how to find out that nobody stands in between. Set
 * `badge`, `people`, `digits`, `round`, `mayStart`; `openAt` leads to a part. Says `compare` and `answer` (detail: are they
 * the same).
 */
export class Keys extends Dialog {
  #state = make('p');
  #banner = make('div', { 'data-banner': 'starting' }, icon('lock-open'), this.#state);
  #compare = /** @type {import('../codes/b-compare.js').Compare} */ (make('b-compare'));
  #digits = /** @type {import('../codes/b-digits.js').Digits} */ (make('b-digits'));
  #code = make('section', { hidden: true });
  #list = make('ul');
  #holders = make('h3', { id: freshID(), tabindex: '-1', t: 'keys.holders' });
  /** @type {Rows<import('../codes/b-holder.js').Holder>} */
  #rows = new Rows(this.#list, () => {
    const item = /** @type {import('../codes/b-holder.js').Holder} */ (make('b-holder'));
    return { row: make('li', {}, item), item };
  }, () => this.#holders);
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {Round} */
  #round = noRound;

  constructor() {
    super('keys');
    this.#list.setAttribute('aria-labelledby', this.#holders.id);
    this.#compare.addEventListener('compare', () => this.dispatchEvent(new CustomEvent('compare')));
    this.#compare.addEventListener('answer', (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      this.dispatchEvent(new CustomEvent('answer', { detail }));
    });
    const title = make('h3', { id: freshID(), t: 'keys.code.title' });
    this.#code.setAttribute('aria-labelledby', title.id);
    this.#code.append(title, this.#digits, make('p', { 'data-hint': true, t: 'keys.code.hint' }));
    const source = make('p', { 'data-hint': true, t: 'keys.source' });
    const holders = make('section', { 'aria-labelledby': this.#holders.id }, this.#holders, this.#list, source);
    this.fill(this.#banner, this.#compare, holders, this.#code);
  }

  /** @override */
  open() {
    super.open();
    this.#show();
  }

  /** @param {Part} part */
  openAt(part) {
    this.open();
    (part === 'compare' ? this.#compare.heading : this.#holders).focus();
  }

  /** @param {Badge} badge */
  set badge({ state, reason }) {
    this.#banner.dataset['banner'] = state;
    const [words, picture] = state === 'stopped' ? [reason?.text ?? 'err.held', 'stopped'] : states[state];
    say(this.#state, words, reason?.args ?? {});
    if (this.#banner.firstElementChild) setIcon(this.#banner.firstElementChild, picture);
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    this.#people = people;
    this.#compare.people = people;
    this.#show();
  }

  /** The meeting code of this moment; null: there is none. @param {string | null} digits */
  set digits(digits) {
    this.#code.hidden = digits === null;
    this.#digits.digits = digits;
  }

  /** @param {Round} round */
  set round(round) {
    this.#round = round;
    this.#compare.round = round;
    this.#show();
  }

  /** @param {boolean} mayStart */
  set mayStart(mayStart) {
    this.#compare.mayStart = mayStart;
  }

  /** Filled only while it is seen: the list changes with everybody who comes and goes. */
  #show() {
    if (!this.isOpen) return;
    const { phase, inside } = this.#round;
    const people = new Map(this.#people.map((person) => [person.participant, person]));
    this.#rows.show([...people.keys()], (item, participant) => {
      const person = /** @type {Person} */ (people.get(participant));
      item.show(person, phase === 'shown' ? person.key !== undefined && inside.has(person.key) : null);
    });
  }
}

define('b-keys', Keys);
