/**
 * Opens a stored object in two passes (`e2ee.md` 8, Files). Every member knows the key of a file, so tags alone do not stop
 * one who works together with the server: first the whole object is hashed, then each chunk is opened only if it is the one
 * that was.
 * @import { Bytes } from '../bytes.js'
 * @import { FileKeys, Layout } from './format.js'
 * @typedef {object} Surveyed an object that is the one in its reference
 * @property {Layout} layout
 * @property {Bytes} head
 * @property {Bytes} hashes SHA-256 of every chunk, one after the other
 */
import {
  contentLength,
  fieldLength,
  FileFault,
  headLength,
  isEqual,
  keysOf,
  layoutOf,
  mark,
  parameters,
  plaintextLength,
  tagLength,
} from './format.js';
import { Sha256 } from './sha256.js';

const hashLength = 32;

/** The first pass. */
export class FileSurvey {
  #hash = new Sha256();
  #hashes;
  #layout;
  #next = 0;
  /** @type {Bytes | null} */
  #head = null;

  /** @param {number} size of the file, as the reference says */
  constructor(size) {
    this.#layout = layoutOf(size);
    this.#hashes = new Uint8Array(this.#layout.chunks * hashLength);
  }

  /** How many bytes the next part has: the head's, then those of one chunk at a time; 0 when there is no more. */
  get wanted() {
    if (!this.#head) return headLength;
    return this.#next < this.#layout.chunks ? plaintextLength(this.#layout, this.#next) + tagLength : 0;
  }

  /** Takes the next part; one after the other. @param {Bytes} part */
  async take(part) {
    if (this.wanted === 0) throw new FileFault('position');
    if (part.length !== this.wanted) throw new FileFault('length');
    this.#hash.update(part);
    if (!this.#head) {
      this.#head = part.slice();
      return;
    }
    const at = this.#next++ * hashLength;
    this.#hashes.set(new Uint8Array(await crypto.subtle.digest('SHA-256', part)), at);
  }

  /** What may be opened now, if its hash is the one in the reference; once. @param {Bytes} hash @returns {Surveyed} */
  finish(hash) {
    if (!this.#head || this.wanted > 0) throw new FileFault('incomplete');
    if (!isEqual(this.#hash.digest(), hash)) throw new FileFault('altered');
    return { layout: this.#layout, head: this.#head, hashes: this.#hashes };
  }
}

/** The second pass: chunks in any order. */
export class FileOpener {
  #file;
  #keys;

  /** @param {Surveyed} file @param {FileKeys} keys */
  constructor(file, keys) {
    this.#file = file;
    this.#keys = keys;
  }

  /** Nothing is opened before the head's commitment is this key's. @param {Surveyed} file @param {Bytes} key */
  static async make(file, key) {
    const { head } = file;
    if (head.length !== headLength || !isEqual(head.slice(0, mark.length), mark)) throw new FileFault('head');
    const keys = await keysOf(key, head.slice(mark.length, mark.length + fieldLength), 'decrypt');
    if (!isEqual(keys.commitment, head.slice(-fieldLength))) throw new FileFault('commitment');
    return new FileOpener(file, keys);
  }

  /** The bytes of the file in a chunk; none where it is padding only. @param {Bytes} sealed @param {number} chunk @returns {Promise<Bytes>} */
  async open(sealed, chunk) {
    const { layout, head, hashes } = this.#file;
    if (!Number.isInteger(chunk) || chunk < 0 || chunk >= layout.chunks) throw new FileFault('position');
    if (sealed.length !== plaintextLength(layout, chunk) + tagLength) throw new FileFault('length');
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', sealed));
    if (!isEqual(hash, hashes.slice(chunk * hashLength, (chunk + 1) * hashLength))) throw new FileFault('altered');
    const plaintext = await this.#decrypt(parameters(this.#keys, head, chunk, chunk === layout.chunks - 1), sealed);
    const end = contentLength(layout, chunk);
    for (let at = end; at < plaintext.length; at++) if (plaintext[at] !== 0) throw new FileFault('padding');
    return plaintext.subarray(0, end);
  }

  /** @param {ReturnType<typeof parameters>} how @param {Bytes} sealed */
  async #decrypt(how, sealed) {
    try {
      return new Uint8Array(await crypto.subtle.decrypt(how, this.#keys.content, sealed));
    } catch {
      throw new FileFault('unopened'); // the tag did not match; WebCrypto says no more
    }
  }
}
