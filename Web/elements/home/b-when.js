import { whenOf } from '../../state/invitation.js';
import { fieldsOf, readMoment } from '../../state/moment.js';
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
  #time = make('input', {
    type: 'time',
    id: freshID(),
    autocomplete: 'off',
    'aria-describedby': `${this.#error.id} ${this.#zone.id}`,
  });
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
      const { date, time } = fieldsOf(next);
      this.#date.value = date;
      this.#time.value = time;
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
    const moment = readMoment(this.#date.value, this.#time.value, Date.now());
    if (moment.type === 'bad') return this.#complain(moment);
    const detail = { start: moment.start, minutes: Number(this.#length.value), onDevice: this.#device.checked };
    this.dispatchEvent(new CustomEvent('save', { bubbles: true, detail }));
  }

  /** @param {import('../../state/moment.js').BadMoment | null} moment null: nothing is wrong any more */
  #complain(moment) {
    this.#error.hidden = moment === null;
    const fields = { date: this.#date, time: this.#time };
    for (const field of Object.values(fields)) field.removeAttribute('aria-invalid');
    if (moment === null) return;
    say(this.#error, moment.words);
    const wrong = moment.fields.map((name) => fields[name]);
    for (const field of wrong) field.setAttribute('aria-invalid', 'true');
    this.dispatchEvent(new CustomEvent('complaint', { bubbles: true, detail: moment.words }));
    wrong[0]?.focus();
  }
}

/** @param {number} minutes */
function option(minutes) {
  const element = make('option', { value: minutes });
  say(element, 'home.length.n', { n: minutes });
  return element;
}

define('b-when', When);
