import { Board } from './board.js';
import { make } from './elements/dom.js';
import { Call } from './call.js';
import { Own } from './own.js';
import { unreachable } from './protocol/unreachable.js';
import { failureOf, refusal, wayOut } from './refusal.js';
import { Room } from './room.js';
import { countResidue } from './storage.js';
import { meetingOf } from './state/link.js';
import * as notices from './state/notices.js';
import './screens/after.js';
import './screens/prejoin.js';

/** @typedef {import('./media/types.d.ts').CallState} CallState */
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
  /** @type {Call} */
  #call;
  #own;
  #renew;
  /** Kept until the call has taken it in: to copy the link into another browser, or to start again. @type {Address | null} */
  #address;
  #name = '';
  #prejoin = /** @type {import('./screens/prejoin.js').Prejoin} */ (make('b-prejoin'));
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
      this.#room.screen.notices = list;
    });
    this.#room = new Room(page, this.#board, {
      toggle: (source) => this.#own.toggle(source),
      inviteLink: () => this.#call.inviteLink(),
      views: (views) => this.#call.setViews(views),
      leave: () => this.#call.leave(),
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
    this.#call = new Call({
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
      },
    });
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
    for (const screen of [this.#prejoin, this.#room.screen]) {
      screen.addEventListener('act', (event) => {
        const { notice, act } = /** @type {CustomEvent} */ (event).detail;
        this.#act(notice, act);
      });
    }

    settings.addEventListener('mirror', (event) => this.#mirror(/** @type {CustomEvent} */ (event).detail), { signal });
    this.#mirror(true);

    addEventListener('pagehide', () => this.#call.leave(), { signal });
    this.#levelTimer = setInterval(() => {
      const level = this.#own.loudness.read();
      this.#prejoin.level.level = level;
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
    try {
      await this.#call.join(name);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#prejoin.joining = false;
    }
  }

  #enter() {
    this.#own.inMeeting = true;
    this.#board.clear();
    this.#room.enter();
    this.#showOwn();
  }

  /** @param {import('./media/types.d.ts').EndReason} reason */
  #over(reason) {
    const wasRunning = this.#room.isOpen;
    this.close();
    if (!wasRunning) return;
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
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#wasOn = sources.filter((source) => this.#own.track(source));
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

  /** A fresh start for a meeting whose sending has stopped for good. */
  async #restart() {
    const link = await this.#call.inviteLink().catch(() => null);
    if (link === null) return this.#over('lost');
    const { pathname, hash } = new URL(link);
    const [name, wasOn] = [this.#name, sources.filter((source) => this.#own.track(source))];
    this.close();
    const next = this.#renew({ meeting: meetingOf(pathname) ?? '', fragment: hash.slice(1) });
    await next.start();
    for (const source of wasOn) await next.#own.on(source);
    await next.#join(name);
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
        this.#room.askToLeave();
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
