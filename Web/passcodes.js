/**
 * @import { Clock } from './protocol/clock.d.ts'
 * @import { PasscodeView } from './elements/security/b-passcode.js'
 * @import { Rights } from './state/waiting.js'
 *
 * @typedef {object} PasscodeActs
 * @property {(passcode: string | null) => boolean} setPasscode false: the server does not hear us now
 * @property {() => void} passcodeFailed what was wanted did not happen
 * @property {(passcode: string | null, isAsked: boolean) => void} passcodeIs what is in force now; null: nothing, or what is not known here
 * @typedef {EventTarget & { show(view: PasscodeView): void }} PasscodePanel
 */
import { ownClock } from './protocol/time.js';
import { newPasscode } from './state/passcode.js';
import { noRights } from './state/waiting.js';

/** Milliseconds for the server, which decides alone. */
const patience = 5000;

/** @returns {number} */
const random = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

/**
 * What newcomers are asked for beside the link: the server says whether, and whoever made a passcode here knows which. It is
 * kept for as long as it is the one in force, and shown once.
 */
export class Passcodes {
  #panel;
  #announcer;
  #acts;
  #clock;
  #random;
  /** @type {Rights} */
  #rights = noRights;
  #isRequired = false;
  /** In force, as far as is known here. @type {string | null} */
  #known = null;
  /** @type {string | null} */
  #made = null;
  /** On its way to the server; null: none is to be asked for. @type {{ passcode: string | null } | null} */
  #wish = null;
  #timer = 0;

  /**
   * @param {PasscodePanel} panel @param {Pick<import('./elements/b-announcer.js').Announcer, 'polite'>} announcer
   * @param {PasscodeActs} acts @param {Pick<Clock, 'setTimeout' | 'clearTimeout'>} [clock] @param {() => number} [number]
   */
  constructor(panel, announcer, acts, clock = ownClock, number = random) {
    this.#panel = panel;
    this.#announcer = announcer;
    this.#acts = acts;
    this.#clock = clock;
    this.#random = number;
    panel.addEventListener('require', (event) => {
      this.#ask(/** @type {CustomEvent} */ (event).detail ? newPasscode(this.#random) : null);
    });
    panel.addEventListener('renew', () => this.#ask(newPasscode(this.#random)));
    panel.addEventListener('copied', () => announcer.polite('sec.copyPasscode.done'));
    panel.addEventListener('notCopied', () => announcer.polite('sec.copyPasscode.failed'));
    this.#show();
  }

  /** Null: none is asked for, or another made it. */
  get passcode() {
    return this.#known;
  }

  /** Known from elsewhere: typed at the door, or made with the meeting. @param {string | null} passcode */
  set passcode(passcode) {
    this.#known = passcode;
  }

  /** Is one asked for? */
  get isRequired() {
    return this.#isRequired;
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
    this.#show();
  }

  /** Said by the server: as news, also when it is another one now, or as what we found on coming in. @param {boolean} isRequired @param {boolean} isNews */
  require(isRequired, isNews) {
    const wish = isNews && (this.#wish?.passcode !== null) === isRequired ? this.#wish : null;
    const wasRequired = this.#isRequired;
    this.#isRequired = isRequired;
    if (wish) this.#done();
    if (isNews || !isRequired) {
      // Ours, or one that somebody else made and we do not know.
      this.#known = wish?.passcode ?? null;
      this.#made = this.#known;
    }
    this.#acts.passcodeIs(this.#known, isRequired);
    this.#show();
    if (wish?.passcode) this.#announcer.polite('sec.newPasscode.done');
    else if (isNews && isRequired !== wasRequired) {
      this.#announcer.polite(isRequired ? 'sec.passcode.on' : 'sec.passcode.off');
    }
  }

  /** The panel is closed: what was shown there was read. */
  hide() {
    if (this.#made === null) return;
    this.#made = null;
    this.#show();
  }

  /** Out of the meeting. */
  close() {
    this.#done();
    this.#made = null;
    this.rights = noRights;
  }

  /** @param {string | null} passcode */
  #ask(passcode) {
    if (this.#wish !== null || !this.#rights.eject) return;
    if (!this.#acts.setPasscode(passcode)) return this.#acts.passcodeFailed();
    this.#wish = { passcode };
    this.#timer = this.#clock.setTimeout(() => {
      this.#done();
      this.#show();
      this.#acts.passcodeFailed();
    }, patience);
    this.#show();
  }

  #done() {
    this.#clock.clearTimeout(this.#timer);
    this.#wish = null;
  }

  #show() {
    this.#panel.show({
      isRequired: this.#isRequired,
      isBusy: this.#wish !== null,
      isYours: this.#rights.eject,
      made: this.#made,
    });
  }
}
