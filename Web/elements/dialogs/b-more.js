import { Dialog } from '../b-dialog.js';
import { button, define, make } from '../dom.js';

/** @typedef {'invite' | 'security' | 'settings' | 'help'} Way */

/** @type {readonly (readonly [Way, string, string])[]} */
const ways = [
  ['invite', 'ctl.invite', 'invite'],
  ['security', 'ctl.security', 'lock'],
  ['settings', 'ctl.settings', 'settings'],
  ['help', 'page.help', 'help'],
];

/** `<b-more>`: what a narrow bar has no room for. Set `keeper`; says `invite`, `security`, `settings`, `help`. */
export class More extends Dialog {
  /** @type {Map<Way, HTMLButtonElement>} */
  #buttons = new Map();

  constructor() {
    super('ctl.more');
    for (const [way, words, picture] of ways) {
      const element = button(words, { icon: picture });
      element.addEventListener('click', () => {
        this.close();
        this.dispatchEvent(new CustomEvent(way));
      });
      this.#buttons.set(way, element);
    }
    this.keeper = false;
    this.fill(make('div', { 'data-ways': true }, ...this.#buttons.values()));
  }

  /** @param {boolean} keeper may the person decide about security? */
  set keeper(keeper) {
    const security = this.#buttons.get('security');
    if (security) security.hidden = !keeper;
  }
}

define('b-more', More);
