/**
 * @import { Clock } from './protocol/clock.d.ts'
 * @import { LeaveView } from './elements/dialogs/b-leave.js'
 * @import { Person } from './state/people.js'
 * @import { Rights } from './state/waiting.js'
 *
 * @typedef {object} LeavingActs
 * @property {() => void} leave
 * @property {() => void} endForAll
 * @property {(key: string, isCohost: boolean) => void} setCohost
 * @typedef {EventTarget & { show(view: LeaveView): void }} LeaveDialog
 */
import { ownClock } from './protocol/time.js';
import { heirsOf, leadsNow } from './state/leaving.js';
import { noRights } from './state/waiting.js';

/** Milliseconds for the group to name an heir, and for the server to end a meeting. */
const patience = 5000;

/**
 * Going: alone, with somebody to lead on, or with everybody. Whoever named an heir goes when the group says that they lead,
 * and stays when it does not.
 */
export class Leaving {
  #dialog;
  #announcer;
  #acts;
  #clock;
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {Rights} */
  #rights = noRights;
  /** Named, and not leading yet. @type {string | null} */
  #heir = null;
  #timer = 0;
  /** Key of what did not work. @type {string | null} */
  #failure = null;

  /** @param {LeaveDialog} dialog @param {Pick<import('./elements/b-announcer.js').Announcer, 'urgent'>} announcer @param {LeavingActs} acts @param {Pick<Clock, 'setTimeout' | 'clearTimeout'>} [clock] */
  constructor(dialog, announcer, acts, clock = ownClock) {
    this.#dialog = dialog;
    this.#announcer = announcer;
    this.#acts = acts;
    this.#clock = clock;
    dialog.addEventListener('leave', (event) => this.#leave(/** @type {CustomEvent} */ (event).detail));
    dialog.addEventListener('end', () => this.end());
    dialog.addEventListener('open', () => {
      this.#failure = null;
      this.#show();
    });
    // Whoever closes it meanwhile stays.
    dialog.addEventListener('close', () => {
      if (this.#heir !== null) this.#forget();
    });
    this.#show();
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    this.#people = people;
    const heir = this.#heir;
    if (heir === null || !leadsNow(people, heir)) {
      this.#show();
      return;
    }
    this.#forget();
    this.#acts.leave();
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
    this.#show();
  }

  /** May this person end it for all? */
  get mayEnd() {
    return this.#people.some(({ me, role }) => me && role === 'host');
  }

  /** Everybody hears it from the server, we as well. */
  end() {
    if (!this.mayEnd) return;
    this.#acts.endForAll();
    this.#wait('leave.end.failed');
  }

  /** Out of the meeting. */
  close() {
    this.#forget();
    this.#people = [];
    this.rights = noRights;
  }

  /** @param {string | null} heir key of whoever is to lead on */
  #leave(heir) {
    if (heir === null || leadsNow(this.#people, heir)) return this.#acts.leave();
    this.#heir = heir;
    this.#acts.setCohost(heir, true);
    this.#wait('leave.heir.failed');
  }

  /** @param {string} failure key of the words if nothing comes of it */
  #wait(failure) {
    this.#clock.clearTimeout(this.#timer);
    this.#failure = null;
    this.#timer = this.#clock.setTimeout(() => {
      this.#forget();
      this.#failure = failure;
      this.#show();
      this.#announcer.urgent(failure);
    }, patience);
    this.#show();
  }

  #forget() {
    this.#clock.clearTimeout(this.#timer);
    this.#heir = null;
    this.#failure = null;
    this.#show();
  }

  #show() {
    const heirs = this.#rights.delegate ? heirsOf(this.#people) : { people: [], isNobodyFirst: false };
    this.#dialog.show({ heirs, mayEnd: this.mayEnd, isBusy: this.#heir !== null, failure: this.#failure });
  }
}
