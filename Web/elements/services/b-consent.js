import { Dialog } from '../b-dialog.js';
import { button, define, freshID, make, say } from '../dom.js';

/** @typedef {import('../../state/services.js').ServiceView} ServiceView */
/** `text` is what stood there, word by word. @typedef {{ readonly key: string, readonly given: boolean, readonly text: string }} Answer */

/** Milliseconds in which a click was meant for what stood there before. */
const settling = 700;

/**
 * `<b-consent>`: the question whether something that is no person may have one's voice, picture and text. Show it with `ask`;
 * says `answer` (detail: `Answer`) and `leave`. All answers weigh the same: none is prepared, and it stays until one is given. To what
 * cannot be said in words nobody can agree.
 */
export class Consent extends Dialog {
  #owner = make('dd');
  #purposes = make('dd');
  #place = make('dd');
  #about = make('div', { id: freshID(), 'data-about': true });
  #agree = this.#answer('consent.agree', () => this.#tell(true));
  #answers = make('div', { 'data-answers': true });
  /** @type {ServiceView | null} */
  #service = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    super('consent', { wantsAnswer: true });
    this.layer.setAttribute('aria-describedby', this.#about.id);
    const fact = (/** @type {string} */ word, /** @type {HTMLElement} */ said) => [make('dt', { t: word }), said];
    this.#about.append(
      make('p', { 'data-held': true, t: 'consent.held' }),
      make(
        'dl',
        { 'data-facts': true },
        ...fact('consent.owner', this.#owner),
        ...fact('consent.for', this.#purposes),
        ...fact('consent.where', this.#place),
        ...fact('consent.until', make('dd', { t: 'consent.until.text' })),
      ),
      make('p', { t: 'consent.otherwise' }),
    );
    this.#answers.append(
      this.#agree,
      this.#answer('consent.without', () => this.#tell(false)),
      this.#answer('consent.leave', () => this.dispatchEvent(new CustomEvent('leave'))),
    );
    this.fill(this.#about, this.#answers);
  }

  /** Key of what it is about, while it is open. */
  get key() {
    return this.isOpen ? this.#service?.key ?? null : null;
  }

  /** What it says may change while it stands; a click that was on its way to another question is none. @param {ServiceView} service */
  ask(service) {
    const isAnother = this.key !== service.key;
    this.#service = service;
    this.rename('consent', { service: { word: service.word } });
    say(this.#owner, 'meet.tile', { name: service.owner });
    say(this.#purposes, service.purposes.text, service.purposes.args);
    say(this.#place, service.place);
    this.#agree.hidden = !service.mayAgree;
    if (!isAnother) return;
    this.#settle(false);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(true), settling);
    this.open();
    this.layer.scrollTop = 0;
    this.heading.focus();
  }

  /** @param {boolean} isReady */
  #settle(isReady) {
    for (const one of this.#answers.querySelectorAll('button')) one.disabled = !isReady;
  }

  /** Everything that stands there, as whoever answers has read it. */
  get text() {
    const parts = [this.heading, ...this.#about.querySelectorAll('p, dt, dd')];
    return parts.map(({ textContent }) => textContent).join('\n');
  }

  /** @param {boolean} given */
  #tell(given) {
    if (!this.#service) return;
    const { key } = this.#service;
    this.dispatchEvent(new CustomEvent('answer', { detail: { key, given, text: this.text } }));
  }

  /** A key that is held down answers once at most. @param {string} word @param {() => void} act */
  #answer(word, act) {
    const element = button(word);
    element.addEventListener('keydown', (press) => press.repeat && press.preventDefault());
    element.addEventListener('click', act);
    return element;
  }
}

define('b-consent', Consent);
