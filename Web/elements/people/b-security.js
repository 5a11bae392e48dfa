import { define, forbid, freshID, icon, make } from '../dom.js';
import { Panel } from './b-panel.js';

/** @typedef {import('../../state/waiting.js').Rights} Rights */

/**
 * `<b-security>`: what a host decides about the whole meeting. Set `rights`; says `lock` (detail: wanted or not),
 * `toWaiting`, `toPeople`, `toVerify` and `toKeys`. The switch shows what holds in the group, not what was asked for.
 */
export class Security extends Panel {
  #lock = make('input', { type: 'checkbox', role: 'switch', id: freshID() });
  #admit = this.#way('sec.admit', 'invite', 'toWaiting');
  #remove = this.#way('sec.remove', 'person', 'toPeople');
  #verify = this.#way('sec.verify', 'verified', 'toVerify');
  #keys = this.#way('sec.keys', 'lock', 'toKeys');

  constructor() {
    super('sec');
    const gain = make('p', { id: freshID(), 'data-hint': true, t: 'sec.lock.gain' });
    const cost = make('p', { id: freshID(), 'data-hint': true, t: 'sec.lock.cost' });
    this.#lock.setAttribute('aria-describedby', `${gain.id} ${cost.id}`);
    this.#lock.addEventListener('change', () => {
      const wanted = this.#lock.checked;
      this.#lock.checked = !wanted;
      if (this.#lock.getAttribute('aria-disabled') === 'true') return;
      this.dispatchEvent(new CustomEvent('lock', { detail: wanted }));
    });
    const label = make('label', { for: this.#lock.id, t: 'sec.lock' });
    this.fill(
      make('div', { 'data-switch': true }, label, this.#lock, gain, cost),
      make('div', { 'data-ways': true }, this.#admit, this.#remove, this.#verify, this.#keys),
    );
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#lock.checked = rights.isLocked;
    forbid(this.#lock, rights.lock ? null : 'sec.notYours');
    this.#admit.hidden = !rights.admit;
    this.#remove.hidden = !rights.eject;
  }

  /** @param {string} words @param {string} picture @param {string} event */
  #way(words, picture, event) {
    const element = make('button', { type: 'button' }, icon(picture), make('span', { t: words }));
    element.addEventListener('click', () => this.dispatchEvent(new CustomEvent(event)));
    return element;
  }
}

define('b-security', Security);
