import { make } from './elements/dom.js';
import * as notices from './state/notices.js';
import { changes, nameOf } from './state/people.js';
import './elements/dialogs/b-invite.js';
import './elements/dialogs/b-keys.js';
import './elements/dialogs/b-leave.js';
import './elements/dialogs/b-link.js';
import './screens/meeting.js';

/** @typedef {import('./media/types.d.ts').Person} Person */
/** @typedef {import('./media/types.d.ts').Picture} Picture */
/** @typedef {import('./media/types.d.ts').Protection} Protection */
/** @typedef {import('./media/types.d.ts').View} View */

/**
 * @typedef {object} RoomActs
 * @property {(source: 'microphone' | 'camera') => void} toggle
 * @property {() => Promise<string>} inviteLink
 * @property {(views: readonly View[]) => void} views
 * @property {() => void} leave
 */

/** From here on joining and leaving is no longer said aloud: it would drown the people who speak. */
const crowd = 10;

/** The meeting as it is seen: its screen, its dialogs, and what is said about who comes and goes. */
export class Room {
  screen = /** @type {import('./screens/meeting.js').Meeting} */ (make('b-meeting'));
  #page;
  #board;
  #acts;
  #invite = /** @type {import('./elements/dialogs/b-invite.js').Invite} */ (make('b-invite'));
  #leave = /** @type {import('./elements/dialogs/b-leave.js').Leave} */ (make('b-leave'));
  #keys = /** @type {import('./elements/dialogs/b-keys.js').Keys} */ (make('b-keys'));
  #link = /** @type {import('./elements/dialogs/b-link.js').Link} */ (make('b-link'));
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {WakeLockSentinel | null} */
  #awake = null;
  #stop = new AbortController();
  #isOpen = false;

  /** @param {import('./page.js').Page} page @param {import('./board.js').Board} board @param {RoomActs} acts */
  constructor(page, board, acts) {
    this.#page = page;
    this.#board = board;
    this.#acts = acts;
    this.#wire();
  }

  /** Is the person in it? */
  get isOpen() {
    return this.#isOpen;
  }

  enter() {
    const { signal } = this.#stop;
    this.#isOpen = true;
    document.body.append(this.#invite, this.#leave, this.#keys, this.#link);
    this.#page.show(this.screen, { head: false });
    document.addEventListener('visibilitychange', () => this.#look(), { signal });
    addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
    this.#stayAwake();
  }

  close() {
    this.#isOpen = false;
    this.#stop.abort();
    this.#awake?.release().catch(() => {});
    for (const dialog of [this.#invite, this.#leave, this.#keys, this.#link]) dialog.remove();
  }

  askToLeave() {
    if (this.#isOpen) this.#leave.open();
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    const { joined, left } = changes(this.#people, people);
    const isNews = this.#people.length > 0 && people.length <= crowd;
    this.#people = people;
    this.screen.people = people;
    this.#keys.people = people;
    if (!isNews) return;
    for (const one of joined) this.#page.announcer.polite('meet.joined', { name: nameOf(one) });
    for (const one of left) this.#page.announcer.polite('meet.left', { name: nameOf(one) });
  }

  /** @param {readonly Picture[]} pictures */
  set pictures(pictures) {
    this.screen.pictures = pictures;
    const closed = new Set(pictures.filter((one) => one.undecryptable).map((one) => one.participant));
    const unseen = this.#people.filter((person) => closed.has(person.participant));
    this.#board.only('tile.', unseen.map((person) => notices.tileNotice(person.participant, nameOf(person))));
  }

  /** @param {Protection} protection */
  set protection(protection) {
    this.screen.status.protection = protection.type;
    this.#keys.protection = protection.type;
    if (protection.type === 'stopped') this.#board.put(notices.encryptNotice());
    else this.#board.take('encrypt');
  }

  /** @param {import('./media/types.d.ts').ConnectionQuality} quality */
  set quality(quality) {
    this.screen.status.quality = quality;
    this.#link.quality = quality;
  }

  #wire() {
    const { controls, status } = this.screen;
    controls.addEventListener('microphone', () => this.#acts.toggle('microphone'));
    controls.addEventListener('camera', () => this.#acts.toggle('camera'));
    controls.addEventListener('invite', () => this.#openInvite());
    controls.addEventListener('settings', () => this.#page.settings.open());
    controls.addEventListener('leave', () => this.#leave.open());
    status.addEventListener('keys', () => this.#keys.open());
    status.addEventListener('link', () => this.#link.open());
    this.#leave.addEventListener('leave', () => this.#acts.leave());
    this.#invite.addEventListener('copied', () => this.#page.announcer.polite('invite.copied'));
    this.#invite.addEventListener('notCopied', () => this.#page.announcer.polite('invite.notCopied'));
    this.screen.addEventListener('views', (event) => {
      if (!document.hidden) this.#acts.views(/** @type {CustomEvent} */ (event).detail);
    });
  }

  async #openInvite() {
    this.#invite.open();
    this.#invite.link = await this.#acts.inviteLink();
  }

  /** A hidden page shows nobody, so it asks for no picture. */
  #look() {
    if (document.hidden) this.#acts.views([]);
    else {
      this.screen.refresh();
      this.#stayAwake();
    }
  }

  async #stayAwake() {
    this.#awake = await navigator.wakeLock?.request('screen').catch(() => null) ?? null;
  }
}
