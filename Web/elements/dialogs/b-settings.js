import { Dialog } from '../b-dialog.js';
import { define, make } from '../dom.js';
import { switchRow } from '../switch.js';
import '../b-audio-only.js';
import '../b-devices.js';
import '../b-language.js';
import '../b-level.js';
import '../services/b-caption-size.js';
import './b-hearing.js';
import './b-looks.js';
import './b-rename.js';

/** @typedef {import('../b-devices.js').Devices} Devices */
/** @typedef {import('../b-level.js').Level} Level */

/**
 * `<b-settings>`: pickers, test sound, level and a few choices, kept in memory only. Holds `devices` and `level`; set
 * `hearing`, `audioOnly`, `mirrored`, `sounds`, `singleKeys` and, in a meeting, `naming`; says `hear` (detail: part and isOn),
 * `audioOnly`, `mirror`, `captions`, `sounds` and `singleKeys` (detail: on or off), `look` and `captionSize` (detail: which), and
 * `rename` (detail: the name). `captions` and `captionSize` stand here for as long as the page does.
 */
export class Settings extends Dialog {
  devices = /** @type {Devices} */ (make('b-devices'));
  level = /** @type {Level} */ (make('b-level'));
  #hearing = /** @type {import('./b-hearing.js').HearingSwitches} */ (make('b-hearing'));
  #audioOnly = /** @type {import('../b-audio-only.js').AudioOnly} */ (make('b-audio-only'));
  #mirror = this.#switch('set.mirror', 'set.mirror.hint', 'mirror');
  #captions = this.#switch('set.captions', 'set.captions.hint', 'captions');
  #captionSize = /** @type {import('../services/b-caption-size.js').CaptionSizePick} */ (make('b-caption-size'));
  #sounds = this.#switch('set.sounds', 'set.sounds.hint', 'sounds');
  #keys = this.#switch('set.keys', 'set.keys.hint', 'singleKeys');
  #rename = /** @type {import('./b-rename.js').Rename} */ (make('b-rename'));
  #named = make('div', { 'data-named': true, hidden: true }, make('h3', { t: 'set.who' }));

  constructor() {
    super('set');
    this.#captions.input.checked = true;
    const size = choice('set.captionSize', this.#captionSize);
    const hint = make('span', { 'data-hint': true, t: 'set.captionSize.hint' });
    this.#captionSize.describeBy(hint);
    size.append(hint);
    this.fill(
      make('h3', { t: 'set.devices' }),
      this.devices,
      this.level,
      this.#hearing,
      this.#audioOnly,
      this.#named,
      make('h3', { t: 'set.view' }),
      choice('page.language', make('b-language')),
      choice('set.look', make('b-looks')),
      this.#mirror.row,
      this.#captions.row,
      size,
      this.#sounds.row,
      this.#keys.row,
      make('p', { 'data-hint': true, t: 'set.forget' }),
    );
  }

  /** @param {Readonly<Record<import('../../state/hearing.js').HearingPart, boolean>>} hearing */
  set hearing(hearing) {
    this.#hearing.hearing = hearing;
  }

  /** @param {boolean} on */
  set audioOnly(on) {
    this.#audioOnly.on = on;
  }

  /** @param {boolean} on */
  set mirrored(on) {
    this.#mirror.input.checked = on;
  }

  /** Are they shown, where somebody writes them? */
  get captions() {
    return this.#captions.input.checked;
  }

  get captionSize() {
    return this.#captionSize.size;
  }

  /** @param {boolean} on */
  set sounds(on) {
    this.#sounds.input.checked = on;
  }

  /** @param {boolean} on */
  set singleKeys(on) {
    this.#keys.input.checked = on;
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

  /** @param {string} name @param {string} hint @param {string} event */
  #switch(name, hint, event) {
    return switchRow(name, hint, (detail) => this.dispatchEvent(new CustomEvent(event, { detail })));
  }
}

/** @param {string} words @param {HTMLElement} pick names itself */
function choice(words, pick) {
  return make('div', { 'data-switch': true }, make('strong', { 'aria-hidden': 'true', t: words }), pick);
}

define('b-settings', Settings);
