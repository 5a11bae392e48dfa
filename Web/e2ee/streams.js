/**
 * The two directions of an encoded stream inside the media worker. Frames keep their order: one is handled at a time.
 * @import { Keyring } from './frames/keyring.js'
 * @import { CodecName, Counts, Kind, Label } from '../state/frames.d.ts'
 * @import { Opened } from './frames/opener.js'
 * @typedef {RTCEncodedVideoFrame | RTCEncodedAudioFrame} EncodedFrame
 * @typedef {{ readable: ReadableStream<EncodedFrame>, writable: WritableStream<EncodedFrame> }} Pipe
 */
import { openFrame } from './frames/opener.js';
import { Sealer } from './frames/sealer.js';

/** More frames than these waiting for WebCrypto means the machine is lost anyway. */
const longestQueue = 64;
const hold = { milliseconds: 500, frames: 64, bytes: 1 << 20 };
const labelPatience = 100;
const failuresToSay = { count: 50, milliseconds: 5000 };

/** Which codec a payload type means; empty until the answer is known. @type {Map<number, CodecName>} */
export const payloads = new Map();

class Stream {
  /** @type {Counts} */
  counts = { taken: 0, given: 0, dropped: {} };

  /** @param {string} name @param {Pipe} pipe */
  constructor(name, { readable, writable }) {
    this.name = name;
    this.readable = readable;
    this.writer = writable.getWriter();
  }

  /** What happens in this stream happens one after the other. */
  #turn = Promise.resolve();

  /** @param {() => Promise<void>} task */
  next(task) {
    this.#turn = this.#turn.then(task).catch(() => this.drop('fault'));
    return this.#turn;
  }

  /** Ends when the connection ends. @param {(frame: EncodedFrame) => Promise<void>} handle */
  async pump(handle) {
    const reader = this.readable.getReader();
    let waiting = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.counts.taken++;
      if (waiting === longestQueue) {
        this.drop('overflow');
        continue;
      }
      waiting++;
      this.next(() => handle(value)).then(() => void waiting--);
    }
  }

  /** @param {EncodedFrame} frame @param {Uint8Array<ArrayBuffer>} bytes */
  async give(frame, bytes) {
    frame.data = bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
    await this.writer.write(/** @type {any} */ (frame));
    this.counts.given++;
  }

  /** @param {string} reason */
  drop(reason) {
    this.counts.dropped[reason] = (this.counts.dropped[reason] ?? 0) + 1;
  }
}

/**
 * Own frames on their way out. What cannot be sealed is not written: nothing leaves in clear. The first frames are those
 * of a stand-in: that they come at all proves that the browser sends this stream through here. None of them leaves.
 */
export class Sending extends Stream {
  #isProven = false;
  #isHeld;
  #sealer;
  #on;

  /**
   * @param {{ stream: string, connection: number, kind: Kind, isHeld: boolean }} options @param {Pipe} pipe
   * @param {Keyring} keyring @param {{ proven(): void }} on
   */
  constructor({ stream, connection, kind, isHeld }, pipe, keyring, on) {
    super(stream, pipe);
    this.connection = connection;
    this.#isHeld = isHeld;
    this.#sealer = new Sealer(kind, keyring);
    this.#on = on;
  }

  /** From here on the frames are the person's own. */
  release() {
    this.#isHeld = false;
  }

  run() {
    return this.pump(async (frame) => {
      if (!this.#isProven) {
        this.#isProven = true;
        this.#on.proven();
      }
      if (this.#isHeld) return this.drop('held');
      const facts = factsOf(frame);
      if (!facts.codec) return this.drop('codec');
      const data = new Uint8Array(frame.data);
      const sealed = await this.#sealer.seal({ ...facts, codec: facts.codec, data });
      if (typeof sealed === 'string') return this.drop(sealed);
      await this.give(frame, sealed);
    });
  }
}

/** Label → where it was seen last: a person who comes back to an earlier slot is announced there again. @type {Map<string, Receiving>} */
const lastSeenIn = new Map();

/** Frames of others. Whose they are is known only after they opened. */
export class Receiving extends Stream {
  /** @type {{ frame: EncodedFrame, until: number }[]} */
  #held = [];
  #heldBytes = 0;
  #changes = 0;
  #label = '';
  /** @type {() => void} */
  #confirm = () => {};
  /** Times of late failures. @type {number[]} */
  #failures = [];
  #media;
  #keyring;
  #on;

  /**
   * @param {string} name @param {'audio' | 'video'} media @param {Pipe} pipe @param {Keyring} keyring
   * @param {{ label(label: Label): void, undecryptable(stream: string): void }} on
   */
  constructor(name, media, pipe, keyring, on) {
    super(name, pipe);
    this.#media = media;
    this.#keyring = keyring;
    this.#on = on;
  }

  run() {
    return this.pump(async (frame) => {
      await this.#retry();
      await this.#take(frame, performance.now() + hold.milliseconds);
    });
  }

  /** There are new keys, and perhaps frames that wait for them. */
  wake() {
    if (this.#held.length > 0) this.next(() => this.#retry());
  }

  /** The page has put the new name on the tile. */
  confirmed() {
    this.#confirm();
  }

  /** Held frames go first, in their order, once there are new keys. */
  async #retry() {
    if (this.#held.length === 0) return;
    const now = performance.now();
    const held = this.#held.filter(({ until }) => until > now);
    for (let late = this.#held.length - held.length; late > 0; late--) this.#fail('keyless', now);
    this.#held = held;
    if (this.#changes === this.#keyring.changes) return;
    this.#held = [];
    this.#heldBytes = 0;
    for (const { frame, until } of held) await this.#take(frame, until);
  }

  /** @param {EncodedFrame} frame @param {number} until */
  async #take(frame, until) {
    const { codec, key, mediaTime } = factsOf(frame);
    if (!codec) return this.drop('codec');
    const changes = this.#keyring.changes;
    const opened = await openFrame(this.#keyring, { data: new Uint8Array(frame.data), codec, key }, this.#media);
    if (opened === 'newer') return this.#hold(frame, until, changes);
    if (opened === 'unopened') return this.#fail(opened, performance.now());
    if (typeof opened === 'string') return this.drop(opened);
    this.#failures = [];
    await this.#labelled(opened, mediaTime);
    await this.give(frame, opened.data);
  }

  /** @param {EncodedFrame} frame @param {number} until @param {number} changes */
  #hold(frame, until, changes) {
    if (this.#held.length === 0) this.#heldBytes = 0;
    const bytes = this.#heldBytes + frame.data.byteLength;
    if (this.#held.length >= hold.frames || bytes > hold.bytes) return this.#fail('keyless', performance.now());
    this.#held.push({ frame, until });
    this.#heldBytes = bytes;
    this.#changes = changes;
  }

  /** The name is on the tile before the picture: wait for the page, but not for long. @param {Opened} opened @param {number} timestamp */
  async #labelled({ inner, leaf, id }, timestamp) {
    const label = `${inner.kind} ${leaf} ${id}`;
    if (label === this.#label && lastSeenIn.get(label) === this) return;
    if (lastSeenIn.get(this.#label) === this) lastSeenIn.delete(this.#label);
    lastSeenIn.set(label, this);
    this.#label = label;
    /** @type {Promise<void>} */
    const confirmed = new Promise((resolve) => {
      const timer = setTimeout(resolve, labelPatience);
      this.#confirm = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#on.label({ stream: this.name, leaf, id, kind: inner.kind, timestamp });
    await confirmed;
  }

  /** @param {string} reason @param {number} now */
  #fail(reason, now) {
    this.drop(reason);
    this.#failures = [...this.#failures.filter((time) => time > now - failuresToSay.milliseconds), now];
    if (this.#failures.length < failuresToSay.count) return;
    this.#failures = [];
    this.#label = '';
    this.#on.undecryptable(this.name);
  }
}

/** What the browser tells about a frame, in one shape. @param {EncodedFrame} frame */
function factsOf(frame) {
  const metadata = /** @type {RTCEncodedVideoFrameMetadata & { mimeType?: string }} */ (frame.getMetadata());
  const picture = 'type' in frame && frame.type !== undefined;
  return {
    codec: codecOf(metadata.mimeType) ?? payloads.get(metadata.payloadType ?? -1) ?? null,
    key: picture && frame.type === 'key',
    ssrc: metadata.synchronizationSource ?? 0,
    mediaTime: metadata.rtpTimestamp ?? frame.timestamp,
    spatial: metadata.spatialIndex ?? 0,
    temporal: metadata.temporalIndex ?? 0,
    width: metadata.width ?? 0,
    height: metadata.height ?? 0,
  };
}

/** @param {string | undefined} mimeType @returns {CodecName | null} */
function codecOf(mimeType) {
  switch (mimeType?.toLowerCase()) {
    case 'audio/opus':
      return 'opus';
    case 'video/vp8':
      return 'VP8';
    case 'video/vp9':
      return 'VP9';
    default:
      return null;
  }
}
