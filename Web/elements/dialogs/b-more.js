import { Dialog } from '../b-dialog.js';
import { button, define, forbid, make, say, setIcon } from '../dom.js';

/** @typedef {import('../b-controls.js').Way | 'help'} Way */

/** @type {readonly (readonly [Way, string, string])[]} */
const ways = [
  ['share', 'ctl.share.1', 'screen'],
  ['react', 'ctl.react', 'react'],
  ['people', 'ctl.people', 'people'],
  ['invite', 'ctl.invite', 'invite'],
  ['security', 'ctl.security', 'lock'],
  ['settings', 'ctl.settings', 'settings'],
  ['window', 'ctl.window.1', 'window'],
  ['help', 'page.help', 'help'],
];

/**
 * `<b-more>`: what a narrow bar has no room for. Set `offered`, `share` and `window`; says `share`, `react`, `people`, `invite`,
 * `security`, `settings`, `window`, `help`.
 */
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

  /** Is the small one open? @param {boolean} isOpen */
  set window(isOpen) {
    const word = this.#buttons.get('window')?.lastElementChild;
    if (word) say(word, isOpen ? 'ctl.window.2' : 'ctl.window.1');
  }

  /** As in the bar. @param {{ isOn: boolean, reason: string | null }} state */
  set share({ isOn, reason }) {
    const share = this.#buttons.get('share');
    const [picture, word] = share?.children ?? [];
    if (!share || !picture || !word) return;
    setIcon(picture, isOn ? 'screen-off' : 'screen');
    say(word, isOn ? 'ctl.share.2' : 'ctl.share.1');
    forbid(share, reason);
  }
}

define('b-more', More);
