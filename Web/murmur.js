/** @import { Clock } from './protocol/clock.d.ts' */

/** Milliseconds between two sentences of a kind: a crowd must not drown who speaks. */
const pause = 3000;

/**
 * Things of one kind that are said aloud: at once where it was quiet, else in one sentence with all that come until then.
 * @template Thing
 */
export class Murmur {
  /** @type {Thing[]} */
  #things = [];
  #toldAt = -Infinity;
  #timer = 0;
  #clock;
  #say;

  /** @param {Clock} clock @param {(things: readonly Thing[]) => void} say */
  constructor(clock, say) {
    this.#clock = clock;
    this.#say = say;
  }

  /** @param {Thing} thing */
  hear(thing) {
    this.#things.push(thing);
    if (this.#things.length > 1) return;
    const wait = Math.max(0, this.#toldAt + pause - this.#clock.now());
    this.#timer = this.#clock.setTimeout(() => this.#tell(), wait);
  }

  /** Nothing of it is said any more. */
  calm() {
    this.#clock.clearTimeout(this.#timer);
    this.#things = [];
  }

  #tell() {
    const things = this.#things;
    this.#things = [];
    this.#toldAt = this.#clock.now();
    this.#say(things);
  }
}
