import { whenOf } from '../../state/invitation.js';
import { language } from '../../strings/translate.js';
import { button, define, freshID, make, say } from '../dom.js';

/** Minutes that a meeting is often planned for. */
const lengths = [15, 30, 45, 60, 90, 120, 180, 240];
const usual = 60;

/** Milliseconds. */
const hour = 3_600_000;

/**
 * `<b-when>`: when a meeting is to be, by the clock of this device. `open()` proposes a moment; says `save` (detail: start in
 * Unix seconds, minutes, onDevice) and `complaint` (detail: key of the words), bubbling.
 */
export class When extends HTMLElement {
  #error = make('p', { id: freshID(), 'data-error': true, hidden: true });
  #zone = make('p', { id: freshID(), 'data-hint': true });
  #date = make('input', { type: 'date', id: freshID(), autocomplete: 'off', 'aria-describedby': this.#error.id });
  #time = make('input', { type: 'time', id: freshID(), autocomplete: 'off', 'aria-describedby': this.#zone.id });
  #length = make('select', { id: freshID(), autocomplete: 'off' }, ...lengths.map(option));
  #deviceHint = make('p', { id: freshID(), 'data-hint': true, t: 'home.device.hint' });
  #device = make('input', { type: 'checkbox', id: freshID(), 'aria-describedby': this.#deviceHint.id });
  #save = button('home.save', { icon: 'check' });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#device.checked = true;
    this.#length.value = String(usual);
    this.#save.addEventListener('click', () => this.#read());
    for (const field of [this.#date, this.#time]) field.addEventListener('input', () => this.#complain(null));
    const field = (/** @type {HTMLElement} */ input, /** @type {string} */ words) =>
      make('div', { 'data-field': true }, make('label', { for: input.id, t: words }), input);
    const fields = make(
      'div',
      { 'data-row': true },
      field(this.#date, 'home.date'),
      field(this.#time, 'home.time'),
      field(this.#length, 'home.length'),
    );
    const label = make('label', { for: this.#device.id, t: 'home.device' });
    const device = make('div', { 'data-check': true }, this.#device, label, this.#deviceHint);
    this.append(
      make('fieldset', {}, make('legend', { t: 'home.when' }), fields, this.#error, this.#zone, device, this.#save),
    );
  }

  /** The next whole hour that is some time away, unless something stands here already. */
  open() {
    if (this.#date.value === '') {
      const next = new Date(Math.ceil((Date.now() + hour / 2) / hour) * hour);
      this.#date.value = [next.getFullYear(), next.getMonth() + 1, next.getDate()].map(two).join('-');
      this.#time.value = `${two(next.getHours())}:00`;
    }
    this.refresh();
    this.#date.focus();
  }

  /** The name of the zone is a word of the language, too. */
  refresh() {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    say(this.#zone, 'home.zone', { zone: whenOf({ start: Date.now() / 1000, minutes: 0 }, language(), timeZone).zone });
  }

  /** @param {boolean} isBusy */
  set busy(isBusy) {
    this.#save.toggleAttribute('data-busy', isBusy);
  }

  #read() {
    if (this.#save.hasAttribute('data-busy')) return;
    const start = Math.floor(new Date(`${this.#date.value}T${this.#time.value}`).getTime() / 1000);
    if (Number.isNaN(start)) return this.#complain('home.date.empty');
    if (start * 1000 < Date.now()) return this.#complain('home.date.past');
    const detail = { start, minutes: Number(this.#length.value), onDevice: this.#device.checked };
    this.dispatchEvent(new CustomEvent('save', { bubbles: true, detail }));
  }

  /** @param {string | null} words */
  #complain(words) {
    this.#error.hidden = words === null;
    if (words === null) return this.#date.removeAttribute('aria-invalid');
    say(this.#error, words);
    this.#date.setAttribute('aria-invalid', 'true');
    this.dispatchEvent(new CustomEvent('complaint', { bubbles: true, detail: words }));
    this.#date.focus();
  }
}

/** @param {number} minutes */
function option(minutes) {
  const element = make('option', { value: minutes });
  say(element, 'home.length.n', { n: minutes });
  return element;
}

/** @param {number} part of a date or a time */
function two(part) {
  return String(part).padStart(2, '0');
}

define('b-when', When);
