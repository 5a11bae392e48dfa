import { Dialog } from '../b-dialog.js';
import { button, define, freshID, make, say } from '../dom.js';

/** @typedef {import('../../state/services.js').ServiceView} ServiceView */
/** `text` is what stood there, word by word. @typedef {{ readonly service: ServiceView, readonly given: boolean, readonly text: string }} Answer */

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

  /** What it asks, while it is open. */
  get question() {
    return this.isOpen ? this.#service?.question ?? null : null;
  }

  /** How its owner is called may change while it stands; all else makes another question, and a click that was on its way to the one before is none. @param {ServiceView} service */
  ask(service) {
    const isAnother = this.question !== service.question;
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

  /** The answers can be reached all the time: whoever cannot scroll otherwise scrolls by them. @param {boolean} isReady */
  #settle(isReady) {
    for (const one of this.#answers.querySelectorAll('button')) {
      if (isReady) one.removeAttribute('aria-disabled');
      else one.setAttribute('aria-disabled', 'true');
    }
  }

  /** Everything that stands there, as whoever answers has read it. */
  get text() {
    const parts = [this.heading, ...this.#about.querySelectorAll('p, dt, dd')];
    return parts.map(({ textContent }) => textContent).join('\n');
  }

  /** @param {boolean} given */
  #tell(given) {
    if (!this.#service) return;
    this.dispatchEvent(new CustomEvent('answer', { detail: { service: this.#service, given, text: this.text } }));
  }

  /** A key that is held down answers once at most. @param {string} word @param {() => void} act */
  #answer(word, act) {
    const element = button(word);
    element.addEventListener('keydown', (press) => press.repeat && press.preventDefault());
    element.addEventListener('click', () => {
      if (!element.hasAttribute('aria-disabled')) act();
    });
    return element;
  }
}

define('b-consent', Consent);
