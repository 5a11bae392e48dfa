import { keys } from '../../state/keys.js';
import { Dialog } from '../b-dialog.js';
import { define, make } from '../dom.js';
import { privacyLink } from '../privacy.js';

/** `<b-help>`: help, and the keys from the one list of them. */
export class Help extends Dialog {
  constructor() {
    super('page.help');
    const rows = keys.map((key) => this.#row(this.#caps(key.bare ?? '', key.code), key.text));
    const hold = this.#row([make('kbd', { t: 'help.space' })], 'help.hold');
    const head = make(
      'tr',
      {},
      make('th', { scope: 'col', t: 'help.key' }),
      make('th', { scope: 'col', t: 'help.does' }),
    );
    this.fill(
      make('h3', { t: 'help.sound' }),
      make('p', { t: 'help.sound.text' }),
      make('h3', { t: 'help.keys' }),
      make(
        'table',
        {},
        make('thead', {}, head),
        make('tbody', {}, ...rows, hold, this.#row([make('kbd', {}, 'Esc')], 'help.escape')),
      ),
      make('p', { t: 'help.everywhere' }),
      privacyLink(),
    );
  }

  /** @param {string} bare @param {string} code */
  #caps(bare, code) {
    const letters = bare === '' ? ['Alt', 'Shift', code.replace('Key', '')] : [bare.toUpperCase()];
    return letters.map((letter) => make('kbd', {}, letter));
  }

  /** @param {readonly Node[]} caps @param {string} text */
  #row(caps, text) {
    return make('tr', {}, make('td', {}, ...caps), make('td', { t: text }));
  }
}

define('b-help', Help);
