import { isHoldKey, keyAct } from './state/keys.js';
import { titleOf } from './state/name.js';
import { chooseLanguage, language } from './strings/translate.js';
import { make, sayAgain } from './elements/dom.js';
import './elements/b-announcer.js';
import './elements/b-head.js';
import './elements/dialogs/b-help.js';
import './elements/dialogs/b-settings.js';

/** @typedef {import('./elements/b-announcer.js').Announcer} Announcer */
/** @typedef {import('./elements/b-dialog.js').Dialog} Dialog */
/** @typedef {import('./elements/dialogs/b-settings.js').Settings} Settings */
/** @typedef {import('./state/keys.js').KeyAct} KeyAct */
/** @typedef {HTMLElement & { readonly heading: HTMLElement, refresh?(): void }} Screen */

/** Where the space bar has work of its own. */
const controls = 'a[href], button, input, select, textarea, summary, [contenteditable], [tabindex="0"]';

const idle = { press: () => false, release: () => {} };

/** What stands around every screen: head, announcer, help, settings, language and the keyboard. */
export class Page {
  announcer = /** @type {Announcer} */ (make('b-announcer'));
  help = /** @type {Dialog} */ (make('b-help'));
  settings = /** @type {Settings} */ (make('b-settings'));
  /** What a key does now, apart from help. @type {(act: KeyAct) => void} */
  onKey = () => {};
  /** The key to talk went down (and does it anything here?), or was let go. @type {{ press(): boolean, release(): void }} */
  onHold = idle;
  #isHolding = false;
  #head = /** @type {import('./elements/b-head.js').Head} */ (make('b-head'));
  #singleKeys = true;
  /** @type {Screen | null} */
  #screen = null;

  constructor() {
    const skip = make('a', { href: '#content', 'data-skip': true, t: 'page.skip' });
    skip.addEventListener('click', (event) => {
      event.preventDefault();
      document.querySelector('main')?.focus();
    });
    document.body.append(skip, this.#head, this.help, this.settings, this.announcer);
    document.documentElement.lang = language();
    this.settings.singleKeys = true;
    this.settings.addEventListener('singleKeys', (event) => {
      this.#singleKeys = /** @type {CustomEvent} */ (event).detail;
    });
    document.addEventListener('look', (event) => {
      document.documentElement.dataset['look'] = /** @type {CustomEvent} */ (event).detail;
    });
    document.addEventListener('language', (event) => this.#speak(/** @type {CustomEvent} */ (event).detail));
    document.addEventListener('help', () => this.help.open());
    document.addEventListener('keydown', (event) => this.#key(event));
    document.addEventListener('keyup', (event) => this.#letGo(event));
    // From here on nobody hears of the key: it may be let go of unseen.
    addEventListener('blur', () => this.#release());
    document.addEventListener('visibilitychange', () => this.#release());
    document.addEventListener('open', (event) => this.#over(event.target));
    document.addEventListener('close', (event) => this.#under(event.target));
    document.addEventListener('focusLost', () => this.#screen?.heading.focus());
  }

  /** @param {Screen} screen @param {{ head?: boolean, focus?: boolean }} [how] the first screen leaves the focus where the browser put it */
  show(screen, { head = true, focus = true } = {}) {
    this.#head.hidden = !head;
    this.#screen?.remove();
    const first = this.#screen === null;
    this.#screen = screen;
    this.#head.after(screen);
    scrollTo(0, 0);
    if (focus && !first) screen.heading.focus();
  }

  get screen() {
    return this.#screen;
  }

  /** What the meeting on the screen is about; empty: there is none, or nobody said. @param {string} topic */
  set topic(topic) {
    document.title = titleOf(topic) ?? 'Beraad';
  }

  /** Who is signed in, as far as the head of the page shows it. @param {import('./protocol/messages.d.ts').SessionInfo | null} session */
  set session(session) {
    this.#head.session = session;
  }

  /** Says why something in the head did not work. @param {string} words key of a text */
  complain(words) {
    this.#head.trouble = words;
    this.announcer.polite(words);
  }

  /** Closes whatever dialog is open, and takes the voice out of it. */
  closeDialogs() {
    for (const dialog of document.querySelectorAll('dialog[open]')) /** @type {HTMLDialogElement} */ (dialog).close();
    if (this.announcer.parentNode !== document.body) this.announcer.moveTo(document.body);
  }

  /** @param {import('./strings/translate.js').Language} chosen */
  #speak(chosen) {
    chooseLanguage(chosen);
    document.documentElement.lang = chosen;
    sayAgain();
    for (const pick of document.querySelectorAll('b-language')) {
      /** @type {import('./elements/b-language.js').LanguagePick} */ (pick).refresh();
    }
    this.#screen?.refresh?.();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const typing = target.matches('input:not([type="checkbox"]), select, textarea, [contenteditable]');
    const covered = document.querySelector('dialog[open]') !== null;
    const bare = this.#singleKeys && !covered;
    if (isHoldKey(event, { onControl: target.closest(controls) !== null, bare })) return this.#hold(event);
    const act = keyAct(event, { typing, bare });
    if (act === null) return;
    event.preventDefault();
    if (act === 'help') this.help.open();
    else this.onKey(act);
  }

  /** A key that repeats is still the same press. @param {KeyboardEvent} event */
  #hold(event) {
    if (!event.repeat && !this.#isHolding) this.#isHolding = this.onHold.press();
    if (this.#isHolding) event.preventDefault(); // it would scroll
  }

  /** @param {KeyboardEvent} event */
  #letGo({ key }) {
    if (key === ' ') this.#release();
  }

  #release() {
    if (!this.#isHolding) return;
    this.#isHolding = false;
    this.onHold.release();
  }

  /** What is modal silences the rest of the page, so the voice moves into it. @param {EventTarget | null} dialog */
  #over(dialog) {
    if (dialog instanceof HTMLElement && 'layer' in dialog) {
      this.announcer.moveTo(/** @type {Dialog} */ (dialog).layer);
    }
  }

  /** @param {EventTarget | null} dialog */
  #under(dialog) {
    const isInside = dialog instanceof HTMLElement && dialog.contains(this.announcer);
    // One may have stood over another, which is heard again now.
    if (isInside) this.announcer.moveTo([...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body);
  }
}
