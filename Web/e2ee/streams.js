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
/** The page has this long to put a name on a tile; the frames that come meanwhile wait, those after are dropped until it did. */
const labelPatience = 100;
/** A label nobody confirmed is announced again: the page may have learnt only now whose it is. */
const labelAgain = 1000;
/** A picture that cannot begin asks for one that stands alone, no more often than this. */
const keyFramePause = 500;
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

let lastNumber = 0;

/** Label → where it was seen last: a person who comes back to an earlier slot is announced there again. @type {Map<string, Receiving>} */
const lastSeenIn = new Map();

/** This stream has ended with its connection: nobody is in it any more. @param {Receiving} stream */
export function forget(stream) {
  for (const [label, seenIn] of lastSeenIn) if (seenIn === stream) lastSeenIn.delete(label);
}

/** Frames of others. Whose they are is known only after they opened. */
export class Receiving extends Stream {
  /** @type {{ frame: EncodedFrame, until: number }[]} */
  #held = [];
  #heldBytes = 0;
  #changes = 0;
  /** Whose frames are passed on: confirmed by the page. */
  #label = '';
  /** What the page was told and has not confirmed. @type {{ label: string, number: number, since: number, confirmed: Promise<void>, confirm(): void, isConfirmed: boolean } | null} */
  #announced = null;
  #keyFrameAsked = -Infinity;
  /** Times of late failures. @type {number[]} */
  #failures = [];
  #media;
  #keyring;
  #on;

  /**
   * @param {string} name @param {'audio' | 'video'} media @param {Pipe} pipe @param {Keyring} keyring
   * @param {{ label(label: Label): void, undecryptable(stream: string): void, keyFrameNeeded(): void }} on
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

  /** The page has put this name on the tile. @param {number} number */
  confirmed(number) {
    if (this.#announced?.number === number) this.#announced.confirm();
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
    const label = `${opened.inner.kind} ${opened.leaf} ${opened.id}`;
    if (label !== this.#label || lastSeenIn.get(label) !== this) {
      // A picture that builds on another's would show that other under the new name.
      if (this.#media === 'video' && !opened.inner.key) return this.#cannotBegin();
      if (!await this.#isConfirmed(label, opened, mediaTime)) return this.drop('unlabelled');
      if (lastSeenIn.get(this.#label) === this) lastSeenIn.delete(this.#label);
      lastSeenIn.set(label, this);
      this.#label = label;
      this.#announced = null;
    }
    await this.give(frame, opened.data);
  }

  #cannotBegin() {
    this.drop('delta');
    const now = performance.now();
    if (now - this.#keyFrameAsked < keyFramePause) return;
    this.#keyFrameAsked = now;
    this.#on.keyFrameNeeded();
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

  /** The name is on the tile before the picture. @param {string} label @param {Opened} opened @param {number} timestamp */
  async #isConfirmed(label, { inner, leaf, id }, timestamp) {
    const now = performance.now();
    if (this.#announced?.label !== label) {
      const announced = {
        label,
        number: ++lastNumber,
        since: -Infinity,
        confirmed: Promise.resolve(),
        confirm: () => {},
        isConfirmed: false,
      };
      announced.confirmed = new Promise((resolve) => {
        announced.confirm = () => {
          announced.isConfirmed = true;
          resolve();
        };
      });
      this.#announced = announced;
    }
    const announced = this.#announced;
    if (!announced.isConfirmed && now - announced.since > labelAgain) {
      // Said again under the same number: a slow page's answer to the first time counts.
      announced.since = now;
      this.#on.label({ stream: this.name, leaf, id, kind: inner.kind, number: announced.number, timestamp });
    }
    const left = announced.since + labelPatience - now;
    if (!announced.isConfirmed && left > 0) {
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      let timer;
      /** @type {Promise<void>} */
      const late = new Promise((resolve) => timer = setTimeout(resolve, left));
      await Promise.race([announced.confirmed, late]);
      clearTimeout(timer);
    }
    return announced.isConfirmed;
  }

  /** @param {string} reason @param {number} now */
  #fail(reason, now) {
    this.drop(reason);
    this.#failures = [...this.#failures.filter((time) => time > now - failuresToSay.milliseconds), now];
    if (this.#failures.length < failuresToSay.count) return;
    this.#failures = [];
    this.#label = '';
    this.#announced = null;
    this.#on.undecryptable(this.name);
  }
}

/** What the browser tells about a frame, in one shape. @param {EncodedFrame} frame */
function factsOf(frame) {
  const metadata = /** @type {RTCEncodedVideoFrameMetadata & { mimeType?: string }} */ (frame.getMetadata());
  const picture = 'type' in frame && frame.type !== undefined;
  return {
    // A type that is named and not ours is none; the payload types are for browsers that name none.
    codec: metadata.mimeType ? codecOf(metadata.mimeType) : payloads.get(metadata.payloadType ?? -1) ?? null,
    key: picture && frame.type === 'key',
    ssrc: metadata.synchronizationSource ?? 0,
    mediaTime: metadata.rtpTimestamp ?? frame.timestamp,
    spatial: metadata.spatialIndex ?? 0,
    temporal: metadata.temporalIndex ?? 0,
    width: metadata.width ?? 0,
    height: metadata.height ?? 0,
  };
}

/** @param {string} mimeType @returns {CodecName | null} */
function codecOf(mimeType) {
  switch (mimeType.toLowerCase()) {
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
