import { make } from './elements/dom.js';
import { Codes } from './codes.js';
import { Gestures } from './gestures.js';
import { Guard } from './guard.js';
import { Inviting } from './inviting.js';
import { Keeper } from './keeper.js';
import { gateNotices, isLasting } from './state/gate.js';
import * as notices from './state/notices.js';
import { Arrivals, changes, marked, nameOf, namePatience } from './state/people.js';
import { Reporting } from './reporting.js';
import { Revoking } from './revoking.js';
import { badgeOf } from './state/round.js';
import { hasTile, isService } from './state/services.js';
import { isKeeper, noRights } from './state/waiting.js';
import { Leaving } from './leaving.js';
import { Passcodes } from './passcodes.js';
import { Services } from './services.js';
import { Sharing } from './sharing.js';
import { SmallWindow } from './small.js';
import { Steward } from './steward.js';
import { Talk } from './talk.js';
import './elements/dialogs/b-leave.js';
import './elements/dialogs/b-link.js';
import './elements/dialogs/b-more.js';
import './elements/services/b-consent.js';
import './screens/meeting.js';

/** @typedef {import('./media/types.d.ts').Knock} Knock */
/** @typedef {import('./media/types.d.ts').Person} Person */
/** @typedef {import('./media/types.d.ts').Picture} Picture */
/** @typedef {import('./media/types.d.ts').Protection} Protection */
/** @typedef {import('./media/types.d.ts').Rights} Rights */
/** @typedef {import('./media/types.d.ts').View} View */

/** @typedef {import('./codes.js').CodeActs} CodeActs */
/** @typedef {import('./guard.js').GuardActs} GuardActs */
/** @typedef {import('./keeper.js').KeeperActs} KeeperActs */
/** @typedef {import('./screens/meeting.js').PanelName} PanelName */
/** @typedef {import('./sharing.js').SharingActs} SharingActs */
/** @typedef {import('./talk.js').TalkActs} TalkActs */

/**
 * @typedef {object} OwnActs
 * @property {(source: 'microphone' | 'camera') => void} toggle
 * @property {() => Promise<string>} inviteLink
 * @property {() => void} rotateLink
 * @property {(key: string) => void} revokeTicket
 * @property {(views: readonly View[]) => void} views
 * @property {(isOpen: boolean) => void} smallWindow pictures are seen there also while the page is hidden
 * @property {() => void} leave
 */

/** @typedef {OwnActs & CodeActs & SharingActs & TalkActs & import('./services.js').ConsentActs & import('./leaving.js').LeavingActs & Omit<import('./passcodes.js').PasscodeActs, 'passcodeFailed' | 'passcodeIs'> & Omit<KeeperActs, 'showKeys' | 'chatOff' | 'report'> & Omit<GuardActs, 'gaveUp'>} RoomActs */

/** From here on joining and leaving is no longer said aloud: it would drown the people who speak. */
const crowd = 10;

/** Milliseconds a passing reason of the gate gets before it is said: an ordinary change of keys takes less. */
const calm = 2000;

/** The meeting as it is seen: its screen, its dialogs, and what is said about who comes and goes. */
export class Room {
  screen = /** @type {import('./screens/meeting.js').Meeting} */ (make('b-meeting'));
  link = /** @type {import('./elements/dialogs/b-link.js').Link} */ (make('b-link'));
  #page;
  #board;
  #acts;
  #leave = /** @type {import('./elements/dialogs/b-leave.js').Leave} */ (make('b-leave'));
  #consent = /** @type {import('./elements/services/b-consent.js').Consent} */ (make('b-consent'));
  /** @type {readonly Person[]} */
  #people = [];
  #rights = noRights;
  #arrivals = new Arrivals();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #arrivalTimer;
  /** @type {WakeLockSentinel | null} */
  #awake = null;
  #more = /** @type {import('./elements/dialogs/b-more.js').More} */ (make('b-more'));
  #codes;
  #guard;
  #inviting;
  #keeper;
  #steward;
  #leaving;
  #passcodes;
  #services;
  #talk;
  #reporting;
  #revoking;
  #gestures;
  sharing;
  #small;
  /** What the page itself shows. @type {readonly View[]} */
  #views = [];
  /** @type {Protection} */
  #protection = { type: 'starting' };
  /** @type {readonly string[]} */
  #gate = [];
  /** The reasons said so far. @type {readonly string[]} */
  #told = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #gateTimer;
  #stop = new AbortController();
  #isOpen = false;
  /** @type {import('./made.js').Made | null} */
  #made = null;

  /** @param {import('./page.js').Page} page @param {import('./board.js').Board} board @param {RoomActs} acts */
  constructor(page, board, acts) {
    this.#page = page;
    this.#board = board;
    this.#acts = acts;
    this.#codes = new Codes(page, this.screen.round, acts);
    const gaveUp = (/** @type {import('./state/meeting.d.ts').CommandName} */ command) =>
      this.commandRefused(command, null);
    this.#guard = new Guard(this.screen.securityPanel, page.announcer, { ...acts, gaveUp });
    this.#leaving = new Leaving(this.#leave, page.announcer, acts);
    this.#passcodes = new Passcodes(this.screen.securityPanel.passcode, page.announcer, {
      ...acts,
      passcodeFailed: () => this.#tellNotDone('sec.change'),
      passcodeIs: (passcode, isAsked) => void this.#keepPasscode(passcode, isAsked),
    });
    this.#keeper = new Keeper(page, this.screen, {
      ...acts,
      showKeys: (part) => this.#codes.show(part),
      chatOff: () => this.#guard.wish({ chat: 'nobody' }),
      report: (person) => this.#reporting.open(person),
    });
    this.#steward = new Steward({
      lock: () => this.#guard.wish({ lock: true }),
      wish: (wishes) => this.#guard.wish(wishes),
      tell: (notice) => board.put(notice),
    });
    this.#inviting = new Inviting(page.announcer, {
      link: () => acts.inviteLink(),
      passcode: () => this.#passcodes.passcode,
      isPasscodeAsked: () => this.#passcodes.isRequired,
      admission: () => this.#keeper.rights.admission,
      renew: () => this.#askToRenew(),
      expect: (names) => this.#expect(names),
      live: () => this.#live,
      revoked: (key) => this.#revoking.ask(key),
    });
    this.#revoking = new Revoking((key) => acts.revokeTicket(key));
    this.#services = new Services(this.#consent, page, this.screen, { ...acts, askToLeave: () => this.askToLeave() });
    this.#talk = new Talk(page, this.screen, acts);
    this.#reporting = new Reporting(page.announcer, {
      messages: () => this.#talk.messages,
      toPeople: () => this.screen.openPanel('people'),
    });
    this.#gestures = new Gestures(page, this.screen, acts);
    const { controls, sharing } = this.screen;
    this.sharing = new Sharing(page, board, { controls, sharing }, acts);
    this.#small = new SmallWindow(this.screen.small, (isOpen) => this.#showSmall(isOpen));
    controls.window = this.#small.isOffered ? false : null;
    this.#wire();
  }

  /** Is the person in it? */
  get isOpen() {
    return this.#isOpen;
  }

  /** What of it hears of the same things. */
  get #parts() {
    return [this.#keeper, this.#talk, this.#gestures, this.sharing, this.#steward, this.#revoking];
  }

  get #dialogs() {
    const own = [this.#inviting.dialog, this.#leave, this.#codes.dialog, this.link, this.sharing.dialog];
    return [...own, this.#more, this.#reporting.dialog, ...this.#keeper.dialogs, this.#consent];
  }

  /** Also after having been sent back and let in again. */
  enter() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#isOpen = true;
    for (const part of this.#parts) part.isOpen = true;
    document.body.append(...this.#dialogs);
    this.#codes.isInRoom = true;
    this.#tellGate();
    this.#page.show(this.screen, { head: false });
    this.#services.isOpen = true; // last: what it asks stands over the screen
    document.addEventListener('visibilitychange', () => this.#look(), { signal });
    addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
    this.#stayAwake();
  }

  close() {
    this.#isOpen = false;
    this.#small.close();
    for (const part of this.#parts) part.isOpen = false;
    this.#services.isOpen = false;
    this.#codes.isInRoom = false;
    this.#stop.abort();
    this.#awake?.release().catch(() => {});
    this.#awake = null;
    clearTimeout(this.#gateTimer);
    clearTimeout(this.#arrivalTimer);
    this.screen.closePanel();
    for (const dialog of this.#dialogs) dialog.remove();
    // What held in there holds no longer: somebody who comes back is told anew.
    this.#people = [];
    this.#arrivals = new Arrivals();
    this.lobby = [];
    this.rights = noRights;
    this.#guard.close();
    this.#leaving.close();
    this.#passcodes.close();
  }

  /** The one in force, where this page knows it; for the invitation. */
  get passcode() {
    return this.#passcodes.passcode;
  }

  /** Made with the meeting, before anybody was in. @param {string | null} passcode */
  set passcode(passcode) {
    this.#passcodes.passcode = passcode;
  }

  /** Are newcomers asked for one? @param {boolean} isRequired @param {boolean} isNews */
  requirePasscode(isRequired, isNews) {
    this.#passcodes.require(isRequired, isNews);
    this.#inviting.changed();
  }

  /** What holds here, once the group has said it. @returns {import('./state/safety.js').Live | null} */
  get #live() {
    return this.#rights === noRights ? null : { rights: this.#rights, isPasscodeAsked: this.#passcodes.isRequired };
  }

  /** Whoever made the meeting finds it at home again, with the links. @param {string | null} passcode @param {boolean} isAsked */
  async #keepPasscode(passcode, isAsked) {
    const isKept = await this.#made?.setPasscode(passcode, isAsked).catch(() => false) ?? true;
    if (!isKept) this.#putAgain(notices.passcodeNotice());
  }

  /** What the meeting is about; empty: nobody said. @param {string} topic */
  set topic(topic) {
    this.screen.status.topic = topic;
  }

  askToLeave() {
    if (this.#isOpen) this.#leave.open();
  }

  /** @param {readonly Person[]} list */
  set people(list) {
    const people = marked(list);
    const isPerson = (/** @type {Person} */ person) => !isService(person); // the others are told of more plainly
    const { joined, left } = changes(this.#people.filter(isPerson), people.filter(isPerson));
    const isNews = this.#people.length > 0 && people.length <= crowd;
    this.#people = people;
    this.screen.people = people;
    this.#codes.people = people;
    this.#guard.people = people;
    this.#leaving.people = people;
    this.#services.people = people;
    this.screen.securityPanel.mayEnd = this.#leaving.mayEnd;
    for (const part of [...this.#parts, this.#reporting]) part.people = people;
    this.#showProtection();
    this.#tellSilent();
    const named = this.#arrivals.heard(people, isNews ? joined : [], performance.now());
    for (const one of named) this.#page.announcer.polite('meet.joined', { name: nameOf(one) });
    clearTimeout(this.#arrivalTimer);
    if (this.#arrivals.isWaiting) this.#arrivalTimer = setTimeout(() => this.people = this.#people, namePatience);
    if (!isNews) return;
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
    this.#protection = protection;
    this.#showProtection();
  }

  /** Why nothing is sent now. What passes by itself is said when it does not. @param {readonly string[]} reasons */
  set gate(reasons) {
    this.#gate = reasons;
    this.#talk.gate = reasons;
    this.#told = reasons.filter((reason) => isLasting(reason) || this.#told.includes(reason));
    if (this.#isOpen) this.#tellGate();
    this.#tellSilent();
  }

  /** Everybody at the door. @param {readonly Knock[]} lobby */
  set lobby(lobby) {
    this.#keeper.lobby = lobby;
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
    this.#guard.rights = rights;
    this.#leaving.rights = rights;
    this.#passcodes.rights = rights;
    for (const part of [...this.#parts, this.#reporting]) part.rights = rights;
    this.#inviting.mayRenew = rights.lock;
    this.#inviting.changed(); // what it says of the door may be another thing now
    this.#codes.mayStart = rights.compare;
    this.#more.offered = this.screen.controls.elsewhere;
  }

  /** @param {string} digits */
  set code(digits) {
    this.#codes.digits = digits;
  }

  /** @param {import('./state/meeting.d.ts').Comparison} comparison */
  set comparison(comparison) {
    this.#codes.comparison = comparison;
  }

  /** @param {import('./state/said.d.ts').SaidEvent} event */
  said(event) {
    this.#keeper.said(event);
    this.#talk.said(event);
    this.#gestures.said(event);
  }

  /** A line of captions. @param {import('./state/said.d.ts').Caption} caption */
  caption(caption) {
    this.#services.caption(caption);
  }

  /** An answer of ours has gone out. @param {import('./state/said.d.ts').ConsentSaid} consent */
  consented(consent) {
    this.#services.consented(consent);
  }

  /** What the server says of files. @param {import('./protocol/messages.d.ts').FileEvent} event */
  file(event) {
    this.#talk.file(event);
  }

  /** Does the server hear us? @param {boolean} isConnected */
  set isConnected(isConnected) {
    this.#talk.isConnected = isConnected;
  }

  /**
   * The group did not do what the person wanted: said, for a list that stays as it was says nothing.
   * @param {import('./state/meeting.d.ts').CommandName} command @param {import('./state/said.d.ts').Said['type'] | null} said
   * @param {import('./state/meeting.d.ts').RefusalReason | null} [why]
   */
  commandRefused(command, said, why = null) {
    if (this.#talk.refused(said)) return;
    if (command === 'revokeTicket' && why === 'inUse') {
      if (!this.#revoking.inUse() || this.#inviting.tell('act.inUse')) return;
    }
    const notice = this.#isOpen ? notices.refusedNotice(command, why) ?? this.#gestures.refused(said) : null;
    if (command === 'admit' || command === 'refuse') this.#keeper.answerFailed();
    this.#guard.refused(command);
    if (command === 'consent') this.#services.refused();
    if (notice) this.#putAgain(notice);
  }

  /** @param {string} word key of what was wanted */
  #tellNotDone(word) {
    if (this.#isOpen) this.#putAgain(notices.wishNotice(word));
  }

  /** Said once more when it happens once more. @param {import('./state/notices.js').Notice} notice */
  #putAgain(notice) {
    this.#board.take(notice.id);
    this.#board.put(notice);
  }

  /** @param {import('./media/types.d.ts').ConnectionQuality} quality */
  set quality(quality) {
    this.screen.status.quality = quality;
    this.link.quality = quality;
  }

  #wire() {
    const { controls, status } = this.screen;
    controls.addEventListener('microphone', () => this.#acts.toggle('microphone'));
    controls.addEventListener('camera', () => this.#acts.toggle('camera'));
    controls.addEventListener('invite', () => void this.#inviting.open());
    controls.addEventListener('settings', () => this.#page.settings.open());
    controls.addEventListener('leave', () => this.#leave.open());
    status.addEventListener('keys', () => this.#codes.dialog.open());
    status.addEventListener('link', () => this.link.open());
    this.link.addEventListener('copied', (event) => {
      this.#page.announcer.polite(/** @type {CustomEvent} */ (event).detail);
    });
    status.addEventListener('view', () => this.toggleView());
    this.screen.addEventListener('panel', () => {
      if (this.screen.panel !== 'security') this.#passcodes.hide();
    });
    this.screen.securityPanel.addEventListener('end', () => {
      const question =
        /** @type {const} */ ({ text: 'sec.end.ask', hint: 'sec.end.hint', act: 'sec.end', kind: 'danger' });
      this.#keeper.ask({ ...question, args: {} }, () => this.#leaving.end());
    });
    for (const panel of /** @type {const} */ (['people', 'security', 'chat'])) {
      controls.addEventListener(panel, () => this.toggle(panel));
    }
    controls.addEventListener('more', () => {
      this.#more.offered = controls.elsewhere;
      this.#more.share = this.sharing.state;
      this.#more.window = this.#small.isOpen;
      this.#more.open();
    });
    this.#more.addEventListener('share', () => this.sharing.toggle());
    this.#more.addEventListener('window', () => void this.#small.toggle());
    controls.addEventListener('window', () => void this.#small.toggle());
    this.screen.small.addEventListener('device', (event) => {
      this.#acts.toggle(/** @type {CustomEvent} */ (event).detail);
    });
    this.screen.small.addEventListener('leave', () => this.#acts.leave());
    this.screen.small.addEventListener('view', () => this.#tellViews());
    this.#more.addEventListener('react', () => controls.reactions.open());
    this.#more.addEventListener('people', () => this.screen.openPanel('people'));
    this.#more.addEventListener('invite', () => void this.#inviting.open());
    this.#more.addEventListener('security', () => this.screen.openPanel('security'));
    this.#more.addEventListener('settings', () => this.#page.settings.open());
    this.#more.addEventListener('help', () => this.#page.help.open());
    this.screen.addEventListener('views', (event) => {
      this.#views = /** @type {CustomEvent} */ (event).detail;
      this.#tellViews();
    });
  }

  /** A hidden page shows nobody; a window of its own does. */
  #tellViews() {
    const seen = document.hidden ? [] : this.#views;
    const { view } = this.screen.small;
    const isThere = view === null || seen.some((one) => one.participant === view.participant && one.use === view.use);
    this.#acts.views(isThere ? seen : [...seen, view]);
  }

  /** @param {boolean} isOpen */
  #showSmall(isOpen) {
    this.screen.controls.window = isOpen;
    this.#acts.smallWindow(isOpen);
    if (!this.#isOpen) return;
    this.screen.refresh();
    this.#tellViews();
  }

  /** @param {PanelName} panel */
  toggle(panel) {
    if (!this.#isOpen || (panel === 'security' && !isKeeper(this.#keeper.rights))) return;
    if (this.screen.panel === panel) this.screen.closePanel();
    else this.screen.openPanel(panel);
  }

  toggleHand() {
    this.#gestures.toggleHand();
  }

  /** Said too: with the key alone nothing near the focus tells. */
  toggleView() {
    if (!this.#isOpen || this.#people.filter(hasTile).length < 2) return;
    const reason = this.screen.viewReason;
    if (reason) return this.#page.announcer.polite(reason);
    const view = this.screen.view === 'gallery' ? 'speaker' : 'gallery';
    this.screen.view = view;
    this.#page.announcer.polite(view === 'gallery' ? 'meet.view.said.1' : 'meet.view.said.2');
  }

  /** @param {PanelName} panel */
  show(panel) {
    if (this.#isOpen) this.screen.openPanel(panel);
  }

  lookAtDoor() {
    if (this.#isOpen) this.#keeper.look();
  }

  #tellGate() {
    clearTimeout(this.#gateTimer);
    this.#showProtection();
    if (this.#told.length === this.#gate.length) return;
    this.#gateTimer = setTimeout(() => {
      this.#told = this.#gate;
      this.#showProtection();
    }, calm);
  }

  showKeys() {
    if (this.#isOpen) this.#codes.show('compare');
  }

  /** Nothing comes of anybody where nothing is sent for that reason: then that is said, and nothing else. */
  #tellSilent() {
    if (!this.#isOpen) return;
    const silent = this.#gate.includes('noProof') ? [] : this.#people.filter((one) => one.silent === true);
    this.#board.only('silent.', silent.map((one) => notices.silentNotice(one.participant, nameOf(one))));
  }

  /** The badge never says "encrypted" while it is said below that nothing is sent. */
  #showProtection() {
    const badge = badgeOf(this.#protection.type, this.#told, this.#people);
    this.screen.status.badge = badge;
    this.#codes.dialog.badge = badge;
    if (!this.#isOpen) return;
    // Encrypting that fails is one thing to say, whoever noticed it.
    const reasons = this.#protection.type === 'stopped' ? ['watchdog', ...this.#told] : this.#told;
    // What is held back for want of consent stands beside what it is about.
    const noticed = new Set(reasons.filter((reason) => reason !== 'consent'));
    this.#board.only('gate.', gateNotices([...noticed]));
  }

  /** What the person made, where this page is where they made it. @param {import('./made.js').Made} made */
  set made(made) {
    this.#made = made;
    // Where the key goes with the page, so does the list.
    this.#leave.wayBack = made.lasting === 'device' ? 'list' : 'page';
    this.#inviting.made = made;
    // Whoever starts it now is in it in a moment: nothing is lost with the page, and this dialog opens by itself.
    this.#inviting.isLast = made.lasting === 'tab' && !made.when.isNow;
    this.#revoking.made = made;
    this.#passcodes.passcode = made.passcode;
    this.#steward.know({ made, seconds: Math.floor(Date.now() / 1000) });
    this.#expect(made.expected);
  }

  /** Who comes under such a name is marked. @param {readonly string[]} names */
  #expect(names) {
    this.#keeper.expected = names;
    this.#steward.expected = names;
  }

  invite() {
    if (this.#isOpen) void this.#inviting.open();
  }

  /** Another link may be in force. */
  refreshLink() {
    return this.#inviting.refresh();
  }

  /** Afterwards the dialog is back, and shows the new link as soon as there is one. */
  #askToRenew() {
    const question = /** @type {const} */ ({
      text: 'invite.renew.ask',
      hint: 'invite.renew.hint',
      args: {},
      act: 'invite.renew',
      kind: 'danger',
    });
    this.#keeper.ask(question, () => {
      this.#acts.rotateLink();
      void this.#inviting.open();
    });
  }

  /** A hidden page shows nobody, so it asks for no picture. */
  #look() {
    if (document.hidden) this.#tellViews();
    else {
      this.screen.refresh();
      this.#stayAwake();
    }
  }

  async #stayAwake() {
    const lock = await navigator.wakeLock?.request('screen').catch(() => null) ?? null;
    if (this.#isOpen) this.#awake = lock;
    else lock?.release().catch(() => {});
  }
}
