import { define, forbid, freshID, icon, make, say } from '../elements/dom.js';
import { readPasscode } from '../state/passcode.js';

/** @typedef {import('../state/passcode.js').PasscodeAsk} PasscodeAsk */

/**
 * `<b-pass>`: the passcode, before anything else is asked. Set `ask`; says `pass` (detail: the code, without spaces) and
 * `complaint` (detail: words and what is filled into them). The field keeps its text, right or wrong.
 */
export class Pass extends HTMLElement {
  #title = make('h1', { id: freshID(), tabindex: '-1', t: 'pass.code' });
  #error = make('p', { id: freshID(), 'data-error': true, hidden: true });
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'pass.hint' });
  #field = make('input', {
    id: freshID(),
    type: 'text',
    required: true,
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    maxlength: 40,
    'aria-describedby': `${this.#error.id} ${this.#hint.id}`,
  });
  #word = make('span', { t: 'pass.go' });
  #go = make('button', { type: 'submit', 'data-kind': 'main' }, icon('arrow'), this.#word);
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #countdown;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#field.addEventListener('input', () => {
      if (this.#countdown === undefined) this.#clear();
    });
    const label = make('label', { for: this.#field.id, t: 'pass.code' });
    const field = make('div', { 'data-field': true }, label, this.#field, this.#error, this.#hint);
    const form = make('form', { novalidate: true }, field, this.#go);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#go.getAttribute('aria-disabled') !== 'true') this.#read();
    });
    const lead = make('p', { 'data-lead': true, t: 'pass.lead' });
    this.append(make(
      'main',
      { id: 'content', tabindex: '-1', 'aria-labelledby': this.#title.id },
      this.#title,
      lead,
      form,
    ));
  }

  disconnectedCallback() {
    this.#stopCounting();
    this.#busy = false;
  }

  get heading() {
    return this.#title;
  }

  /** Why it is asked for, each time. @param {PasscodeAsk} ask */
  set ask(ask) {
    this.#busy = false;
    this.#stopCounting();
    if (ask.type === 'first') this.#clear();
    else if (ask.type === 'wrong') this.#complain('err.passcode.1');
    else this.#count(ask.seconds);
  }

  #read() {
    const read = readPasscode(this.#field.value);
    if (read.type === 'empty') return this.#complain('pass.empty');
    // What cannot be one costs no try.
    if (read.type === 'none') return this.#complain('err.passcode.1');
    this.#clear();
    this.#busy = true;
    this.dispatchEvent(new CustomEvent('pass', { detail: read.code }));
  }

  /** The seconds go by to see; they are said once. @param {number} seconds */
  #count(seconds) {
    let left = seconds;
    this.#complain('err.passcode.2', { seconds });
    forbid(this.#go, 'pass.pause');
    this.#countdown = setInterval(() => {
      left--;
      if (left > 0) return say(this.#error, 'err.passcode.2', { seconds: left });
      this.#stopCounting();
      this.#clear();
      this.dispatchEvent(new CustomEvent('complaint', { detail: { words: 'pass.again', args: {} } }));
    }, 1000);
  }

  #stopCounting() {
    clearInterval(this.#countdown);
    this.#countdown = undefined;
    forbid(this.#go, null);
  }

  /** @param {boolean} isBusy */
  set #busy(isBusy) {
    say(this.#word, isBusy ? 'pass.checking' : 'pass.go');
    this.#go.toggleAttribute('data-busy', isBusy);
    if (isBusy) this.#go.setAttribute('aria-disabled', 'true');
    else forbid(this.#go, null);
  }

  #clear() {
    this.#error.hidden = true;
    this.#field.removeAttribute('aria-invalid');
  }

  /** @param {string} words @param {import('../state/notices.js').Args} [args] */
  #complain(words, args = {}) {
    this.#error.hidden = false;
    say(this.#error, words, args);
    this.#field.setAttribute('aria-invalid', 'true');
    this.dispatchEvent(new CustomEvent('complaint', { detail: { words, args } }));
    this.#field.focus();
  }
}

define('b-pass', Pass);
