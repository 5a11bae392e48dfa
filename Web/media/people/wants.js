/**
 * Which pictures are asked for, and how large: only what is seen is sent.
 * @import { MediaWant, WantItem } from '../../protocol/messages.d.ts'
 * @import { Clock } from '../../protocol/clock.d.ts'
 * @import { View } from '../types.d.ts'
 * @import { Roster } from './roster.js'
 */
import { publicationOf } from './roster.js';

const heights = [180, 360, 720];
const mostItems = 100;

/** @param {readonly View[]} views @param {Roster} roster @returns {WantItem[]} */
export function wantsOf(views, roster) {
  return views.flatMap(({ participant, use, height, rank }) => {
    const publication = publicationOf(roster, participant, use);
    if (publication === null || height <= 0) return [];
    return [{ publication, height: heights.find((step) => step >= height) ?? 720, rank }];
  }).slice(0, mostItems);
}

/** Scrolling changes the wish many times a second; the server hears the last one. */
const pause = 200;

/** Asks soon, once for many changes. */
export class Wants {
  #generation = 0;
  #timer = 0;
  #clock;
  #items;
  #send;

  /** @param {Clock} clock @param {() => WantItem[] | null} items what is wanted now; null: nobody to ask @param {(message: MediaWant) => void} send */
  constructor(clock, items, send) {
    this.#clock = clock;
    this.#items = items;
    this.#send = send;
  }

  soon() {
    if (this.#timer !== 0) return;
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = 0;
      const items = this.#items();
      if (items) this.#send({ area: 'media', type: 'want', generation: ++this.#generation, items });
    }, pause);
  }

  stop() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = 0;
  }
}
