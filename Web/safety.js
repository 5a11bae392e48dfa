/**
 * @import { Made } from './made.js'
 * @import { Line, Live, Told } from './state/safety.js'
 */
import { checklist, given } from './state/safety.js';

/** What is known here of the safety of a meeting, planned or begun now: what the page set, what the server says, what holds in it now. */
export class SafetyCheck {
  #live;
  /** @type {Made | null} */
  #made = null;
  /** @type {readonly Told[] | null} */
  #told = null;

  /** @param {() => Live | null} live null: one is not in it */
  constructor(live) {
    this.#live = live;
  }

  /** The meeting; null: only its link is known here. @param {Made | null} made */
  set made(made) {
    if (made !== this.#made) this.#told = null;
    this.#made = made;
  }

  /** Null: the person did not make it. @returns {readonly Line[] | null} */
  get lines() {
    const made = this.#made;
    if (!made) return null;
    return checklist(given(made.settings, made.expected), made.required, this.#told, this.#live());
  }

  /** Asks the server. What it said before holds no longer: somebody may have changed it. */
  async check() {
    const made = this.#made;
    if (!made) return;
    this.#told = null;
    const told = await made.safety().catch(() => null);
    if (made === this.#made) this.#told = told?.measures ?? null;
  }
}
