import { limit, possible } from '../../state/security.js';
import { define, freshID, icon, make } from '../dom.js';
import { Panel } from '../people/b-panel.js';
import './b-freeze.js';
import './b-passcode.js';
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
 * (detail: name and value), `freeze`, `undo`, `muteAll`, `stopAll`, `toWaiting`, `toPeople`, `toVerify`, `toKeys`, `toReport` and
 * `end`. What it shows holds in the group; nothing else does. Holds `passcode`, of which the server decides; set `mayEnd` for a
 * host.
 */
export class Security extends Panel {
  passcode = /** @type {import('./b-passcode.js').PasscodeSetting} */ (make('b-passcode'));
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
  #endHint = make('p', { id: freshID(), 'data-hint': true, t: 'sec.end.hint' });
  #end = make('div', { 'data-ways': true, hidden: true }, this.#ending(), this.#endHint);
  #all = make('div', { 'data-ways': true }, this.#muteAll, this.#stopAll, this.#allHint);

  constructor() {
    super('sec');
    this.fill(
      this.#freeze,
      this.#door(),
      this.#group('sec.media', ['unmute', 'video', 'share'], this.#all),
      this.#group('sec.chats', ['chat', 'files', 'rename']),
      this.#group('sec.others', [], this.#ways(this.#remove, this.#verify, this.#keys, this.#report), this.#end),
    );
  }

  /** @param {boolean} mayEnd */
  set mayEnd(mayEnd) {
    this.#end.hidden = !mayEnd;
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

  #door() {
    const door = this.#group('sec.door', ['lock', 'waiting'], this.#ways(this.#admit));
    door.append(this.passcode);
    return door;
  }

  #ending() {
    const end = this.#act('sec.end', 'stopped', 'end', this.#endHint.id);
    end.dataset['kind'] = 'danger';
    return end;
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
