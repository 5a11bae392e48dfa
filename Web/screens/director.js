import { emptyStage, nextLook, nextStage } from '../state/stage.js';

/** @typedef {import('../protocol/clock.d.ts').Clock} Clock */
/** @typedef {import('../state/stage.js').Cast} Cast */

/** Sees to it that the right person has the stage, also when time alone decides. */
export class Director {
  /** @type {Cast} */
  #cast = { others: [], first: [], speaking: new Set() };
  #stage = emptyStage;
  #timer = 0;
  #clock;
  #changed;

  /** @param {Clock} clock @param {() => void} changed somebody else has it */
  constructor(clock, changed) {
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Whoever has it now; null: nobody else is here. */
  get who() {
    return this.#stage.who;
  }

  /** @param {Partial<Cast>} change */
  see(change) {
    this.#cast = { ...this.#cast, ...change };
    this.#look();
  }

  /** Nobody looks any more. */
  stop() {
    this.#clock.clearTimeout(this.#timer);
    this.#cast = { others: [], first: [], speaking: new Set() };
    this.#stage = emptyStage;
  }

  #look() {
    this.#clock.clearTimeout(this.#timer);
    const before = this.#stage.who, now = this.#clock.now();
    this.#stage = nextStage(this.#stage, this.#cast, now);
    const wait = nextLook(this.#stage, this.#cast, now);
    if (wait !== null) this.#timer = this.#clock.setTimeout(() => this.#look(), wait);
    if (this.#stage.who !== before) this.#changed();
  }
}
