/**
 * The places where others are seen and heard: one element per slot, made once, filled by whoever the server puts there. Who
 * that is comes from the key that opened the frames, never from the server's word.
 * @import { Label } from '../state/frames.d.ts'
 * @import { Picture } from './types.d.ts'
 * @typedef {object} Place
 * @property {string} name of the stream
 * @property {HTMLMediaElement} element
 * @property {MediaStreamTrack} track
 * @property {Label | null} label
 * @property {boolean} isShowing a frame of the one on the label has been shown
 * @property {Picture['still']} still
 * @property {number} frames decoded so far
 * @property {number | null} base how many they were when they were first counted for the one on the label
 * @property {number} movedAt when they were more than before, in milliseconds
 * @property {boolean} isResting none came for a while
 * @property {number} turn grows with every new owner, so that late callbacks know they are late
 */

/** Milliseconds without a new picture: longer than any browser takes for one of a screen on which nothing moves. */
const restAfter = 4000;

const moving = { frames: 0, base: null, movedAt: 0, isResting: false };

export class Slots {
  /** @type {Map<string, Place>} */
  #places = new Map();
  #speaker = '';
  /** How loud somebody is played, 0 to 1, by their key: an element may be another's in a moment. @type {Map<string, number>} */
  #volumes = new Map();
  /** Keys of those who share a screen: nobody else's sound is that of one. @type {ReadonlySet<string>} */
  #sharers = new Set();
  #on;

  /** @param {{ changed(): void, silenced(isSilenced: boolean): void }} on */
  constructor(on) {
    this.#on = on;
  }

  /** The tracks of a new connection move into the elements that are there. @param {readonly { name: string, media: 'audio' | 'video', transceiver: RTCRtpTransceiver }[]} slots */
  bind(slots) {
    for (const { name, media, transceiver } of slots) {
      const place = this.#places.get(name) ?? this.#make(name, media, transceiver.receiver.track);
      place.track = transceiver.receiver.track;
      place.label = null;
      place.isShowing = false;
      place.turn++;
      // Nobody is heard before a key has said who it is.
      place.element.muted = true;
      place.element.srcObject = new MediaStream([place.track]);
      this.#start(place.element);
    }
  }

  /** @returns {readonly Place[]} */
  get places() {
    return [...this.#places.values()];
  }

  /** From here on the slot's frames are this person's. @param {Label} label */
  label(label) {
    for (const place of this.#places.values()) {
      const isElsewhere = place.name !== label.stream && place.label?.leaf === label.leaf &&
        place.label.kind === label.kind;
      if (isElsewhere) this.#empty(place);
    }
    const place = this.#places.get(label.stream);
    if (!place) return;
    this.#empty(place);
    place.label = label;
    if (place.element instanceof HTMLAudioElement) {
      place.element.volume = this.#volumes.get(label.id) ?? 1;
      place.element.muted = !this.#mayBeHeard(label);
      this.#start(place.element);
    }
    this.#awaitPicture(place, label.timestamp);
    this.#on.changed();
  }

  /** The person stopped sending, or was moved: the next picture has to come first. @param {number} leaf @param {Label['kind']} kind */
  again(leaf, kind) {
    for (const place of this.#places.values()) {
      if (place.label?.leaf !== leaf || place.label.kind !== kind) continue;
      const { label } = place;
      const { muted } = place.element;
      this.#empty(place);
      place.element.muted = muted;
      place.label = label;
      this.#awaitPicture(place, null);
    }
    this.#on.changed();
  }

  /** @param {string} name @param {Picture['still']} still */
  still(name, still) {
    const place = this.#places.get(name);
    if (!place || place.still === still) return;
    place.still = still;
    this.#on.changed();
  }

  /** Once a second: how many pictures came out of each. @param {ReadonlyMap<string, number>} frames by name @param {number} now milliseconds */
  decoded(frames, now) {
    let isNews = false;
    for (const place of this.#places.values()) {
      const count = frames.get(place.name) ?? place.frames;
      if (count !== place.frames || place.label === null) place.movedAt = now;
      place.frames = count;
      if (this.#isCounted(place)) {
        place.isShowing = true;
        isNews = true;
      }
      const isResting = now - place.movedAt >= restAfter;
      isNews ||= isResting !== place.isResting;
      place.isResting = isResting;
    }
    if (isNews) this.#on.changed();
  }

  /**
   * A hidden page paints nothing, and so hears of no first picture; a small window would wait for it. What is decoded after a
   * whole second under this label is theirs. @param {Place} place
   */
  #isCounted(place) {
    if (place.label === null || place.isShowing || !document.hidden) return false;
    place.base ??= place.frames;
    return place.frames > place.base;
  }

  /** From now on, whichever element plays them. @param {string} key @param {number} volume 0 to 1 */
  setVolume(key, volume) {
    this.#volumes.set(key, volume);
    for (const { element, label } of this.#places.values()) if (label?.id === key) element.volume = volume;
  }

  /** Who shares a screen now: with it goes its sound, which would be a voice without a face. @param {ReadonlySet<string>} keys */
  set sharers(keys) {
    this.#sharers = keys;
    for (const { element, label } of this.#places.values()) {
      if (label?.kind !== 'screenAudio' || element.muted !== this.#mayBeHeard(label)) continue;
      element.muted = !element.muted;
      this.#start(element);
    }
  }

  /** @param {Label} label */
  #mayBeHeard({ kind, id }) {
    return kind !== 'screenAudio' || this.#sharers.has(id);
  }

  /** @param {string} device */
  async setSpeaker(device) {
    this.#speaker = device;
    await Promise.all(this.places.map(({ element }) => this.#route(element)));
  }

  /** From a click: what the browser held back may start now. */
  async play() {
    const results = await Promise.allSettled(this.places.map(({ element }) => element.play()));
    this.#on.silenced(results.some((result) => result.status === 'rejected' && isHeldBack(result.reason)));
  }

  close() {
    for (const place of this.#places.values()) {
      place.turn++;
      place.element.srcObject = null;
      place.element.remove();
    }
    this.#places.clear();
  }

  /** @param {string} name @param {'audio' | 'video'} media @param {MediaStreamTrack} track @returns {Place} */
  #make(name, media, track) {
    const element = document.createElement(media);
    element.autoplay = true;
    if (element instanceof HTMLVideoElement) {
      element.muted = true;
      element.playsInline = true;
      element.disablePictureInPicture = true;
      // An element that moves to another tile may be paused by the browser on the way.
      element.addEventListener('pause', () => element.srcObject && this.#start(element));
    } else void this.#route(element);
    /** @type {Place} */
    const place = { name, element, track, label: null, isShowing: false, still: null, turn: 0, ...moving };
    this.#places.set(name, place);
    return place;
  }

  /** @param {HTMLMediaElement} element */
  #start(element) {
    element.play().then(() => element.muted || this.#on.silenced(false), (error) => {
      if (!element.muted && isHeldBack(error)) this.#on.silenced(true);
    });
  }

  /** @param {HTMLMediaElement} element */
  async #route(element) {
    if (element instanceof HTMLAudioElement && 'setSinkId' in element && element.sinkId !== this.#speaker) {
      await element.setSinkId(this.#speaker).catch(() => {});
    }
  }

  /** @param {Place} place */
  #empty(place) {
    place.label = null;
    place.element.muted = true;
    place.isShowing = false;
    place.still = null;
    place.base = null;
    place.movedAt = Infinity; // nothing rests before it moved
    place.isResting = false;
    place.turn++;
  }

  /** A frame older than the label may still be on its way to the screen: it is the previous person's. @param {Place} place @param {number | null} timestamp */
  #awaitPicture(place, timestamp) {
    const { element, turn } = place;
    if (!(element instanceof HTMLVideoElement)) return;
    /** @param {number} _now @param {VideoFrameCallbackMetadata} metadata */
    const shown = (_now, metadata) => {
      if (place.turn !== turn) return;
      const { rtpTimestamp } = metadata;
      const isOlder = timestamp !== null && rtpTimestamp !== undefined && ((rtpTimestamp - timestamp) | 0) < 0;
      if (isOlder) return void element.requestVideoFrameCallback(shown);
      place.isShowing = true;
      this.#on.changed();
    };
    element.requestVideoFrameCallback(shown);
  }
}

/** @param {unknown} error */
function isHeldBack(error) {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}
