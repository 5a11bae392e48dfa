import { shownPasscode } from '../../state/passcode.js';
import { button, define, freshID, make, say } from '../dom.js';

/**
 * @typedef {object} PasscodeView
 * @property {boolean} isRequired as the server says it
 * @property {boolean} isBusy a change is under way
 * @property {boolean} isYours one may change it
 * @property {string | null} made the one that was made here, until it was read or the panel closes
 */

/**
 * `<b-passcode>`: whether newcomers are asked for a passcode, and another one. Keep it right with `show`; says `require` (detail:
 * yes or no), `renew`, `copied` and `notCopied`. A new passcode is shown here and in the invitation, and nowhere else.
 */
export class PasscodeSetting extends HTMLElement {
  #reason = make('p', { id: freshID(), 'data-reason': true, hidden: true });
  #gain = make('p', { id: freshID(), 'data-hint': true, t: 'sec.passcode.gain' });
  #cost = make('p', { id: freshID(), 'data-hint': true, t: 'sec.passcode.cost' });
  #switch = make('input', { type: 'checkbox', role: 'switch', id: freshID() });
  #renew = button('sec.newPasscode', { icon: 'again' });
  #field = make('input', { id: freshID(), type: 'text', readonly: true, spellcheck: 'false', autocomplete: 'off' });
  #copy = button('sec.copyPasscode', { icon: 'copy', kind: 'main' });
  #madeHint = make('p', { id: freshID(), 'data-hint': true, t: 'sec.newPasscode.hint' });
  #made = make('div', { 'data-field': true, hidden: true });
  #isRequired = false;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.toggleAttribute('data-switch', true);
    this.#switch.addEventListener('change', () => this.#wish());
    this.#renew.addEventListener('click', () => {
      if (this.#renew.getAttribute('aria-disabled') !== 'true') this.dispatchEvent(new CustomEvent('renew'));
    });
    this.#copy.addEventListener('click', () => this.#copyIt());
    this.#field.addEventListener('focus', () => this.#field.select());
    this.#field.setAttribute('aria-describedby', this.#madeHint.id);
    this.#made.append(
      make('label', { for: this.#field.id, t: 'sec.code' }),
      make('div', { 'data-row': true }, this.#field, this.#copy),
      this.#madeHint,
    );
    this.append(
      make('label', { for: this.#switch.id, t: 'sec.passcode' }),
      this.#switch,
      this.#reason,
      this.#gain,
      this.#cost,
      make('div', { 'data-ways': true }, this.#renew),
      this.#made,
    );
  }

  /** @param {PasscodeView} view */
  show({ isRequired, isBusy, isYours, made }) {
    this.#isRequired = isRequired;
    this.#switch.checked = isRequired;
    this.#switch.toggleAttribute('data-busy', isBusy);
    const reason = isBusy ? 'sec.busy' : isYours ? null : 'sec.notYours';
    for (const control of [this.#switch, this.#renew]) {
      if (reason) control.setAttribute('aria-disabled', 'true');
      else control.removeAttribute('aria-disabled');
    }
    this.#reason.hidden = reason === null;
    if (reason) say(this.#reason, reason);
    const told = [...(reason ? [this.#reason] : []), this.#gain, this.#cost];
    this.#switch.setAttribute('aria-describedby', told.map(({ id }) => id).join(' '));
    this.#renew.hidden = !isRequired;
    const isNews = made !== null && this.#made.hidden;
    this.#made.hidden = made === null;
    this.#field.value = made === null ? '' : shownPasscode(made);
    if (isNews) this.#field.focus();
  }

  #wish() {
    const wanted = this.#switch.checked;
    this.#switch.checked = this.#isRequired;
    if (wanted === this.#isRequired || this.#switch.getAttribute('aria-disabled') === 'true') return;
    this.dispatchEvent(new CustomEvent('require', { detail: wanted }));
  }

  async #copyIt() {
    try {
      await navigator.clipboard.writeText(this.#field.value);
      this.dispatchEvent(new CustomEvent('copied'));
    } catch {
      this.#field.focus();
      this.dispatchEvent(new CustomEvent('notCopied'));
    }
  }
}

define('b-passcode', PasscodeSetting);
