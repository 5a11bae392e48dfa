/** Reads what the engine writes, front to back; numbers have their most significant byte first. @import { Bytes } from '../bytes.js' */
import { concat } from '../bytes.js';

export class Reader {
  #bytes;
  #view;
  #at = 0;

  /** @param {Bytes} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd() {
    return this.#at === this.#bytes.length;
  }

  u8() {
    return this.#view.getUint8(this.#take(1));
  }

  u16() {
    return this.#view.getUint16(this.#take(2));
  }

  u32() {
    return this.#view.getUint32(this.#take(4));
  }

  /** Throws where a number of JavaScript would be another one. */
  u64() {
    const value = Number(this.#view.getBigUint64(this.#take(8)));
    if (!Number.isSafeInteger(value)) throw new RangeError('a number too large');
    return value;
  }

  /** A part of the same memory. @param {number} count */
  part(count) {
    const at = this.#take(count);
    return this.#bytes.subarray(at, at + count);
  }

  rest() {
    return this.part(this.#bytes.length - this.#at);
  }

  /** Length and bytes (RFC 9420 §2.1.2). */
  vector() {
    const first = this.u8();
    const width = 1 << (first >> 6);
    if (width === 8) throw new RangeError('no length');
    let length = first & 0x3f;
    for (let index = 1; index < width; index++) length = length * 256 + this.u8();
    return this.part(length);
  }

  /** @template Item @param {(reader: Reader) => Item} read @returns {Item[]} */
  list(read) {
    const inner = new Reader(this.vector());
    return inner.all(read);
  }

  /** @template Item @param {(reader: Reader) => Item} read @returns {Item[]} */
  all(read) {
    const items = [];
    while (!this.isAtEnd) items.push(read(this));
    return items;
  }

  /** @param {number} count */
  #take(count) {
    const at = this.#at;
    if (at + count > this.#bytes.length) throw new RangeError('too few bytes');
    this.#at += count;
    return at;
  }
}

/** Length and bytes (RFC 9420 §2.1.2). @param {Bytes} bytes */
export function vector(bytes) {
  const { length } = bytes;
  if (length < 0x40) return concat([length], bytes);
  if (length < 0x4000) return concat([0x40 | (length >> 8), length & 255], bytes);
  return concat([0x80 | (length >>> 24), (length >> 16) & 255, (length >> 8) & 255, length & 255], bytes);
}

/** Throws on what is no whole number, or one that so many bytes or JavaScript do not hold. @param {number} value @param {number} count @returns {readonly number[]} */
export function unsigned(value, count) {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** count) throw new RangeError('no such number');
  return Array.from({ length: count }, (_, index) => Math.floor(value / 256 ** (count - 1 - index)) % 256);
}

/** @param {number} value @returns {readonly number[]} */
export function u32(value) {
  return [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
}
