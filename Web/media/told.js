/**
 * What the page was told last. A word is said once, when it changes.
 * @import { CallListener, CallState, ConnectionQuality, Failure, Protection } from './types.d.ts'
 */
export class Told {
  /** @type {CallState} */
  #state = { type: 'new' };
  /** @type {Protection['type']} */
  #protection = 'starting';
  /** @type {ConnectionQuality} */
  #quality = 'good';
  /** Troubles that were told and are not over. @type {Set<Failure['id']>} */
  #notes = new Set();
  #on;

  /** @param {CallListener} on */
  constructor(on) {
    this.#on = on;
  }

  get state() {
    return this.#state;
  }

  get isOver() {
    return this.#state.type === 'refused' || this.#state.type === 'ended';
  }

  get isReconnecting() {
    return this.#state.type === 'reconnecting';
  }

  /** @param {CallState} state */
  become(state) {
    this.#state = state;
    this.#on.state?.(state);
  }

  /** @param {Protection} protection */
  protection(protection) {
    if (this.#protection === protection.type) return;
    this.#protection = protection.type;
    this.#on.protection?.(protection);
  }

  /** While the call looks for its way back the connection is lost, whatever the figures say. @param {ConnectionQuality} quality */
  quality(quality) {
    const told = this.isReconnecting ? 'lost' : quality;
    if (told === this.#quality) return;
    this.#quality = told;
    this.#on.connection?.(told);
  }

  /** @param {Failure} failure */
  note(failure) {
    this.#notes.add(failure.id);
    this.#on.notice?.(failure);
  }

  /** This trouble is over. @param {Failure['id']} id */
  clear(id) {
    if (this.#notes.delete(id)) this.#on.noticeOver?.(id);
  }

  /** Another meeting, or the same one anew: what was told before holds no longer. */
  forget() {
    this.#notes.clear();
  }
}
