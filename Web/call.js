/**
 * @import { CallOptions, EndReason, Failure, Person, View } from './media/types.d.ts'
 * @import { Socket } from './protocol/connection.js'
 * @import { FileCommand, FileEvent, MediaEvent, Permissions, RoomEvent, SessionJoined } from './protocol/messages.d.ts'
 * @import { Label } from './state/frames.d.ts'
 * @import { Right, Use } from './state/powers.d.ts'
 * @import { Source } from './media/path.js'
 * @import { Roster } from './media/people/roster.js'
 * @import { Engine } from './e2ee/engine.js'
 *
 * @typedef {object} CallParts what a test puts in place of a browser
 * @property {(meeting: string) => Socket} [open]
 * @property {(signal: AbortSignal) => Promise<unknown>} [reach]
 * @property {() => Promise<string | null>} [missing]
 * @property {typeof Engine.start} [start]
 */
import { Connection, openSocket, protocolVersion, reachServer } from './protocol/connection.js';
import { ownClock } from './protocol/time.js';
import { unreachable } from './protocol/unreachable.js';
import { GroupDoor } from './door.js';
import { CallError, mediaFailure, sessionFailure } from './media/failures.js';
import { missingFeature } from './media/floor.js';
import { MediaPath } from './media/path.js';
import { ownerOf, picturesOf, sharingNow, sightOf } from './media/people/pictures.js';
import { apply, everything, membersOf, own, peopleOf, personOf, publisherOf } from './media/people/roster.js';
import { watchSigns } from './media/signs.js';
import { Slots } from './media/slots.js';
import { Speakers } from './media/people/speakers.js';
import { Wants, wantsOf } from './media/people/wants.js';
import { Told } from './media/told.js';

export { CallError };

/** The door is reached within this time, or the person hears that the network is to blame. */
const joinPatience = 20_000;
/** @type {readonly Use[]} */
const uses = ['microphone', 'camera', 'screen'];
/** Whether a passcode is asked for is known within this time, or seen later. */
const askPatience = 3000;
/** The seat goes with the leaf, a moment later; if it does not, the person hears why there is no sound. */
const cutPatience = 5000;

/**
 * One meeting, from the link to the last hang-up: ties socket, group and media together and tells the page.
 *
 *     const call = new Call({ meeting, fragment, device: 'desktop', on: { state(state) { … }, people(people) { … } } });
 *     await call.prepare();            // before the name is asked: browser floor, workers, link
 *     await call.checkPasscode();      // and the passcode, where `askPasscode` asks for it: `pass` says it
 *     await call.join('Anna');         // resolves when joined, however long that takes: `door` says what is waited for
 *     await call.setMicrophone(track); // null = off; the track stays the page's own, it stops it itself
 *
 * When `protection` stopped, `revive()` is the way on: a new media worker, a new leaf, new keys. What somebody with rights
 * wants of the group goes to `door`.
 */
export class Call {
  /** Where we stand with the group. */
  door;
  /** @type {Connection | null} */
  #connection = null;
  /** Before the name is asked: finds out whether a passcode is. @type {{ connection: Connection, end(): void } | null} */
  #probe = null;
  /** What the person typed, for as long as nobody says that it is another one: whoever drops out need not type it again. */
  #passcode = '';
  /** @type {MediaPath | null} */
  #path = null;
  /** @type {Slots | null} */
  #slots = null;
  /** @type {{ resolve(): void, reject(error: Error): void } | null} */
  #joining = null;
  #name = '';
  /** What the server calls us. */
  #seat = '';
  /** What we may begin to send. @type {Permissions} */
  #may = everything;
  /** Who sends what, as the server tells it. @type {Roster} */
  #served = [];
  /** The members, with what the server says about their leaves. @type {Roster} */
  #roster = [];
  /** @type {Map<Source, MediaStreamTrack | null>} */
  #tracks = new Map();
  /** The shared screen is. */
  #isPaused = false;
  /** @type {readonly View[]} */
  #views = [];
  #isAudioOnly = false;
  #hasSmallWindow = false;
  /** @type {Map<string, string | null>} mid of a slot → publication, as the server means it; a hint only */
  #assigned = new Map();
  /** By `sightOf`. @type {Set<string>} */
  #undecryptable = new Set();
  /** Labels of somebody not on the list yet: confirmed when they are, for nobody is shown or heard without a name. @type {Map<string, Label>} */
  #unowned = new Map();
  #speakers = new Speakers();
  /** @type {number | null} */
  #armedEpoch = null;
  #hasStopped = false;
  /** No sign of a worker: the gate stays shut, also for a new connection. */
  #isSilent = false;
  #wasMediaLost = false;
  /** What the server says is handled in its order, also while an answer of the engine is awaited. */
  #turn = Promise.resolve();
  #stopWatching = () => {};
  #patience = 0;
  #cut = 0;
  #meeting;
  #device;
  #parts;
  #clock;
  #on;
  #told;
  #wants;

  /** @param {CallOptions} options @param {CallParts} [parts] */
  constructor({ meeting, fragment, device, on, clock = ownClock }, parts = {}) {
    this.#meeting = meeting;
    this.#device = device;
    this.#parts = parts;
    this.#clock = clock;
    this.#on = on;
    this.#told = new Told(on);
    const { start } = parts;
    this.door = new GroupDoor({ meeting, fragment, clock, on: this.#doorListener(), ...(start && { start }) });
    const items = () => this.#path?.isOpen ? this.#isUnseen ? [] : wantsOf(this.#views, this.#roster) : null;
    this.#wants = new Wants(clock, items, (message) => void this.#connection?.send(message));
  }

  get state() {
    return this.#told.state;
  }

  /** Others in order of arrival, oneself last. @returns {readonly Person[]} */
  get people() {
    const { members } = this.door;
    const sends = (/** @type {Source} */ source) => (this.#tracks.get(source) ?? null) !== null;
    const here = { away: false, microphone: sends('microphone'), camera: sends('camera'), screen: sends('screen') };
    const known = personOf(members.find((one) => one.own));
    const me = { participant: own, name: this.#name, me: true, may: this.#may, ...known, ...here };
    return [...peopleOf(this.#roster, members), me];
  }

  /** Checks the browser floor, starts both workers, parses the link. Rejects with a `CallError`, and state becomes `refused`. */
  async prepare() {
    this.#told.become({ type: 'preparing' });
    if (!globalThis.isSecureContext) throw this.#refuse({ id: 'err.insecure' });
    const missing = await (this.#parts.missing ?? missingFeature)();
    if (missing !== null) throw this.#refuse({ id: 'err.browser', missing });
    try {
      await this.door.open();
    } catch (error) {
      throw this.#refuse(failureOf(error));
    }
    if (this.#told.isOver) throw new CallError({ id: 'err.unknown', detail: 'closed meanwhile' });
    this.#slots = new Slots({
      changed: () => this.#tellPictures(),
      silenced: (isSilenced) => isSilenced ? this.#told.note({ id: 'err.sound' }) : this.#told.clear('err.sound'),
    });
    this.#told.become({ type: 'ready' });
  }

  /**
   * Resolves once the passcode was said, or at once where none is asked for, or the link itself shows who comes. Whatever
   * else the server says is heard when joining.
   */
  async checkPasscode() {
    if (this.door.kind !== 'guest' || this.#told.isOver) return;
    /** @type {Promise<void>} */
    const done = new Promise((resolve) => {
      const end = () => {
        this.#clock.clearTimeout(patience);
        if (this.#probe?.connection === connection) this.#probe = null;
        connection.close();
        resolve();
      };
      const patience = this.#clock.setTimeout(end, askPatience);
      const connection = this.#newConnection({
        owes: () => {
          this.#clock.clearTimeout(patience);
          this.#askPasscode(connection);
        },
        passed: () => this.#on.passed?.(),
        notPassed: (failure) => this.#notPassed(failure),
        connected: end,
        refused: end,
        ended: end,
      });
      this.#probe = { connection, end };
      connection.start();
    });
    await done;
  }

  /** Says the passcode where it is asked for. @param {string} passcode */
  pass(passcode) {
    this.#passcode = passcode;
    (this.#probe?.connection ?? this.#connection)?.pass(passcode);
  }

  /**
   * Enters under this name (1…60 characters). Rejects with a `CallError`; after it `join` may be called again.
   * @param {string} name @param {string} [note] for hosts alone, beside it
   */
  join(name, note = '') {
    return this.#join(name, 'first', note);
  }

  /** @param {string} name @param {'first' | 'again'} why @param {string} [note] */
  async #join(name, why, note) {
    if (!this.door.isAlive) throw this.#refuse({ id: 'err.engine' });
    this.#probe?.end();
    this.#name = name;
    this.#hasStopped = false;
    this.#told.forget();
    this.#told.become({ type: 'joining' });
    this.#stopWatching = watchSigns({
      back: () => {
        this.#connection?.hurry();
        this.#path?.heal(true);
      },
      gone: () => this.#connection?.probe(),
      hidden: () => this.#wants.soon(),
      seen: () => {
        this.#wants.soon();
        void this.play();
      },
    });
    this.#patience = this.#clock.setTimeout(() => this.#refuse({ id: 'err.network', ...server() }), joinPatience);
    /** @type {Promise<void>} */
    const joined = new Promise((resolve, reject) => this.#joining = { resolve, reject });
    joined.catch(() => {}); // it is awaited below, and may fail before
    try {
      await this.door.enter(name, why, note);
    } catch (error) {
      throw this.#refuse(failureOf(error));
    }
    if (this.#joining !== null) this.#connect();
    await joined;
  }

  /** A new media worker, and in again under the same name with new keys. Rejects like `join`. */
  async revive() {
    if (this.#told.state.type === 'ended') return;
    try {
      // First: its goodbye goes over the connection that there is.
      if (this.door.isAlive) await this.door.replaceMedia();
    } catch (error) {
      throw this.#refuse(failureOf(error));
    }
    this.#stop();
    this.#isSilent = false;
    await this.#join(this.#name, 'again');
  }

  /** The person does not want to wait for the next try to reach the server. */
  hurry() {
    this.#connection?.hurry();
    this.#path?.heal(true);
  }

  /** Media did not come through, or the server had no room for them: once more. */
  reopen() {
    const connection = this.#connection;
    if (!connection?.isJoined) return;
    for (const id of /** @type {const} */ (['err.network', 'err.busy', 'err.region'])) this.#told.clear(id);
    this.#inTurn(connection, () => this.#openPath());
  }

  /** Sends this track, or nothing. Kept over reconnects; before `join` it is remembered. @param {MediaStreamTrack | null} track */
  setMicrophone(track) {
    return this.#setTrack('microphone', track);
  }

  /** @param {MediaStreamTrack | null} track */
  setCamera(track) {
    return this.#setTrack('camera', track);
  }

  /**
   * Shares this screen, and its sound where there is one; null: no more. `hint`: what is lost first when the line is
   * narrow, movement (`text`) or sharpness (`motion`).
   * @param {MediaStreamTrack | null} track @param {MediaStreamTrack | null} [sound] @param {'text' | 'motion'} [hint]
   */
  async setScreen(track, sound = null, hint = 'text') {
    if (track) track.contentHint = hint;
    const set = [this.#setTrack('screen', track)];
    if (sound || this.#tracks.has('screenAudio')) set.push(this.#setTrack('screenAudio', track && sound));
    // Last, and before anything else can run: what ends while it is paused must not come through for a moment.
    set.push(this.pauseScreen(false));
    await Promise.all(set);
  }

  /** Nothing of the screen is sent until it is resumed; the others keep its last picture. @param {boolean} isPaused */
  async pauseScreen(isPaused) {
    this.#isPaused = isPaused;
    await this.#path?.pause(isPaused);
  }

  /** The tiles in view, all of them, each time. The call waits for further changes before it asks. @param {readonly View[]} views */
  setViews(views) {
    this.#views = views;
    this.#wants.soon();
  }

  /** Nobody's picture is wanted, whatever is in view, or pictures are wanted again. @param {boolean} isOn */
  set audioOnly(isOn) {
    this.#isAudioOnly = isOn;
    this.#wants.soon();
  }

  /** Pictures are seen also while the page is hidden. @param {boolean} isOpen */
  set hasSmallWindow(isOpen) {
    this.#hasSmallWindow = isOpen;
    this.#wants.soon();
  }

  /** Would no picture be seen? */
  get #isUnseen() {
    return (document.hidden && !this.#hasSmallWindow) || this.#isAudioOnly;
  }

  /** Loudspeaker of all sound; where the browser cannot choose, does nothing. @param {string} device */
  async setSpeaker(device) {
    await this.#slots?.setSpeaker(device);
  }

  /** How loud somebody is played here. @param {string} key @param {number} volume 0 to 1 */
  setVolume(key, volume) {
    this.#slots?.setVolume(key, volume);
  }

  /** Starts sound the browser held back (`err.sound`); call it from a click. */
  async play() {
    await this.#slots?.play();
  }

  /** Says goodbye, to the group as well, and frees workers, senders, timers. The call cannot be used again. */
  async leave() {
    if (this.#connection?.isJoined) await this.door.goodbye();
    this.#finish('left');
  }

  /** The page goes, and there is no time to ask the engine for its goodbye. */
  vanish() {
    const word = this.door.takeLastWord();
    if (word) this.#connection?.sendFrame(word);
    this.#finish('left');
  }

  /** Out of the meeting for good: sound and picture at once by the server, the keys by the group. @param {string} key @param {'open' | 'blocked'} network that of whoever is put out, for newcomers */
  remove(key, network) {
    const participant = this.#participantOf(key);
    if (participant) this.#connection?.send({ area: 'room', type: 'eject', participant, block: network === 'blocked' });
    this.door.remove(key);
  }

  /** Asks the server about sealed files; false: it does not hear us now. @param {FileCommand} command */
  file(command) {
    return this.#connection?.send(command) ?? false;
  }

  /** Newcomers are asked for this from now on; null: for nothing. @param {string | null} passcode */
  setPasscode(passcode) {
    return this.#connection?.send({ area: 'room', type: 'setPasscode', ...(passcode !== null && { passcode }) }) ??
      false;
  }

  /** The meeting is over for everybody, us as well. */
  endForAll() {
    this.#connection?.send({ area: 'room', type: 'end' });
  }

  /** What somebody sends ends at once; they may begin again. @param {string | null} key null: all who lead nothing @param {Use} use */
  stop(key, use) {
    const whom = this.#whom(key);
    if (whom) this.#connection?.send({ area: 'room', type: 'stop', ...whom, use });
  }

  /** Lets somebody begin, which switches nothing on; or not any more, which stops it. @param {string | null} key null: all who lead nothing, and whoever comes later @param {Right} right @param {boolean} isAllowed */
  allow(key, right, isAllowed) {
    const whom = this.#whom(key);
    if (whom) this.#connection?.send({ area: 'room', type: 'allow', ...whom, use: right, allowed: isAllowed });
  }

  /** What is said of all names nobody; whoever the server does not know is no one. @param {string | null} key @returns {{ participant?: string } | null} */
  #whom(key) {
    if (key === null) return {};
    const participant = this.#participantOf(key);
    return participant ? { participant } : null;
  }

  /** What the server calls whoever the group calls so. @param {string} key */
  #participantOf(key) {
    const leaf = this.door.members.find((one) => one.key === key)?.leaf;
    return this.#served.find((one) => one.leaf === leaf)?.participant;
  }

  // What the group says

  /** @returns {import('./door.js').GroupDoorListener} */
  #doorListener() {
    const on = this.#on;
    return {
      send: (frame) => this.#connection?.sendFrame(frame),
      reconnect: () => this.#connection?.drop(),
      waiting: (door) => {
        if (this.#told.state.type === 'joining') on.door?.(door);
      },
      members: () => this.#meet(),
      placeLost: () => {
        this.#closePath();
        this.#served = [];
        this.#roster = [];
        this.#hasStopped = false; // another leaf, other keys, another connection
        this.#told.become({ type: 'joining' });
      },
      again: () => this.#connection?.anew(),
      over: (reason) => this.#finish(reason),
      refused: (failure) => void this.#refuse(failure),
      failed: (detail) => this.#stopSending(detail, true),
      lobby: (lobby) => on.lobby?.(lobby),
      rights: (rights) => on.rights?.(rights),
      said: (event) => on.said?.(event),
      caption: (caption) => on.caption?.(caption),
      consented: (consent) => on.consented?.(consent),
      gate: (reasons) => on.gate?.(reasons),
      code: (digits) => on.code?.(digits),
      comparison: (comparison) => on.comparison?.(comparison),
      renewed: () => {
        this.#tellRenewed();
        on.link?.();
      },
      topic: (topic) => on.topic?.(topic),
      commandRefused: (command, said, why) => on.commandRefused?.(command, said, why),
      armed: (epoch) => {
        this.#armedEpoch = epoch;
        this.#arm();
      },
      label: (label) => this.#labelled(label),
      undecryptable: (stream) => this.#cannotOpen(stream),
      keyFrameWanted: () => void this.#path?.keyFrame(),
      proven: (way) => void this.#path?.proven(way),
      fault: (fault) => {
        this.#isSilent = fault === 'silent';
        return fault === 'back' ? this.#arm() : this.#stopSending(`worker ${fault}`, fault === 'dead');
      },
    };
  }

  /** Tracks go out only when the media worker has the key. */
  #arm() {
    if (this.#hasStopped || this.#isSilent) return;
    const epoch = this.#armedEpoch;
    void this.#path?.arm(epoch !== null);
    this.#told.protection(epoch === null ? { type: 'starting' } : { type: 'protected', epoch });
  }

  /** Whoever is not in yet has nothing that could stop, and must not wait for what will not come. @param {string} detail @param {boolean} isFinal */
  #stopSending(detail, isFinal) {
    if (isFinal && this.#told.state.type === 'joining') {
      return void this.#refuse({ id: this.door.isAlive ? 'err.encrypt' : 'err.engine', detail });
    }
    this.#hasStopped ||= isFinal;
    void this.#path?.arm(false);
    this.#told.protection({ type: 'stopped', failure: { id: 'err.encrypt', detail } });
  }

  /** The new name is on the tile before the picture goes on. @param {Label} label */
  #labelled(label) {
    const owner = this.#roster.find(({ participant }) => participant === label.id);
    if (!owner) return void this.#unowned.set(label.stream, label);
    this.#unowned.delete(label.stream);
    this.#slots?.label(label);
    this.#undecryptable.delete(sightOf(owner.participant, label.kind));
    if (label.kind === 'microphone') this.#path?.listen(label.stream);
    this.#tellPictures();
    this.door.frames?.labelled(label);
  }

  /** @param {string} stream */
  #cannotOpen(stream) {
    const assigned = this.#assigned.get(this.#path?.midOf(stream) ?? '') ?? '';
    const publisher = publisherOf(this.#roster, assigned);
    const use = publisher?.publications.find(({ publication }) => publication === assigned)?.use;
    if (publisher && use) this.#undecryptable.add(sightOf(publisher.participant, use));
    this.#tellPictures();
  }

  // What the server says

  #connect() {
    /** @param {() => unknown} task */
    const ours = (task) => void (connection === this.#connection && task());
    /** @type {Connection} */
    const connection = this.#newConnection({
      owes: () =>
        ours(() => {
          this.#clock.clearTimeout(this.#patience);
          this.#askPasscode(connection);
        }),
      passed: () => ours(() => this.#on.passed?.()),
      notPassed: (failure) =>
        ours(() => {
          // Whoever has something else to show has shown it, and is not asked.
          if (!this.#showsItself) this.#notPassed(failure);
        }),
      connected: () =>
        ours(() => {
          this.#clock.clearTimeout(this.#patience);
          this.door.connected();
        }),
      frame: (frame) => ours(() => this.door.wire(frame)),
      joined: (message) => this.#inTurn(connection, () => this.#joined(message)),
      message: (message) => this.#inTurn(connection, () => this.#heard(message)),
      unseated: () => this.#inTurn(connection, () => this.#unseated()),
      lost: () =>
        ours(() => {
          this.door.disconnected();
          this.#judge();
        }),
      again: () =>
        ours(() => {
          this.#path?.resumed();
          this.#tellRenewed();
        }),
      refused: (failure) => ours(() => this.#refuse(sessionFailure(failure))),
      ended: (reason) => ours(() => this.#finish(reason)),
    });
    this.#connection = connection;
    connection.start();
  }

  /** @param {Partial<import('./protocol/connection.js').ConnectionListener>} on @returns {Connection} */
  #newConnection(on) {
    const nothing = () => {};
    const { meeting, device } = { meeting: this.#meeting, device: this.#device };
    return new Connection({
      clock: this.#clock,
      open: () => (this.#parts.open ?? openSocket)(meeting),
      reach: this.#parts.reach ?? reachServer,
      join: () => ({ area: 'session', type: 'join', protocol: protocolVersion, invite: this.door.invite, device }),
      on: {
        owes: nothing,
        passed: nothing,
        notPassed: nothing,
        connected: nothing,
        frame: nothing,
        joined: nothing,
        message: nothing,
        unseated: nothing,
        lost: nothing,
        again: nothing,
        refused: nothing,
        ended: nothing,
        ...on,
      },
    });
  }

  /** A host's or personal link, or a place in the group: shown without being asked. */
  get #showsItself() {
    return this.door.kind !== 'guest' || !this.door.isBefore;
  }

  /** What was typed before is said without asking again. @param {Connection} connection */
  #askPasscode(connection) {
    if (this.#passcode !== '') connection.pass(this.#passcode);
    if (this.#showsItself && connection === this.#connection) connection.goOn();
    else if (this.#passcode === '') this.#on.askPasscode?.({ type: 'first' });
  }

  /** Whoever has to wait may have been right. @param {import('./protocol/connection.js').PassFailure} failure */
  #notPassed(failure) {
    if (failure.type === 'passcode') this.#passcode = '';
    this.#on.askPasscode?.(
      failure.type === 'passcode' ? { type: 'wrong' } : { type: 'wait', seconds: failure.retrySeconds },
    );
  }

  /** @param {Connection} connection @param {() => void | Promise<void>} task */
  #inTurn(connection, task) {
    this.#turn = this.#turn.then(() => connection === this.#connection ? task() : undefined).catch((error) => {
      this.#told.note({ id: 'err.network', ...server(), detail: String(error) });
    });
  }

  /** A seat follows from a leaf. One that the server gives to somebody without is none, and opens nothing. @param {SessionJoined} message */
  async #joined(message) {
    if (!this.door.isIn) return this.#connection?.anew();
    this.#seat = message.participant;
    if (!message.resumed) this.#closePath();
    this.#may = message.may;
    this.#on.passcodeRequired?.(message.passcode, false);
    this.#serve(message.participants);
    this.#obey();
    this.#judge();
    this.#tellRenewed(); // the server may have forgotten it, or never have heard it
    this.#joining?.resolve();
    this.#joining = null;
    if (this.#path?.isOpen) this.#path.resumed();
    else await this.#openPath();
  }

  /** Which link is in force the group knows, and the server only from those who lead. */
  #tellRenewed() {
    const invite = this.door.renewed;
    if (invite) this.#connection?.send({ area: 'room', type: 'renew', invite });
  }

  /** The seat went with the leaf; the engine says why, and what comes next. */
  #unseated() {
    this.#closePath();
    this.#serve([]);
  }

  /** @param {RoomEvent | MediaEvent | FileEvent} message */
  async #heard(message) {
    if (message.area === 'file') return this.#on.file?.(message);
    if (message.area === 'room') {
      if (message.type === 'participantBack') this.door.frames?.keyFrame(); // of what was sent meanwhile they have nothing
      if (message.type === 'participantMay' && message.participant === this.#seat) return this.#mayNow(message.may);
      if (message.type === 'passcodeChanged') return this.#on.passcodeRequired?.(message.required, true);
      return this.#serve(apply(this.#served, message));
    }
    switch (message.type) {
      case 'published':
        if (message.participant === this.#seat) return;
        return this.#serve(apply(this.#served, message));
      case 'withdrawn':
        this.#expectAgain(message.publication);
        return this.#serve(apply(this.#served, message));
      case 'stopped':
        return this.#stopped(message.use);
      case 'opened':
        this.#told.clear('err.busy');
        this.#told.clear('err.region');
        await this.#path?.opened(message);
        return this.#wants.soon();
      case 'restarted':
        return await this.#path?.restarted(message);
      case 'assigned':
        for (const { mid, publication } of message.slots) this.#assigned.set(mid, publication);
        return;
      case 'flow': {
        const stream = this.#path?.streamOf(message.mid) ?? '';
        return this.#slots?.still(stream, message.state === 'paused' ? message.reason ?? 'policy' : null);
      }
      case 'failed':
        if (message.failure.type === 'notAllowed') return this.#stopped(message.failure.use);
        return this.#told.note({ ...mediaFailure(message.failure), ...server() });
      case 'closed':
        if (message.reason === 'asked') return;
        if (message.reason === 'removed') return this.#wasCut();
        if (!this.#path?.wasConnected) this.#told.note({ id: 'err.network', ...server() });
        return await this.#openPath();
      default:
        return unreachable(message);
    }
  }

  /** A host puts us out. The group says so too, in a moment. */
  #wasCut() {
    this.#closePath();
    this.#cut = this.#clock.setTimeout(() => this.#told.note({ id: 'err.cut' }), cutPatience);
  }

  /** @param {Permissions} may */
  #mayNow(may) {
    this.#may = may;
    this.#obey();
    this.#on.people?.(this.people);
  }

  /** What we may not send we do not send; nothing begins by itself when we may again. */
  #obey() {
    for (const use of uses) if (!this.#may[use] && this.#tracks.get(use)) this.#stopped(use);
  }

  /** A host stopped something of ours, or does not let it begin: it is off, here as well, and the page says so. @param {Use} use */
  #stopped(use) {
    // Nobody gets anything of it, whatever the path does.
    (use === 'screen' ? this.setScreen(null) : this.#setTrack(use, null)).catch(() => {});
    this.#on.stopped?.(use);
  }

  /** A camera that comes on again shows a new picture, not the last one of before. @param {string} publication */
  #expectAgain(publication) {
    const owner = publisherOf(this.#roster, publication);
    const use = owner?.publications.find((item) => item.publication === publication)?.use;
    if (owner && use) this.#slots?.again(owner.leaf, use);
  }

  /** @param {Roster} served */
  #serve(served) {
    this.#served = served;
    this.#meet();
  }

  /** The group says who is in, the server what each of them sends. */
  #meet() {
    this.#roster = membersOf(this.door.members, this.#served);
    this.#name = this.door.members.find((one) => one.own)?.name || this.#name; // a new one, perhaps
    if (this.#slots) this.#slots.sharers = sharingNow(this.#roster);
    for (const label of [...this.#unowned.values()]) this.#labelled(label);
    this.#on.people?.(this.people);
    this.#tellPictures();
    this.#wants.soon();
  }

  // Media

  async #openPath() {
    this.#closePath();
    const engine = this.door.frames;
    if (!engine) return;
    const slots = /** @type {Slots} */ (this.#slots);
    this.#path = new MediaPath(
      {
        engine,
        slots,
        device: this.#device,
        clock: this.#clock,
        on: {
          send: (message) => void this.#connection?.send(message),
          isExpectingMedia: () =>
            this.#roster.some(({ away, publications }) =>
              !away && publications.some(({ use }) => use === 'microphone')
            ),
          stuck: () => this.#told.note({ id: 'err.network', ...server() }),
          changed: () => {
            if (this.#path?.wasConnected) this.#told.clear('err.network');
            this.#judge();
          },
          quality: (quality) => this.#told.quality(quality),
          figures: (figures) => this.#on.figures?.(figures),
          bypassed: (stream) => this.#stopSending(`watchdog: ${stream}`, true),
          levels: (levels) => this.#heardLevels(levels),
          decoded: (frames) => this.#slots?.decoded(frames, this.#clock.now()),
        },
      },
      this.#tracks,
      this.#isPaused,
    );
    this.#arm();
    await this.#path.open();
  }

  #closePath() {
    this.#path?.close();
    this.#path = null;
    this.#on.figures?.(null);
    this.#assigned.clear();
    this.#undecryptable.clear();
    this.#unowned.clear();
    this.#clock.clearTimeout(this.#cut);
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  async #setTrack(source, track) {
    this.#tracks.set(source, track);
    if (this.#seat !== '') this.#on.people?.(this.people);
    await this.#path?.setTrack(source, track);
  }

  /** Healthy = the socket is joined and media flows, or has not flowed yet. */
  #judge() {
    const { type } = this.#told.state;
    const hasSocket = this.#connection?.isJoined === true;
    if (this.#told.isOver || (type === 'joining' && !hasSocket)) return;
    const isMediaLost = this.#path?.isLost === true;
    if (isMediaLost) {
      this.#connection?.probe();
      this.#path?.heal();
    } else if (this.#wasMediaLost) {
      this.door.frames?.keyFrame(); // sooner than the others find out that theirs is too old
      if (!hasSocket) this.#connection?.hurry(); // the network is back, and media say it first
    }
    this.#wasMediaLost = isMediaLost;
    const isLost = !hasSocket || isMediaLost;
    if (isLost === (type === 'reconnecting') && type !== 'joining') return;
    this.#told.become(isLost ? { type: 'reconnecting', since: this.#clock.now() } : { type: 'joined' });
    this.#told.quality(isLost ? 'lost' : 'good');
    this.#tellPictures();
  }

  // What the page hears

  /** @param {ReadonlyMap<string, number>} levels */
  #heardLevels(levels) {
    const voices = [...levels].flatMap(([name, level]) => {
      // What sounds out of a screen is nobody's voice.
      const place = this.#slots?.places.find((item) => item.name === name && item.label?.kind === 'microphone');
      const owner = name === 'microphone' ? own : place && ownerOf(place, this.#roster)?.participant;
      return owner ? [/** @type {const} */ ([owner, level])] : [];
    });
    const speaking = this.#speakers.heard(voices, this.#clock.now());
    if (speaking) this.#on.speaking?.(speaking);
  }

  #tellPictures() {
    const now = { isLost: this.#told.isReconnecting, undecryptable: this.#undecryptable };
    if (this.#slots) this.#on.pictures?.(picturesOf(this.#roster, this.#slots.places, now));
  }

  /** Nothing goes on, but `join` may be tried again. @param {Failure} failure */
  #refuse(failure) {
    const error = new CallError(failure);
    if (this.#told.isOver) return error;
    if (this.#told.state.type === 'preparing') this.door.close();
    this.#stop();
    this.#told.become({ type: 'refused', failure });
    this.#joining?.reject(error);
    this.#joining = null;
    return error;
  }

  /** @param {EndReason} reason */
  #finish(reason) {
    if (this.#told.state.type === 'ended') return;
    this.#stop();
    this.#slots?.close();
    this.door.close();
    this.#told.become({ type: 'ended', reason });
    this.#joining?.reject(new CallError({ id: 'err.unknown', detail: reason }));
    this.#joining = null;
  }

  #stop() {
    this.#stopWatching();
    this.#clock.clearTimeout(this.#patience);
    this.#probe?.end();
    const connection = this.#connection;
    this.#connection = null;
    connection?.leave();
    this.#wants.stop();
    this.#closePath();
    this.#served = [];
    this.#roster = [];
    this.#seat = '';
  }
}

/** @param {unknown} error @returns {Failure} */
function failureOf(error) {
  return error instanceof CallError ? error.failure : { id: 'err.encrypt', detail: String(error) };
}

/** For whoever has to open the network. */
function server() {
  const { hostname, port, protocol } = location;
  return { host: hostname, port: port || (protocol === 'https:' ? '443' : '80') };
}
