/** The engine with the doors of tests, and what tests need to go through them. @import { Bytes } from '../e2ee/bytes.js' */
import { readFileSync } from 'node:fs';
import { EngineModule } from '../e2ee/engine/module.js';
import { concat } from '../e2ee/bytes.js';

/** `ops/wasm.sh` puts it outside the folder that is served. */
const compiled = new WebAssembly.Module(readFileSync(new URL('../../.build/wasm/trials.wasm', import.meta.url)));

/** A fresh engine. */
export function trials() {
  return new EngineModule(compiled);
}

/** The most significant byte first. @param {number | bigint} value @param {number} count @returns {Bytes} */
export function number(value, count) {
  const bytes = new Uint8Array(count);
  for (let at = count - 1, rest = BigInt(value); at >= 0; at--, rest >>= 8n) bytes[at] = Number(rest & 255n);
  return bytes;
}

/** Length and bytes (RFC 9420 §2.1.2). @param {Bytes} bytes */
export function vector(bytes) {
  const { length } = bytes;
  if (length < 0x40) return concat([length], bytes);
  return concat(length < 0x4000 ? number(0x4000 + length, 2) : number(0x80000000 + length, 4), bytes);
}

/** What `vector` wrote, one after the other. @param {Bytes} bytes */
export function vectors(bytes) {
  const found = [];
  for (let at = 0; at < bytes.length;) {
    const width = 1 << ((bytes[at] ?? 0) >> 6);
    let length = (bytes[at] ?? 0) & 0x3f;
    for (let index = 1; index < width; index++) length = length * 256 + (bytes[at + index] ?? 0);
    found.push(bytes.slice(at + width, at + width + length));
    at += width + length;
  }
  return found;
}

/** Numbers that look random and are the same in every run (xorshift, 32 bits). */
export class Seeded {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed | 1;
  }

  /** From 0 up to, not including, `end`. @param {number} end */
  below(end) {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % end;
  }

  /** @param {number} count @returns {Bytes} */
  bytes(count) {
    return new Uint8Array(count).map(() => this.below(256));
  }

  /** Of any length up to 64 bits. */
  long() {
    return BigInt.asUintN(64, this.bytes(8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)) >>
      BigInt(this.below(64));
  }
}
