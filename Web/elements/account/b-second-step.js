import { appAddress, inGroups } from '../../state/account.js';
import { button, define, freshID, hush, make, say } from '../dom.js';
import { Field, Submit } from './field.js';
import { Section } from './section.js';
import './b-qr.js';

/** @typedef {import('../../state/account.js').Trouble} Trouble */

/**
 * `<b-second-step>`: codes of an app after the password: set up, recovery codes shown once, turned off. Set `left` (recovery codes
 * left; null: no codes are asked for), `offer` and `recovery`, each null while there is none.
 */
export class SecondStep extends Section {
  #state = make('p');
  #start = button('account.codes.start');
  #drop = button('account.codes.drop');
  #acts = make('div', { 'data-acts': true }, this.#start, this.#drop);
  #secret = make('code', { 'data-secret': true });
  #open = make('a', { t: 'account.codes.open' });
  #picture = /** @type {import('./b-qr.js').QR} */ (make('b-qr'));
  #code = new Field('account.code', {
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
    autocapitalize: 'none',
    maxlength: 7,
    hint: 'account.codes.hint',
  });
  #confirm = new Submit('account.codes.confirm');
  #setting = make('form', { novalidate: true, hidden: true });
  #title = make('h3', { id: freshID(), tabindex: '-1', t: 'account.recovery.title' });
  #list = make('ul', { 'data-codes': true, 'aria-labelledby': this.#title.id });
  #copied = make('p', { 'data-hint': true });
  #kept = make('div', { 'data-kept': true, hidden: true });

  constructor() {
    super('account.codes');
    this.#start.addEventListener('click', () => this.tell({ type: 'offerCodes' }, this.#start));
    this.#drop.addEventListener('click', () => this.tell({ type: 'dropCodes' }, this.#drop));
    const steps = make(
      'ol',
      {},
      make('li', {}, make('p', { t: 'account.codes.app' })),
      make('li', {}, make('p', { t: 'account.codes.secret' }), this.#picture, this.#secret, make('p', {}, this.#open)),
      make('li', {}, make('p', { t: 'account.codes.first' })),
    );
    this.#picture.name = 'account.codes.picture';
    const cancel = button('confirm.cancel');
    cancel.addEventListener('click', () => {
      this.offer = null;
      this.heading.focus();
    });
    this.#setting.append(steps, this.#code.row, make('div', { 'data-acts': true }, this.#confirm.button, cancel));
    this.#setting.addEventListener('submit', (event) => {
      event.preventDefault();
      const code = this.#code.value.replace(/\s/g, '');
      if (!/^\d{6}$/.test(code)) return this.complain({ text: 'account.code.short', args: {}, place: 'code' });
      this.tell({ type: 'confirmCodes', code }, this.#confirm);
    });
    this.#fillKept();
    this.fill(
      make('p', { 'data-hint': true, t: 'account.codes.lead' }),
      this.#state,
      this.#acts,
      this.#setting,
      this.#kept,
    );
  }

  /** @param {number | null} left */
  set left(left) {
    if (left === null) say(this.#state, 'account.codes.off');
    else say(this.#state, 'account.codes.on', { n: left });
    this.#drop.hidden = left === null;
    const word = this.#start.firstElementChild;
    if (word) say(word, left === null ? 'account.codes.start' : 'account.codes.renew');
  }

  /** What an app is shown. @param {{ secret: string, email: string, host: string } | null} offer */
  set offer(offer) {
    this.#setting.hidden = offer === null;
    this.#acts.hidden = offer !== null;
    this.#secret.textContent = offer === null ? '' : inGroups(offer.secret);
    this.#code.value = '';
    this.#code.complain(null);
    const address = offer === null ? null : appAddress(offer.secret, offer.email, offer.host);
    this.#picture.text = address;
    this.#open.removeAttribute('href');
    if (address === null) return;
    this.#open.href = address;
    this.#code.focus();
  }

  /** The codes for a day without the app, shown this once. @param {readonly string[] | null} codes */
  set recovery(codes) {
    this.#kept.hidden = codes === null;
    this.#acts.hidden = codes !== null;
    hush(this.#copied);
    this.#list.replaceChildren(...(codes ?? []).map((code) => make('li', {}, make('code', {}, code))));
    if (codes !== null) this.#title.focus();
  }

  /** @override @param {Trouble | null} trouble */
  complain(trouble) {
    const isCode = trouble?.place === 'code';
    super.complain(isCode ? null : trouble);
    if (!isCode) return;
    this.#code.complain(trouble.text, trouble.args);
    this.#code.focus();
  }

  #fillKept() {
    const copy = button('account.recovery.copy', { icon: 'copy' });
    copy.addEventListener('click', async () => {
      const codes = [...this.#list.children].map(({ textContent }) => textContent).join('\n');
      // Where a page is not secure there is no clipboard.
      const isCopied = await navigator.clipboard?.writeText(codes).then(() => true, () => false) ?? false;
      const words = isCopied ? 'account.recovery.copied' : 'account.recovery.notCopied';
      say(this.#copied, words);
      this.dispatchEvent(new CustomEvent('said', { bubbles: true, detail: words }));
    });
    const done = button('account.recovery.done', { icon: 'check', kind: 'main' });
    done.addEventListener('click', () => {
      this.recovery = null;
      this.heading.focus();
    });
    this.#kept.append(
      this.#title,
      make('p', { t: 'account.recovery.lead' }),
      this.#list,
      this.#copied,
      make('div', { 'data-acts': true }, done, copy),
    );
  }
}

define('b-second-step', SecondStep);
