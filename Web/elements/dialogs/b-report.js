import { isEmpty, reportable } from '../../state/report.js';
import { Dialog } from '../b-dialog.js';
import { button, define, freshID, make, say } from '../dom.js';

/** @typedef {import('../../state/chat.js').Message} Message */

/**
 * @typedef {object} ReportView
 * @property {readonly string[]} names of those it may be about
 * @property {string} about the one it begins with; empty: nobody in particular
 * @property {readonly Message[]} messages
 * @property {'host' | 'guest' | 'after'} who what can be done beside it
 */

/** What somebody can do now, beside a report. @type {Readonly<Record<ReportView['who'], string>>} */
const ways = { host: 'report.stop', guest: 'report.stop.guest', after: 'report.stop.after' };

/**
 * `<b-report>`: what to do about misuse: end it, then take along what happened. Nothing is sent anywhere, and that is said first.
 * Open it with `openWith`; says `remove`, to put somebody out, and `save` (detail: about, text, messages).
 */
export class ReportDialog extends Dialog {
  #stop = make('p');
  #remove = button('sec.remove', { icon: 'person' });
  #about = make('select', { id: freshID() });
  #error = make('p', { id: freshID(), 'data-error': true, hidden: true, t: 'report.empty' });
  #text = make('textarea', { id: freshID(), rows: 4, maxlength: 4000, 'aria-describedby': this.#error.id });
  #list = make('div');
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'report.messages.hint' });
  #messages = make('fieldset', { 'aria-describedby': this.#hint.id }, make('legend', { t: 'report.messages' }));
  #aboutField = make(
    'div',
    { 'data-field': true },
    make('label', { for: this.#about.id, t: 'report.about' }),
    this.#about,
  );
  /** @type {readonly { message: Message, box: HTMLInputElement }[]} */
  #choices = [];

  constructor() {
    super('report');
    this.#messages.append(this.#hint, this.#list);
    this.#remove.addEventListener('click', () => {
      this.close();
      this.dispatchEvent(new CustomEvent('remove'));
    });
    const label = make('label', { for: this.#text.id, t: 'report.text' });
    const save = make('button', { type: 'submit', 'data-kind': 'main' }, make('span', { t: 'report.save' }));
    const form = make(
      'form',
      { novalidate: true },
      this.#aboutField,
      make('div', { 'data-field': true }, label, this.#text, this.#error),
      this.#messages,
      make('div', { 'data-acts': true }, save),
    );
    this.#text.addEventListener('input', () => this.#complain(false));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save();
    });
    // What was written about others does not lie about here.
    this.addEventListener('close', () => this.#clear());
    this.fill(make('p', { t: 'report.lead' }), this.#stop, make('div', { 'data-ways': true }, this.#remove), form);
  }

  /** @param {ReportView} view */
  openWith({ names, about, messages, who }) {
    say(this.#stop, ways[who]);
    this.#remove.hidden = who !== 'host';
    this.#aboutField.hidden = names.length === 0;
    this.#about.replaceChildren(
      make('option', { value: '', t: 'report.about.nobody' }),
      ...names.map((name) => make('option', { value: name }, name)),
    );
    this.#about.value = about;
    this.#choices = reportable(messages).map((message) => ({
      message,
      box: make('input', { type: 'checkbox', id: freshID() }),
    }));
    this.#messages.hidden = this.#choices.length === 0;
    this.#list.replaceChildren(...this.#choices.map(({ message, box }) => {
      const label = make('label', { for: box.id });
      const text = [message.text, ...message.files.map(({ name }) => name)].filter((part) => part !== '').join(' · ');
      const name = message.own ? { word: 'chat.you' } : message.name || { word: 'chat.nameless' };
      say(label, 'report.message', { name, text });
      return make('div', { 'data-box': true }, box, label);
    }));
    this.open();
  }

  #save() {
    const messages = this.#choices.flatMap(({ message, box }) => box.checked ? [message] : []);
    const detail = { about: this.#about.value, text: this.#text.value, messages };
    if (isEmpty(detail)) return this.#complain(true);
    this.close();
    this.dispatchEvent(new CustomEvent('save', { detail }));
  }

  #clear() {
    this.#text.value = '';
    this.#choices = [];
    this.#list.replaceChildren();
    this.#complain(false);
  }

  /** @param {boolean} isEmpty */
  #complain(isEmpty) {
    this.#error.hidden = !isEmpty;
    if (!isEmpty) return this.#text.removeAttribute('aria-invalid');
    this.#text.setAttribute('aria-invalid', 'true');
    this.#text.focus();
  }
}

define('b-report', ReportDialog);
