import { nameOf, roleOf } from '../../state/people.js';
import { Dialog } from '../b-dialog.js';
import { define, freshID, icon, make, say, setIcon } from '../dom.js';

/** @typedef {import('../b-status.js').Protection} Protection */

/** @type {Record<Protection, readonly [string, string]>} */
const states = {
  starting: ['keys.starting', 'lock-open'],
  protected: ['keys.protected', 'lock'],
  stopped: ['keys.stopped', 'stopped'],
};

/** `<b-keys>`: the state of the encryption in words, and who holds keys. Set `protection` and `people`. */
export class Keys extends Dialog {
  #state = make('p');
  #banner = make('div', { 'data-banner': 'starting' }, icon('lock-open'), this.#state);
  #list = make('ul');

  constructor() {
    super('keys');
    const title = make('h3', { id: freshID(), t: 'keys.holders' });
    this.#list.setAttribute('aria-labelledby', title.id);
    this.protection = 'starting';
    this.fill(this.#banner, make('p', { t: 'keys.source' }), title, this.#list);
  }

  /** @param {Protection} protection */
  set protection(protection) {
    const [words, picture] = states[protection];
    say(this.#state, words);
    this.#banner.dataset['banner'] = protection;
    if (this.#banner.firstElementChild) setIcon(this.#banner.firstElementChild, picture);
  }

  /** @param {readonly import('../../state/people.js').Person[]} people */
  set people(people) {
    this.#list.replaceChildren(...people.map((person) => {
      const name = make('bdi');
      say(name, person.me ? 'meet.ownTile' : 'meet.tile', { name: nameOf(person) });
      return make('li', {}, name, make('span', { t: roleOf(person) }));
    }));
  }
}

define('b-keys', Keys);
