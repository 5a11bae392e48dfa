/**
 * @import { CallOptions, Door, EndReason, Failure, Person, View } from './media/types.d.ts'
 * @import { Clock } from './protocol/clock.d.ts'
 * @import { MediaEvent, RoomEvent, SessionJoined } from './protocol/messages.d.ts'
 * @import { Label } from './state/frames.d.ts'
 * @import { LobbyEntry, MemberState, OutReason, Policy, RosterEntry } from './state/meeting.d.ts'
 * @import { Source } from './media/path.js'
 * @import { Roster } from './media/people/roster.js'
 */
import { Engine, FilesError } from './e2ee/engine.js';
import { Connection, openSocket, protocolVersion } from './protocol/connection.js';
import { unreachable } from './protocol/unreachable.js';
import { CallError, mediaFailure, sessionFailure } from './media/failures.js';
import { missingFeature } from './media/floor.js';
import { MediaPath } from './media/path.js';
import { ownerOf, picturesOf } from './media/people/pictures.js';
import { apply, membersOf, own, peopleOf, publisherOf, roleOf } from './media/people/roster.js';
import { watchSigns } from './media/signs.js';
import { Slots } from './media/slots.js';
import { Speakers } from './media/people/speakers.js';
import { Wants, wantsOf } from './media/people/wants.js';
import { Told } from './media/told.js';
import { wordsOf } from './state/words.js';
import { loadWords, wordlistOf } from './strings/words.js';

export { CallError };

/** @type {Clock} */
const ownClock = {
  now: () => performance.now(),
  setTimeout: (task, milliseconds) => /** @type {number} */ (/** @type {unknown} */ (setTimeout(task, milliseconds))),
  clearTimeout: (timer) => clearTimeout(timer),
};

/** The door is reached within this time, or the person hears that the network is to blame. */
const joinPatience = 20_000;
/** The engine gets so long for its goodbye. */
const goodbyePatience = 500;

/** @type {Door} */
const noDoor = { state: 'checking', words: null, note: null };

/**
 * One meeting, from the link to the last hang-up: ties socket, engine and media together and tells the page.
 *
 *     const call = new Call({ meeting, fragment, device: 'desktop', on: { state(state) { … }, people(people) { … } } });
 *     await call.prepare();            // before the name is asked: browser floor, workers, link
 *     await call.join('Anna');         // resolves when joined, however long that takes: `door` says what is waited for
 *     await call.setMicrophone(track); // null = off; the track stays the page's own, it stops it itself
 *
 * When `protection` stopped, `revive()` is the way on: a new media worker, a new leaf, new keys.
 */
export class Call {
  /** @type {Engine | null} */
  #engine = null;
  /** @type {Connection | null} */
  #connection = null;
  /** @type {MediaPath | null} */
  #path = null;
  /** @type {Slots | null} */
  #slots = null;
  /** @type {{ resolve(): void, reject(error: Error): void } | null} */
  #joining = null;
  #name = '';
  /** What the server calls us. */
  #seat = '';
  /** Who is in: the group says so, and nobody else. @type {readonly RosterEntry[]} */
  #members = [];
  /** Who sends what, as the server tells it. @type {Roster} */
  #served = [];
  /** The members, with what the server says about their leaves. @type {Roster} */
  #roster = [];
  #door = noDoor;
  /** A link's holder is what the link says. @type {'guest' | 'host' | 'personal'} */
  #kind = 'guest';
  #invite = '';
  /** @type {Map<Source, MediaStreamTrack | null>} */
  #tracks = new Map();
  /** @type {readonly View[]} */
  #views = [];
  /** @type {Map<string, string | null>} mid of a slot → publication, as the server means it; a hint only */
  #assigned = new Map();
  /** @type {Set<string>} */
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
  /** Given to the engine worker and forgotten. @type {string} */
  #fragment;
  #meeting;
  #device;
  #clock;
  #on;
  #told;
  #wants;

  /** @param {CallOptions} options */
  constructor({ meeting, fragment, device, on, clock = ownClock }) {
    this.#meeting = meeting;
    this.#fragment = fragment;
    this.#device = device;
    this.#clock = clock;
    this.#on = on;
    this.#told = new Told(on);
    const items = () => this.#path?.isOpen ? document.hidden ? [] : wantsOf(this.#views, this.#roster) : null;
    this.#wants = new Wants(clock, items, (message) => void this.#connection?.send(message));
  }

  get state() {
    return this.#told.state;
  }

  /** Known after `prepare`. */
  get kind() {
    return this.#kind;
  }

  /** Others in order of arrival, oneself last. @returns {readonly Person[]} */
  get people() {
    const [microphone, camera] = [this.#tracks.get('microphone') ?? null, this.#tracks.get('camera') ?? null];
    const member = this.#members.find((one) => one.own);
    const me = { participant: own, leaf: member?.leaf ?? 0, name: this.#name, me: true, away: false };
    return [...peopleOf(this.#roster, this.#members), {
      ...me,
      ...(member && { key: member.key, role: roleOf(member.role) }),
      microphone: microphone !== null,
      camera: camera !== null,
    }];
  }

  /** Checks the browser floor, starts both workers, parses the link. Rejects with a `CallError`, and state becomes `refused`. */
  async prepare() {
    this.#told.become({ type: 'preparing' });
    const fragment = this.#fragment;
    this.#fragment = '';
    if (!globalThis.isSecureContext) throw this.#refuse({ id: 'err.insecure' });
    const missing = await missingFeature();
    if (missing !== null) throw this.#refuse({ id: 'err.browser', missing });
    try {
      this.#engine = await Engine.start(this.#engineListener(), this.#clock);
      const opened = await this.#engine.open(this.#meeting, fragment);
      if (opened.fault !== null) throw new CallError({ id: opened.fault === 'newer' ? 'err.old' : 'err.link' });
      this.#kind = opened.kind;
      this.#invite = opened.invite;
    } catch (error) {
      if (error instanceof CallError) throw this.#refuse(error.failure);
      throw this.#refuse({ id: error instanceof FilesError ? 'err.files' : 'err.encrypt', detail: String(error) });
    }
    this.#slots = new Slots({
      changed: () => this.#tellPictures(),
      silenced: (isSilenced) => isSilenced ? this.#told.note({ id: 'err.sound' }) : this.#told.clear('err.sound'),
    });
    this.#told.become({ type: 'ready' });
  }

  /** Enters under this name (1…60 characters). Rejects with a `CallError`; after it `join` may be called again. @param {string} name */
  async join(name) {
    if (!this.#engine) throw new Error('prepare comes first');
    this.#name = name;
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
    this.#door = noDoor;
    await this.#engine.enter(name, '', language());
    if (this.#joining !== null) this.#connect(this.#engine);
    await joined;
  }

  /** A new media worker, and in again under the same name with new keys. False: only the link helps now. */
  async revive() {
    const engine = this.#engine;
    if (!engine?.isAlive || this.#told.state.type === 'ended') return false;
    this.#stop();
    await engine.replaceMedia();
    this.#hasStopped = false;
    this.#isSilent = false;
    await this.join(this.#name);
    return true;
  }

  /** Sends this track, or nothing. Kept over reconnects; before `join` it is remembered. @param {MediaStreamTrack | null} track */
  setMicrophone(track) {
    return this.#setTrack('microphone', track);
  }

  /** @param {MediaStreamTrack | null} track */
  setCamera(track) {
    return this.#setTrack('camera', track);
  }

  /** The tiles in view, all of them, each time. The call waits for further changes before it asks. @param {readonly View[]} views */
  setViews(views) {
    this.#views = views;
    this.#wants.soon();
  }

  /** Loudspeaker of all sound; where the browser cannot choose, does nothing. @param {string} device */
  async setSpeaker(device) {
    await this.#slots?.setSpeaker(device);
  }

  /** Starts sound the browser held back (`err.sound`); call it from a click. */
  async play() {
    await this.#slots?.play();
  }

  /** The common link, composed by the engine worker. Ask for it when the person copies it, and keep it nowhere. @returns {Promise<string>} */
  async inviteLink() {
    return await this.#engine?.inviteLink() ?? '';
  }

  /** Says goodbye, to the group as well, and frees workers, senders, timers. The call cannot be used again. */
  async leave() {
    const goodbye = this.#connection?.isJoined ? this.#engine?.leave() : undefined;
    if (goodbye) {
      const time = new Promise((resolve) => this.#clock.setTimeout(() => resolve(null), goodbyePatience));
      await Promise.race([goodbye.catch(() => {}), time]);
    }
    this.#finish('left');
  }

  /** The page goes: there is no time for the group, which hears of it from the server. */
  vanish() {
    this.#finish('left');
  }

  // For whoever may; what comes of it the listener hears

  /** Lets people in; all who wait when nobody is named. @param {readonly string[]} hashes */
  admit(hashes) {
    this.#engine?.admit(hashes);
  }

  /** @param {string} hash @param {string} note */
  refuse(hash, note) {
    this.#engine?.refuse(hash, note);
  }

  /** Out of the meeting for good. @param {string} key */
  remove(key) {
    this.#engine?.eject(key);
  }

  /** @param {string} key */
  sendBack(key) {
    this.#engine?.sendBack(key);
  }

  /** @param {boolean} isLocked */
  lock(isLocked) {
    this.#engine?.lock(isLocked);
  }

  /** On without a host. */
  goOn() {
    this.#engine?.continueUnhosted();
  }

  // What the workers say

  /** @returns {import('./e2ee/engine.js').EngineListener} */
  #engineListener() {
    return {
      send: (frame) => this.#connection?.sendFrame(frame),
      reconnect: () => this.#connection?.drop(),
      state: (state) => this.#became(state),
      gate: (reasons) => this.#on.gate?.(reasons),
      roster: (members) => {
        this.#members = members;
        this.#meet();
      },
      policy: (policy) => this.#tellRights(policy),
      lobby: (lobby) => void this.#tellLobby(lobby),
      words: (wordlist, words) => void this.#tellWords(wordlist, words),
      note: (text) => this.#tellDoor({ note: text }),
      app: () => {}, // kinds of the issues to come
      refused: () => {}, // the lists and rights that are shown say what holds
      violation: () => {}, // refused by the engine, and told to the others by it
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

  /** @param {string} detail @param {boolean} isFinal */
  #stopSending(detail, isFinal) {
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
    this.#undecryptable.delete(owner.participant);
    if (label.kind === 'microphone') this.#path?.listen(label.stream);
    this.#tellPictures();
    this.#engine?.labelled(label);
  }

  /** @param {string} stream */
  #cannotOpen(stream) {
    const publisher = publisherOf(this.#roster, this.#assigned.get(this.#path?.midOf(stream) ?? '') ?? '');
    if (publisher) this.#undecryptable.add(publisher.participant);
    this.#tellPictures();
  }

  /** Where the engine is with the group. @param {MemberState} state */
  #became(state) {
    switch (state.name) {
      case 'knocking':
        if (this.#told.state.type !== 'joining') this.#told.become({ type: 'joining' });
        return this.#tellDoor({ state: 'waiting' });
      case 'checking':
      case 'joining':
        // Whoever is in looks for a lost place without a word: it takes a moment.
        if (this.#told.state.type === 'joining') this.#tellDoor({ state: state.name });
        return;
      case 'out':
        return this.#out(state.reason ?? 'fault');
      default:
        return;
    }
  }

  /** @param {OutReason} reason */
  #out(reason) {
    const isInside = this.#joining === null;
    switch (reason) {
      case 'left':
        return;
      case 'sentBack':
      case 'lost':
        return void this.#knockAgain();
      case 'ejected':
        return this.#finish('removed');
      case 'ended':
        return isInside ? this.#finish('over') : void this.#refuse({ id: 'err.unknown' });
      case 'refused':
        return void this.#refuse({ id: 'err.refused', ...(this.#door.note && { note: this.#door.note }) });
      case 'denied':
        return void this.#refuse({ id: 'err.locked' });
      case 'badLink':
        return void this.#refuse({ id: 'err.link' });
      case 'tooOld':
        return void this.#refuse({ id: 'err.old' });
      case 'badServer':
      case 'fault':
        if (isInside) return this.#stopSending(`engine ${reason}`, true);
        return void this.#refuse({ id: 'err.encrypt', detail: `engine ${reason}` });
      default:
        return unreachable(reason);
    }
  }

  /** At the door again, with keys that nobody had before. */
  async #knockAgain() {
    const engine = this.#engine;
    if (!engine) return;
    this.#closePath();
    this.#members = [];
    this.#served = [];
    this.#door = noDoor;
    this.#told.become({ type: 'joining' });
    this.#tellDoor({});
    await engine.enter(this.#name, '', language());
    this.#connection?.anew();
  }

  /** @param {Partial<Door>} change */
  #tellDoor(change) {
    this.#door = { ...this.#door, ...change };
    this.#on.door?.(this.#door);
  }

  /** @param {number} wordlist @param {readonly number[]} words */
  async #tellWords(wordlist, words) {
    const list = await loadWords(wordlist);
    if (list) this.#tellDoor({ words: wordsOf(list, words) });
  }

  /** @param {readonly LobbyEntry[]} lobby */
  async #tellLobby(lobby) {
    const list = await loadWords(wordlistOf(language()));
    this.#on.lobby?.(lobby.map(({ hash, name, note, words, isFromLink }) => {
      return { hash, name, note: note || null, words: list && words && wordsOf(list, words), isFromLink };
    }));
  }

  /** @param {Policy} policy */
  #tellRights({ isLocked, rights }) {
    const [admit, eject, lock] = [rights.includes('admit'), rights.includes('eject'), rights.includes('policy')];
    this.#on.rights?.({ admit, eject, lock, isLocked });
  }

  // What the server says

  /** @param {Engine} engine */
  #connect(engine) {
    /** @param {() => unknown} task */
    const ours = (task) => void (connection === this.#connection && task());
    /** @type {Connection} */
    const connection = new Connection({
      clock: this.#clock,
      open: () => openSocket(this.#meeting),
      join: () => {
        return { area: 'session', type: 'join', protocol: protocolVersion, invite: this.#invite, device: this.#device };
      },
      on: {
        connected: () =>
          ours(() => {
            this.#clock.clearTimeout(this.#patience);
            engine.connected();
          }),
        frame: (frame) => ours(() => engine.wire(frame)),
        joined: (message) => this.#inTurn(connection, () => this.#joined(engine, message)),
        message: (message) => this.#inTurn(connection, () => this.#heard(engine, message)),
        unseated: () => this.#inTurn(connection, () => this.#unseated()),
        lost: () =>
          ours(() => {
            engine.disconnected();
            this.#judge();
          }),
        again: () => ours(() => this.#path?.resumed()),
        refused: (failure) => ours(() => this.#refuse(sessionFailure(failure))),
        ended: (reason) => ours(() => this.#finish(reason)),
      },
    });
    this.#connection = connection;
    connection.start();
  }

  /** @param {Connection} connection @param {() => void | Promise<void>} task */
  #inTurn(connection, task) {
    this.#turn = this.#turn.then(() => connection === this.#connection ? task() : undefined).catch((error) => {
      this.#told.note({ id: 'err.network', ...server(), detail: String(error) });
    });
  }

  /** @param {Engine} engine @param {SessionJoined} message */
  async #joined(engine, message) {
    this.#seat = message.participant;
    if (!message.resumed) this.#closePath();
    this.#serve(message.participants);
    this.#judge();
    this.#joining?.resolve();
    this.#joining = null;
    if (this.#path?.isOpen) this.#path.resumed();
    else await this.#openPath(engine);
  }

  /** The seat went with the leaf; the engine says why, and what comes next. */
  #unseated() {
    this.#closePath();
    this.#serve([]);
  }

  /** @param {Engine} engine @param {RoomEvent | MediaEvent} message */
  async #heard(engine, message) {
    if (message.area === 'room') {
      if (message.type === 'participantBack') engine.keyFrame(); // of what was sent meanwhile they have nothing
      return this.#serve(apply(this.#served, message));
    }
    switch (message.type) {
      case 'published':
        if (message.participant === this.#seat) return;
        return this.#serve(apply(this.#served, message));
      case 'withdrawn':
        this.#expectAgain(message.publication);
        return this.#serve(apply(this.#served, message));
      case 'opened':
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
        return this.#told.note({ ...mediaFailure(message.failure), ...server() });
      case 'closed':
        if (message.reason === 'asked') return;
        if (!this.#path?.wasConnected) this.#told.note({ id: 'err.network', ...server() });
        return await this.#openPath(engine);
      default:
        return unreachable(message);
    }
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
    this.#roster = membersOf(this.#members, this.#served);
    for (const label of [...this.#unowned.values()]) this.#labelled(label);
    this.#on.people?.(this.people);
    this.#tellPictures();
    this.#wants.soon();
  }

  // Media

  /** @param {Engine} engine */
  async #openPath(engine) {
    this.#closePath();
    const slots = /** @type {Slots} */ (this.#slots);
    this.#path = new MediaPath({
      engine,
      slots,
      device: this.#device,
      clock: this.#clock,
      on: {
        send: (message) => void this.#connection?.send(message),
        isExpectingMedia: () =>
          this.#roster.some(({ away, publications }) => !away && publications.some(({ use }) => use === 'microphone')),
        stuck: () => this.#told.note({ id: 'err.network', ...server() }),
        changed: () => {
          if (this.#path?.wasConnected) this.#told.clear('err.network');
          this.#judge();
        },
        quality: (quality) => this.#told.quality(quality),
        bypassed: (stream) => this.#stopSending(`watchdog: ${stream}`, true),
        levels: (levels) => this.#heardLevels(levels),
      },
    }, this.#tracks);
    this.#arm();
    await this.#path.open();
  }

  #closePath() {
    this.#path?.close();
    this.#path = null;
    this.#assigned.clear();
    this.#undecryptable.clear();
    this.#unowned.clear();
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
      this.#engine?.keyFrame(); // sooner than the others find out that theirs is too old
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
      const place = this.#slots?.places.find((item) => item.name === name);
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
    this.#engine?.close();
    this.#engine = null;
    this.#told.become({ type: 'ended', reason });
    this.#joining?.reject(new CallError({ id: 'err.unknown', detail: reason }));
    this.#joining = null;
  }

  #stop() {
    this.#stopWatching();
    this.#clock.clearTimeout(this.#patience);
    const connection = this.#connection;
    this.#connection = null;
    connection?.leave();
    this.#wants.stop();
    this.#closePath();
    this.#members = [];
    this.#served = [];
    this.#roster = [];
    this.#seat = '';
  }
}

/** Of the page, which is that of the word lists too. */
function language() {
  return document.documentElement.lang === 'nl' ? 'nl' : 'en';
}

/** For whoever has to open the network. */
function server() {
  const { hostname, port, protocol } = location;
  return { host: hostname, port: port || (protocol === 'https:' ? '443' : '80') };
}
