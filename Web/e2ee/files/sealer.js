/**
 * Seals a file piece by piece into the object that a server keeps (`e2ee.md` 8, Files). Head first, then a chunk for each
 * piece; neither the file nor the object is ever held as a whole.
 * @import { Bytes } from '../bytes.js'
 * @import { FileKeys, Layout } from './format.js'
 */
import { concat, randomBytes } from '../bytes.js';
import {
  contentLength,
  fieldLength,
  FileFault,
  keysOf,
  layoutOf,
  mark,
  parameters,
  plaintextLength,
} from './format.js';
import { Sha256 } from './sha256.js';

export class FileSealer {
  #hash = new Sha256();
  #keys;
  #next = 0;

  /** @param {Layout} layout @param {FileKeys} keys @param {Bytes} head */
  constructor(layout, keys, head) {
    this.layout = layout;
    /** The first bytes of the object. */
    this.head = head;
    this.#keys = keys;
    this.#hash.update(head);
  }

  /**
   * A sealer for a file of `size` bytes. The key, 32 bytes, is this file's alone; a salt is given for known answers only.
   * @param {Bytes} key @param {number} size @param {Bytes} [salt]
   */
  static async make(key, size, salt = randomBytes(fieldLength)) {
    const layout = layoutOf(size);
    const keys = await keysOf(key, salt, 'encrypt');
    return new FileSealer(layout, keys, concat(mark, salt, keys.commitment));
  }

  /** All chunks are made. */
  get isComplete() {
    return this.#next === this.layout.chunks;
  }

  /** How many bytes of the file the next chunk takes. It is 0 where only padding is left, and then still a chunk. */
  get wanted() {
    return contentLength(this.layout, this.#next);
  }

  /** The next chunk of the object, for the next `wanted` bytes; one after the other. @param {Bytes} content */
  async seal(content) {
    if (this.isComplete) throw new FileFault('position');
    if (content.length !== this.wanted) throw new FileFault('length');
    const chunk = this.#next++;
    const plaintext = new Uint8Array(plaintextLength(this.layout, chunk));
    plaintext.set(content);
    const how = parameters(this.#keys, this.head, chunk, chunk === this.layout.chunks - 1);
    const sealed = new Uint8Array(await crypto.subtle.encrypt(how, this.#keys.content, plaintext));
    this.#hash.update(sealed);
    return sealed;
  }

  /** SHA-256 of the whole object, for the reference; once. */
  objectHash() {
    if (!this.isComplete) throw new FileFault('incomplete');
    return this.#hash.digest();
  }
}
