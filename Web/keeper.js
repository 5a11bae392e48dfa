import { make } from './elements/dom.js';
import { mayActOn, nameOf } from './state/people.js';
import { isKeeper, knockName, newcomers, noRights } from './state/waiting.js';
import './elements/dialogs/b-confirm.js';
import './elements/dialogs/b-person.js';
import './elements/dialogs/b-refuse.js';

/** @typedef {import('./media/types.d.ts').Knock} Knock */
/** @typedef {import('./media/types.d.ts').Person} Person */
/** @typedef {import('./media/types.d.ts').Rights} Rights */

/**
 * @typedef {object} KeeperActs
 * @property {(hashes: readonly string[]) => void} admit
 * @property {(hash: string, note: string) => void} refuse
 * @property {(key: string) => void} remove
 * @property {(key: string) => void} sendBack
 * @property {(isLocked: boolean) => void} lock
 */

/** Milliseconds after which somebody who was answered and is still at the door may be answered again. */
const answerPatience = 10_000;

/** What somebody with rights does about the others: who is let in, sent back, taken out; and the questions before it. */
export class Keeper {
  #isOpen = false;
  #page;
  #screen;
  #acts;
  /** @type {readonly Person[]} */
  #people = [];
  #confirm = /** @type {import('./elements/dialogs/b-confirm.js').Confirm} */ (make('b-confirm'));
  #person = /** @type {import('./elements/dialogs/b-person.js').PersonActs} */ (make('b-person'));
  #refuse = /** @type {import('./elements/dialogs/b-refuse.js').Refuse} */ (make('b-refuse'));
  /** @type {readonly Knock[]} */
  #lobby = [];
  /** Answered, and not gone from the door yet. @type {Set<string>} */
  #busy = new Set();
  /** @type {Rights} */
  #rights = noRights;
  /** Whom the question on the screen is about, if about one. @type {string | null} */
  #asked = null;

  /** @param {import('./page.js').Page} page @param {import('./screens/meeting.js').Meeting} screen @param {KeeperActs} acts */
  constructor(page, screen, acts) {
    this.#page = page;
    this.#screen = screen;
    this.#acts = acts;
    this.#wire();
  }

  /** Is the person in the meeting? Outside nothing is said. @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    if (isOpen && this.#rights.admit) this.#tellKnocks(this.#lobby);
  }

  get dialogs() {
    return [this.#confirm, this.#person, this.#refuse];
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    this.#people = people;
    this.#count();
    this.#forgetGone();
  }

  /** Everybody at the door. @param {readonly Knock[]} lobby */
  set lobby(lobby) {
    const fresh = this.#rights.admit ? newcomers(this.#lobby, lobby) : [];
    this.#lobby = lobby;
    const there = new Set(lobby.map(({ hash }) => hash));
    for (const hash of this.#busy) if (!there.has(hash)) this.#busy.delete(hash);
    this.#showDoor();
    this.#tellKnocks(fresh);
  }

  get rights() {
    return this.#rights;
  }

  /** @param {Rights} rights */
  set rights(rights) {
    const before = this.#rights;
    this.#rights = rights;
    this.#screen.peoplePanel.rights = rights;
    this.#screen.securityPanel.rights = rights;
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
    peoplePanel.addEventListener('admitAll', (event) => this.#askForAll(/** @type {CustomEvent} */ (event).detail));
    peoplePanel.addEventListener('actions', (event) => this.#person.openFor(/** @type {CustomEvent} */ (event).detail));
    securityPanel.addEventListener('lock', (event) => this.#acts.lock(/** @type {CustomEvent} */ (event).detail));
    securityPanel.addEventListener('toWaiting', () => this.look());
    securityPanel.addEventListener('toPeople', () => this.#screen.openPanel('people'));
    this.#refuse.addEventListener('refuse', (event) => {
      const { hash, note } = /** @type {CustomEvent} */ (event).detail;
      this.#answered([hash]);
      this.#acts.refuse(hash, note);
    });
    this.#person.addEventListener('back', (event) => {
      this.#askAbout(/** @type {CustomEvent} */ (event).detail, 'person.back', (key) => this.#acts.sendBack(key));
    });
    this.#person.addEventListener('remove', (event) => {
      this.#askAbout(/** @type {CustomEvent} */ (event).detail, 'person.remove', (key) => this.#acts.remove(key));
    });
    this.#confirm.addEventListener('close', () => this.#asked = null);
    for (const dialog of [this.#confirm, this.#person, this.#refuse]) {
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

  /** Named by key from the first look on: a place in the meeting may change hands, a key does not. @param {Person} person @param {'person.back' | 'person.remove'} act @param {(key: string) => void} go */
  #askAbout(person, act, go) {
    const { key } = person;
    if (key === undefined) return;
    const [text, hint] = act === 'person.back'
      ? ['person.back.ask', 'person.back.hint']
      : ['person.remove.ask', 'person.remove.hint'];
    this.#asked = key;
    this.#confirm.ask({ text, hint, args: { name: nameOf(person) }, act, kind: 'danger' }, () => go(key));
  }

  /** A question about somebody who is gone, or that one may no longer answer, goes too. */
  #forgetGone() {
    /** @param {string | undefined} key */
    const isGone = (key) => !this.#people.some((one) => one.key === key && mayActOn(one, this.#rights));
    if (this.#person.person && isGone(this.#person.person.key)) this.#person.close();
    if (this.#asked !== null && isGone(this.#asked)) this.#confirm.close();
    const knock = this.#refuse.knock;
    if (knock && !this.#lobby.some(({ hash }) => hash === knock.hash)) this.#refuse.close();
  }

  /** @param {readonly string[]} hashes */
  #answered(hashes) {
    for (const hash of hashes) this.#busy.add(hash);
    this.#showDoor();
    setTimeout(() => {
      for (const hash of hashes) this.#busy.delete(hash);
      this.#showDoor();
    }, answerPatience);
  }

  #showDoor() {
    const { door, peoplePanel } = this.#screen;
    peoplePanel.lobby = this.#lobby;
    peoplePanel.busy = new Set(this.#busy);
    door.lobby = this.#rights.admit ? this.#lobby.filter(({ hash }) => !this.#busy.has(hash)) : [];
    this.#count();
    this.#forgetGone();
  }

  #count() {
    const waiting = this.#rights.admit ? this.#lobby.length : 0;
    this.#screen.controls.counts = { here: this.#people.length, waiting };
  }

  /** One by name, more as a number: they come in a rush when a group starts. @param {readonly Knock[]} fresh */
  #tellKnocks(fresh) {
    const [only] = fresh;
    if (!only || !this.#isOpen) return;
    const n = this.#lobby.filter(({ hash }) => !this.#busy.has(hash)).length;
    if (n === 1) this.#page.announcer.polite('meet.door.one', { name: knockName(only) });
    else this.#page.announcer.polite('people.waiting.n', { n });
  }

  /** A dialog about somebody who is gone has no opener to go back to. */
  #catchFocus() {
    if (!this.#isOpen || document.activeElement !== document.body) return;
    const { panel, peoplePanel } = this.#screen;
    (panel === 'people' ? peoplePanel.heading : this.#screen.heading).focus();
  }
}
