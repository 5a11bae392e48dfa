/**
 * @import { Clock } from './protocol/clock.d.ts'
 * @import { Made } from './made.js'
 * @import { Notice } from './state/notices.js'
 * @import { Person } from './state/people.js'
 * @import { Wishes } from './state/security.js'
 * @import { Rights } from './state/waiting.js'
 *
 * @typedef {object} StewardActs
 * @property {() => void} lock
 * @property {(wishes: Wishes) => void} wish as a host wishes under Security
 * @property {(notice: Notice) => void} tell
 */
import { ownClock } from './protocol/time.js';
import { autolock } from './state/autolock.js';
import { beginning } from './state/beginning.js';
import { begunNotice, lockedNotice } from './state/notices.js';
import { isService } from './state/services.js';
import { noRights } from './state/waiting.js';

/**
 * Carries out what the kind of meeting says and the group has no rule for, on the page of whoever made it: what is off when it
 * begins, and when it locks by itself. What it does is said, and whoever undoes it is not corrected.
 */
export class Steward {
  #acts;
  #clock;
  /** @type {Pick<Made, 'settings' | 'when' | 'wasLocked'> | null} */
  #made = null;
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {Rights} */
  #rights = noRights;
  /** @type {readonly string[]} */
  #expected = [];
  #isOpen = false;
  #hasOpened = false;
  #hasBegun = false;
  /** It was locked once. */
  #isOver = false;
  /** We asked for it. */
  #hasAsked = false;
  /** Milliseconds of the clock: when it was opened, or is to begin. */
  #began = 0;
  #timer = 0;

  /** @param {StewardActs} acts @param {Clock} [clock] */
  constructor(acts, clock = ownClock) {
    this.#acts = acts;
    this.#clock = clock;
  }

  /** What the person made; without it there is nothing to do. @param {{ made: Pick<Made, 'settings' | 'when' | 'wasLocked'>, seconds: number }} known `seconds`: Unix, now */
  know({ made, seconds }) {
    this.#made = made;
    this.#began = this.#clock.now() + 1000 * Math.max(0, made.when.start - seconds);
  }

  /** Is the person in the meeting? @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    if (isOpen && !this.#hasOpened) {
      this.#hasOpened = true;
      this.#began = Math.max(this.#began, this.#clock.now());
    }
    if (!isOpen) {
      this.#people = [];
      this.#rights = noRights;
    }
    this.#look();
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    this.#people = people.filter((person) => !isService(person)); // what takes part and is nobody is not waited for
    this.#look();
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
    this.#look();
  }

  /** @param {readonly string[]} names */
  set expected(names) {
    this.#expected = names;
    this.#look();
  }

  #look() {
    this.#clock.clearTimeout(this.#timer);
    if (!this.#made || !this.#isOpen || this.#people.length === 0 || !this.#rights.lock) return;
    this.#begin(this.#made);
    this.#mayLock(this.#made);
  }

  /** Only by whoever opens it and is alone: what was switched on since is left alone, and so is a lock that somebody took off. @param {Pick<Made, 'settings' | 'wasLocked'>} made */
  #begin(made) {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    const isFirst = this.#people.length === 1;
    made.wasLocked &&= !isFirst;
    this.#isOver ||= made.wasLocked;
    const wishes = isFirst ? beginning(made.settings, this.#rights) : {};
    if (Object.keys(wishes).length > 0) this.#acts.wish(wishes);
    if (wishes.unmute === false) this.#acts.tell(begunNotice());
  }

  /** @param {Pick<Made, 'settings' | 'wasLocked'>} made */
  #mayLock(made) {
    const { settings } = made;
    if (this.#rights.isLocked && !this.#isOver) {
      this.#isOver = made.wasLocked = true;
      if (this.#hasAsked) this.#acts.tell(lockedNotice(settings));
    }
    const now = this.#clock.now();
    const scene = { began: this.#began, now, people: this.#people, expected: this.#expected };
    const act = autolock(settings, { ...scene, isOver: this.#isOver });
    if (act.type === 'look') this.#timer = this.#clock.setTimeout(() => this.#look(), act.at - now);
    if (act.type !== 'lock' || this.#hasAsked) return;
    this.#hasAsked = true;
    this.#acts.lock();
  }
}
