/**
 * The way of media to the server and back: one peer connection, how it is measured, and how it heals.
 * @import { MediaCommand, MediaOpened, MediaRestarted } from '../protocol/messages.d.ts'
 * @import { FrameDoor, Kind, WayOut } from '../state/frames.d.ts'
 * @import { Clock } from '../protocol/clock.d.ts'
 * @import { ConnectionQuality } from './types.d.ts'
 * @import { Slots } from './slots.js'
 *
 * @typedef {Kind} Source what can be sent
 * @typedef {object} PathListener
 * @property {(message: MediaCommand) => void} send
 * @property {() => boolean} isExpectingMedia
 * @property {() => void} stuck media does not come through this network
 * @property {() => void} changed lost, found, or connected for the first time
 * @property {(quality: ConnectionQuality) => void} quality
 * @property {(figures: import('../state/figures.js').Figures) => void} figures of the last second
 * @property {(stream: string) => void} bypassed frames went round the media worker
 * @property {(levels: ReadonlyMap<string, number>) => void} levels
 * @property {(frames: ReadonlyMap<string, number>) => void} decoded pictures so far, by video slot
 * @typedef {{ engine: FrameDoor, slots: Slots, device: 'desktop' | 'phone', clock: Clock, on: PathListener }} PathParts
 */
import { Monitor } from './health/monitor.js';
import { Peer } from './peer.js';

/** @type {readonly Source[]} */
const sources = ['microphone', 'camera', 'screen', 'screenAudio'];

/** What a pause holds back. @type {readonly Source[]} */
const ofScreen = ['screen', 'screenAudio'];

/** Connecting takes a second or two where it works at all. */
const connectPatience = 12_000;
/** A restart that brought nothing is tried again after this. */
const restartPause = 5000;
/** The browser often finds its way again by itself. */
const disconnectedPatience = 2000;

export class MediaPath {
  /** @type {Map<Source, MediaStreamTrack | null>} */
  #tracks = new Map();
  /** @type {Monitor | null} */
  #monitor = null;
  /** The screen stays published, and nothing of it is sent. */
  #isPaused;
  #wasConnected = false;
  #isSilent = false;
  #isClosed = false;
  #restartedAt = -Infinity;
  /** Of this socket, and not answered yet. */
  #restartsAsked = 0;
  #peer;
  #parts;

  /** @param {PathParts} parts @param {ReadonlyMap<Source, MediaStreamTrack | null>} tracks @param {boolean} [isPaused] the screen is */
  constructor(parts, tracks, isPaused = false) {
    this.#parts = parts;
    this.#isPaused = isPaused;
    this.#peer = new Peer(parts.engine, parts.device, { ice: () => this.#iceChanged() });
    parts.slots.bind(this.#peer.slots);
    for (const source of sources) {
      // A sender that nobody has a use for yet needs no stand-in either.
      if (tracks.has(source) || !ofScreen.includes(source)) void this.setTrack(source, tracks.get(source) ?? null);
    }
  }

  /** The server has answered. */
  get isOpen() {
    return this.#peer.isAccepted;
  }

  /** Media flowed at some time. */
  get wasConnected() {
    return this.#wasConnected;
  }

  get isLost() {
    return this.#wasConnected && (!isConnected(this.#peer.iceState) || this.#isSilent);
  }

  async open() {
    this.#parts.clock.setTimeout(() => {
      if (!this.#isClosed && !this.#wasConnected) this.#parts.on.stuck();
    }, connectPatience);
    this.#parts.on.send(await this.#peer.open());
  }

  /** @param {MediaOpened} opened */
  async opened(opened) {
    if (this.#isClosed || this.isOpen) return;
    await this.#peer.accept(opened);
    for (const source of sources) if (this.sends(source)) this.#announce(source);
    const { engine, clock, on } = this.#parts;
    this.#monitor = new Monitor(this.#peer, engine, clock, {
      isExpectingMedia: on.isExpectingMedia,
      quality: (quality) => {
        this.#isSilent = quality === 'lost';
        on.quality(quality);
        on.changed();
      },
      bypassed: (stream) => this.#bypassed(stream),
      figures: on.figures,
      levels: on.levels,
      decoded: on.decoded,
    });
  }

  /** Each restart gets new credentials of the server, so only the last answer holds. @param {MediaRestarted} restarted */
  async restarted(restarted) {
    this.#restartsAsked--;
    if (!this.#isClosed && this.#restartsAsked <= 0) await this.#peer.restarted(restarted);
  }

  /** @param {boolean} isOpen */
  arm(isOpen) {
    return this.#peer.arm(isOpen);
  }

  /** The media worker sees the frames of this sender. @param {WayOut} way */
  async proven(way) {
    if (!await this.#peer.proven(way)) this.#bypassed(way.stream);
  }

  /** @param {Source} source */
  sends(source) {
    return (this.#tracks.get(source) ?? null) !== null;
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  async setTrack(source, track) {
    const sent = this.sends(source);
    this.#tracks.set(source, track);
    if (sent !== this.sends(source)) this.#announce(source);
    await this.#place(source);
  }

  /** Nothing of the screen is sent, and the others keep its last picture: it stays published. @param {boolean} isPaused */
  async pause(isPaused) {
    this.#isPaused = isPaused;
    for (const source of ofScreen) if (this.#tracks.has(source)) await this.#place(source);
  }

  /** @param {Source} source */
  #place(source) {
    const isHeld = this.#isPaused && ofScreen.includes(source);
    return this.#peer.setTrack(source, isHeld ? null : this.#tracks.get(source) ?? null);
  }

  /** The socket is back in the same seat: the server may have missed something, and its answers may be lost. */
  resumed() {
    for (const source of this.#tracks.keys()) this.#announce(source);
    this.#restartsAsked = 0;
    if (this.#peer.isRestarting) this.#restart();
    else this.heal(true);
  }

  /** New credentials for the path, until it is there again. @param {boolean} [isUrgent] the browser says the network changed */
  heal(isUrgent = false) {
    if (this.#isClosed || !this.isOpen || !this.isLost) return;
    const now = this.#parts.clock.now();
    if (!isUrgent && now - this.#restartedAt < restartPause) return;
    this.#restart();
  }

  #restart() {
    this.#restartedAt = this.#parts.clock.now();
    this.#parts.clock.setTimeout(() => this.heal(), restartPause);
    this.#restartsAsked++;
    this.#peer.restart().then((message) => this.#parts.on.send(message), () => {});
  }

  /** Somebody's voice comes through this slot: measure how loud. @param {string} stream */
  listen(stream) {
    this.#monitor?.listen(stream);
  }

  /** @param {string} stream */
  midOf(stream) {
    return this.#peer.streams.get(stream)?.mid ?? '';
  }

  /** @param {string} mid */
  streamOf(mid) {
    for (const [name, stream] of this.#peer.streams) if (stream.mid === mid) return name;
    return null;
  }

  keyFrame() {
    return this.#peer.keyFrame();
  }

  close() {
    this.#isClosed = true;
    this.#monitor?.stop();
    this.#peer.close();
  }

  /** @param {string} stream */
  #bypassed(stream) {
    void this.#peer.arm(false);
    void this.#peer.stop(stream);
    this.#parts.on.bypassed(stream);
  }

  /** Starts or stops a publication. The server takes the same word twice without harm. @param {Source} source */
  #announce(source) {
    const mid = this.isOpen ? this.#peer.midOf(source) : null;
    if (mid !== null) this.#parts.on.send({ area: 'media', type: this.sends(source) ? 'publish' : 'withdraw', mid });
  }

  #iceChanged() {
    if (this.#isClosed) return;
    const state = this.#peer.iceState;
    if (isConnected(state)) {
      this.#wasConnected = true;
      this.#restartedAt = -Infinity;
    } else if (state === 'failed') this.heal();
    else if (state === 'disconnected') this.#parts.clock.setTimeout(() => this.heal(), disconnectedPatience);
    this.#parts.on.changed();
  }
}

/** @param {RTCIceConnectionState} state */
function isConnected(state) {
  return state === 'connected' || state === 'completed';
}
