import { button, define, icon, make } from '../dom.js';
import { roleList } from './roles.js';
import { Section } from './section.js';
import { when } from './when.js';

/** @typedef {import('../../protocol/messages.d.ts').SessionInfo} SessionInfo */

/** `<b-self>`: who is signed in, and out again. Set everything with `show`. */
export class Self extends Section {
  #facts = make('dl', { 'data-self': true });
  #renewed = make('div', { 'data-banner': true, hidden: true });

  constructor() {
    super('account.self');
    const out = button('account.signOut', { icon: 'leave' });
    out.addEventListener('click', () => this.tell({ type: 'signOut' }, out));
    const everywhere = button('account.signOutEverywhere');
    everywhere.addEventListener('click', () => this.tell({ type: 'signOutEverywhere' }, everywhere));
    this.fill(this.#facts, this.#renewed, make('div', { 'data-acts': true }, out, everywhere));
  }

  /** @param {SessionInfo} session */
  show({ name, email, roles, renewed }) {
    const row = (/** @type {string} */ word, /** @type {Node} */ value) =>
      make('div', {}, make('dt', { t: word }), make('dd', {}, value));
    this.#facts.replaceChildren(
      row('account.name', make('bdi', {}, name)),
      row('account.email', make('bdi', {}, email)),
      row('account.roles', roleList(roles)),
    );
    this.#renewed.hidden = renewed === undefined;
    if (renewed === undefined) return;
    const words = make(
      'p',
      {},
      make('strong', { t: 'account.renewed' }),
      ' ',
      when(renewed),
      '. ',
      make('span', { t: 'account.renewed.not' }),
    );
    this.#renewed.replaceChildren(icon('info'), words);
  }
}

define('b-self', Self);
