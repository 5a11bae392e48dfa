/**
 * How good the connection is, in one word.
 * @import { Snapshot } from './statistics.js'
 * @import { ConnectionQuality } from '../types.d.ts'
 */
import { lossBetween } from './statistics.js';

/** Nothing came in for this long although somebody sends: the connection is lost. */
export const longestSilence = 2000;

/** @param {number} bad @param {number} worse @param {number} value @returns {0 | 1 | 2} */
const grade = (bad, worse, value) => value >= worse ? 2 : value >= bad ? 1 : 0;

export class Quality {
  /** @type {Snapshot | null} */
  #last = null;
  #lastBytes = 0;
  #silentSince = 0;

  /** @param {Snapshot} now @param {boolean} somebodySends @returns {ConnectionQuality} */
  judge(now, somebodySends) {
    const last = this.#last;
    this.#last = now;
    if (!last || !somebodySends || now.bytesReceived !== this.#lastBytes) this.#silentSince = now.at;
    this.#lastBytes = now.bytesReceived;
    if (!last) return 'good';
    if (now.at - this.#silentSince >= longestSilence) return 'lost';
    const loss = Math.max(now.remoteLoss, lossBetween(last, now));
    const worst = Math.max(grade(0.03, 0.1, loss), grade(0.3, 0.8, now.rtt), grade(0.06, 0.2, jitter(now)));
    return worst === 0 ? 'good' : worst === 1 ? 'fair' : 'poor';
  }
}

/** @param {Snapshot} now */
function jitter({ received }) {
  return Math.max(0, ...[...received.values()].map(({ jitter }) => jitter));
}
