/**
 * The keys of this epoch and of those just gone, by key id. The engine worker fills it with one message (`Keys`), for each
 * epoch and each change of the gate.
 * @import { Bytes } from '../bytes.js'
 * @import { FrameKey } from './sframe.js'
 * @import { Kind } from '../../state/frames.d.ts'
 * @typedef {{ leaf: number, id: string, key: CryptoKey }} Leaf `id` is the signature key of whoever sits there.
 * @typedef {object} Keys
 * @property {number} epoch
 * @property {number} leafBits log2 of the leaf capacity in this epoch
 * @property {number | null} own leaf of this client; null: it has none, and seals nothing
 * @property {readonly Leaf[]} leaves all occupied ones, the own one too
 * @property {readonly string[]} voices ids of those whose microphone is opened: people and telephones
 * @property {readonly string[]} faces ids of those whose camera is opened: people
 * @property {readonly string[]} sharers ids of those who may share a screen
 * @property {boolean} mayEncrypt the gate
 * @typedef {{ keys: FrameKey, kid: number, next: number }} SendingKey
 * @typedef {{ keys: FrameKey, kid: number, window: ReplayWindow, leaf: number, id: string, context: number }} ReceivingKey
 */
import { keyID, kindOf, partsOf } from './mf1.js';
import { ReplayWindow } from './replay.js';
import { frameKey, suites } from './sframe.js';

/** An old epoch's frames may still be on their way this long, in milliseconds. */
export const keptAfter = 2000;

export class Keyring {
  /** @type {Epoch | null} */
  #current = null;
  /** @type {Map<number, Epoch>} by the low four bits of the number */
  #old = new Map();
  /** Grows with every change, so that whoever holds frames knows when to try again. */
  changes = 0;

  /** True if somebody came who was not there. Keys without a seat and without anybody shut everything. @param {Keys} keys @param {number} now milliseconds */
  install(keys, now) {
    if (keys.own === null && keys.leaves.length === 0) {
      this.shut();
      return false;
    }
    this.changes++;
    const before = this.#current;
    if (before?.keys.epoch === keys.epoch) return before.update(keys);
    if (before) {
      before.close(now + keptAfter);
      this.#old.set(before.keys.epoch % 16, before);
    }
    this.#old.delete(keys.epoch % 16);
    this.#current = new Epoch(keys);
    for (const old of this.#old.values()) old.keepOnly(keys.leaves);
    const known = new Set(before?.keys.leaves.map(({ id }) => id));
    return keys.leaves.some(({ id }) => !known.has(id));
  }

  /** @param {number} now */
  expire(now) {
    for (const [low, epoch] of this.#old) if (epoch.wipeAt <= now) this.#old.delete(low);
  }

  /** Nothing is sealed or opened any more. */
  shut() {
    this.#current = null;
    this.#old.clear();
    this.changes++;
  }

  /** Null while nothing may be sealed. */
  get sendingEpoch() {
    const keys = this.#current?.keys;
    return keys?.mayEncrypt && keys.own !== null ? keys.epoch : null;
  }

  /** @param {number} context @returns {Promise<SendingKey | null>} */
  async sending(context) {
    return this.sendingEpoch === null ? null : await (this.#current?.sending(context) ?? null);
  }

  /**
   * `newer`: the key may be about to come, hold the frame. A text else: why it is dropped.
   * @param {number} kid @returns {Promise<ReceivingKey | 'newer' | 'foreign' | 'gone'>}
   */
  async receiving(kid) {
    if (!this.#current) return 'newer';
    const distance = (kid - this.#current.keys.epoch % 16 + 16) % 16;
    if (distance > 0 && distance < 8) return 'newer';
    const epoch = distance === 0 ? this.#current : this.#old.get(kid % 16);
    // Four bits tell 16 epochs apart: one that is further back is not the one that is meant.
    if (!epoch || epoch.keys.epoch !== this.#current.keys.epoch - (16 - distance) % 16) return 'gone';
    return await epoch.receiving(kid);
  }
}

/** More people than a long meeting sees; a server that invents more gets no seat for them. */
const seatsAtMost = 4096;

/** @type {ReadonlySet<string>} */
const nobody = new Set();

/** One epoch: who is on which leaf, and what was derived for them so far. */
class Epoch {
  /** @type {Map<number, Seat>} */
  #seats = new Map();
  /** Everybody who ever had a seat, by id: who goes and comes back finds counter and windows where they were. @type {Map<string, Seat>} */
  #everybody = new Map();
  wipeAt = Infinity;
  /** Whose frames of which kind are opened; of nobody, until it was said. @type {Readonly<Record<Kind, ReadonlySet<string>>>} */
  #opened = { microphone: nobody, camera: nobody, screen: nobody, screenAudio: nobody };

  /** @param {Keys} keys */
  constructor(keys) {
    this.keys = keys;
    this.update(keys);
  }

  /**
   * A person has one seat for life: counters never start again and no frame opens twice, whatever is said about who left
   * and came. An id that is said to sit on another leaf than before, or two on one leaf: only the first is believed.
   * @param {Keys} keys
   */
  update(keys) {
    let added = false;
    const seats = new Map();
    for (const leaf of keys.leaves) {
      if (seats.has(leaf.leaf)) continue;
      const seat = this.#seat(leaf);
      if (!seat) continue;
      seats.set(leaf.leaf, seat);
      if (this.#seats.get(leaf.leaf) !== seat) added = true;
    }
    this.keys = keys;
    this.#seats = seats;
    const sharers = new Set(keys.sharers);
    this.#opened = {
      microphone: new Set(keys.voices),
      camera: new Set(keys.faces),
      screen: sharers,
      screenAudio: sharers,
    };
    return added;
  }

  /** @param {Leaf} leaf @returns {Seat | null} */
  #seat(leaf) {
    const known = this.#everybody.get(leaf.id);
    if (known) return known.leaf === leaf.leaf ? known : null;
    if (this.#everybody.size >= seatsAtMost) return null;
    const seat = new Seat(leaf);
    this.#everybody.set(leaf.id, seat);
    return seat;
  }

  /** No frame is sealed in an epoch that has ended. @param {number} wipeAt */
  close(wipeAt) {
    this.wipeAt = wipeAt;
    this.keys = { ...this.keys, mayEncrypt: false };
  }

  /**
   * Who was removed is not heard any more, not even for the two seconds; neither when somebody else sits on the leaf now.
   * @param {readonly Leaf[]} leaves
   */
  keepOnly(leaves) {
    for (const { leaf, id } of this.#seats.values()) {
      if (!leaves.some((item) => item.leaf === leaf && item.id === id)) this.#seats.delete(leaf);
    }
  }

  /** @param {number} context */
  sending(context) {
    const { own, leafBits, epoch } = this.keys;
    if (own === null) return null;
    return this.#seats.get(own)?.sending(keyID({ context, leaf: own, epoch }, leafBits)) ?? null;
  }

  /** @param {number} kid */
  receiving(kid) {
    const { context, leaf } = partsOf(kid, this.keys.leafBits);
    const kind = kindOf(context);
    const seat = this.#seats.get(leaf);
    if (!kind || !seat || leaf === this.keys.own || !this.#opened[kind].has(seat.id)) return 'foreign';
    return seat.receiving(kid, context);
  }
}

/** One person on one leaf. Keys are derived once per key id. */
class Seat {
  /** @type {Map<number, Promise<SendingKey>>} */
  #sending = new Map();
  /** @type {Map<number, Promise<ReceivingKey>>} */
  #receiving = new Map();
  #leaf;

  /** @param {Leaf} leaf */
  constructor(leaf) {
    this.#leaf = leaf;
  }

  get id() {
    return this.#leaf.id;
  }

  get leaf() {
    return this.#leaf.leaf;
  }

  /** @param {number} kid */
  sending(kid) {
    return once(this.#sending, kid, async () => {
      return { keys: await frameKey(this.#leaf.key, BigInt(kid), suites[4], 'encrypt'), kid, next: 0 };
    });
  }

  /** @param {number} kid @param {number} context */
  receiving(kid, context) {
    return once(this.#receiving, kid, async () => {
      const keys = await frameKey(this.#leaf.key, BigInt(kid), suites[4], 'decrypt');
      return { keys, kid, window: new ReplayWindow(), leaf: this.#leaf.leaf, id: this.id, context };
    });
  }
}

/** @template T @param {Map<number, Promise<T>>} made @param {number} kid @param {() => Promise<T>} make @returns {Promise<T>} */
function once(made, kid, make) {
  const value = made.get(kid) ?? make();
  made.set(kid, value);
  return value;
}
