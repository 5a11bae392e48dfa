import { make } from './elements/dom.js';
import { Moderator } from './moderator.js';
import { mayActOn, nameOf } from './state/people.js';
import { isService } from './state/services.js';
import { isKeeper, knockName, newcomers, noRights, withExpected } from './state/waiting.js';
import './elements/dialogs/b-confirm.js';
import './elements/dialogs/b-note.js';
import './elements/dialogs/b-refuse.js';
import './elements/person/b-person.js';

/** @typedef {import('./media/types.d.ts').Knock} Knock */
/** @typedef {import('./media/types.d.ts').Person} Person */
/** @typedef {import('./media/types.d.ts').Rights} Rights */

/**
 * @typedef {object} DoorActs
 * @property {(hashes: readonly string[]) => void} admit
 * @property {(hash: string, note: string) => void} refuse
 * @property {(hash: string, text: string) => void} message to somebody who waits, and goes on waiting
 * @property {() => void} chatOff for everyone
 * @property {(key: string, network: 'open' | 'blocked') => void} remove
 * @property {(key: string) => void} sendBack
 * @property {() => void} knock the sound of somebody at the door
 * @property {(part: import('./elements/dialogs/b-keys.js').Part) => void} showKeys
 * @property {(person: Person | null) => void} report misuse, by somebody or by nobody in particular
 */

/** @typedef {DoorActs & import('./moderator.js').ModeratorActs} KeeperActs */

/** Milliseconds after which somebody who was answered and is still at the door may be answered again. */
const answerPatience = 10_000;

/** Milliseconds between two sentences about the door: a crowd must not drown who speaks. */
const knockPause = 3000;

/** @typedef {'person.back' | 'person.remove' | 'person.block'} Act */

/** The question before each act, and what follows from it. @type {Readonly<Record<Act, readonly [string, string]>>} */
const questions = {
  'person.back': ['person.back.ask', 'person.back.hint'],
  'person.remove': ['person.remove.ask', 'person.remove.hint'],
  'person.block': ['person.block.ask', 'person.block.hint'],
};

/** What somebody with rights does about the others: who is let in, sent back, taken out; and the questions before it. */
export class Keeper {
  #isOpen = false;
  #page;
  #screen;
  #acts;
  /** @type {readonly Person[]} */
  #people = [];
  #confirm = /** @type {import('./elements/dialogs/b-confirm.js').Confirm} */ (make('b-confirm'));
  #person = /** @type {import('./elements/person/b-person.js').PersonActs} */ (make('b-person'));
  #refuse = /** @type {import('./elements/dialogs/b-refuse.js').Refuse} */ (make('b-refuse'));
  #note = /** @type {import('./elements/dialogs/b-note.js').Note} */ (make('b-note'));
  #moderator;
  /** @type {readonly Knock[]} */
  #lobby = [];
  /** Names on the host's list. @type {readonly string[]} */
  #expected = [];
  /** Answered, and not gone from the door yet; until when that is believed. @type {Map<string, ReturnType<typeof setTimeout>>} */
  #busy = new Map();
  #toldAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #tellTimer;
  /** @type {Rights} */
  #rights = noRights;
  /** Whom the question on the screen is about, if about one. @type {string | null} */
  #asked = null;

  /** @param {import('./page.js').Page} page @param {import('./screens/meeting.js').Meeting} screen @param {KeeperActs} acts */
  constructor(page, screen, acts) {
    this.#page = page;
    this.#screen = screen;
    this.#acts = acts;
    this.#moderator = new Moderator(page.announcer, screen, this.#person, acts, () => this.#forgetGone());
    this.#wire();
  }

  /** Is the person in the meeting? Outside nothing is said. @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    this.#moderator.isOpen = isOpen;
    if (isOpen) {
      if (this.#rights.admit) this.#tellKnocks(this.#lobby);
    } else {
      clearTimeout(this.#tellTimer);
      this.#tellTimer = undefined;
      this.#free([...this.#busy.keys()]);
    }
  }

  get dialogs() {
    return [this.#confirm, this.#person, this.#refuse, this.#note];
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    this.#people = people;
    this.#moderator.people = people;
    this.#count();
    this.#forgetGone();
  }

  /** @param {import('./state/said.d.ts').SaidEvent} event */
  said(event) {
    this.#moderator.said(event);
  }

  /** Everybody at the door. @param {readonly Knock[]} lobby */
  set lobby(lobby) {
    const fresh = this.#rights.admit ? newcomers(this.#lobby, lobby) : [];
    this.#lobby = lobby;
    const there = new Set(lobby.map(({ hash }) => hash));
    this.#free([...this.#busy.keys()].filter((hash) => !there.has(hash)));
    this.#showDoor();
    this.#tellKnocks(fresh);
  }

  /** Who is expected, by name. @param {readonly string[]} names */
  set expected(names) {
    this.#expected = names;
    this.#showDoor();
  }

  get rights() {
    return this.#rights;
  }

  /** @param {Rights} rights */
  set rights(rights) {
    const before = this.#rights;
    this.#rights = rights;
    this.#moderator.rights = rights;
    this.#screen.peoplePanel.rights = rights;
    this.#screen.controls.keeper = isKeeper(rights);
    if (!isKeeper(rights) && this.#screen.panel === 'security') this.#screen.closePanel();
    this.#showDoor();
    this.#forgetGone();
    if (!this.#isOpen) return;
    if (rights.admit && !before.admit) this.#tellKnocks(this.#lobby);
    if (rights.isLocked !== before.isLocked) {
      this.#page.announcer.polite(rights.isLocked ? 'sec.locked' : 'sec.unlocked');
    }
  }

  #wire() {
    const { door, peoplePanel, securityPanel } = this.#screen;
    for (const place of [door, peoplePanel]) {
      place.addEventListener('admit', (event) => this.#admit([/** @type {CustomEvent} */ (event).detail]));
    }
    door.addEventListener('look', (event) => {
      this.#screen.openPanel('people');
      peoplePanel.look(/** @type {CustomEvent} */ (event).detail);
    });
    peoplePanel.addEventListener('refuse', (event) => this.#refuse.openFor(/** @type {CustomEvent} */ (event).detail));
    peoplePanel.addEventListener('message', (event) => this.#note.openFor(/** @type {CustomEvent} */ (event).detail));
    peoplePanel.addEventListener('chatOff', () => {
      this.#page.announcer.polite('people.chatOff.done');
      this.#acts.chatOff();
    });
    this.#note.addEventListener('message', (event) => {
      const { hash, text, name } = /** @type {CustomEvent} */ (event).detail;
      this.#page.announcer.polite('people.message.done', { name });
      this.#acts.message(hash, text);
    });
    peoplePanel.addEventListener('admitAll', (event) => this.#askForAll(/** @type {CustomEvent} */ (event).detail));
    peoplePanel.addEventListener('actions', (event) => {
      const person = /** @type {Person} */ (/** @type {CustomEvent} */ (event).detail);
      this.#person.openFor(person, this.#moderator.view(person));
    });
    securityPanel.addEventListener('toWaiting', () => this.look());
    securityPanel.addEventListener('toPeople', () => this.#screen.openPanel('people'));
    securityPanel.addEventListener('toVerify', () => this.#acts.showKeys('compare'));
    securityPanel.addEventListener('toKeys', () => this.#acts.showKeys('holders'));
    securityPanel.addEventListener('toReport', () => this.#acts.report(null));
    this.#person.addEventListener('report', (event) => this.#acts.report(/** @type {CustomEvent} */ (event).detail));
    this.#refuse.addEventListener('refuse', (event) => {
      const { hash, note } = /** @type {CustomEvent} */ (event).detail;
      this.#answered([hash]);
      this.#acts.refuse(hash, note);
    });
    this.#person.addEventListener('back', (event) => {
      this.#askAbout(/** @type {CustomEvent} */ (event).detail, 'person.back', (key) => this.#acts.sendBack(key));
    });
    this.#person.addEventListener('remove', (event) => {
      this.#askAbout(
        /** @type {CustomEvent} */ (event).detail,
        'person.remove',
        (key) => this.#acts.remove(key, 'open'),
      );
    });
    this.#person.addEventListener('block', (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      this.#askAbout(detail, 'person.block', (key) => this.#acts.remove(key, 'blocked'));
    });
    this.#person.addEventListener('verify', () => this.#acts.showKeys('compare'));
    // The word that one dialog closed comes late: another question may stand in its place already.
    this.#confirm.addEventListener('close', () => {
      if (!this.#confirm.isOpen) this.#asked = null;
    });
    for (const dialog of this.dialogs) {
      dialog.addEventListener('close', () => this.#catchFocus());
    }
  }

  /** To the first who waits, or to the list when nobody does. */
  look() {
    this.#screen.openPanel('people');
    const first = this.#rights.admit ? this.#lobby[0] : undefined;
    if (first) this.#screen.peoplePanel.look(first.hash);
  }

  /** @param {readonly Knock[]} knocks */
  #admit(knocks) {
    this.#answered(knocks.map(({ hash }) => hash));
    const [only] = knocks;
    if (only && knocks.length === 1) this.#page.announcer.polite('people.admitting', { name: knockName(only) });
    this.#acts.admit(knocks.map(({ hash }) => hash));
  }

  /** Those who stood there when the question was asked, and nobody who came since. @param {readonly string[]} hashes */
  #askForAll(hashes) {
    const others = this.#lobby.length - hashes.length;
    const hint = others > 0 ? 'people.admitAll.some' : 'people.admitAll.hint';
    const args = { n: hashes.length };
    this.#confirm.ask({ text: 'people.admitAll.ask', hint, args, act: 'people.admitAll', kind: 'main' }, () => {
      const still = this.#lobby.filter(({ hash }) => hashes.includes(hash));
      if (still.length > 0) this.#admit(still);
    });
  }

  /** Named by key from the first look on: a place in the meeting may change hands, a key does not. @param {Person} person @param {Act} act @param {(key: string) => void} go */
  #askAbout(person, act, go) {
    const { key } = person;
    if (key === undefined) return;
    const [text, hint] = questions[act];
    this.#asked = key;
    this.#confirm.ask({ text, hint, args: { name: nameOf(person) }, act, kind: 'danger' }, () => go(key));
  }

  /** @param {import('./elements/dialogs/b-confirm.js').Question} question @param {() => void} act */
  ask(question, act) {
    this.#confirm.ask(question, act);
  }

  /** A question about somebody who is gone, or that one may no longer answer, goes too. */
  #forgetGone() {
    /** @param {string | undefined} key */
    const find = (key) => key === undefined ? undefined : this.#people.find((one) => one.key === key);
    const { person } = this.#person;
    const now = find(person?.key);
    if (now) this.#person.show(now, this.#moderator.view(now));
    else if (person) this.#person.close();
    const asked = this.#asked === null ? undefined : find(this.#asked);
    if (this.#asked !== null && !(asked && mayActOn(asked, this.#rights))) this.#confirm.close();
    for (const dialog of [this.#refuse, this.#note]) {
      const { knock } = dialog;
      if (knock && !this.#lobby.some(({ hash }) => hash === knock.hash)) dialog.close();
    }
  }

  /** What was answered, and did not come about: it may be answered again. */
  answerFailed() {
    this.#free([...this.#busy.keys()]);
    this.#showDoor();
  }

  /** @param {readonly string[]} hashes */
  #answered(hashes) {
    this.#free(hashes);
    for (const hash of hashes) {
      const timer = setTimeout(() => {
        this.#free([hash]);
        this.#showDoor();
      }, answerPatience);
      this.#busy.set(hash, timer);
    }
    this.#showDoor();
  }

  /** @param {readonly string[]} hashes */
  #free(hashes) {
    for (const hash of hashes) {
      clearTimeout(this.#busy.get(hash));
      this.#busy.delete(hash);
    }
  }

  #showDoor() {
    const { door, peoplePanel } = this.#screen;
    peoplePanel.lobby = withExpected(this.#lobby, this.#expected);
    peoplePanel.busy = new Set(this.#busy.keys());
    door.lobby = this.#rights.admit ? this.#lobby.filter(({ hash }) => !this.#busy.has(hash)) : [];
    this.#count();
    this.#forgetGone();
  }

  #count() {
    const here = this.#people.filter((person) => !isService(person)).length;
    const waiting = this.#rights.admit ? this.#lobby.length : 0;
    this.#screen.controls.counts = { here, waiting };
  }

  /** One by name, more as a number; and one sentence for all who come within a moment. @param {readonly Knock[]} fresh */
  #tellKnocks(fresh) {
    if (fresh.length === 0 || !this.#isOpen || this.#tellTimer !== undefined) return;
    const wait = this.#toldAt + knockPause - performance.now();
    if (wait <= 0) return this.#tellWaiting();
    this.#tellTimer = setTimeout(() => {
      this.#tellTimer = undefined;
      this.#tellWaiting();
    }, wait);
  }

  #tellWaiting() {
    const waiting = this.#rights.admit ? this.#lobby.filter(({ hash }) => !this.#busy.has(hash)) : [];
    const [only] = waiting;
    if (!only) return;
    this.#toldAt = performance.now();
    this.#acts.knock();
    if (waiting.length === 1) this.#page.announcer.polite('meet.door.one', { name: knockName(only) });
    else this.#page.announcer.polite('people.waiting.n', { n: waiting.length });
  }

  /** A dialog about somebody who is gone has no opener to go back to. */
  #catchFocus() {
    if (!this.#isOpen || document.activeElement !== document.body) return;
    const { panel, peoplePanel } = this.#screen;
    (panel === 'people' ? peoplePanel.heading : this.#screen.heading).focus();
  }
}
