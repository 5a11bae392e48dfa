/** @import { CallOptions, CallState, Person, View } from './types.d.ts' */

/**
 * One meeting, from the link to the last hang-up: ties socket, engine and peer connection together and tells the page.
 *
 *     const call = new Call({ meeting, fragment, device: 'desktop', on: { state(state) { … }, people(people) { … } } });
 *     await call.prepare();            // before the name is asked: browser floor, workers, link
 *     await call.join('Anna');         // resolves when joined; the person's track may be set before or after
 *     await call.setMicrophone(track); // null = off; the track stays the page's own, it stops it itself
 */
export class Call {
  /** @param {CallOptions} options */
  constructor(options) {
    void options;
  }

  /** @returns {CallState} */
  get state() {
    return { type: 'new' };
  }

  /** @returns {readonly Person[]} */
  get people() {
    return [];
  }

  /** Checks the browser floor, starts both workers, parses the link. Rejects with a `CallError`, and state becomes `refused`. */
  async prepare() {}

  /** Enters under this name (1…60 characters). Rejects with a `CallError`; after it `join` may be called again. @param {string} name */
  async join(name) {
    await Promise.resolve(name);
  }

  /** Sends this track, or nothing. Kept over reconnects; before `join` it is remembered. @param {MediaStreamTrack | null} track */
  async setMicrophone(track) {
    await Promise.resolve(track);
  }

  /** @param {MediaStreamTrack | null} track */
  async setCamera(track) {
    await Promise.resolve(track);
  }

  /** The tiles in view, all of them, each time. The call waits 100 ms for further changes. @param {readonly View[]} views */
  setViews(views) {
    void views;
  }

  /** Loudspeaker of all sound; where the browser cannot choose, does nothing. @param {string} device */
  async setSpeaker(device) {
    await Promise.resolve(device);
  }

  /** Starts sound the browser held back (`err.sound`); call it from a click. */
  async play() {}

  /** The common link, composed by the engine worker. Ask for it when the person copies it, and keep it nowhere. @returns {Promise<string>} */
  async inviteLink() {
    return await Promise.resolve('');
  }

  /** Says goodbye and frees workers, tracks' senders, timers. The call cannot be used again. */
  async leave() {}
}

/** A rejected `prepare` or `join`. */
export class CallError extends Error {
  /** @param {import('./types.d.ts').Failure} failure */
  constructor(failure) {
    super(failure.detail ?? failure.id);
    this.failure = failure;
  }
}
