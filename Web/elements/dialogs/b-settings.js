import { Dialog } from '../b-dialog.js';
import { define, freshID, make } from '../dom.js';
import '../b-audio-only.js';
import '../b-devices.js';
import '../b-language.js';
import '../b-level.js';
import './b-rename.js';

/** @typedef {import('../b-devices.js').Devices} Devices */
/** @typedef {import('../b-level.js').Level} Level */

/**
 * `<b-settings>`: pickers, test sound, level and a few choices, kept in memory only. Holds `devices` and `level`; set
 * `mirrored`, `singleKeys` and, in a meeting, `naming`; says `mirror` and `singleKeys` (detail: on or off), and `rename`
 * (detail: the name).
 */
export class Settings extends Dialog {
  devices = /** @type {Devices} */ (make('b-devices'));
  level = /** @type {Level} */ (make('b-level'));
  #audioOnly = /** @type {import('../b-audio-only.js').AudioOnly} */ (make('b-audio-only'));
  #mirror = make('input', { type: 'checkbox', role: 'switch', id: freshID() });
  #keys = make('input', { type: 'checkbox', role: 'switch', id: freshID() });
  #rename = /** @type {import('./b-rename.js').Rename} */ (make('b-rename'));
  #named = make('div', { 'data-named': true, hidden: true }, make('h3', { t: 'set.who' }));

  constructor() {
    super('set');
    this.fill(
      make('h3', { t: 'set.devices' }),
      this.devices,
      this.level,
      this.#audioOnly,
      this.#named,
      make('h3', { t: 'set.view' }),
      make(
        'div',
        { 'data-switch': true },
        make('strong', { 'aria-hidden': 'true', t: 'page.language' }),
        make('b-language'),
      ),
      this.#switch(this.#mirror, 'set.mirror', 'set.mirror.hint', 'mirror'),
      this.#switch(this.#keys, 'set.keys', 'set.keys.hint', 'singleKeys'),
      make('p', { 'data-hint': true, t: 'set.forget' }),
    );
  }

  /** @param {boolean} on */
  set audioOnly(on) {
    this.#audioOnly.on = on;
  }

  /** @param {boolean} on */
  set mirrored(on) {
    this.#mirror.checked = on;
  }

  /** @param {boolean} on */
  set singleKeys(on) {
    this.#keys.checked = on;
  }

  /** One's name in the meeting; null: outside, where no field for it is on the page. @param {{ name: string, mayRename: boolean } | null} naming */
  set naming(naming) {
    this.#named.hidden = naming === null;
    if (naming === null) this.#rename.remove();
    else {
      this.#rename.show(naming);
      if (this.#rename.parentNode !== this.#named) this.#named.append(this.#rename);
    }
  }

  /** @param {HTMLInputElement} input @param {string} name @param {string} hint @param {string} event */
  #switch(input, name, hint, event) {
    const words = make('span', { id: freshID(), 'data-hint': true, t: hint });
    input.setAttribute('aria-describedby', words.id);
    input.addEventListener('change', () => this.dispatchEvent(new CustomEvent(event, { detail: input.checked })));
    return make('div', { 'data-switch': true }, make('label', { for: input.id, t: name }), input, words);
  }
}

define('b-settings', Settings);
