/**
 * @import { Clock } from './protocol/clock.d.ts'
 * @import { Args } from './state/notices.js'
 * @typedef {readonly [one: string, few: string, many: string]} Sentences keys of texts: about one, a few, many
 */
import { listed, t } from './strings/translate.js';

/** More names than this in one sentence are only a number. */
const mostNames = 3;

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

/** One by name, a few by their names, more as a number. @param {import('./elements/b-announcer.js').Announcer} announcer @param {Sentences} sentences @param {readonly (string | { word: string })[]} all @param {Args} [args] of the first */
export function sayNames(announcer, [one, few, many], all, args = {}) {
  const names = [...new Set(all.map((name) => typeof name === 'string' ? name : t(name.word)))];
  if (names.length === 1) announcer.polite(one, { name: names[0] ?? '', ...args });
  else if (names.length <= mostNames) announcer.polite(few, { names: listed(names) });
  else announcer.polite(many, { n: names.length });
}
