import { button, define, make } from '../dom.js';
import { Section } from './section.js';

/**
 * @typedef {object} Installed
 * @property {'unable' | 'absent' | 'kept'} state of the program in this browser
 * @property {boolean} canPrompt whether the browser offers to put it among the apps
 * @property {boolean} isApp it stands there
 */

/** `<b-install>`: keeps the program in this browser, and takes it away again. Call `show`. */
export class Install extends Section {
  #unable = make('p', { t: 'account.install.unable', hidden: true });
  #kept = make('p', { t: 'account.install.state', hidden: true });
  #how = make('p', { 'data-hint': true, t: 'account.install.how', hidden: true });
  #install = button('account.install', { icon: 'down' });
  #remove = button('account.install.remove', { icon: 'bin' });

  constructor() {
    super('account.install.title');
    this.#install.hidden = this.#remove.hidden = true; // until it is known how it stands
    this.#install.addEventListener('click', () => this.tell({ type: 'install' }, this.#install));
    this.#remove.addEventListener('click', () => this.tell({ type: 'uninstall' }, this.#remove));
    const lead = make('p', { 'data-hint': true, t: 'account.install.lead' });
    const acts = make('div', { 'data-acts': true }, this.#install, this.#remove);
    this.fill(lead, this.#unable, this.#kept, this.#how, acts);
  }

  /** @param {Installed} installed */
  show({ state, canPrompt, isApp }) {
    const isKept = state === 'kept';
    this.#unable.hidden = state !== 'unable';
    this.#kept.hidden = !isKept;
    this.#how.hidden = !isKept || canPrompt || isApp;
    this.#install.hidden = state === 'unable' || (isKept && !canPrompt);
    this.#remove.hidden = !isKept;
  }
}

define('b-install', Install);
