import { found, searchFrom } from '../../state/people.js';
import { settingsOf } from '../../state/security.js';
import { isService } from '../../state/services.js';
import { everyone, noRights } from '../../state/waiting.js';
import { button, define, freshID, make, say } from '../dom.js';
import './b-knock.js';
import './b-member.js';
import { Panel } from './b-panel.js';
import { Rows } from './rows.js';

/** @typedef {import('../../state/people.js').Person} Person */
/** @typedef {import('../../state/waiting.js').Knock} Knock */
/** @typedef {import('../../state/waiting.js').Rights} Rights */

/**
 * `<b-people>`: the panel of participants; who waits stands first, and where there are many one can look for somebody. Set
 * `people`, `lobby`, `rights`, `busy`. Says `admit`, `refuse`, `message` (detail: the knock), `chatOff`, `admitAll` (detail: the
 * hashes seen) and `actions` (detail: the person).
 */
export class People extends Panel {
  #waiting = make('ul', { 'aria-labelledby': 'people-waiting' });
  #all = button('people.admitAll');
  #door = make('div', { 'data-door': true, hidden: true });
  #query = make('input', { id: freshID(), type: 'search', autocomplete: 'off', spellcheck: 'false' });
  #find = make(
    'div',
    { 'data-field': true, hidden: true },
    make('label', { for: this.#query.id, t: 'people.find' }),
    this.#query,
  );
  #list = make('ul', { 'aria-labelledby': 'people-here' });
  #count = make('p', { 'data-hint': true });
  /** @type {Rows<import('./b-knock.js').KnockItem>} */
  #knocks = new Rows(this.#waiting, () => this.#row('b-knock'), () => this.heading);
  /** @type {Rows<import('./b-member.js').Member>} */
  #members = new Rows(this.#list, () => this.#row('b-member'), () => this.heading);
  /** @type {readonly Knock[]} */
  #lobby = [];
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {Rights} */
  #rights = noRights;
  /** @type {ReadonlySet<string>} */
  #busy = new Set();

  constructor() {
    super('people');
    const hint = make('p', { id: freshID(), 'data-hint': true, t: 'people.waiting.hint' });
    this.#all.setAttribute('data-all', '');
    this.#all.addEventListener('click', () => {
      this.dispatchEvent(new CustomEvent('admitAll', { detail: everyone(this.#free()) }));
    });
    this.#door.append(make('h3', { id: 'people-waiting', t: 'people.waiting' }), hint, this.#waiting, this.#all);
    const heading = make('h3', { id: 'people-here', t: 'people.list' });
    this.#query.addEventListener('input', () => this.#show());
    // The first Escape empties the field, as browsers have it; the panel closes with the next.
    this.#query.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.#query.value === '') return;
      event.preventDefault();
      this.#query.value = '';
      this.#show();
    });
    this.fill(this.#door, heading, this.#find, this.#list, this.#count);
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    this.#people = people;
    this.#show();
  }

  /** @param {readonly Knock[]} lobby */
  set lobby(lobby) {
    this.#lobby = lobby;
    this.#show();
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
    this.#show();
  }

  /** Who was answered and is still in the list. @param {ReadonlySet<string>} busy */
  set busy(busy) {
    this.#busy = busy;
    this.#show();
  }

  /** Brings somebody who waits into view. @param {string} hash */
  look(hash) {
    this.#knocks.focus(hash);
  }

  #free() {
    return this.#lobby.filter(({ hash }) => !this.#busy.has(hash));
  }

  /** Filled only while it is seen: what stands here changes with everybody who comes and goes. */
  refresh() {
    this.#show();
  }

  #show() {
    if (this.hidden) return;
    const lobby = new Map(this.#rights.admit ? this.#lobby.map((knock) => [knock.hash, knock]) : []);
    const chat = { isOn: settingsOf(this.#rights).chat !== 'nobody', mayTurnOff: this.#rights.lock };
    this.#knocks.show([...lobby.keys()], (item, hash) => {
      item.show(/** @type {Knock} */ (lobby.get(hash)), chat, this.#people);
      item.busy = this.#busy.has(hash);
    });
    this.#door.hidden = lobby.size === 0;
    this.#all.hidden = everyone(this.#free()).length < 2;
    this.#find.hidden = this.#people.length < searchFrom && this.#query.value === '';
    const here = found(this.#people, this.#query.value);
    const people = new Map(here.map((person) => [person.participant, person]));
    this.#members.show([...people.keys()], (item, participant) => {
      const person = /** @type {Person} */ (people.get(participant));
      item.show(person, !person.me);
    });
    // What takes part and is nobody stands in the list, and is not counted.
    const countOf = (/** @type {readonly Person[]} */ some) => some.filter((person) => !isService(person)).length;
    const n = countOf(here), m = countOf(this.#people);
    if (here.length === this.#people.length) say(this.#count, 'meet.count', { n: m });
    else say(this.#count, 'people.find.count', { n, m });
  }

  /** @template {HTMLElement} Item @param {string} tag @returns {{ row: HTMLElement, item: Item }} */
  #row(tag) {
    const item = /** @type {Item} */ (/** @type {unknown} */ (make(tag)));
    return { row: make('li', { tabindex: '-1' }, item), item };
  }
}

define('b-people', People);
