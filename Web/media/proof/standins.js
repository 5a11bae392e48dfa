/**
 * A black picture and silence, made without any device. They stand on a sender until it is proven that its frames go
 * through the media worker.
 * @import { Kind } from '../../state/frames.d.ts'
 */

/** Milliseconds. An encoder that starts late still finds a fresh picture. */
const redraw = 100;

/** @typedef {{ track: MediaStreamTrack, end(): void }} StandIn */

export class StandIns {
  /** @type {Map<Kind, StandIn>} */
  #made = new Map();

  /** @param {Kind} kind @param {'audio' | 'video'} media */
  track(kind, media) {
    const known = this.#made.get(kind) ?? (media === 'audio' ? silence() : blackness());
    this.#made.set(kind, known);
    return known.track;
  }

  /** @param {Kind} kind */
  end(kind) {
    this.#made.get(kind)?.end();
    this.#made.delete(kind);
  }

  close() {
    for (const kind of [...this.#made.keys()]) this.end(kind);
  }
}

/** @returns {StandIn} */
function blackness() {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [64, 36];
  const context = canvas.getContext('2d');
  // Only a canvas that is drawn on gives frames.
  const draw = () => context?.fillRect(0, 0, canvas.width, canvas.height);
  draw();
  const timer = setInterval(draw, redraw);
  return ended(canvas.captureStream(), () => clearInterval(timer));
}

/** Nothing is connected to it, and it need not run: a source without samples is sent as silence. @returns {StandIn} */
function silence() {
  const context = new AudioContext();
  context.resume().catch(() => {}); // where only a running one is sent; elsewhere it may well stay suspended
  return ended(context.createMediaStreamDestination().stream, () => void context.close().catch(() => {}));
}

/** @param {MediaStream} stream @param {() => void} release @returns {StandIn} */
function ended(stream, release) {
  const track = stream.getTracks()[0];
  if (!track) throw new Error('a stand-in without a track');
  const end = () => {
    track.stop();
    release();
  };
  return { track, end };
}
