import { emailField, Field, passwordField, Reveal, Submit } from '../elements/account/field.js';
import { button, define, forbid, freshID, make, say } from '../elements/dom.js';

/** @typedef {import('../state/account.js').Trouble} Trouble */

/**
 * `<b-sign-in>`: address and password, or a passkey; then the second step, where one was set up. Set `note` (why one is here),
 * `busy` and `hasPasskeys` (whether this browser knows them); `askCode` and `askPassword` change the step; say what went wrong with `complain`. Says
 * `signIn` (detail: email, password), `code` (detail: as typed), `passkey` and `complaint` (detail: the trouble).
 */
export class SignIn extends HTMLElement {
  #title = make('h1', { id: freshID(), tabindex: '-1', t: 'account.signIn.title' });
  #note = make('p', { 'data-note': true, hidden: true });
  #reveal = new Reveal();
  #email = emailField();
  #password = passwordField(this.#reveal, 'account.password', 'current-password');
  #submit = new Submit('account.signIn');
  #passkey = button('account.passkey', { icon: 'lock' });
  #code = new Field('account.code', {
    autocomplete: 'one-time-code',
    autocapitalize: 'none',
    required: true,
    maxlength: 40,
  });
  #codeSubmit = new Submit('account.signIn');
  #other = button('account.recovery.use', { kind: 'quiet' });
  #usesApp = true;
  #elsewhere = make('p', { 'data-error': true, hidden: true });
  #first = this.#passwordStep();
  #second = this.#codeStep();

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#reveal.over(this.#password);
    const main = { id: 'content', tabindex: '-1', 'aria-labelledby': this.#title.id };
    this.append(make('main', main, this.#title, this.#note, this.#elsewhere, this.#first, this.#second));
  }

  get heading() {
    return this.#title;
  }

  /** @param {string | null} words key of why one is here */
  set note(words) {
    this.#note.hidden = words === null;
    if (words !== null) say(this.#note, words);
  }

  /** @param {boolean} hasPasskeys */
  set hasPasskeys(hasPasskeys) {
    forbid(this.#passkey, hasPasskeys ? null : 'account.passkey.browser');
  }

  /** @param {boolean} isBusy */
  set busy(isBusy) {
    this.#submit.isBusy = isBusy;
    this.#codeSubmit.isBusy = isBusy;
    this.#passkey.toggleAttribute('data-busy', isBusy);
  }

  askCode() {
    this.#elsewhere.hidden = true;
    this.#password.value = '';
    this.#first.hidden = true;
    this.#second.hidden = false;
    this.#use(true);
    this.note = 'account.code.lead';
    this.#code.focus();
  }

  /** @param {string | null} [why] key of a text */
  askPassword(why = null) {
    this.#first.hidden = false;
    this.#second.hidden = true;
    this.note = why;
    this.#password.focus();
  }

  /** @param {Trouble} trouble */
  complain({ text, args, place }) {
    this.dispatchEvent(new CustomEvent('complaint', { detail: { text, args } }));
    const fields = { code: this.#code, password: this.#password, email: this.#email };
    const field = place !== null && place in fields ? fields[/** @type {keyof typeof fields} */ (place)] : null;
    this.#elsewhere.hidden = field !== null;
    if (field === null) return say(this.#elsewhere, text, args);
    field.complain(text, args);
    field.focus();
  }

  #passwordStep() {
    const form = make('form', { novalidate: true }, this.#email.row, this.#password.row, this.#submit.button);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.#submit.isBusy) this.#read();
    });
    this.#passkey.addEventListener('click', () => {
      const isShut = this.#passkey.getAttribute('aria-disabled') === 'true' || this.#passkey.hasAttribute('data-busy');
      if (isShut) return;
      this.#elsewhere.hidden = true;
      this.dispatchEvent(new CustomEvent('passkey'));
    });
    const title = make('h2', { id: freshID(), tabindex: '-1', t: 'account.reset' });
    const words = [make('p', { t: 'account.reset.text' }), make('p', { t: 'account.reset.machine' })];
    const explained = make('section', { id: 'reset', 'aria-labelledby': title.id, hidden: true }, title, ...words);
    const reset = make('a', { href: '#reset', t: 'account.toReset' });
    reset.addEventListener('click', (event) => {
      event.preventDefault(); // the address never has a #
      explained.hidden = false;
      title.focus();
    });
    return make('div', { 'data-step': true }, form, this.#passkey, make('p', {}, reset), explained);
  }

  #codeStep() {
    const back = button('account.code.again', { kind: 'quiet' });
    const form = make('form', { novalidate: true }, this.#code.row, this.#codeSubmit.button);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#codeSubmit.isBusy) return;
      const code = this.#code.value.trim();
      if (code.length < 6) return this.complain({ text: 'account.code.short', args: {}, place: 'code' });
      this.#elsewhere.hidden = true;
      this.dispatchEvent(new CustomEvent('code', { detail: code }));
    });
    this.#other.addEventListener('click', () => {
      this.#use(!this.#usesApp);
      this.#code.focus();
    });
    back.addEventListener('click', () => this.askPassword());
    return make(
      'div',
      { 'data-step': true, hidden: true },
      form,
      make('div', { 'data-acts': true }, this.#other, back),
    );
  }

  /** The code of the app, or one of those for a day without it. @param {boolean} usesApp */
  #use(usesApp) {
    this.#usesApp = usesApp;
    this.#code.value = '';
    this.#code.complain(null);
    this.#code.rename(usesApp ? 'account.code' : 'account.recovery');
    this.#code.input.inputMode = usesApp ? 'numeric' : 'text';
    this.#code.input.autocomplete = usesApp ? 'one-time-code' : 'off';
    const word = this.#other.firstElementChild;
    if (word) say(word, usesApp ? 'account.recovery.use' : 'account.code.use');
  }

  #read() {
    const email = this.#email.value.trim(), password = this.#password.value;
    if (email === '') return this.complain({ text: 'account.email.empty', args: {}, place: 'email' });
    if (password === '') return this.complain({ text: 'account.password.empty', args: {}, place: 'password' });
    this.#elsewhere.hidden = true;
    this.#reveal.hide();
    this.dispatchEvent(new CustomEvent('signIn', { detail: { email, password } }));
  }
}

define('b-sign-in', SignIn);
