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
 * `<b-people>`: the panel of participants; who waits stands first. Set `people`, `lobby`, `rights`, `busy`. Says `admit`,
 * `refuse` (detail: the knock), `admitAll` (detail: the hashes seen) and `actions` (detail: the person).
 */
export class People extends Panel {
  #waiting = make('ul', { 'aria-labelledby': 'people-waiting' });
  #all = button('people.admitAll');
  #door = make('div', { 'data-door': true, hidden: true });
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
    this.fill(this.#door, make('h3', { id: 'people-here', t: 'people.list' }), this.#list, this.#count);
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
    this.#knocks.show([...lobby.keys()], (item, hash) => {
      item.knock = /** @type {Knock} */ (lobby.get(hash));
      item.busy = this.#busy.has(hash);
    });
    this.#door.hidden = lobby.size === 0;
    this.#all.hidden = everyone(this.#free()).length < 2;
    const people = new Map(this.#people.map((person) => [person.participant, person]));
    this.#members.show([...people.keys()], (item, participant) => {
      const person = /** @type {Person} */ (people.get(participant));
      item.show(person, !person.me);
    });
    say(this.#count, 'meet.count', { n: this.#people.length });
  }

  /** @template {HTMLElement} Item @param {string} tag @returns {{ row: HTMLElement, item: Item }} */
  #row(tag) {
    const item = /** @type {Item} */ (/** @type {unknown} */ (make(tag)));
    return { row: make('li', { tabindex: '-1' }, item), item };
  }
}

define('b-people', People);
