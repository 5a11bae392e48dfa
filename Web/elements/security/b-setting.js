import { audiences, isChoice, settingTexts } from '../../state/security.js';
import { define, freshID, make, say } from '../dom.js';

/** @typedef {import('../../state/security.js').Setting} Value */
/** @typedef {import('../../state/security.js').SettingName} SettingName */

/**
 * @typedef {object} SettingView
 * @property {Value} value what holds in the group
 * @property {readonly Value[]} possible
 * @property {boolean} isBusy a change is under way
 * @property {boolean} isShut it cannot be changed now
 * @property {string | null} reason key of why not, or why not in every way
 */

/** @type {Readonly<Record<import('../../state/security.js').Audience, string>>} */
const options = { everyone: 'sec.everyone', hosts: 'sec.hosts', nobody: 'sec.nobody' };

/**
 * `<b-setting>`: one thing that a host decides for all, with what it gives and what it costs. Make it with `settingOf`, keep
 * it right with `show`; says `wish` (detail: the name of the setting, and the value wanted), bubbling. It always shows what
 * holds, never what was asked for.
 */
export class SettingItem extends HTMLElement {
  #reason = make('p', { id: freshID(), 'data-reason': true, hidden: true });
  #gain = make('p', { id: freshID(), 'data-hint': true });
  #cost = make('p', { id: freshID(), 'data-hint': true });
  /** @type {HTMLInputElement | HTMLSelectElement} */
  #control = make('input', { type: 'checkbox', role: 'switch', id: freshID() });
  /** @type {Value} */
  #value = false;

  /** Once, before it is shown. @param {SettingName} name */
  build(name) {
    const [words, gain, cost] = settingTexts[name];
    if (isChoice(name)) {
      const choices = audiences.map((one) => make('option', { value: one, t: options[one] }));
      this.#control = make('select', { id: freshID(), autocomplete: 'off' }, ...choices);
    }
    this.toggleAttribute(isChoice(name) ? 'data-field' : 'data-switch', true);
    say(this.#gain, gain);
    say(this.#cost, cost);
    this.#control.addEventListener('change', () => this.#wish(name));
    const label = make('label', { for: this.#control.id, t: words });
    this.append(label, this.#control, this.#reason, this.#gain, this.#cost);
  }

  /** @param {SettingView} view */
  show({ value, possible, isBusy, isShut, reason }) {
    const control = this.#control;
    this.#value = value;
    this.#put(value);
    if (control instanceof HTMLSelectElement) {
      for (const option of control.options) option.disabled = !possible.some((one) => one === option.value);
    }
    control.toggleAttribute('data-busy', isBusy);
    if (isShut) control.setAttribute('aria-disabled', 'true');
    else control.removeAttribute('aria-disabled');
    this.#reason.hidden = reason === null;
    if (reason) say(this.#reason, reason);
    const told = reason === null ? [this.#gain, this.#cost] : [this.#reason, this.#gain, this.#cost];
    control.setAttribute('aria-describedby', told.map(({ id }) => id).join(' '));
  }

  /** @param {SettingName} name */
  #wish(name) {
    const wanted = this.#control instanceof HTMLSelectElement ? this.#control.value : this.#control.checked;
    this.#put(this.#value);
    if (wanted === this.#value || this.#control.getAttribute('aria-disabled') === 'true') return;
    this.dispatchEvent(new CustomEvent('wish', { bubbles: true, detail: { name, value: wanted } }));
  }

  /** @param {Value} value */
  #put(value) {
    if (this.#control instanceof HTMLSelectElement) this.#control.value = String(value);
    else this.#control.checked = value === true;
  }
}

define('b-setting', SettingItem);

/** @param {SettingName} name */
export function settingOf(name) {
  const item = /** @type {SettingItem} */ (make('b-setting'));
  item.build(name);
  return item;
}
