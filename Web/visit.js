import { make } from './elements/dom.js';
import { Call, CallError } from './call.js';
import { Own } from './own.js';
import { unreachable } from './protocol/unreachable.js';
import { countResidue } from './storage.js';
import { minutes, missingWord } from './state/failures.js';
import * as notices from './state/notices.js';
import { changes } from './state/people.js';
import './elements/dialogs/b-invite.js';
import './elements/dialogs/b-keys.js';
import './elements/dialogs/b-leave.js';
import './elements/dialogs/b-link.js';
import './screens/after.js';
import './screens/failure.js';
import './screens/meeting.js';
import './screens/prejoin.js';

/** @typedef {import('./media/types.d.ts').CallState} CallState */
/** @typedef {import('./media/types.d.ts').Failure} Failure */
/** @typedef {import('./media/types.d.ts').Person} Person */
/** @typedef {import('./media/types.d.ts').Picture} Picture */
/** @typedef {import('./media/types.d.ts').Protection} Protection */
/** @typedef {import('./media/capture.js').Source} Source */
/** @typedef {import('./state/notices.js').Notice} Notice */
/** @typedef {import('./state/notices.js').NoticeAct} NoticeAct */
/** @typedef {import('./state/keys.js').KeyAct} KeyAct */

/** From here on joining and leaving is no longer said aloud: it would drown the people who speak. */
const crowd = 10;

/** One visit to a meeting, from the opened link to the receipt: what the call reports goes to the screen, acts go to the call. */
export class Visit {
  #page;
  #call;
  #own;
  /** Kept until the call has taken it in: only `err.browser` needs it, to copy the link into another browser. */
  #link = '';
  #name = '';
  #prejoin = /** @type {import('./screens/prejoin.js').Prejoin} */ (make('b-prejoin'));
  #meeting = /** @type {import('./screens/meeting.js').Meeting} */ (make('b-meeting'));
  #invite = /** @type {import('./elements/dialogs/b-invite.js').Invite} */ (make('b-invite'));
  #leave = /** @type {import('./elements/dialogs/b-leave.js').Leave} */ (make('b-leave'));
  #keys = /** @type {import('./elements/dialogs/b-keys.js').Keys} */ (make('b-keys'));
  #connection = /** @type {import('./elements/dialogs/b-link.js').Link} */ (make('b-link'));
  /** @type {readonly Notice[]} */
  #notices = [];
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {WakeLockSentinel | null} */
  #awake = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #lostTimer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #levelTimer;
  #stop = new AbortController();
  /** Is the person in the meeting? */
  running = false;

  /** @param {import('./page.js').Page} page @param {string} meeting @param {string} fragment */
  constructor(page, meeting, fragment) {
    this.#page = page;
    this.#link = `${location.origin}/m/${meeting}#${fragment}`;
    this.#own = new Own({
      changed: () => this.#showOwn(),
      track: (source, track) => this.#send(source, track),
      trouble: (source, trouble) => {
        if (trouble) this.#notice(notices.deviceNotice(source, trouble));
        else this.#unnotice(`device.${source}`);
      },
      gone: (label) => this.#notice(notices.deviceGone(label, { word: 'word.default' })),
    });
    this.#call = new Call({
      meeting,
      fragment,
      device: matchMedia('(pointer: coarse) and (max-device-width: 64rem)').matches ? 'phone' : 'desktop',
      on: {
        state: (state) => this.#state(state),
        people: (people) => this.#showPeople(people),
        pictures: (pictures) => this.#showPictures(pictures),
        protection: (protection) => this.#protection(protection),
        connection: (quality) => {
          this.#meeting.status.quality = quality;
          this.#connection.quality = quality;
        },
        speaking: (speaking) => this.#meeting.speaking = speaking,
        notice: (failure) => this.#fromCall(failure),
      },
    });
  }

  /** @param {string} [name] joins at once under this name, after a failure that needs a fresh start */
  async start(name) {
    this.#wire();
    this.#page.show(this.#prejoin);
    this.#showOwn();
    try {
      await this.#call.prepare();
      this.#link = '';
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (name) await this.#join(name);
  }

  /** Ends the visit without a word: another one takes its place. */
  close() {
    this.running = false;
    this.#stop.abort();
    clearTimeout(this.#lostTimer);
    clearInterval(this.#levelTimer);
    this.#awake?.release().catch(() => {});
    this.#own.close();
    this.#page.onKey = () => {};
    this.#page.closeDialogs();
    for (const dialog of [this.#invite, this.#leave, this.#keys, this.#connection]) dialog.remove();
    this.#call.leave().catch(() => {});
  }

  #wire() {
    const { signal } = this.#stop;
    const { settings } = this.#page;
    document.body.append(this.#invite, this.#leave, this.#keys, this.#connection);
    this.#page.onKey = (act) => this.#key(act);

    for (const devices of [this.#prejoin.devices, settings.devices]) {
      devices.addEventListener('pick', (event) => {
        const { kind, id } = /** @type {CustomEvent} */ (event).detail;
        this.#own.choose(kind, id);
        if (kind === 'speaker') this.#call.setSpeaker(id);
      }, { signal });
      devices.addEventListener('test', () => this.#own.test(), { signal });
    }
    this.#prejoin.addEventListener('device', (event) => this.#own.toggle(/** @type {CustomEvent} */ (event).detail));
    this.#prejoin.addEventListener('complaint', (event) => {
      this.#page.announcer.polite(/** @type {CustomEvent} */ (event).detail);
    });
    this.#prejoin.addEventListener('join', (event) => this.#join(/** @type {CustomEvent} */ (event).detail));
    for (const screen of [this.#prejoin, this.#meeting]) {
      screen.addEventListener('act', (event) => {
        const { notice, act } = /** @type {CustomEvent} */ (event).detail;
        this.#act(notice, act);
      });
    }

    const { controls, status } = this.#meeting;
    controls.addEventListener('microphone', () => this.#own.toggle('microphone'));
    controls.addEventListener('camera', () => this.#own.toggle('camera'));
    controls.addEventListener('invite', () => this.#openInvite());
    controls.addEventListener('settings', () => settings.open());
    controls.addEventListener('leave', () => this.#leave.open());
    status.addEventListener('keys', () => this.#keys.open());
    status.addEventListener('link', () => this.#connection.open());
    this.#leave.addEventListener('leave', () => this.#call.leave());
    this.#invite.addEventListener('copied', () => this.#page.announcer.polite('invite.copied'));
    this.#invite.addEventListener('notCopied', () => this.#page.announcer.polite('invite.notCopied'));
    this.#meeting.addEventListener('views', (event) => {
      if (!document.hidden) this.#call.setViews(/** @type {CustomEvent} */ (event).detail);
    });
    settings.addEventListener('mirror', (event) => this.#mirror(/** @type {CustomEvent} */ (event).detail), { signal });
    this.#mirror(true);

    document.addEventListener('visibilitychange', () => this.#seen(), { signal });
    addEventListener('pagehide', () => this.#call.leave(), { signal });
    addEventListener('beforeunload', (event) => {
      if (this.running) event.preventDefault();
    }, { signal });
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
        if (this.running) this.#backOnline();
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
    this.running = true;
    this.#own.inMeeting = true;
    this.#page.show(this.#meeting, { head: false });
    this.#notices = [];
    this.#showNotices();
    this.#showOwn();
    this.#stayAwake();
  }

  /** @param {import('./media/types.d.ts').EndReason} reason */
  #over(reason) {
    const wasRunning = this.running;
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
    /** @type {Failure} */
    const failure = error instanceof CallError ? error.failure : { id: 'err.network', detail: String(error) };
    const screen = /** @type {import('./screens/failure.js').FailureScreen} */ (make('b-failure'));
    const args = { ...this.#networkArgs(), n: failure.n ?? minutes(failure.seconds ?? 60) };
    screen.failure = {
      id: failure.id,
      args: failure.missing === undefined ? args : { ...args, missing: { word: missingWord(failure.missing) } },
      detail: failure.detail,
    };
    screen.addEventListener('act', (event) => {
      const act = /** @type {import('./state/failures.js').FailureAct} */ (/** @type {CustomEvent} */ (event).detail);
      if (act === 'copy') {
        navigator.clipboard?.writeText(this.#link).then(() => this.#page.announcer.polite('invite.copied'));
      } else if (act === 'reload') location.reload();
      else this.#again();
    });
    this.#page.show(screen);
  }

  /** Back to the door, with name and devices as they were. */
  async #again() {
    this.#page.show(this.#prejoin);
    if (this.#name) await this.#join(this.#name);
  }

  /** A fresh start for a meeting whose sending has stopped for good. */
  async #restart() {
    const link = new URL(await this.#call.inviteLink());
    const [name, microphone, camera] = [this.#name, this.#own.track('microphone'), this.#own.track('camera')];
    this.close();
    const next = new Visit(this.#page, link.pathname.split('/').at(-1) ?? '', link.hash.slice(1));
    await next.start();
    if (microphone) await next.#own.on('microphone');
    if (camera) await next.#own.on('camera');
    await next.#join(name);
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  #send(source, track) {
    const sent = source === 'camera' ? this.#call.setCamera(track) : this.#call.setMicrophone(track);
    sent.catch(() => this.#notice(notices.encryptNotice()));
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
    const { controls } = this.#meeting;
    controls.microphone = microphone !== null;
    controls.camera = camera !== null;
    controls.busy('microphone', opening.microphone);
    controls.busy('camera', opening.camera);
    this.#meeting.ownTrack = camera;
    for (const devices of [this.#prejoin.devices, this.#page.settings.devices]) {
      devices.choices = this.#own.choices;
      devices.chosen = this.#own.chosen;
    }
  }

  /** @param {boolean} mirrored */
  #mirror(mirrored) {
    this.#page.settings.mirrored = mirrored;
    this.#prejoin.preview.mirrored = mirrored;
    this.#meeting.mirrored = mirrored;
  }

  /** @param {readonly Person[]} people */
  #showPeople(people) {
    const { joined, left } = changes(this.#people, people);
    const news = this.#people.length > 0 && people.length <= crowd;
    this.#people = people;
    this.#meeting.people = people;
    this.#keys.people = people;
    if (!news) return;
    for (const { name } of joined) this.#page.announcer.polite('meet.joined', { name });
    for (const { name } of left) this.#page.announcer.polite('meet.left', { name });
  }

  /** @param {readonly Picture[]} pictures */
  #showPictures(pictures) {
    this.#meeting.pictures = pictures.map((picture) => ({ ...picture, shown: picture.video !== null }));
    const closed = new Set(pictures.filter((one) => one.undecryptable).map((one) => `tile.${one.participant}`));
    for (const { id } of this.#notices) if (id.startsWith('tile.') && !closed.has(id)) this.#unnotice(id);
    for (const person of this.#people) {
      const notice = notices.tileNotice(person.participant, person.name);
      if (closed.has(notice.id) && !this.#notices.some((one) => one.id === notice.id)) this.#notice(notice);
    }
  }

  /** @param {Protection} protection */
  #protection(protection) {
    this.#meeting.status.protection = protection.type;
    this.#keys.protection = protection.type;
    if (protection.type === 'stopped') this.#notice(notices.encryptNotice());
    else this.#unnotice('encrypt');
  }

  /** @param {Failure | null} failure */
  #fromCall(failure) {
    if (failure === null) {
      this.#unnotice('sound');
      this.#unnotice('network');
    } else if (failure.id === 'err.sound') this.#notice(notices.soundNotice());
    else if (failure.id === 'err.network') {
      const { host, port } = this.#networkArgs();
      this.#notice(notices.networkNotice(host, port));
    }
  }

  #networkArgs() {
    return { host: location.hostname, port: location.port || '443' };
  }

  /** @param {number} seconds */
  #lost(seconds) {
    clearTimeout(this.#lostTimer);
    this.#notice(notices.connectionNotice({ type: 'lost', seconds }));
    if (seconds < 30) this.#lostTimer = setTimeout(() => this.#lost(30), 30_000);
  }

  #backOnline() {
    clearTimeout(this.#lostTimer);
    this.#notice(notices.connectionNotice({ type: 'back' }));
    this.#lostTimer = setTimeout(() => this.#unnotice('connection'), 4000);
  }

  /** @param {Notice} notice */
  #notice(notice) {
    const said = this.#notices.some((one) => one.id === notice.id && one.text === notice.text);
    this.#notices = notices.withNotice(this.#notices, notice);
    this.#showNotices();
    if (said) return;
    if (notice.tone === 'urgent') this.#page.announcer.urgent(notice.text, notice.args);
    else this.#page.announcer.polite(notice.text, notice.args);
  }

  /** @param {string} id */
  #unnotice(id) {
    this.#notices = notices.withoutNotice(this.#notices, id);
    this.#showNotices();
  }

  #showNotices() {
    this.#prejoin.notices = this.#notices;
    this.#meeting.notices = this.#notices;
  }

  /** @param {Notice} notice @param {NoticeAct} act */
  #act(notice, act) {
    switch (act) {
      case 'retry':
        if (notice.id.startsWith('device.')) this.#own.on(notice.id === 'device.camera' ? 'camera' : 'microphone');
        else this.#restart();
        return;
      case 'without':
        this.#unnotice(notice.id);
        return;
      case 'sound':
        this.#call.play().then(() => this.#unnotice('sound'), () => {});
        return;
      case 'settings':
        this.#unnotice(notice.id);
        this.#page.settings.open();
        return;
      case 'leave':
        this.#leave.open();
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
        if (this.running) this.#leave.open();
        return;
      case 'help':
        this.#page.help.open();
        return;
      default:
        return unreachable(act);
    }
  }

  async #openInvite() {
    this.#invite.open();
    this.#invite.link = await this.#call.inviteLink();
  }

  /** A hidden page shows nobody, so it asks for no picture. */
  #seen() {
    if (document.hidden) this.#call.setViews([]);
    else if (this.running) {
      this.#meeting.refresh();
      this.#stayAwake();
    }
  }

  async #stayAwake() {
    this.#awake = await navigator.wakeLock?.request('screen').catch(() => null) ?? null;
  }
}
