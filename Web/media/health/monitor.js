/**
 * One timer for everything that is measured: who speaks five times a second, the rest once a second.
 * @import { Peer } from '../peer.js'
 * @import { Clock } from '../../protocol/clock.d.ts'
 * @import { ConnectionQuality } from '../types.d.ts'
 * @import { Figures } from '../../state/figures.js'
 * @import { FrameDoor, Kind } from '../../state/frames.d.ts'
 * @import { Snapshot } from './statistics.js'
 * @import { Worked } from './watchdog.js'
 * @typedef {object} MonitorListener
 * @property {() => boolean} isExpectingMedia does anybody send whom we should hear or see?
 * @property {(quality: ConnectionQuality) => void} quality
 * @property {(figures: Figures) => void} figures of the time since the look before
 * @property {(stream: string) => void} bypassed the watchdog's word: frames went round the media worker
 * @property {(levels: ReadonlyMap<string, number>) => void} levels by audio slot; `microphone` is one's own
 * @property {(frames: ReadonlyMap<string, number>) => void} decoded pictures so far, by video slot
 */
import { figuresOf } from './figures.js';
import { Quality } from './quality.js';
import { audioLevel, nothing, snapshot } from './statistics.js';
import { Watchdog } from './watchdog.js';

const period = 200;
const wholeLook = 5;

/** @type {readonly Kind[]} */
const sources = ['microphone', 'camera', 'screen', 'screenAudio'];

export class Monitor {
  #watchdog = new Watchdog();
  #quality = new Quality();
  /** @type {Snapshot | null} */
  #last = null;
  #ticks = 0;
  #isStopped = false;
  #isLooking = false;
  #isLost = false;
  #peer;
  #engine;
  #clock;
  #on;

  /** @param {Peer} peer @param {FrameDoor} engine @param {Clock} clock @param {MonitorListener} on */
  constructor(peer, engine, clock, on) {
    this.#peer = peer;
    this.#engine = engine;
    this.#clock = clock;
    this.#on = on;
    this.#tick();
  }

  stop() {
    this.#isStopped = true;
  }

  #tick() {
    if (this.#isStopped) return;
    this.#clock.setTimeout(() => this.#tick(), period);
    // A loss is looked at each time: its end should be seen at once.
    const isWhole = ++this.#ticks % wholeLook === 0 || this.#isLost;
    if (this.#peer.isAccepted) void this.#measure(isWhole).catch(() => {});
  }

  /** @param {boolean} isWhole */
  async #measure(isWhole) {
    if (isWhole) void this.#look().catch(() => {});
    else if (this.#watched.length > 0) void this.#prove().catch(() => {});
    /** @type {Map<string, number>} */
    const levels = new Map();
    const own = await this.#peer.senderStatistics('microphone');
    if (own) levels.set('microphone', audioLevel(own));
    for (const { name, media, transceiver } of this.#peer.slots) {
      if (media === 'audio' && this.#heard.has(name)) {
        levels.set(name, audioLevel(await transceiver.receiver.getStats()));
      }
    }
    if (!this.#isStopped) this.#on.levels(levels);
  }

  /** Audio slots somebody's frames have opened in; the others are not asked. @type {Set<string>} */
  #heard = new Set();

  /** @param {string} name */
  listen(name) {
    this.#heard.add(name);
  }

  /**
   * Until the media worker has seen the first frame of a source it is watched closely: a browser that ignores the transform
   * would send in clear from the first frame on.
   */
  async #prove() {
    const sent = new Map();
    const bytes = new Map();
    const watched = this.#watched;
    for (const kind of watched) {
      const report = await this.#peer.senderStatistics(kind);
      for (const [mid, counts] of report ? snapshot(report, this.#clock.now()).sent : []) {
        sent.set(mid, counts);
        bytes.set(kind, (bytes.get(kind) ?? 0) + counts.bytes);
      }
    }
    const worked = await this.#engine.counts();
    for (const kind of watched) {
      const taken = worked[kind]?.taken ?? 0;
      if (!this.#isStopped && this.#peer.isRefuted(kind, bytes.get(kind) ?? 0, taken, this.#clock.now())) {
        return this.#on.bypassed(kind);
      }
    }
    this.#judge({ ...nothing, sent }, worked, watched);
  }

  /** @type {Set<Kind>} */
  #unproven = new Set(sources);

  /** Those of them that are in use: a screen is shared once in a while. */
  get #watched() {
    return [...this.#unproven].filter((kind) => this.#peer.isAsked(kind));
  }

  /** @param {Snapshot} now @param {Worked} worked @param {readonly string[]} names */
  #judge(now, worked, names) {
    for (const kind of sources) if ((worked[kind]?.taken ?? 0) > 0) this.#unproven.delete(kind);
    const streams = new Map([...this.#peer.streams].filter(([name]) => names.includes(name)));
    const stream = this.#isStopped ? null : this.#watchdog.look(now, worked, streams);
    if (stream !== null) this.#on.bypassed(stream);
  }

  /** @param {Snapshot} now */
  #tellDecoded({ received }) {
    const pictures = this.#peer.slots.filter(({ media }) => media === 'video');
    this.#on.decoded(
      new Map(pictures.map(({ name, transceiver }) => {
        return [name, received.get(transceiver.mid ?? '')?.framesDecoded ?? 0];
      })),
    );
  }

  async #look() {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const now = snapshot(await this.#peer.statistics(), this.#clock.now());
      const quality = this.#quality.judge(now, this.#on.isExpectingMedia());
      this.#isLost = quality === 'lost';
      if (this.#isStopped) return;
      this.#on.quality(quality);
      if (this.#last) this.#on.figures(figuresOf(this.#last, now));
      this.#last = now;
      this.#tellDecoded(now);
      this.#judge(now, await this.#engine.counts(), [...this.#peer.streams.keys()]);
    } finally {
      this.#isLooking = false;
    }
  }
}
