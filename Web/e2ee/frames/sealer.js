/**
 * Turns one codec frame into one sealed frame.
 * @import { Bytes } from '../bytes.js'
 * @import { Keyring } from './keyring.js'
 * @import { CodecName, Kind } from '../../state/frames.d.ts'
 * @typedef {object} Frame
 * @property {Bytes} data
 * @property {CodecName} codec
 * @property {boolean} key
 * @property {number} ssrc
 * @property {number} mediaTime the encoder's RTP timestamp
 * @property {number} [spatial]
 * @property {number} [temporal]
 * @property {number} [width]
 * @property {number} [height]
 */
import { concat } from '../bytes.js';
import { encodeInner, kinds, padSound } from './mf1.js';
import { seal } from './sframe.js';
import { shell } from './shells.js';

/** At the end of the counter only a new epoch helps. */
const lastCounter = 2 ** 32 - 1;

/** @typedef {'empty' | 'gate' | 'tooLong' | 'wornOut'} SealFault why a frame is not sent */

export class Sealer {
  /** SSRC → context, in order of first use. @type {Map<number, number>} */
  #contexts = new Map();
  #kind;
  #keyring;

  /** @param {Kind} kind @param {Keyring} keyring */
  constructor(kind, keyring) {
    this.#kind = kind;
    this.#keyring = keyring;
  }

  /** @param {Frame} frame @returns {Promise<Bytes | SealFault>} */
  async seal(frame) {
    if (frame.data.length === 0) return 'empty';
    const context = this.#context(frame.ssrc);
    const sending = await this.#keyring.sending(context);
    if (!sending) return 'gate';
    const { codec, key, mediaTime, spatial = 0, temporal = 0 } = frame;
    const payload = kinds[this.#kind].sound ? padSound(frame.data) : frame.data;
    if (!payload) return 'tooLong';
    if (sending.next >= lastCounter) return 'wornOut';
    const counter = sending.next++; // taken before any await: no two frames ever share it
    const inner = encodeInner({ context, kind: this.#kind, codec, key, spatial, temporal, mediaTime });
    const sealed = await seal(sending.keys, BigInt(sending.kid), BigInt(counter), concat(inner, payload));
    return concat(shell(codec, key, frame), sealed);
  }

  /** A new stream takes over the context that has been quiet for longest; its counter goes on. @param {number} ssrc */
  #context(ssrc) {
    const { contexts } = kinds[this.#kind];
    const known = this.#contexts.get(ssrc);
    const used = [...this.#contexts.values()];
    const context = known ?? contexts.find((item) => !used.includes(item)) ?? used[0] ?? 0;
    if (known === undefined) {
      for (const [other, taken] of this.#contexts) if (taken === context) this.#contexts.delete(other);
    }
    this.#contexts.delete(ssrc);
    this.#contexts.set(ssrc, context);
    return context;
  }
}
