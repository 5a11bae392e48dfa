import { Board } from './board.js';
import { make } from './elements/dom.js';
import { Call, CallError } from './call.js';
import { Hold } from './hold.js';
import { Looks } from './looks.js';
import { Moderated } from './moderated.js';
import { Naming } from './naming.js';
import { sources } from './media/capture.js';
import { Own } from './own.js';
import { Porch } from './porch.js';
import { unreachable } from './protocol/unreachable.js';
import { failureOf, refusal } from './refusal.js';
import { Reporting } from './reporting.js';
import { Room } from './room.js';
import { saveText } from './saving.js';
import { receiptCode, secretBytes } from './state/receipt.js';
import { dayOf, receiptFile } from './state/report.js';
import { noteOf } from './state/wishes.js';
import { countResidue } from './storage.js';
import { Troubles } from './troubles.js';
import { t } from './strings/translate.js';
import './screens/after.js';
import './screens/pass.js';
import './screens/prejoin.js';

/** @typedef {import('./media/types.d.ts').CallState} CallState */
/** @typedef {import('./media/capture.js').Source} Source */
/** @typedef {import('./state/waiting.js').Door} Door */
/** @typedef {import('./state/keys.js').KeyAct} KeyAct */

/** @typedef {import('./made.js').Made} Made */

/**
 * @typedef {object} Address
 * @property {string} meeting
 * @property {string} fragment
 * @property {Made | null} [made] for whoever comes from the page where they made it
 * @property {string} [renewed] fragment of the common link that was in force when they left, where it is not the first one
 * @property {boolean} [isReturn] they were in already
 * @property {Asked | null} [asked] they asked to come in already, by a link that was not the right one
 */

/** @typedef {{ name: string, habits: import('./own.js').Habits }} Asked under which name, and with which devices */

/** @typedef {{ renew(address: Address): Visit, home(): void }} Ways `renew`: a new visit in place of this one */

/** Milliseconds. */
const patience = 200;

/** One visit to a meeting, from the opened link to the receipt: what the call reports goes to the screen, acts go to the call. */
export class Visit {
  #page;
  /** @type {Call} */
  #call;
  #own;
  #looks;
  #hold;
  #ways;
  /** In memory only. @type {Made | null} */
  #made;
  /** The links are offered once by themselves. */
  #hasInvited;
  /** @type {Asked | null} */
  #asked;
  /** Fragment of the common link that is in force, where it is another one than the first. */
  #renewed;
  /** With what that link opens one gets in, unless the meeting began again meanwhile: then with the first one. @type {string | null} */
  #spare;
  /** Kept until the call has taken it in: to copy the link into another browser, or to start again. @type {Address | null} */
  #address;
  #name = '';
  #pass = /** @type {import('./screens/pass.js').Pass} */ (make('b-pass'));
  /** The passcode is asked for, and nothing else can be done. */
  #isPassing = false;
  #hasAsked = false;
  #isJoining = false;
  #prejoin = /** @type {import('./screens/prejoin.js').Prejoin} */ (make('b-prejoin'));
  #porch;
  /** Somebody awaits `prepare` or `join` and hears of a refusal there; later ones are heard as a state. */
  #isAsking = true;
  #board;
  /** @type {Room} */
  #room;
  #troubles;
  /** @type {Moderated} */
  #moderated;
  /** @type {Naming} */
  #naming;
  /** What the receipt code is made of; in memory only, gone with this visit. @type {Uint8Array<ArrayBuffer> | null} */
  #secret = null;
  #stop = new AbortController();
  /** What was on when the door stayed shut, to be on again at the next try. @type {readonly Source[]} */
  #wasOn = [];

  /** @param {import('./page.js').Page} page @param {Address} address @param {Ways} ways */
  constructor(page, { meeting, fragment, made = null, renewed = '', isReturn = false, asked = null }, ways) {
    this.#page = page;
    this.#ways = ways;
    this.#made = made;
    this.#renewed = renewed;
    this.#spare = renewed === '' ? null : made?.hostFragment ?? null;
    this.#hasInvited = isReturn;
    this.#asked = asked;
    this.#address = { meeting, fragment, made, renewed, isReturn, asked };
    this.#porch = new Porch(page);
    this.#board = new Board(page.announcer, (list) => {
      for (const screen of this.#screens) screen.notices = list;
    });
    this.#room = new Room(page, this.#board, {
      toggle: (source) => this.#own.toggle(source),
      inviteLink: () => this.#call.door.inviteLink(),
      views: (views) => this.#call.setViews(views),
      smallWindow: (isOpen) => this.#call.hasSmallWindow = isOpen,
      setScreen: (picture, sound, hint) => this.#call.setScreen(picture, sound, hint),
      pauseScreen: (isPaused) => this.#call.pauseScreen(isPaused),
      isAudioOnly: () => this.#own.isAudioOnly,
      notSent: () => this.#troubles.notSent(),
      screenStopped: () => this.#moderated.stopped('screen'),
      leave: () => this.#call.leave(),
      admit: (hashes) => this.#call.door.admit(hashes),
      refuse: (hash, note) => this.#call.door.refuse(hash, note),
      message: (hash, text) => this.#call.door.message(hash, text),
      remove: (key, network) => this.#call.remove(key, network),
      sendBack: (key) => this.#call.door.sendBack(key),
      lock: (isLocked) => this.#call.door.lock(isLocked),
      setAdmission: (admission) => this.#call.door.setAdmission(admission),
      setFeatures: (features) => this.#call.door.setFeatures(features),
      setCohost: (key, isCohost) => this.#call.door.setCohost(key, isCohost),
      setPasscode: (passcode) => this.#call.setPasscode(passcode),
      endForAll: () => this.#call.endForAll(),
      setVolume: (key, volume) => this.#call.setVolume(key, volume),
      knock: () => this.#own.knock(),
      rotateLink: () => this.#call.door.rotateLink(),
      revokeTicket: (key) => this.#call.door.revokeTicket(key),
      say: (said, to) => this.#call.door.say(said, to),
      file: (command) => this.#call.file(command),
      stop: (key, use) => this.#call.stop(key, use),
      allow: (key, right, isAllowed) => this.#call.allow(key, right, isAllowed),
      compare: () => this.#call.door.compare(),
      compared: (isEqual) => this.#call.door.compared(isEqual),
      consent: (key, service, given, text) => this.#call.door.consent(key, service, given, text),
    });
    this.#own = new Own({
      changed: () => {
        this.#looks.show();
        this.#hold.look();
      },
      track: (source, track) => this.#send(source, track),
      trouble: (source, trouble) => this.#troubles.device(source, trouble),
      speaker: (id) => this.#call.setSpeaker(id),
      barred: (source) => this.#moderated.refused(source),
      audioOnly: (isOn) => {
        this.#call.audioOnly = isOn;
        if (!isOn) this.#troubles.pictures();
        const words = this.#room.sharing.isOn ? 'share.audioOnly.on' : 'meet.audioOnly';
        page.announcer.polite(isOn ? words : 'av.audioOnly.over');
      },
      unseen: () => this.#troubles.noPictures(),
      gone: (label) => this.#troubles.deviceGone(label),
      arrived: (label) => this.#troubles.deviceNew(label),
    });
    this.#hold = new Hold({
      isOn: () => this.#own.track('microphone') !== null || this.#own.opening('microphone'),
      mayTurnOn: () => this.#room.isOpen && this.#own.reason('microphone') === null,
      on: () => this.#own.on('microphone'),
      off: () => this.#own.off('microphone'),
    }, (isHeld) => this.#room.screen.held = isHeld);
    this.#moderated = new Moderated(this.#board, page.announcer, {
      isOn: (use) => {
        if (use === 'screen') return this.#room.sharing.isOn;
        return this.#own.track(use) !== null || this.#own.opening(use);
      },
      off: (use) => use === 'screen' ? this.#room.sharing.off() : this.#own.off(use),
      bar: (device, isBarred) => this.#own.bar(device, isBarred),
    });
    this.#naming = new Naming(page, (name) => this.#call.door.rename(name));
    const places = {
      prejoin: this.#prejoin,
      wait: this.#porch.screen,
      meeting: this.#room.screen,
      settings: page.settings,
      link: this.#room.link,
    };
    this.#looks = new Looks(this.#own, places);
    this.#call = new Call({
      meeting,
      fragment,
      device: matchMedia('(pointer: coarse) and (max-device-width: 64rem)').matches ? 'phone' : 'desktop',
      on: {
        state: (state) => this.#state(state),
        people: (people) => this.#people(people),
        pictures: (pictures) => this.#room.pictures = pictures,
        protection: (protection) => this.#room.protection = protection,
        connection: (quality) => this.#room.quality = quality,
        figures: (figures) => this.#room.link.figures = figures,
        speaking: (speaking) => this.#room.screen.speaking = speaking,
        notice: (failure) => this.#troubles.begin(failure),
        noticeOver: (id) => this.#troubles.end(id),
        askPasscode: (ask) => this.#askPasscode(ask),
        passed: () => this.#isPassing = false,
        passcodeRequired: (isRequired, isNews) => this.#room.requirePasscode(isRequired, isNews),
        door: (door) => this.#atDoor(door),
        lobby: (knocks) => this.#room.lobby = knocks,
        rights: (rights) => {
          for (const part of [this.#room, this.#moderated, this.#naming]) part.rights = rights;
        },
        said: (event) => {
          for (const part of [this.#room, this.#moderated]) part.said(event);
        },
        caption: (caption) => this.#room.caption(caption),
        consented: (consent) => this.#room.consented(consent),
        file: (event) => this.#room.file(event),
        stopped: (use) => this.#moderated.stopped(use),
        gate: (reasons) => this.#room.gate = reasons,
        code: (digits) => this.#room.code = digits,
        comparison: (comparison) => this.#room.comparison = comparison,
        link: () => void this.#linkChanged(),
        topic: (topic) => this.#showTopic(topic),
        commandRefused: (command, said, why) => this.#room.commandRefused(command, said, why),
      },
    });
    this.#troubles = new Troubles(this.#board, {
      retry: (source) => this.#own.on(source),
      share: () => this.#room.sharing.toggle(),
      hurry: () => this.#call.hurry(),
      reopen: () => this.#call.reopen(),
      restart: () => this.#restart(),
      play: () => this.#call.play(),
      goOn: () => this.#call.door.goOn(),
      settings: () => page.settings.open(),
      people: () => this.#room.show('people'),
      keys: () => this.#room.showKeys(),
      leave: () => {
        if (this.#room.isOpen) this.#room.askToLeave();
        else this.#call.leave();
      },
    });
  }

  /** Those on which the person is before, at or behind the door. */
  get #screens() {
    return [this.#prejoin, this.#porch.screen, this.#room.screen];
  }

  /** Is the person in the meeting? */
  get isRunning() {
    return this.#room.isOpen;
  }

  async start() {
    this.#wire();
    if (this.#made) {
      this.#room.made = this.#made;
      this.#prejoin.name = this.#made.hostName;
      this.#showTopic(this.#made.title);
    }
    this.#looks.show();
    // A link that is broken is found so in an instant; only what takes longer is worth a first sight of the door.
    const door = setTimeout(() => {
      if (!this.#isPassing && !this.#stop.signal.aborted) this.#page.show(this.#prejoin);
    }, patience);
    try {
      await this.#call.prepare();
      this.#address = null;
      this.#prejoin.kind = this.#call.door.kind;
      await this.#call.checkPasscode();
      // On a slow line somebody may have gone on meanwhile.
      if (!this.#stop.signal.aborted && !this.#hasAsked && this.#page.screen !== this.#prejoin) {
        this.#page.show(this.#prejoin);
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#fail(error);
    } finally {
      clearTimeout(door);
    }
    await this.#goOnAsking();
  }

  /** Whoever asked to come in is not asked to do so once more. */
  async #goOnAsking() {
    const asked = this.#asked;
    this.#asked = null;
    const isAtDoor = () => !this.#stop.signal.aborted && !this.#hasAsked && this.#page.screen === this.#prejoin;
    if (!asked || !isAtDoor()) return;
    this.#prejoin.name = asked.name;
    this.#own.habits = asked.habits;
    for (const source of asked.habits.on) if (isAtDoor()) await this.#own.on(source);
    if (isAtDoor()) await this.#join(asked.name);
  }

  /** Ends the visit without a word: another one takes its place. */
  close() {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#troubles.calm();
    this.#porch.leave();
    this.#hold.release();
    this.#looks.close();
    this.#own.close();
    this.#page.onKey = () => {};
    this.#page.onHold = { press: () => false, release: () => {} };
    this.#page.closeDialogs();
    this.#page.topic = '';
    this.#room.close();
    this.#isInside = false;
    this.#call.leave().catch(() => {});
  }

  #wire() {
    const { signal } = this.#stop;
    this.#page.onKey = (act) => this.#key(act);
    this.#page.onHold = this.#hold;
    for (const screen of [this.#prejoin, this.#porch.screen]) {
      screen.addEventListener('complaint', (event) => {
        this.#page.announcer.polite(/** @type {CustomEvent} */ (event).detail);
      });
    }
    this.#prejoin.addEventListener('join', (event) => this.#join(/** @type {CustomEvent} */ (event).detail));
    this.#pass.addEventListener('complaint', (event) => {
      const { words, args } = /** @type {CustomEvent} */ (event).detail;
      this.#page.announcer.polite(words, args);
    });
    this.#pass.addEventListener('pass', (event) => this.#call.pass(/** @type {CustomEvent} */ (event).detail));
    this.#porch.screen.addEventListener('check', () => this.#page.settings.open());
    this.#porch.screen.addEventListener('leave', () => this.#call.leave());
    this.#porch.screen.addEventListener('rename', (event) => {
      this.#call.door.rename(/** @type {CustomEvent} */ (event).detail);
    });
    for (const screen of this.#screens) {
      screen.addEventListener('act', (event) => {
        const { notice, act } = /** @type {CustomEvent} */ (event).detail;
        this.#troubles.act(notice, act);
      });
    }
    addEventListener('pagehide', () => this.#vanish(), { signal });
  }

  /** A page that the browser keeps and shows again would offer what is over. */
  #vanish() {
    this.#call.vanish();
    addEventListener('pageshow', () => this.#showEnd('left'), { once: true });
  }

  /** Whoever made the meeting needs its secret to come back, once they left. */
  async #linkChanged() {
    void this.#room.refreshLink();
    if (!this.#made) return;
    const link = await this.#call.door.inviteLink().catch(() => '');
    this.#renewed = link.split('#')[1] || this.#renewed;
  }

  /** @param {string} topic what the meeting is about; empty: nobody said */
  #showTopic(topic) {
    if (this.#stop.signal.aborted) return;
    for (const place of [this.#prejoin, this.#porch.screen, this.#room, this.#page]) place.topic = topic;
  }

  /** @param {readonly import('./media/types.d.ts').Person[]} people */
  #people(people) {
    this.#name = people.find(({ me }) => me)?.name || this.#name; // a new one, perhaps
    this.#porch.name = this.#name;
    for (const part of [this.#room, this.#moderated, this.#naming]) part.people = people;
  }

  /** @param {boolean} isInside */
  set #isInside(isInside) {
    for (const part of [this.#moderated, this.#naming]) part.isOpen = isInside;
  }

  /** @param {CallState} state */
  #state(state) {
    switch (state.type) {
      case 'new':
      case 'preparing':
      case 'ready':
        return;
      case 'joining':
        this.#prejoin.joining = true;
        return;
      case 'joined':
        if (this.#room.isOpen) this.#troubles.back();
        else this.#enter();
        this.#room.isConnected = true;
        return;
      case 'reconnecting':
        this.#troubles.lost();
        this.#room.isConnected = false;
        return;
      case 'refused':
        this.#prejoin.joining = false;
        if (!this.#isAsking) this.#fail(new CallError(state.failure));
        return;
      case 'ended':
        this.#over(state.reason);
        return;
      default:
        return unreachable(state);
    }
  }

  /** Once at a time: whoever is on the way in, or there, asks for nothing. @param {string} name */
  async #join(name) {
    if (this.#isJoining || this.#room.isOpen || this.#stop.signal.aborted) return;
    this.#isJoining = true;
    this.#name = name;
    this.#hasAsked = true;
    this.#porch.name = name;
    this.#prejoin.joining = true;
    this.#isAsking = true;
    try {
      await this.#call.join(name, noteOf(this.#prejoin.wanted));
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#fail(error);
    } finally {
      this.#isAsking = false;
      this.#isJoining = false;
      this.#prejoin.joining = false;
    }
  }

  /** Before the name is asked, or later, where it is another one now. @param {import('./state/passcode.js').PasscodeAsk} ask */
  #askPasscode(ask) {
    if (this.#stop.signal.aborted) return;
    this.#isPassing = true;
    if (this.#page.screen !== this.#pass) {
      this.#leaveRoom();
      this.#porch.leave();
      this.#page.closeDialogs();
      this.#page.show(this.#pass);
    }
    this.#pass.ask = ask;
  }

  /** The waiting room: before the meeting, and again for somebody who lost the place inside. @param {Door} door */
  #atDoor(door) {
    if (this.#stop.signal.aborted) return;
    const wasInside = this.#room.isOpen;
    this.#leaveRoom();
    if (!this.#isPassing) this.#porch.at(door, wasInside);
  }

  /** Out of the room, not out of the visit: what is muted is let go of, as before the meeting. */
  #leaveRoom() {
    if (!this.#room.isOpen) return;
    this.#hold.release();
    this.#own.inMeeting = false;
    for (const source of sources) if (!this.#own.track(source)) this.#own.off(source);
    this.#troubles.calm();
    this.#page.closeDialogs();
    this.#room.close();
    this.#isInside = false;
    this.#board.clear();
  }

  #enter() {
    this.#made?.enter();
    this.#isPassing = false;
    this.#spare = null; // this one is right
    this.#porch.leave();
    this.#page.closeDialogs();
    this.#own.inMeeting = true;
    this.#board.clear();
    this.#room.enter();
    this.#isInside = true;
    this.#looks.show();
    this.#offerLinks();
  }

  /** Whoever starts a meeting now has nobody in it yet. */
  #offerLinks() {
    if (this.#made?.when.isNow && !this.#hasInvited) this.#room.invite();
    this.#hasInvited = true;
  }

  /** @param {import('./media/types.d.ts').EndReason} reason */
  #over(reason) {
    const wasClosed = this.#stop.signal.aborted;
    const wasInside = this.#room.isOpen || this.#page.screen === this.#porch.screen;
    if (reason === 'over') void this.#made?.end();
    this.close();
    // Another visit took over, or somebody closed the page before anything began: nothing to say.
    if (wasClosed || (reason === 'left' && !wasInside)) return;
    this.#showEnd(reason);
    if (reason === 'over' || reason === 'idle') this.#page.announcer.polite('err.over');
    if (reason === 'removed') this.#page.announcer.urgent('err.removed');
  }

  /** The receipt code of this visit, made when it is first needed; null for whoever comes from their own meetings: they have an account. */
  get #receipt() {
    if (this.#made !== null) return null;
    this.#secret ??= crypto.getRandomValues(new Uint8Array(secretBytes));
    return receiptCode(this.#secret);
  }

  /** @param {import('./media/types.d.ts').EndReason} reason */
  #showEnd(reason) {
    const after = /** @type {import('./screens/after.js').After} */ (make('b-after'));
    after.end = reason === 'idle' ? 'over' : reason;
    after.hasHome = this.#made !== null;
    after.canReturn = reason === 'left' && this.#made !== null;
    const code = this.#receipt;
    after.receiptCode.code = code;
    after.receiptCode.addEventListener('told', (event) => {
      const { text, args } = /** @type {CustomEvent} */ (event).detail;
      this.#page.announcer.polite(text, args);
    });
    after.addEventListener('home', () => this.#ways.home());
    after.addEventListener('return', () => this.#comeBack());
    const count = async () => after.receipt.residue = await countResidue();
    after.receipt.addEventListener('check', async () => {
      await count();
      this.#page.announcer.polite('after.checked');
    });
    after.receipt.addEventListener('save', (event) => {
      const residue = /** @type {CustomEvent} */ (event).detail;
      if (!residue) return; // not counted yet
      const at = Date.now();
      saveText(t('after.file', { date: dayOf(at) }), receiptFile(residue, at, location.host, code));
      this.#page.announcer.polite('after.saved');
    });
    const reporting = new Reporting(this.#page.announcer, null);
    after.addEventListener('report', () => reporting.open(null));
    count();
    this.#page.show(after);
    after.append(reporting.dialog);
  }

  /** In again, by what is in memory here. */
  #comeBack() {
    const made = this.#made;
    if (!made) return;
    const renewed = this.#renewed, { meeting } = made.when;
    const fragment = made.hostFragmentBeside(renewed);
    void this.#ways.renew({ meeting, fragment, made, renewed, isReturn: true }).start();
  }

  /** @param {unknown} error */
  #fail(error) {
    if (this.#spare !== null && failureOf(error).id === 'err.unknown') return this.#takeSpare(this.#spare);
    this.#isPassing = false;
    this.#wasOn = sources.filter((source) => this.#own.track(source));
    this.#leaveRoom();
    this.#porch.leave();
    this.#page.closeDialogs();
    for (const source of sources) this.#own.off(source);
    const { screen, words, args } = refusal(failureOf(error));
    screen.addEventListener('act', (event) => {
      const act = /** @type {import('./state/failures.js').FailureAct} */ (/** @type {CustomEvent} */ (event).detail);
      if (act === 'copy') this.#copyLink();
      else this.#again();
    });
    this.#page.show(screen);
    this.#page.announcer.urgent(words, args);
  }

  /** Back to the door, with name and devices as they were; or a new start where there was none yet. */
  async #again() {
    if (this.#address) {
      const address = this.#address;
      this.close();
      await this.#ways.renew(address).start();
      return;
    }
    this.#page.show(this.#prejoin);
    for (const source of this.#wasOn) await this.#own.on(source);
    if (this.#name && this.#page.screen === this.#prejoin) await this.#join(this.#name);
  }

  /** Before the door once more, with the other link. @param {string} fragment */
  #takeSpare(fragment) {
    const made = this.#made;
    if (!made) return;
    const asked = this.#hasAsked ? { name: this.#name, habits: this.#own.habits } : null;
    this.close();
    void this.#ways.renew({ meeting: made.when.meeting, fragment, made, isReturn: true, asked }).start();
  }

  async #copyLink() {
    if (!this.#address) return;
    const link = `${location.origin}/m/${this.#address.meeting}#${this.#address.fragment}`;
    const isCopied = await navigator.clipboard?.writeText(link).then(() => true, () => false);
    this.#page.announcer.polite(isCopied ? 'invite.copied' : 'invite.failed');
  }

  /** In again with new keys, after sending had stopped for good. What refuses it is on its own screen, with its own reason. */
  async #restart() {
    this.#isAsking = true;
    try {
      await this.#call.revive();
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#fail(error);
    } finally {
      this.#isAsking = false;
      this.#prejoin.joining = false;
    }
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  #send(source, track) {
    if (track) this.#moderated.turnedOn(source);
    const sent = source === 'camera' ? this.#call.setCamera(track) : this.#call.setMicrophone(track);
    sent.catch(() => this.#troubles.notSent());
  }

  /** @param {KeyAct} act */
  #key(act) {
    switch (act) {
      case 'mic':
      case 'camera':
        // Where nothing shows that a device is on, no key turns it on.
        if (this.#screens.some((screen) => screen === this.#page.screen)) {
          this.#own.toggle(act === 'mic' ? 'microphone' : 'camera');
        }
        return;
      case 'share':
        return this.#room.sharing.toggle();
      case 'keys':
        return this.#room.showKeys();
      case 'chat':
      case 'people':
      case 'security':
        this.#room.toggle(act);
        return;
      case 'hand':
        this.#room.toggleHand();
        return;
      case 'view':
        this.#room.toggleView();
        return;
      case 'waiting':
        this.#room.lookAtDoor();
        return;
      case 'leave':
        this.#room.askToLeave();
        return;
      case 'help':
        this.#page.help.open();
        return;
      default:
        return unreachable(act);
    }
  }
}
