/**
 * The last net: the encoder made frames, but the media worker saw none of them. Then they went out in clear, or came in so.
 * @import { Snapshot } from './statistics.js'
 * @import { Counts } from '../../state/frames.d.ts'
 * @typedef {Readonly<Record<string, Counts>>} Worked what the media worker counted, by stream
 */

const framesAllowed = 15;
const packetsAllowed = 50;

export class Watchdog {
  /** @type {Map<string, number>} by stream: what the browser had counted when the worker last moved */
  #browser = new Map();
  /** @type {Map<string, number>} */
  #worker = new Map();

  /**
   * The counts have to be younger than the statistics: frames on the way between the two are not a fault.
   * @param {Snapshot} now @param {Worked} worked
   * @param {ReadonlyMap<string, { mid: string, sound: boolean, direction: 'send' | 'receive' }>} streams
   * @returns {string | null} a stream that is at fault
   */
  look(now, worked, streams) {
    for (const [name, { mid, sound, direction }] of streams) {
      const browser = direction === 'send'
        ? now.sent.get(mid)?.[sound ? 'packets' : 'framesEncoded']
        : now.received.get(mid)?.[sound ? 'packets' : 'framesDecoded'];
      const counts = worked[name];
      // Pictures that were decoded must have been opened; of sound only packets are counted, so all must have come by.
      const worker = (direction === 'send' || sound ? counts?.taken : counts?.given) ?? 0;
      if ((this.#worker.get(name) ?? 0) !== worker || browser === undefined) {
        this.#worker.set(name, worker);
        this.#browser.set(name, browser ?? 0);
      } else if (browser - (this.#browser.get(name) ?? 0) > (sound ? packetsAllowed : framesAllowed)) {
        return name;
      }
    }
    return null;
  }
}
