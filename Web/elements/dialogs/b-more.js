import { Dialog } from '../b-dialog.js';
import { button, define, make } from '../dom.js';

/** @typedef {import('../b-controls.js').Way | 'help'} Way */

/** @type {readonly (readonly [Way, string, string])[]} */
const ways = [
  ['react', 'ctl.react', 'react'],
  ['people', 'ctl.people', 'people'],
  ['invite', 'ctl.invite', 'invite'],
  ['security', 'ctl.security', 'lock'],
  ['settings', 'ctl.settings', 'settings'],
  ['help', 'page.help', 'help'],
];

/** `<b-more>`: what a narrow bar has no room for. Set `offered`; says `react`, `people`, `invite`, `security`, `settings`, `help`. */
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
    this.offered = [];
    this.fill(make('div', { 'data-ways': true }, ...this.#buttons.values()));
  }

  /** Beside help. @param {readonly Way[]} offered */
  set offered(offered) {
    for (const [way, element] of this.#buttons) element.hidden = way !== 'help' && !offered.includes(way);
  }
}

define('b-more', More);
