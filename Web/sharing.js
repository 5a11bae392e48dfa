import { ownClock } from './protocol/time.js';
import { canShare, endCapture, pickScreen } from './media/share.js';
import { noShareNotice, shareNotice } from './state/notices.js';
import { nameOf } from './state/people.js';
import { mayShare, sharersOf, surfaceKind, surfaceNews } from './state/sharing.js';
import { noRights } from './state/waiting.js';
import { make } from './elements/dom.js';
import './elements/share/b-share.js';

/** @typedef {import('./media/share.js').Capture} Capture */
/** @typedef {import('./state/people.js').Person} Person */
/** @typedef {import('./state/sharing.js').Surface} Surface */
/** @typedef {import('./state/waiting.js').Rights} Rights */

/**
 * @typedef {object} SharingActs
 * @property {(picture: MediaStreamTrack | null, sound: MediaStreamTrack | null, hint: 'text' | 'motion') => Promise<void>} setScreen
 * @property {(isPaused: boolean) => Promise<void>} pauseScreen
 * @property {() => boolean} isAudioOnly does the person want no pictures?
 * @property {() => void} notSent
 * @property {() => void} screenStopped it may not be any more, and is: to be told
 *
 * @typedef {object} SharingParts what a test puts in place of a browser
 * @property {() => Promise<Capture>} [pick]
 * @property {() => boolean} [can]
 * @property {Pick<import('./protocol/clock.d.ts').Clock, 'setTimeout' | 'clearTimeout'>} [clock]
 *
 * @typedef {{ announcer: Pick<import('./elements/b-announcer.js').Announcer, 'polite' | 'urgent'> }} SharingPage
 * @typedef {Pick<import('./board.js').Board, 'put' | 'take'>} SharingBoard
 * @typedef {EventTarget & Pick<import('./elements/share/b-share.js').Share, 'show' | 'reset' | 'open' | 'close' | 'isOpen'>} ShareDialog
 * @typedef {object} SharingView
 * @property {EventTarget & { share: { isOn: boolean, reason: string | null } }} controls
 * @property {EventTarget & { state: { isPaused: boolean } | null }} sharing
 */

/** Milliseconds between two looks at what is captured: browsers say little of it themselves. */
const lookEvery = 1000;

/**
 * Sharing a screen (Promise P-043): chosen in the browser's own picker, looked at here, and published by one more act. Until
 * then it is on no sender; whoever turns back at any point has shared nothing.
 */
export class Sharing {
  dialog;
  #page;
  #board;
  #view;
  #acts;
  #parts;
  #isOpen = false;
  /** Null: the group has not said yet. @type {Rights | null} */
  #rights = null;
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {readonly string[]} */
  #sharers = [];
  /** Chosen and not published yet. @type {Capture | null} */
  #chosen = null;
  /** Published. @type {Capture | null} */
  #shared = null;
  #isPaused = false;
  #isPicking = false;
  /** Grows with every act: what comes out of the picker after another one is let go of. */
  #wish = 0;
  /** Why it may not be, if so: key of a text. @type {string | null} */
  #reason = null;
  #isJudged = false;
  /** @type {Surface | null} */
  #surface = null;
  #timer = 0;

  /** @param {SharingPage} page @param {SharingBoard} board @param {SharingView} view @param {SharingActs} acts @param {SharingParts} [parts] @param {ShareDialog & HTMLElement} [dialog] */
  constructor(page, board, view, acts, parts = {}, dialog) {
    this.#page = page;
    this.#board = board;
    this.#view = view;
    this.#acts = acts;
    this.#parts = { pick: pickScreen, can: canShare, clock: ownClock, ...parts };
    this.dialog = dialog ?? /** @type {import('./elements/share/b-share.js').Share} */ (make('b-share'));
    view.controls.addEventListener('share', () => this.toggle());
    view.sharing.addEventListener('pause', () => this.#pause(!this.#isPaused));
    view.sharing.addEventListener('stop', () => this.#stop('sharing.over'));
    this.dialog.addEventListener('publish', (event) => this.#publish(/** @type {CustomEvent} */ (event).detail));
    this.dialog.addEventListener('again', () => this.#pick());
    this.dialog.addEventListener('close', () => {
      // What was published, or let go of already, is not chosen any more; and it may be open again by now.
      if (this.#chosen && !this.dialog.isOpen) this.#cancel();
    });
  }

  /** Is the person in the meeting? @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    if (!isOpen) {
      this.off();
      this.#rights = null;
      this.#people = [];
      this.#sharers = [];
      this.#isJudged = false;
      this.#reason = null;
    }
    this.#judge();
    this.#show();
  }

  /** Is it on, or on its way to be? */
  get isOn() {
    return this.#shared !== null || this.#chosen !== null || this.#isPicking;
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    const before = this.#sharers, known = new Set(this.#people.map(({ participant }) => participant));
    this.#people = people;
    this.#sharers = sharersOf(before, people);
    for (const one of people) {
      const isNow = this.#sharers.includes(one.participant), was = before.includes(one.participant);
      if (this.#isOpen && known.has(one.participant) && isNow !== was) {
        this.#page.announcer.polite(isNow ? 'sharing.theirs' : 'sharing.theirs.over', { name: nameOf(one) });
      }
    }
    this.#judge();
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights === noRights ? null : rights;
    this.#judge();
  }

  /** Begins, or ends what is shared. Only from an act of the person: no browser opens its picker otherwise. */
  toggle() {
    if (!this.#isOpen) return;
    if (this.#shared) return this.#stop('sharing.over');
    this.#board.take('share');
    if (this.#reason) return this.#board.put(noShareNotice(this.#reason));
    if (!this.isOn) void this.#pick();
  }

  /** Ends it without a word, at whatever point it is. */
  off() {
    this.#wish++;
    this.#isPicking = false;
    this.#letGo();
    this.#board.take('share');
    this.#end();
  }

  async #pick() {
    if (this.#isPicking) return;
    const wish = ++this.#wish;
    this.#isPicking = true;
    const picked = await this.#parts.pick().catch(() => null);
    if (wish !== this.#wish) {
      if (picked) endCapture(picked);
      return;
    }
    this.#isPicking = false;
    if (picked) this.#preview(picked);
    // With something chosen before, that stays.
    else if (!this.#chosen) this.#board.put(shareNotice());
  }

  /** @param {Capture} capture */
  #preview(capture) {
    const before = this.#chosen;
    this.#chosen = capture;
    if (before) endCapture(before);
    const { picture, sound } = capture;
    picture.addEventListener('ended', () => this.#ended(capture));
    picture.addEventListener('mute', () => this.#muted(capture));
    if (!this.dialog.isOpen) this.dialog.reset();
    const isAudioOnly = this.#acts.isAudioOnly();
    this.dialog.show({ picture, surface: surfaceOf(picture).kind, hasSound: sound !== null, isAudioOnly });
    this.dialog.open();
  }

  /** Whoever turns back shares nothing. */
  #cancel() {
    this.#wish++;
    this.#isPicking = false;
    this.#letGo();
  }

  #letGo() {
    const capture = this.#chosen;
    this.#chosen = null;
    this.dialog.show(null);
    if (this.dialog.isOpen) this.dialog.close();
    if (capture) endCapture(capture);
  }

  /** @param {{ isWithSound: boolean, hint: 'text' | 'motion' }} how */
  #publish({ isWithSound, hint }) {
    const capture = this.#chosen;
    if (!capture || this.#reason) return this.dialog.close();
    const { picture } = capture;
    const sound = isWithSound ? capture.sound : null;
    if (!sound) capture.sound?.stop();
    this.#wish++; // what the picker may still give was not looked at
    this.#isPicking = false;
    this.#chosen = null;
    this.#shared = { picture, sound };
    this.#surface = surfaceOf(picture);
    this.dialog.close();
    this.#acts.setScreen(picture, sound, hint).catch(() => this.#acts.notSent());
    this.#page.announcer.polite('sharing.begun');
    this.#look();
    this.#show();
  }

  /** @param {boolean} isPaused */
  #pause(isPaused) {
    if (!this.#shared || isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#acts.pauseScreen(isPaused).catch(() => this.#acts.notSent());
    this.#page.announcer.polite(isPaused ? 'sharing.paused' : 'sharing.resumed');
    this.#show();
  }

  /** @param {string} words key of what is said of it */
  #stop(words) {
    if (!this.#shared) return;
    this.#end();
    this.#page.announcer.polite(words);
  }

  #end() {
    const capture = this.#shared;
    this.#parts.clock.clearTimeout(this.#timer);
    if (!capture) return;
    this.#shared = null;
    this.#isPaused = false;
    this.#surface = null;
    this.#acts.setScreen(null, null, 'text').catch(() => {});
    endCapture(capture);
    this.#show();
  }

  /** By the browser's own bar, or because what was captured is gone. @param {Capture} capture */
  #ended(capture) {
    if (this.#shared?.picture === capture.picture) return this.#stop('sharing.ended');
    if (this.#chosen !== capture) return;
    this.#cancel();
    this.#board.put(shareNotice());
  }

  /** The device was locked, or what is shared is out of sight: going on is the person's act. @param {Capture} capture */
  #muted(capture) {
    if (this.#shared?.picture === capture.picture) this.#pause(true);
  }

  /** Something else on it than a moment ago goes on, and is said. */
  #look() {
    const { clock } = this.#parts;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => {
      const capture = this.#shared;
      if (!capture || !this.#surface) return;
      const now = surfaceOf(capture.picture);
      const news = surfaceNews(this.#surface, now);
      this.#surface = now;
      if (news === 'sharing.monitor') this.#page.announcer.urgent(news);
      else if (news) this.#page.announcer.polite(news);
      this.#look();
    }, lookEvery);
  }

  #judge() {
    const me = this.#people.find((one) => one.me);
    if (this.#isOpen && this.#rights && me?.role !== undefined) {
      const before = this.#reason;
      const can = this.#parts.can();
      this.#reason = !can ? 'ctl.share.cannot' : mayShare(me, this.#rights.features) ? null : 'ctl.share.barred';
      if (this.#reason && this.isOn) this.#acts.screenStopped();
      // Where it is so from the beginning the control says it.
      else if (this.#isJudged && this.#reason !== before) {
        this.#page.announcer.polite(this.#reason ?? 'ctl.share.allowed');
      }
      if (this.#reason !== before) this.#board.take('share');
      this.#isJudged = true;
    }
    this.#show();
  }

  #show() {
    this.#view.controls.share = { isOn: this.#shared !== null, reason: this.#shared ? null : this.#reason };
    this.#view.sharing.state = this.#shared ? { isPaused: this.#isPaused } : null;
  }

  /** For whatever else offers it. */
  get state() {
    return { isOn: this.#shared !== null, reason: this.#reason };
  }
}

/** @param {MediaStreamTrack} track @returns {Surface} */
function surfaceOf(track) {
  const { displaySurface, width = 0, height = 0 } = track.getSettings();
  return { kind: surfaceKind(displaySurface), width, height };
}
