/**
 * What may stand on the own senders. A browser may ignore a transform and send in clear, so no sender carries the person's
 * picture or sound before the media worker has taken a frame of that very sender while nothing had left. Until then a
 * stand-in does. The proof holds as long as the transform, which is as long as the connection.
 * @import { Kind } from '../../state/frames.d.ts'
 */

/** Milliseconds from connected to the last moment for a proof; it takes a tenth of a second where encrypting works. */
export const proofPatience = 15_000;

export class Proofs {
  /** @type {Set<Kind>} */
  #given = new Set();
  /** @type {Map<Kind, number>} */
  #awaited = new Map();
  #isHeldBack;

  /** @param {boolean} isHeldBack the browser itself sends nothing without a transform, and says so: no proof is needed */
  constructor(isHeldBack) {
    this.#isHeldBack = isHeldBack;
  }

  /** @param {Kind} kind */
  isGiven(kind) {
    return this.#isHeldBack || this.#given.has(kind);
  }

  /** The worker has taken a frame. Not a proof when something has left, for the worker gave nothing. @param {Kind} kind @param {number} packetsSent */
  take(kind, packetsSent) {
    if (packetsSent === 0) this.#given.add(kind);
    return packetsSent === 0;
  }

  /**
   * The track for this sender now. @template T
   * @param {Kind} kind @param {{ isOpen: boolean, wanted: T | null, standIn(): T }} choice @returns {T | null}
   */
  choose(kind, { isOpen, wanted, standIn }) {
    if (!isOpen) return null;
    return this.isGiven(kind) ? wanted : standIn();
  }

  /**
   * Is this stream at fault? What the worker took was asked for after `bytesSent` was read.
   * @param {Kind} kind @param {{ bytesSent: number, taken: number, isConnected: boolean, at: number }} now
   */
  isRefuted(kind, { bytesSent, taken, isConnected, at }) {
    if (bytesSent > 0 && taken === 0) return true;
    if (this.isGiven(kind) || !isConnected) this.#awaited.delete(kind);
    else if (!this.#awaited.has(kind)) this.#awaited.set(kind, at);
    return at - (this.#awaited.get(kind) ?? at) > proofPatience;
  }
}
