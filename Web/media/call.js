/**
 * @import { CallOptions, CallState, Clock, EndReason, Failure, Person, Protection, View } from './types.d.ts'
 * @import { MediaEvent, MediaOpened, RoomEvent, SessionJoined } from '../protocol/messages.d.ts'
 * @import { Kind } from '../e2ee/frames/mf1.js'
 * @import { Label } from '../e2ee/streams.js'
 * @import { Roster } from './roster.js'
 */
import { Engine, FilesError } from '../e2ee/engine.js';
import { Connection, openSocket, protocolVersion } from '../protocol/connection.js';
import { unreachable } from '../protocol/unreachable.js';
import { CallError, mediaFailure, sessionFailure } from './failures.js';
import { missingFeature } from './floor.js';
import { Monitor } from './health/monitor.js';
import { Peer } from './peer.js';
import { ownerOf, picturesOf } from './pictures.js';
import { apply, peopleOf, publisherOf } from './roster.js';
import { Slots } from './slots.js';
import { wantsOf } from './wants.js';

export { CallError };

/** @type {Clock} */
const ownClock = {
  now: () => performance.now(),
  setTimeout: (task, milliseconds) => /** @type {number} */ (/** @type {unknown} */ (setTimeout(task, milliseconds))),
  clearTimeout: (timer) => clearTimeout(timer),
};

const wantPause = 100;
/** Entering takes at most this long before the person hears that the network is to blame. */
const joinPatience = 15_000;
/** A restart of the media path that brought nothing is tried again after this. */
const restartPause = 5000;
const disconnectedPatience = 2000;
/** About -34 dB: above the noise of a quiet room. */
const speakingLevel = 0.02;
const speakingHold = 500;

/** @typedef {'microphone' | 'camera'} Source @type {readonly Source[]} */
const sources = ['microphone', 'camera'];

/**
 * One meeting, from the link to the last hang-up: ties socket, engine and peer connection together and tells the page.
 *
 *     const call = new Call({ meeting, fragment, device: 'desktop', on: { state(state) { … }, people(people) { … } } });
 *     await call.prepare();            // before the name is asked: browser floor, workers, link
 *     await call.join('Anna');         // resolves when joined; the person's track may be set before or after
 *     await call.setMicrophone(track); // null = off; the track stays the page's own, it stops it itself
 */
export class Call {
  /** @type {CallState} */
  #state = { type: 'new' };
  /** @type {Protection} */
  #protection = { type: 'starting' };
  /** @type {Engine | null} */
  #engine = null;
  /** @type {Connection | null} */
  #connection = null;
  /** @type {Peer | null} */
  #peer = null;
  /** @type {Monitor | null} */
  #monitor = null;
  /** @type {Slots | null} */
  #slots = null;
  /** @type {{ resolve(): void, reject(error: Error): void } | null} */
  #joining = null;
  #name = '';
  #me = '';
  #leaf = 0;
  /** @type {Roster} */
  #roster = [];
  /** @type {Record<string, string | null>} */
  #names = {};
  /** @type {Map<Source, MediaStreamTrack | null>} */
  #tracks = new Map();
  /** @type {readonly View[]} */
  #views = [];
  #generation = 0;
  #wantTimer = 0;
  /** @type {Map<string, string | null>} mid of a slot → publication, as the server means it; a hint only */
  #assigned = new Map();
  /** @type {Set<string>} */
  #undecryptable = new Set();
  /** @type {number | null} */
  #armedEpoch = null;
  /** @type {number | null} */
  #lostSince = null;
  #wasConnected = false;
  #isSilent = false;
  #restartedAt = -Infinity;
  /** @type {Map<string, number>} */
  #spokeAt = new Map();
  #speaking = '';
  /** What the server says is handled in its order, also while an answer of the engine is awaited. */
  #turn = Promise.resolve();
  #timers = new Set();
  #options;
  #clock;
  #on;

  /** @param {CallOptions} options */
  constructor(options) {
    const { fragment: _, ...kept } = options;
    this.#fragment = options.fragment;
    this.#options = kept;
    this.#clock = options.clock ?? ownClock;
    this.#on = options.on;
  }

  /** Given to the engine worker and forgotten. @type {string | null} */
  #fragment;

  get state() {
    return this.#state;
  }

  /** Others in order of arrival, oneself last. @returns {readonly Person[]} */
  get people() {
    return this.#me === '' ? [] : [...peopleOf(this.#roster, this.#names), {
      participant: this.#me,
      leaf: this.#leaf,
      name: this.#name,
      me: true,
      microphone: this.#sends('microphone'),
      camera: this.#sends('camera'),
      away: false,
    }];
  }

  /** Checks the browser floor, starts both workers, parses the link. Rejects with a `CallError`, and state becomes `refused`. */
  async prepare() {
    this.#become({ type: 'preparing' });
    if (!globalThis.isSecureContext) throw this.#refuse({ id: 'err.insecure' });
    const missing = await missingFeature();
    if (missing !== null) throw this.#refuse({ id: 'err.browser', missing });
    const fragment = this.#fragment ?? '';
    this.#fragment = null;
    try {
      this.#engine = await Engine.start(this.#engineListener(), this.#clock);
      const fault = await this.#engine.open(this.#options.meeting, fragment);
      if (fault !== null) throw this.#refuse({ id: fault === 'newer' ? 'err.old' : 'err.link' });
    } catch (error) {
      if (error instanceof CallError) throw error;
      throw this.#refuse({ id: error instanceof FilesError ? 'err.files' : 'err.encrypt', detail: String(error) });
    }
    this.#slots = new Slots({
      changed: () => this.#tellPictures(),
      silenced: (isSilenced) => this.#silenced(isSilenced),
    });
    this.#become({ type: 'ready' });
  }

  /** Enters under this name (1…60 characters). Rejects with a `CallError`; after it `join` may be called again. @param {string} name */
  async join(name) {
    if (!this.#engine) throw new Error('prepare comes first');
    this.#name = name;
    this.#become({ type: 'joining' });
    this.#listenToPage();
    const timer = this.#clock.setTimeout(() => this.#refuse({ id: 'err.network', ...this.#server() }), joinPatience);
    /** @type {Promise<void>} */
    const joined = new Promise((resolve, reject) => this.#joining = { resolve, reject });
    this.#connect();
    await joined.finally(() => this.#clock.clearTimeout(timer));
  }

  /** Sends this track, or nothing. Kept over reconnects; before `join` it is remembered. @param {MediaStreamTrack | null} track */
  setMicrophone(track) {
    return this.#setTrack('microphone', track);
  }

  /** @param {MediaStreamTrack | null} track */
  setCamera(track) {
    return this.#setTrack('camera', track);
  }

  /** The tiles in view, all of them, each time. The call waits 100 ms for further changes. @param {readonly View[]} views */
  setViews(views) {
    this.#views = views;
    this.#wantSoon();
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

  /** After `protection` stopped: a new media worker, a new seat, new keys. Needs no link as long as the engine lives. */
  async retry() {
    const engine = this.#engine;
    if (!engine?.isAlive) throw this.#refuse({ id: 'err.link' });
    this.#connection?.leave();
    this.#dropPeer();
    this.#protect({ type: 'starting' });
    await engine.replaceMedia();
    await this.join(this.#name);
  }

  /** Says goodbye and frees workers, senders, timers. The call cannot be used again. */
  async leave() {
    const connection = this.#connection;
    this.#connection = null;
    connection?.leave();
    this.#finish({ type: 'ended', reason: 'left' });
    await Promise.resolve();
  }

  // What the workers say

  /** @returns {import('../e2ee/engine.js').EngineListener} */
  #engineListener() {
    return {
      armed: (epoch) => {
        this.#armedEpoch = epoch;
        this.#arm();
      },
      label: (label) => this.#labelled(label),
      undecryptable: (stream) => this.#cannotOpen(stream),
      keyFrameWanted: () => void this.#peer?.keyFrame(),
      fault: (fault) => {
        if (fault === 'back') return this.#arm();
        void this.#peer?.arm(false);
        this.#protect({ type: 'stopped', failure: { id: 'err.encrypt', detail: `worker ${fault}` } });
      },
    };
  }

  /** Tracks go out only when the media worker has the key. */
  #arm() {
    void this.#peer?.arm(this.#armedEpoch !== null);
    if (this.#armedEpoch !== null) this.#protect({ type: 'protected', epoch: this.#armedEpoch });
    else if (this.#protection.type === 'protected') this.#protect({ type: 'starting' });
  }

  /** The new name is on the tile before the picture goes on. @param {Label} label */
  #labelled(label) {
    this.#slots?.label(label);
    const owner = this.#roster.find(({ leaf, sender }) => leaf === label.leaf && sender === label.id);
    if (owner) this.#undecryptable.delete(owner.participant);
    if (label.kind === 'microphone') this.#monitor?.listen(label.stream);
    this.#tellPictures();
    this.#engine?.labelled(label.stream);
  }

  /** @param {string} stream */
  #cannotOpen(stream) {
    const mid = this.#peer?.streams.get(stream)?.mid ?? '';
    const publisher = publisherOf(this.#roster, this.#assigned.get(mid) ?? '');
    if (publisher) this.#undecryptable.add(publisher.participant);
    this.#tellPictures();
  }

  // What the server says

  #connect() {
    const connection = new Connection({
      clock: this.#clock,
      open: () => openSocket(this.#options.meeting),
      join: async () => {
        const entry = await /** @type {Engine} */ (this.#engine).enter(this.#name);
        return { area: 'session', type: 'join', protocol: protocolVersion, ...entry, device: this.#options.device };
      },
      on: {
        joined: (message) => this.#inTurn(connection, () => this.#joined(message)),
        message: (message) => this.#inTurn(connection, () => this.#heard(message)),
        lost: () => this.#judge(),
        refused: (failure) => void this.#refuse(sessionFailure(failure)),
        ended: (reason) => {
          if (connection === this.#connection) this.#finish({ type: 'ended', reason });
        },
      },
    });
    this.#connection = connection;
    connection.start();
  }

  /** @param {Connection} connection @param {() => void | Promise<void>} task */
  #inTurn(connection, task) {
    this.#turn = this.#turn.then(() => connection === this.#connection ? task() : undefined).catch((error) => {
      this.#note({ id: 'err.network', detail: String(error) });
    });
  }

  /** @param {SessionJoined} message */
  async #joined(message) {
    this.#me = message.participant;
    this.#leaf = message.leaf;
    if (!message.resumed) {
      this.#dropPeer();
      await this.#engine?.seat(message.leaf, message.leafBits);
    }
    await this.#setRoster(message.participants);
    if (!this.#peer?.isAccepted) await this.#openMedia();
    else {
      for (const source of sources) this.#announce(source);
      this.#wantSoon();
      this.#restartIfNeeded();
    }
    this.#judge();
    this.#joining?.resolve();
    this.#joining = null;
  }

  /** @param {RoomEvent | MediaEvent} message */
  async #heard(message) {
    if (message.area === 'room') return await this.#setRoster(apply(this.#roster, message));
    switch (message.type) {
      case 'published':
        if (message.participant !== this.#me) await this.#setRoster(apply(this.#roster, message));
        return;
      case 'withdrawn':
        return await this.#withdrawn(message);
      case 'opened':
        return await this.#opened(message);
      case 'restarted':
        return await this.#peer?.restarted(message);
      case 'assigned':
        for (const { mid, publication } of message.slots) this.#assigned.set(mid, publication);
        return;
      case 'flow': {
        const stream = this.#streamOf(message.mid);
        if (stream !== null) this.#slots?.still(stream, message.state === 'paused' ? message.reason ?? 'policy' : null);
        return;
      }
      case 'failed':
        return this.#note({ ...mediaFailure(message.failure), ...this.#server() });
      case 'closed':
        if (message.reason === 'asked') return;
        if (!this.#wasConnected) this.#note({ id: 'err.network', ...this.#server() });
        return await this.#openMedia();
      default:
        return unreachable(message);
    }
  }

  /** @param {Extract<MediaEvent, { type: 'withdrawn' }>} message */
  async #withdrawn(message) {
    const owner = publisherOf(this.#roster, message.publication);
    const use = owner?.publications.find(({ publication }) => publication === message.publication)?.use;
    if (owner && use) this.#slots?.again(owner.leaf, use);
    await this.#setRoster(apply(this.#roster, message));
  }

  /** @param {Roster} roster */
  async #setRoster(roster) {
    const names = await this.#engine?.people(roster) ?? {};
    this.#roster = roster;
    this.#names = names;
    this.#tellPeople();
    this.#tellPictures();
    this.#wantSoon();
  }

  // Media

  async #openMedia() {
    this.#dropPeer();
    const engine = /** @type {Engine} */ (this.#engine);
    const peer = new Peer(engine, this.#options.device, { ice: () => this.#iceChanged(peer) });
    this.#peer = peer;
    this.#slots?.bind(peer.slots);
    for (const source of sources) void peer.setTrack(source, this.#tracks.get(source) ?? null);
    this.#arm();
    this.#connection?.send(await peer.open());
  }

  /** @param {MediaOpened} opened */
  async #opened(opened) {
    const peer = this.#peer;
    const engine = this.#engine;
    if (!peer || !engine || peer.isAccepted) return;
    await peer.accept(opened);
    for (const source of sources) if (this.#sends(source)) this.#announce(source);
    this.#wantSoon();
    this.#monitor = new Monitor(peer, engine, this.#clock, {
      isExpectingMedia: () =>
        this.#roster.some(({ away, publications }) => !away && publications.some(({ use }) => use === 'microphone')),
      quality: (quality) => {
        this.#isSilent = quality === 'lost';
        this.#on.connection?.(this.#lostSince === null ? quality : 'lost');
        this.#judge();
      },
      bypassed: (stream) => this.#bypassed(peer, stream),
      levels: (levels) => this.#heardLevels(levels),
    });
  }

  #dropPeer() {
    this.#monitor?.stop();
    this.#monitor = null;
    this.#peer?.close();
    this.#peer = null;
    this.#assigned.clear();
    this.#undecryptable.clear();
    this.#wasConnected = false;
    this.#isSilent = false;
  }

  /** Frames went past the media worker: the fault nobody may talk over. @param {Peer} peer @param {string} stream */
  #bypassed(peer, stream) {
    peer.stop(stream);
    void peer.arm(false);
    this.#armedEpoch = null;
    this.#protect({ type: 'stopped', failure: { id: 'err.encrypt', detail: `watchdog: ${stream}` } });
  }

  /** @param {Peer} peer */
  #iceChanged(peer) {
    if (peer !== this.#peer) return;
    if (isConnected(peer.iceState)) {
      this.#wasConnected = true;
      this.#restartedAt = -Infinity;
      this.#note(null);
    }
    this.#judge();
    if (peer.iceState === 'failed') this.#restartIfNeeded();
    else if (peer.iceState === 'disconnected') this.#later(disconnectedPatience, () => this.#restartIfNeeded());
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  async #setTrack(source, track) {
    const sent = this.#sends(source);
    this.#tracks.set(source, track);
    this.#tellPeople();
    if (sent !== this.#sends(source)) this.#announce(source);
    await this.#peer?.setTrack(source, track);
  }

  /** @param {Source} source */
  #sends(source) {
    return (this.#tracks.get(source) ?? null) !== null;
  }

  /** Starts or stops a publication. The server takes the same word twice without harm. @param {Source} source */
  #announce(source) {
    const mid = this.#peer?.isAccepted ? this.#peer.midOf(source) : null;
    if (mid) this.#connection?.send({ area: 'media', type: this.#sends(source) ? 'publish' : 'withdraw', mid });
  }

  #wantSoon() {
    if (this.#wantTimer !== 0) return;
    this.#wantTimer = this.#later(wantPause, () => {
      this.#wantTimer = 0;
      if (!this.#peer?.isAccepted) return;
      const items = document.hidden ? [] : wantsOf(this.#views, this.#roster);
      this.#connection?.send({ area: 'media', type: 'want', generation: ++this.#generation, items });
    });
  }

  // Lost and found

  /** Healthy = the socket is joined and media flows, or has not flowed yet. */
  #judge() {
    const { type } = this.#state;
    if (type === 'refused' || type === 'ended' || (type === 'joining' && !this.#connection?.isJoined)) return;
    const isMediaLost = this.#wasConnected && this.#peer !== null &&
      (!isConnected(this.#peer.iceState) || this.#isSilent);
    const isLost = !this.#connection?.isJoined || isMediaLost;
    if (isLost) {
      if (this.#isSilent) this.#connection?.probe();
      this.#restartIfNeeded();
      if (type === 'reconnecting') return;
      this.#lostSince = this.#clock.now();
      this.#become({ type: 'reconnecting', since: this.#lostSince });
      this.#on.connection?.('lost');
      this.#tellPictures();
    } else if (type !== 'joined') {
      this.#lostSince = null;
      this.#become({ type: 'joined' });
      this.#tellPictures();
    }
  }

  /** New credentials for the media path, until it is there again. */
  #restartIfNeeded() {
    const peer = this.#peer;
    if (!peer?.isAccepted || !this.#connection?.isJoined || !this.#wasConnected) return;
    if (isConnected(peer.iceState) && !this.#isSilent) return;
    const now = this.#clock.now();
    if (now - this.#restartedAt < restartPause) return;
    this.#restartedAt = now;
    this.#later(restartPause, () => this.#restartIfNeeded());
    peer.restart().then((message) => this.#connection?.send(message), () => {});
  }

  /** Words of the browser that make waiting needless. */
  #listenToPage() {
    this.#stopListening.abort();
    this.#stopListening = new AbortController();
    const { signal } = this.#stopListening;
    const returned = () => {
      this.#restartedAt = -Infinity;
      this.#connection?.hurry();
      this.#restartIfNeeded();
    };
    globalThis.addEventListener('online', returned, { signal });
    globalThis.addEventListener('offline', () => this.#connection?.probe(), { signal });
    globalThis.addEventListener('pageshow', () => void this.play(), { signal });
    document.addEventListener('visibilitychange', () => {
      this.#wantSoon();
      if (!document.hidden) void this.play();
    }, { signal });
    const network = /** @type {EventTarget | undefined} */ (Reflect.get(navigator, 'connection'));
    network?.addEventListener('change', returned, { signal });
  }

  #stopListening = new AbortController();

  // What the page hears

  /** @param {ReadonlyMap<string, number>} levels */
  #heardLevels(levels) {
    const now = this.#clock.now();
    for (const [name, level] of levels) {
      if (level < speakingLevel) continue;
      const place = this.#slots?.places.find((item) => item.name === name);
      const speaker = name === 'microphone'
        ? this.#sends('microphone') && this.#me
        : place && ownerOf(place, this.#roster)?.participant;
      if (speaker) this.#spokeAt.set(speaker, now);
    }
    for (const [participant, at] of this.#spokeAt) if (now - at > speakingHold) this.#spokeAt.delete(participant);
    const speaking = [...this.#spokeAt.keys()].sort().join(' ');
    if (speaking === this.#speaking) return;
    this.#speaking = speaking;
    this.#on.speaking?.(new Set(this.#spokeAt.keys()));
  }

  #tellPeople() {
    if (this.#me !== '') this.#on.people?.(this.people);
  }

  #tellPictures() {
    if (!this.#slots) return;
    const now = { isLost: this.#lostSince !== null, undecryptable: this.#undecryptable };
    this.#on.pictures?.(picturesOf(this.#roster, this.#slots.places, now));
  }

  /** @param {boolean} isSilenced */
  #silenced(isSilenced) {
    if (isSilenced) this.#note({ id: 'err.sound' });
    else if (this.#notice === 'err.sound') this.#note(null);
  }

  /** @type {string | null} */
  #notice = null;

  /** @param {Failure | null} failure */
  #note(failure) {
    if (failure === null && this.#notice === null) return;
    this.#notice = failure?.id ?? null;
    this.#on.notice?.(failure);
  }

  /** @param {Protection} protection */
  #protect(protection) {
    this.#protection = protection;
    this.#on.protection?.(protection);
  }

  /** @param {CallState} state */
  #become(state) {
    this.#state = state;
    this.#on.state?.(state);
  }

  /** Nothing goes on, but `join` may be tried again. @param {Failure} failure */
  #refuse(failure) {
    const error = new CallError(failure);
    this.#stop();
    this.#become({ type: 'refused', failure });
    this.#joining?.reject(error);
    this.#joining = null;
    return error;
  }

  /** @param {{ type: 'ended', reason: EndReason }} state */
  #finish(state) {
    if (this.#state.type === 'ended') return;
    this.#stop();
    this.#slots?.close();
    this.#engine?.close();
    this.#engine = null;
    this.#become(state);
    this.#joining?.reject(new CallError({ id: 'err.unknown', detail: state.reason }));
    this.#joining = null;
  }

  #stop() {
    const connection = this.#connection;
    this.#connection = null;
    connection?.leave();
    this.#stopListening.abort();
    for (const timer of this.#timers) this.#clock.clearTimeout(timer);
    this.#timers.clear();
    this.#wantTimer = 0;
    this.#dropPeer();
    this.#roster = [];
    this.#lostSince = null;
  }

  /** @param {number} milliseconds @param {() => void} task */
  #later(milliseconds, task) {
    const timer = this.#clock.setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, milliseconds);
    this.#timers.add(timer);
    return timer;
  }

  /** @param {string} mid */
  #streamOf(mid) {
    for (const [name, stream] of this.#peer?.streams ?? []) if (stream.mid === mid) return name;
    return null;
  }

  #server() {
    const { hostname, port, protocol } = location;
    return { host: hostname, port: port || (protocol === 'https:' ? '443' : '80') };
  }
}

/** @param {RTCIceConnectionState} state */
function isConnected(state) {
  return state === 'connected' || state === 'completed';
}
