import { Board } from './board.js';
import { make } from './elements/dom.js';
import { Call, CallError } from './call.js';
import { Own } from './own.js';
import { unreachable } from './protocol/unreachable.js';
import { failureOf, refusal, wayOut } from './refusal.js';
import { Room } from './room.js';
import { countResidue } from './storage.js';
import * as notices from './state/notices.js';
import { doorSentence, readNote } from './state/waiting.js';
import './screens/after.js';
import './screens/prejoin.js';
import './screens/wait.js';

/** @typedef {import('./media/types.d.ts').CallDoor} CallDoor */
/** @typedef {import('./media/types.d.ts').CallState} CallState */
/** @typedef {import('./media/types.d.ts').Door} Door */
/** @typedef {import('./media/types.d.ts').Failure} Failure */
/** @typedef {import('./media/capture.js').Source} Source */
/** @typedef {import('./state/notices.js').Notice} Notice */
/** @typedef {import('./state/notices.js').NoticeAct} NoticeAct */
/** @typedef {import('./state/keys.js').KeyAct} KeyAct */

/** @typedef {{ readonly meeting: string, readonly fragment: string }} Address */

/** Milliseconds. */
const patience = 200;

/** @type {readonly Source[]} */
const sources = ['microphone', 'camera'];

/** One visit to a meeting, from the opened link to the receipt: what the call reports goes to the screen, acts go to the call. */
export class Visit {
  #page;
  /** @type {Call & CallDoor} */
  #call;
  #own;
  #renew;
  /** Kept until the call has taken it in: to copy the link into another browser, or to start again. @type {Address | null} */
  #address;
  #name = '';
  #prejoin = /** @type {import('./screens/prejoin.js').Prejoin} */ (make('b-prejoin'));
  #wait = /** @type {import('./screens/wait.js').Wait} */ (make('b-wait'));
  /** Somebody awaits `prepare` or `join` and hears of a refusal there; later ones are heard as a state. */
  #isAsking = true;
  /** Said last at the door, so that only what changes is said again. @type {Door | null} */
  #door = null;
  #board;
  /** @type {Room} */
  #room;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #lostTimer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #levelTimer;
  #stop = new AbortController();
  /** What was on when the door stayed shut, to be on again at the next try. @type {readonly Source[]} */
  #wasOn = [];

  /** @param {import('./page.js').Page} page @param {Address} address @param {(address: Address) => Visit} renew a new visit in place of this one */
  constructor(page, { meeting, fragment }, renew) {
    this.#page = page;
    this.#renew = renew;
    this.#address = { meeting, fragment };
    this.#board = new Board(page.announcer, (list) => {
      this.#prejoin.notices = list;
      this.#wait.notices = list;
      this.#room.screen.notices = list;
    });
    this.#room = new Room(page, this.#board, {
      toggle: (source) => this.#own.toggle(source),
      inviteLink: () => this.#call.inviteLink(),
      views: (views) => this.#call.setViews(views),
      leave: () => this.#call.leave(),
      admit: (hashes) => this.#call.admit(hashes),
      refuse: (hash, note) => this.#call.refuse(hash, note),
      remove: (key) => this.#call.remove(key),
      sendBack: (key) => this.#call.sendBack(key),
      lock: (isLocked) => this.#call.lock(isLocked),
    });
    this.#own = new Own({
      changed: () => this.#showOwn(),
      track: (source, track) => this.#send(source, track),
      trouble: (source, trouble) => {
        if (trouble) this.#board.put(notices.deviceNotice(source, trouble));
        else this.#board.take(`device.${source}`);
      },
      speaker: (id) => this.#call.setSpeaker(id),
      gone: (label) => this.#board.put(notices.deviceGone(label, { word: 'word.default' })),
    });
    const call = new Call({
      meeting,
      fragment,
      device: matchMedia('(pointer: coarse) and (max-device-width: 64rem)').matches ? 'phone' : 'desktop',
      on: {
        state: (state) => this.#state(state),
        people: (people) => this.#room.people = people,
        pictures: (pictures) => this.#room.pictures = pictures,
        protection: (protection) => this.#room.protection = protection,
        connection: (quality) => this.#room.quality = quality,
        speaking: (speaking) => this.#room.screen.speaking = speaking,
        notice: (failure) => this.#fromCall(failure),
        door: (door) => this.#atDoor(door),
        lobby: (knocks) => this.#room.lobby = knocks,
        rights: (rights) => this.#room.rights = rights,
        gate: (reasons) => this.#room.gate = reasons,
      },
    });
    this.#call = /** @type {Call & CallDoor} */ (call);
  }

  /** Is the person in the meeting? */
  get isRunning() {
    return this.#room.isOpen;
  }

  async start() {
    this.#wire();
    this.#showOwn();
    // A link that is broken is found so in an instant; only what takes longer is worth a first sight of the door.
    const door = setTimeout(() => this.#page.show(this.#prejoin), patience);
    try {
      await this.#call.prepare();
      this.#address = null;
      if (this.#call.kind) this.#prejoin.kind = this.#call.kind;
      if (!this.#stop.signal.aborted && this.#page.screen !== this.#prejoin) this.#page.show(this.#prejoin);
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#fail(error);
    } finally {
      clearTimeout(door);
    }
  }

  /** Ends the visit without a word: another one takes its place. */
  close() {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    clearTimeout(this.#lostTimer);
    clearInterval(this.#levelTimer);
    this.#own.close();
    this.#page.onKey = () => {};
    this.#page.closeDialogs();
    this.#room.close();
    this.#call.leave().catch(() => {});
  }

  #wire() {
    const { signal } = this.#stop;
    const { settings } = this.#page;
    this.#page.onKey = (act) => this.#key(act);

    for (const devices of [this.#prejoin.devices, settings.devices]) {
      devices.addEventListener('pick', (event) => {
        const { kind, id } = /** @type {CustomEvent} */ (event).detail;
        this.#own.choose(kind, id);
      }, { signal });
      devices.addEventListener('test', () => this.#own.test(), { signal });
    }
    this.#prejoin.addEventListener('device', (event) => this.#own.toggle(/** @type {CustomEvent} */ (event).detail));
    this.#prejoin.addEventListener('complaint', (event) => {
      this.#page.announcer.polite(/** @type {CustomEvent} */ (event).detail);
    });
    this.#prejoin.addEventListener('join', (event) => this.#join(/** @type {CustomEvent} */ (event).detail));
    this.#wait.addEventListener('device', (event) => this.#own.toggle(/** @type {CustomEvent} */ (event).detail));
    this.#wait.addEventListener('check', () => settings.open());
    this.#wait.addEventListener('leave', () => this.#call.leave());
    for (const screen of [this.#prejoin, this.#wait, this.#room.screen]) {
      screen.addEventListener('act', (event) => {
        const { notice, act } = /** @type {CustomEvent} */ (event).detail;
        this.#act(notice, act);
      });
    }

    settings.addEventListener('mirror', (event) => this.#mirror(/** @type {CustomEvent} */ (event).detail), { signal });
    this.#mirror(true);

    addEventListener('pagehide', () => this.#call.vanish(), { signal });
    this.#levelTimer = setInterval(() => {
      const level = this.#own.loudness.read();
      this.#prejoin.level.level = level;
      this.#wait.level.level = level;
      settings.level.level = level;
    }, 80);
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
        if (this.#room.isOpen) this.#backOnline();
        else this.#enter();
        return;
      case 'reconnecting':
        this.#lost(0);
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

  /** @param {string} name */
  async #join(name) {
    this.#name = name;
    this.#prejoin.joining = true;
    this.#isAsking = true;
    try {
      await this.#call.join(name);
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#fail(error);
    } finally {
      this.#isAsking = false;
      this.#prejoin.joining = false;
    }
  }

  /** The waiting room: before the meeting, and again for somebody a host sends back. @param {Door} door */
  #atDoor(door) {
    if (this.#stop.signal.aborted) return;
    const before = this.#door;
    this.#door = door;
    const wasInside = this.#room.isOpen;
    this.#wait.door = door;
    if (wasInside) this.#goBack();
    // Whoever is let in at once never sees the waiting room.
    if (this.#page.screen !== this.#wait) {
      if (door.state !== 'waiting') return;
      this.#wait.preview.name = this.#name;
      this.#page.show(this.#wait);
    }
    const { announcer } = this.#page;
    if (wasInside) announcer.urgent('err.back');
    const [sentence, said] = [doorSentence(door), before && doorSentence(before)];
    if (sentence !== said && !wasInside) announcer.polite(sentence);
    if (door.words && door.state === 'waiting' && door.words.join() !== before?.words?.join()) {
      announcer.polite('wait.code.said', { words: door.words.join(', ') });
    }
    const note = readNote(door.note);
    if (note !== null && note !== readNote(before?.note ?? null)) announcer.polite('wait.message.said', { note });
  }

  /** Out of the room, not out of the visit: what is muted is let go of, as before the meeting. */
  #leaveRoom() {
    if (!this.#room.isOpen) return;
    this.#own.inMeeting = false;
    for (const source of sources) if (!this.#own.track(source)) this.#own.off(source);
    clearTimeout(this.#lostTimer);
    this.#page.closeDialogs();
    this.#room.close();
    this.#board.clear();
  }

  #goBack() {
    this.#leaveRoom();
    this.#wait.wasSentBack = true;
    this.#wait.preview.name = this.#name;
    this.#page.show(this.#wait);
  }

  #enter() {
    this.#door = null;
    this.#wait.wasSentBack = false;
    this.#page.closeDialogs();
    this.#own.inMeeting = true;
    this.#board.clear();
    this.#room.enter();
    this.#showOwn();
  }

  /** @param {import('./media/types.d.ts').EndReason} reason */
  #over(reason) {
    const wasClosed = this.#stop.signal.aborted;
    const wasInside = this.#room.isOpen || this.#page.screen === this.#wait;
    this.close();
    // Another visit took over, or somebody closed the page before anything began: nothing to say.
    if (wasClosed || (reason === 'left' && !wasInside)) return;
    const after = /** @type {import('./screens/after.js').After} */ (make('b-after'));
    after.end = reason === 'idle' ? 'over' : reason;
    const count = async () => after.receipt.residue = await countResidue();
    after.receipt.addEventListener('check', async () => {
      await count();
      this.#page.announcer.polite('after.checked');
    });
    count();
    this.#page.show(after);
    if (reason === 'over' || reason === 'idle') this.#page.announcer.polite('err.over');
    if (reason === 'removed') this.#page.announcer.urgent('err.removed');
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#wasOn = sources.filter((source) => this.#own.track(source));
    this.#leaveRoom();
    this.#door = null;
    for (const source of sources) this.#own.off(source);
    const { screen, words, args } = refusal(failureOf(error));
    screen.addEventListener('act', (event) => {
      const act = /** @type {import('./state/failures.js').FailureAct} */ (/** @type {CustomEvent} */ (event).detail);
      if (act === 'copy') {
        this.#copyLink();
      } else if (act === 'reload') location.reload();
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
      await this.#renew(address).start();
      return;
    }
    this.#page.show(this.#prejoin);
    for (const source of this.#wasOn) await this.#own.on(source);
    if (this.#name) await this.#join(this.#name);
  }

  async #copyLink() {
    if (!this.#address) return;
    const link = `${location.origin}/m/${this.#address.meeting}#${this.#address.fragment}`;
    await navigator.clipboard?.writeText(link);
    this.#page.announcer.polite('invite.copied');
  }

  /** In again with new keys, after sending had stopped for good. */
  async #restart() {
    const isBack = await this.#call.revive().catch(() => false);
    if (!isBack) this.#over('lost');
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  #send(source, track) {
    const sent = source === 'camera' ? this.#call.setCamera(track) : this.#call.setMicrophone(track);
    sent.catch(() => this.#board.put(notices.encryptNotice()));
  }

  #showOwn() {
    const [microphone, camera] = [this.#own.track('microphone'), this.#own.track('camera')];
    const opening = { microphone: this.#own.opening('microphone'), camera: this.#own.opening('camera') };
    this.#prejoin.microphone.on = microphone !== null;
    this.#prejoin.camera.on = camera !== null;
    this.#prejoin.microphone.busy = opening.microphone;
    this.#prejoin.camera.busy = opening.camera;
    this.#prejoin.preview.track = camera;
    this.#prejoin.preview.opening = opening.camera;
    this.#wait.microphone.on = microphone !== null;
    this.#wait.camera.on = camera !== null;
    this.#wait.microphone.busy = opening.microphone;
    this.#wait.camera.busy = opening.camera;
    this.#wait.preview.track = camera;
    this.#wait.preview.opening = opening.camera;
    const { controls } = this.#room.screen;
    controls.microphone = microphone !== null;
    controls.camera = camera !== null;
    controls.busy('microphone', opening.microphone);
    controls.busy('camera', opening.camera);
    this.#room.screen.ownTrack = camera;
    for (const devices of [this.#prejoin.devices, this.#page.settings.devices]) {
      devices.choices = this.#own.choices;
      devices.chosen = this.#own.chosen;
    }
  }

  /** @param {boolean} mirrored */
  #mirror(mirrored) {
    this.#page.settings.mirrored = mirrored;
    this.#prejoin.preview.mirrored = mirrored;
    this.#wait.preview.mirrored = mirrored;
    this.#room.screen.mirrored = mirrored;
  }

  /** @param {Failure | null} failure */
  #fromCall(failure) {
    if (failure === null) {
      this.#board.take('sound');
      this.#board.take('network');
    } else if (failure.id === 'err.sound') this.#board.put(notices.soundNotice());
    else if (failure.id === 'err.network') {
      const { host, port } = wayOut(failure);
      this.#board.put(notices.networkNotice(host, port));
    }
  }

  /** @param {number} seconds */
  #lost(seconds) {
    clearTimeout(this.#lostTimer);
    this.#board.put(notices.connectionNotice({ type: 'lost', seconds }));
    if (seconds < 30) this.#lostTimer = setTimeout(() => this.#lost(30), 30_000);
  }

  #backOnline() {
    clearTimeout(this.#lostTimer);
    this.#board.put(notices.connectionNotice({ type: 'back' }));
    this.#lostTimer = setTimeout(() => this.#board.take('connection'), 4000);
  }

  /** @param {Notice} notice @param {NoticeAct} act */
  #act(notice, act) {
    switch (act) {
      case 'retry':
        if (notice.id.startsWith('device.')) this.#own.on(notice.id === 'device.camera' ? 'camera' : 'microphone');
        else this.#restart();
        return;
      case 'without':
        this.#board.take(notice.id);
        return;
      case 'sound':
        this.#call.play().then(() => this.#board.take('sound'), () => {});
        return;
      case 'settings':
        this.#board.take(notice.id);
        this.#page.settings.open();
        return;
      case 'leave':
        if (this.#room.isOpen) this.#room.askToLeave();
        else this.#call.leave();
        return;
      case 'people':
        this.#room.show('people');
        return;
      case 'goOn':
        this.#call.goOn();
        return;
      default:
        return unreachable(act);
    }
  }

  /** @param {KeyAct} act */
  #key(act) {
    switch (act) {
      case 'mic':
        this.#own.toggle('microphone');
        return;
      case 'camera':
        this.#own.toggle('camera');
        return;
      case 'people':
      case 'security':
        this.#room.toggle(act);
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
