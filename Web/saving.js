/**
 * Where a file that came is written: as it comes, where the browser has a way, else held in memory and handed over at the end.
 * Nothing is opened, and nothing of it stays behind here.
 * @import { Bytes } from './e2ee/bytes.js'
 * @import { Clock } from './protocol/clock.d.ts'
 *
 * @typedef {object} Target
 * @property {(bytes: Bytes) => Promise<void>} write
 * @property {() => Promise<void>} done
 * @property {() => Promise<void>} drop nothing is saved
 *
 * @typedef {{ createWritable(): Promise<{ write(bytes: Bytes): Promise<void>, close(): Promise<void>, abort(): Promise<void> }> }} Handle
 * @typedef {(how: { suggestedName: string }) => Promise<Handle>} Picker
 */
import { make } from './elements/dom.js';
import { ownClock } from './protocol/time.js';

/** Milliseconds that a browser gets to begin with a file it was handed. */
const patience = 60_000;

/** Gives a whole file to the browser, which puts it where downloads go. @param {string} name @param {readonly BlobPart[]} parts @param {string} type @returns {string} the address it has until that is taken back */
function handOver(name, parts, type) {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  make('a', { href: url, download: name }).click();
  return url;
}

/** Saves what was made here. @param {string} name @param {string} text JSON */
export function saveText(name, text) {
  const url = handOver(name, [text], 'application/json');
  ownClock.setTimeout(() => URL.revokeObjectURL(url), patience);
}

export class Saver {
  #clock;
  /** @type {Set<string>} */
  #urls = new Set();

  /** @param {Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** Can a file be written as it comes? */
  get isWriting() {
    return Saver.#picker !== null;
  }

  /** Asks where to; null: the person wants it nowhere. To be called from a click. @param {string} name @returns {Promise<Target | null>} */
  async open(name) {
    const pick = Saver.#picker;
    if (!pick) return this.#held(name);
    try {
      const handle = await pick({ suggestedName: name });
      const file = await handle.createWritable();
      return { write: (bytes) => file.write(bytes), done: () => file.close(), drop: () => file.abort() };
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return null;
      throw error;
    }
  }

  /** Takes back what was handed over. */
  close() {
    for (const url of this.#urls) URL.revokeObjectURL(url);
    this.#urls.clear();
  }

  /** @param {string} name @returns {Target} */
  #held(name) {
    /** @type {Blob[]} */
    let parts = [];
    const drop = () => Promise.resolve(void (parts = []));
    return {
      write: (bytes) => Promise.resolve(void parts.push(new Blob([bytes]))),
      done: () => {
        const url = handOver(name, parts, 'application/octet-stream');
        this.#urls.add(url);
        this.#clock.setTimeout(() => this.#urls.delete(url) && URL.revokeObjectURL(url), patience);
        return drop();
      },
      drop,
    };
  }

  /** TypeScript's own library does not know it. @returns {Picker | null} */
  static get #picker() {
    const { showSaveFilePicker: pick } = /** @type {{ showSaveFilePicker?: Picker }} */ (globalThis);
    return pick ? (how) => pick(how) : null;
  }
}
