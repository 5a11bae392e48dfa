import { limit, possible } from '../../state/security.js';
import { define, freshID, icon, make } from '../dom.js';
import { Panel } from '../people/b-panel.js';
import './b-freeze.js';
import { settingOf } from './b-setting.js';

/** @typedef {import('../../state/security.js').SettingName} SettingName */
/** @typedef {import('../../state/security.js').Settings} Settings */
/** @typedef {import('../../state/waiting.js').Rights} Rights */

/**
 * @typedef {object} SecurityView
 * @property {Rights} rights ours, and what holds
 * @property {Settings} settings
 * @property {ReadonlySet<SettingName>} busy
 * @property {boolean} canUndo
 */

/** @type {readonly SettingName[]} */
const names = ['lock', 'waiting', 'unmute', 'video', 'share', 'chat', 'files', 'rename'];

/**
 * `<b-security>`: everything a host decides about the whole meeting, in one place. Keep it right with `show`; says `wish`
 * (detail: name and value), `freeze`, `undo`, `muteAll`, `stopAll`, `toWaiting`, `toPeople`, `toVerify`, `toKeys` and `toReport`. What it
 * shows holds in the group; nothing else does.
 */
export class Security extends Panel {
  #freeze = /** @type {import('./b-freeze.js').Freeze} */ (make('b-freeze'));
  #settings = new Map(names.map((name) => [name, settingOf(name)]));
  #admit = this.#act('sec.admit', 'invite', 'toWaiting');
  #remove = this.#act('sec.remove', 'person', 'toPeople');
  #verify = this.#act('sec.verify', 'verified', 'toVerify');
  #keys = this.#act('sec.keys', 'lock', 'toKeys');
  #report = this.#act('sec.report', 'warning', 'toReport');
  #allHint = make('p', { id: freshID(), 'data-hint': true, t: 'sec.all.hint' });
  #muteAll = this.#act('sec.muteAll', 'mic-off', 'muteAll', this.#allHint.id);
  #stopAll = this.#act('sec.stopAll', 'camera-off', 'stopAll', this.#allHint.id);
  #all = make('div', { 'data-ways': true }, this.#muteAll, this.#stopAll, this.#allHint);

  constructor() {
    super('sec');
    this.fill(
      this.#freeze,
      this.#group('sec.door', ['lock', 'waiting'], this.#ways(this.#admit)),
      this.#group('sec.media', ['unmute', 'video', 'share'], this.#all),
      this.#group('sec.chats', ['chat', 'files', 'rename']),
      this.#group('sec.others', [], this.#ways(this.#remove, this.#verify, this.#keys, this.#report)),
    );
  }

  /** @param {SecurityView} view */
  show({ rights, settings, busy, canUndo }) {
    this.#freeze.hidden = !(rights.lock && rights.moderate);
    this.#freeze.canUndo = canUndo;
    for (const [name, item] of this.#settings) {
      const isBusy = busy.has(name);
      const value = settings[name];
      item.show({ value, possible: possible(rights, name), isBusy, ...limit(rights, name, isBusy) });
    }
    this.#all.hidden = !rights.moderate;
    this.#admit.hidden = !rights.admit;
    this.#remove.hidden = !rights.eject;
  }

  /** @param {string} heading @param {readonly SettingName[]} settings @param {...Node} acts */
  #group(heading, settings, ...acts) {
    const title = make('h3', { id: freshID(), t: heading });
    const items = settings.flatMap((name) => this.#settings.get(name) ?? []);
    return make('div', { 'data-set': true, role: 'group', 'aria-labelledby': title.id }, title, ...acts, ...items);
  }

  /** @param {...Node} buttons */
  #ways(...buttons) {
    return make('div', { 'data-ways': true }, ...buttons);
  }

  /** @param {string} words @param {string} picture @param {string} event @param {string} [hint] */
  #act(words, picture, event, hint) {
    const attributes = { type: 'button', 'aria-describedby': hint };
    const element = make('button', attributes, icon(picture), make('span', { t: words }));
    element.addEventListener('click', () => this.dispatchEvent(new CustomEvent(event)));
    return element;
  }
}

define('b-security', Security);
