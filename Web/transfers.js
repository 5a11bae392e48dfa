/**
 * Files on their way: sealed and brought part by part, fetched and opened part by part. No file is in memory as a whole, and
 * what the network cuts off goes on where it was.
 * @import { Bytes } from './e2ee/bytes.js'
 * @import { Place, Transport } from './protocol/blobs.js'
 * @import { Clock } from './protocol/clock.d.ts'
 * @import { FileRef } from './state/said.d.ts'
 *
 * @typedef {{ readonly size: number, slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> } }} Source
 *
 * @typedef {object} Sink
 * @property {(bytes: Bytes) => Promise<void>} write
 *
 * @typedef {object} Way
 * @property {AbortSignal} signal
 * @property {Gate} gate
 * @property {Clock} clock
 * @property {Transport} transport
 * @property {(done: number, total: number) => void} progress
 * @property {(isCut: boolean) => void} cut the network is away, or back
 */
import { base64url, concat, fromBase64url, randomBytes } from './e2ee/bytes.js';
import { FileFault, headLength, layoutOf, plaintextLength, tagLength } from './e2ee/files/format.js';
import { FileOpener, FileSurvey } from './e2ee/files/opener.js';
import { FileSealer } from './e2ee/files/sealer.js';
import { BlobFault } from './protocol/blobs.js';

/** Chunks in one part: half a megabyte, so that a slow line sends one in time. */
const chunksOfPart = 8;

/** Before the next try, in milliseconds; the last one repeats. */
const pauses = [500, 1000, 2000, 5000];

/** A file that its own disk does not give. */
export class Unreadable extends Error {}

/** Where one goes on, or waits. */
export class Gate {
  #isOpen = true;
  /** @type {(() => void)[]} */
  #waiting = [];

  pause() {
    this.#isOpen = false;
  }

  resume() {
    this.#isOpen = true;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** @param {AbortSignal} signal */
  async pass(signal) {
    while (!this.#isOpen && !signal.aborted) {
      await new Promise((resolve) => {
        const go = () => {
          signal.removeEventListener('abort', go);
          resolve(undefined);
        };
        this.#waiting.push(go);
        signal.addEventListener('abort', go);
      });
    }
    signal.throwIfAborted();
  }
}

/**
 * Brings a file; rejects with `FileFault`, `BlobFault`, `Unreadable` or the reason of the signal.
 * @param {Source} file @param {(objectLength: number) => Promise<Place>} create @param {Way} way
 * @returns {Promise<Pick<FileRef, 'blob' | 'key' | 'size' | 'hash'>>}
 */
export async function upload(file, create, way) {
  const key = randomBytes(32);
  const sealer = await FileSealer.make(key, file.size);
  const place = await create(sealer.layout.objectLength);
  let offset = 0, done = 0;
  while (!sealer.isComplete) {
    await way.gate.pass(way.signal);
    const chunks = offset === 0 ? [sealer.head] : [];
    for (let count = 0; count < chunksOfPart && !sealer.isComplete; count++) {
      const content = await read(file, done, sealer.wanted);
      done += content.length;
      chunks.push(await sealer.seal(content));
    }
    const part = concat(...chunks);
    await bring(place, offset, part, way);
    offset += part.length;
    way.progress(done, file.size);
  }
  return { blob: place.blob, key: base64url(key), size: file.size, hash: base64url(sealer.objectHash()) };
}

/** @param {Source} file @param {number} start @param {number} length @returns {Promise<Bytes>} */
async function read(file, start, length) {
  if (length === 0) return new Uint8Array(0);
  const bytes = await file.slice(start, start + length).arrayBuffer().catch(() => null);
  if (bytes?.byteLength !== length) throw new Unreadable();
  return new Uint8Array(bytes);
}

/** After a cut nobody knows how much came: the server says. @param {Place} place @param {number} offset @param {Bytes} part @param {Way} way */
async function bring(place, offset, part, way) {
  const { transport, signal } = way;
  await persist(way, async (isAgain) => {
    if (isAgain) {
      const { offset: there } = await transport.bring(place, offset, new Uint8Array(0), signal);
      if (there === offset + part.length) return;
      if (there !== offset) throw new BlobFault('refused');
    }
    await transport.bring(place, offset, part, signal);
  });
}

/**
 * Fetches a file twice, first to hash it whole and then to open it; rejects as `upload` does. Nothing is written before the
 * hash was right.
 * @param {FileRef} file @param {() => Promise<Place>} open a place for us, each time it is asked @param {Sink} sink @param {Way} way
 */
export async function download(file, open, sink, way) {
  const layout = layoutOf(file.size);
  const total = 2 * layout.objectLength;
  const survey = new FileSurvey(file.size);
  const ticket = { place: await open(), renew: open };
  await pass(layout.objectLength, ticket, () => survey.wanted, (part) => survey.take(part), {
    ...way,
    progress: (done) => way.progress(done, total),
  });
  const opener = await FileOpener.make(survey.finish(bytes(file.hash)), bytes(file.key));
  let next = -1;
  const wanted = () => {
    if (next < 0) return headLength;
    return next < layout.chunks ? plaintextLength(layout, next) + tagLength : 0;
  };
  /** @param {Bytes} part */
  const take = async (part) => {
    const chunk = next++;
    const content = chunk < 0 ? part.subarray(0, 0) : await opener.open(part, chunk);
    if (content.length > 0) await sink.write(content);
  };
  await pass(layout.objectLength, ticket, wanted, take, {
    ...way,
    progress: (done) => way.progress(layout.objectLength + done, total),
  });
}

/** One pass over the object, in the parts that are wanted. @param {number} length @param {{ place: Place, readonly renew: () => Promise<Place> }} ticket @param {() => number} wanted @param {(part: Bytes) => Promise<void>} take @param {Way} way */
async function pass(length, ticket, wanted, take, way) {
  const { transport, signal, gate } = way;
  const pieces = new Pieces();
  let at = 0, isAnew = false;
  await persist(way, async () => {
    while (at < length) {
      try {
        const reading = await transport.fetch(ticket.place, at, signal);
        try {
          for (let piece = await reading.next(); piece; piece = await reading.next()) {
            at += piece.length;
            isAnew = false;
            if (at > length) throw new FileFault('altered');
            pieces.push(piece);
            for (let want = wanted(); want > 0 && pieces.length >= want; want = wanted()) await take(pieces.take(want));
            way.cut(false);
            way.progress(at, length);
            await gate.pass(signal);
          }
        } finally {
          reading.stop();
        }
        if (at < length) throw new BlobFault('cut');
      } catch (error) {
        // A token that died may have a successor; where that does not live either there is no file.
        if (!(error instanceof BlobFault) || error.reason !== 'denied' || isAnew) throw error;
        ticket.place = await ticket.renew();
        isAnew = true;
      }
    }
  });
}

/** Goes on trying while only the network, or a place at the server, is missing. @param {Way} way @param {(isAgain: boolean) => Promise<void>} task */
async function persist({ signal, gate, clock, cut }, task) {
  for (let tries = 0;; tries++) {
    try {
      await task(tries > 0);
      return cut(false);
    } catch (error) {
      if (!(error instanceof BlobFault) || !['cut', 'busy', 'misplaced'].includes(error.reason)) throw error;
      cut(true);
    }
    await rest(clock, pauses[Math.min(tries, pauses.length - 1)] ?? 0, signal);
    await gate.pass(signal);
  }
}

/** @param {Clock} clock @param {number} milliseconds @param {AbortSignal} signal */
function rest(clock, milliseconds, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clock.clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(undefined);
    };
    const timer = clock.setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

/** Bytes that came in pieces of any length, to be taken in others; never much more than a chunk of them. */
class Pieces {
  /** @type {Bytes[]} */
  #pieces = [];
  length = 0;

  /** @param {Bytes} piece */
  push(piece) {
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  /** @param {number} count of bytes that are there @returns {Bytes} */
  take(count) {
    const taken = new Uint8Array(count);
    let at = 0;
    while (at < count) {
      const [first = taken.subarray(0, 0)] = this.#pieces;
      const part = first.subarray(0, count - at);
      taken.set(part, at);
      at += part.length;
      if (part.length < first.length) this.#pieces[0] = first.subarray(part.length);
      else this.#pieces.shift();
    }
    this.length -= count;
    return taken;
  }
}

/** @param {string} text @returns {Bytes} */
function bytes(text) {
  const read = fromBase64url(text);
  if (!read) throw new FileFault('length');
  return read;
}
