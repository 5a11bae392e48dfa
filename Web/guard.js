/**
 * @import { Clock } from './protocol/clock.d.ts'
 * @import { Admission, CommandName, Feature } from './state/meeting.d.ts'
 * @import { Person } from './state/people.js'
 * @import { HostActs } from './state/powers.d.ts'
 * @import { Held, SettingName, Wishes } from './state/security.js'
 * @import { Rights } from './state/waiting.js'
 * @import { SecurityView } from './elements/security/b-security.js'
 *
 * @typedef {object} PolicyActs
 * @property {(isLocked: boolean) => void} lock
 * @property {(admission: Admission) => void} setAdmission
 * @property {(features: readonly Feature[]) => void} setFeatures
 * @property {(command: CommandName) => void} gaveUp what was wanted of the group did not happen, and nobody said why
 *
 * @typedef {PolicyActs & HostActs} GuardActs
 * @typedef {EventTarget & { show(view: SecurityView): void }} GuardPanel
 */
import { ownClock } from './protocol/time.js';
import { uses } from './state/moderation.js';
import {
  allows,
  commandOf,
  featuresFor,
  frozen,
  guarded,
  held,
  only,
  settingsOf,
  unfulfilled,
} from './state/security.js';
import { noRights } from './state/waiting.js';

/** Milliseconds in which everything that was stopped can be had back by one act. */
const undoTime = 10_000;

/** Milliseconds for the group: later than the engine itself says that a lock did not come about. */
const patience = 25_000;

/**
 * What a host decides for the whole meeting: asked of the server first where it can hold something back, then of the group.
 * Until the group says that it holds it is under way, and nothing else is shown.
 */
export class Guard {
  #panel;
  #announcer;
  #acts;
  #clock;
  /** @type {Rights} */
  #rights = noRights;
  /** @type {readonly Person[]} */
  #people = [];
  /** Asked for, and not so yet. @type {Wishes} */
  #wishes = {};
  #patience = 0;
  /** @type {Held | null} */
  #held = null;
  #undo = 0;

  /** @param {GuardPanel} panel @param {Pick<import('./elements/b-announcer.js').Announcer, 'polite'>} announcer @param {GuardActs} acts @param {Pick<Clock, 'setTimeout' | 'clearTimeout'>} [clock] */
  constructor(panel, announcer, acts, clock = ownClock) {
    this.#panel = panel;
    this.#announcer = announcer;
    this.#acts = acts;
    this.#clock = clock;
    panel.addEventListener('wish', (event) => {
      const { name, value } = /** @type {CustomEvent} */ (event).detail;
      this.wish({ [name]: value });
    });
    panel.addEventListener('muteAll', () => this.#stopAll('mute'));
    panel.addEventListener('stopAll', () => this.#stopAll('stopVideo'));
    panel.addEventListener('freeze', () => this.#freeze());
    panel.addEventListener('undo', () => this.#thaw());
    this.#show();
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    this.#people = people;
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
    this.#wishes = unfulfilled(this.#wishes, rights);
    if (!rights.lock) this.#forgetUndo();
    this.#show();
  }

  /** The group did not do it: what the server was told with it is taken back. @param {CommandName} command */
  refused(command) {
    const now = settingsOf(this.#rights);
    const isIts = (/** @type {SettingName} */ name) => commandOf(name) === command;
    for (const [name, right] of guarded) {
      if (isIts(name) && this.#wishes[name] !== undefined) this.#acts.allow(null, right, allows(now[name]));
    }
    this.#wishes = only(this.#wishes, (name) => !isIts(name));
    this.#show();
  }

  /** Out of the meeting: nothing is under way any more. */
  close() {
    this.#clock.clearTimeout(this.#patience);
    this.#forgetUndo();
    this.#wishes = {};
    this.rights = noRights;
  }

  /** Also by the kind of meeting, in the place of its host. @param {Wishes} wishes */
  wish(wishes) {
    for (const [name, right] of guarded) {
      const value = wishes[name];
      if (value !== undefined) this.#acts.allow(null, right, allows(value)); // what is not allowed ends there, too
    }
    this.#ask(wishes);
  }

  /** Of the group, all in as few acts as there are. @param {Wishes} wishes */
  #ask(wishes) {
    this.#wishes = { ...this.#wishes, ...wishes };
    const { lock, waiting, ...features } = wishes;
    if (lock !== undefined) this.#acts.lock(lock === true);
    if (waiting !== undefined) this.#acts.setAdmission(waiting === true ? 'waiting' : 'open');
    // With all that is under way: the group takes the whole list each time.
    if (Object.keys(features).length > 0) this.#acts.setFeatures(featuresFor(this.#rights, this.#wishes));
    this.#clock.clearTimeout(this.#patience);
    this.#patience = this.#clock.setTimeout(() => this.#giveUp(), patience);
    this.#show();
  }

  #giveUp() {
    this.#wishes = unfulfilled(this.#wishes, this.#rights); // undone before it was done, nothing changed and nothing was said
    this.#show();
    const names = /** @type {SettingName[]} */ (Object.keys(this.#wishes));
    for (const command of new Set(names.map(commandOf))) this.#acts.gaveUp(command);
  }

  /** At once, and not the hosts; everybody may switch on again what they may. @param {'mute' | 'stopVideo'} act */
  #stopAll(act) {
    this.#acts.stop(null, act === 'mute' ? 'microphone' : 'camera');
    this.#acts.say({ type: 'moderation', target: null, act });
    this.#announcer.polite(act === 'mute' ? 'sec.muteAll.done' : 'sec.stopAll.done');
  }

  /** One act, no question. Pressed once more, undoing still leads back to before the first time. */
  #freeze() {
    this.#held ??= held(this.#rights, this.#wishes, this.#people);
    for (const use of uses) this.#acts.allow(null, use, false);
    for (const act of /** @type {const} */ (['mute', 'stopVideo', 'stopShare'])) {
      this.#acts.say({ type: 'moderation', target: null, act });
    }
    this.#clock.clearTimeout(this.#undo);
    this.#undo = this.#clock.setTimeout(() => {
      this.#forgetUndo();
      this.#show();
    }, undoTime);
    this.#ask(unfulfilled(frozen(this.#rights), this.#rights));
    this.#announcer.polite('sec.freeze.done');
  }

  /** Rights and settings come back, what was switched off does not. */
  #thaw() {
    if (!this.#held) return;
    const { wishes, barred } = this.#held;
    this.#forgetUndo();
    for (const [name, right] of guarded) if (allows(wishes[name])) this.#acts.allow(null, right, true);
    for (const { key, right } of barred) this.#acts.allow(key, right, false);
    this.#ask(wishes);
    this.#announcer.polite('sec.undone');
  }

  #forgetUndo() {
    this.#clock.clearTimeout(this.#undo);
    this.#held = null;
  }

  #show() {
    const busy = new Set(/** @type {SettingName[]} */ (Object.keys(this.#wishes)));
    const settings = settingsOf(this.#rights);
    this.#panel.show({ rights: this.#rights, settings, busy, canUndo: this.#held !== null });
  }
}
