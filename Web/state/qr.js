/**
 * Texts as QR codes (ISO/IEC 18004), for a phone that reads them from a screen: bytes, level L (a screen has no stains), up
 * to version 13, which is 425 bytes. Made here, because a picture of a secret is nothing to ask anybody else for.
 *
 * @typedef {object} Code
 * @property {number} size modules on a side
 * @property {(x: number, y: number) => boolean} isDark
 */

/** Bytes of parity in each block, and how many blocks, for versions from 1 on (table 9, level L). */
const parities = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26];
const blockCounts = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4];

/** Level L in the format information (table 12). */
const level = 1;

/** Where a mask turns modules around (table 10). @type {readonly ((x: number, y: number) => boolean)[]} */
const masks = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => (x * y) % 2 + (x * y) % 3 === 0,
  (x, y) => ((x * y) % 2 + (x * y) % 3) % 2 === 0,
  (x, y) => ((x + y) % 2 + (x * y) % 3) % 2 === 0,
];

/** @param {string} text @returns {Code | null} null for a text that is too long */
export function qrCode(text) {
  const bytes = new TextEncoder().encode(text);
  const version = 1 + parities.findIndex((_, index) => bytes.length <= roomOf(index + 1));
  if (version === 0) return null;
  const plain = new Grid(version);
  plain.fill(interleaved(codewords(bytes, version), version));
  const masked = masks.map((_, mask) => plain.masked(mask));
  return masked.reduce((best, one) => one.penalty() < best.penalty() ? one : best);
}

/** All bytes that a version holds, those of parity too (annex to table 1: modules that are no pattern). @param {number} version */
function capacity(version) {
  const aligned = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const patterns = aligned === 0 ? 0 : (25 * aligned - 10) * aligned - 55;
  return Math.floor(((16 * version + 128) * version + 64 - patterns - (version < 7 ? 0 : 36)) / 8);
}

/** @param {number} version */
function dataBytes(version) {
  return capacity(version) - (parities[version - 1] ?? 0) * (blockCounts[version - 1] ?? 0);
}

/** Bits of the count of bytes. @param {number} version */
function countBits(version) {
  return version < 10 ? 8 : 16;
}

/** Bytes of text that fit. @param {number} version */
function roomOf(version) {
  return dataBytes(version) - (4 + countBits(version) + 4) / 8;
}

/** Mode, count, bytes, end and padding. @param {Uint8Array} bytes @param {number} version @returns {number[]} */
function codewords(bytes, version) {
  const bits = binary(0b0100, 4) + binary(bytes.length, countBits(version)) +
    [...bytes].map((one) => binary(one, 8)).join('') + '0000';
  const words = (bits.match(/.{8}/g) ?? []).map((one) => parseInt(one, 2));
  for (let pad = 0; words.length < dataBytes(version); pad++) words.push(pad % 2 === 0 ? 0xec : 0x11);
  return words;
}

/** @param {number} value @param {number} length */
function binary(value, length) {
  return value.toString(2).padStart(length, '0');
}

/** In blocks, each with its parity, one byte of each block after another. @param {number[]} words @param {number} version @returns {number[]} */
function interleaved(words, version) {
  const count = blockCounts[version - 1] ?? 1, parity = parities[version - 1] ?? 0;
  const short = Math.floor(words.length / count), long = words.length % count;
  const blocks = Array.from({ length: count }, (_, index) => {
    const start = index * short + Math.max(0, index - (count - long));
    return words.slice(start, start + short + (index < count - long ? 0 : 1));
  });
  const generator = generatorOf(parity);
  const checks = blocks.map((block) => remainder(block, generator));
  return [blocks, checks].flatMap((part) => {
    const longest = Math.max(...part.map(({ length }) => length));
    return Array.from({ length: longest }, (_, at) => part.flatMap((one) => one[at] ?? [])).flat();
  });
}

/** In the field of 256 elements modulo x⁸ + x⁴ + x³ + x² + 1. @param {number} a @param {number} b */
function product(a, b) {
  let sum = 0;
  for (let factor = a, rest = b; rest > 0; rest >>= 1) {
    if (rest & 1) sum ^= factor;
    factor = factor & 0x80 ? (factor << 1) ^ 0x11d : factor << 1;
  }
  return sum;
}

/** (x − 1)(x − 2)(x − 4)…, without its first coefficient, which is 1. @param {number} degree */
function generatorOf(degree) {
  let all = [1];
  for (let index = 0, root = 1; index < degree; index++, root = product(root, 2)) {
    all = [...all, 0].map((one, at) => one ^ product(all[at - 1] ?? 0, root));
  }
  return all.slice(1);
}

/** Reed and Solomon's parity of a block. @param {readonly number[]} block @param {readonly number[]} generator */
function remainder(block, generator) {
  let rest = generator.map(() => 0);
  for (const word of block) {
    const first = word ^ (rest[0] ?? 0);
    rest = generator.map((one, at) => (rest[at + 1] ?? 0) ^ product(one, first));
  }
  return rest;
}

/** A number with the remainder of dividing it by a polynomial behind it. @param {number} value @param {number} polynomial @param {number} degree */
function withRemainder(value, polynomial, degree) {
  let rest = value << degree;
  for (let bit = 31 - Math.clz32(rest); bit >= degree; bit = 31 - Math.clz32(rest)) {
    rest ^= polynomial << (bit - degree);
  }
  return (value << degree) | rest;
}

/** The modules of a code. */
class Grid {
  size;
  #version;
  #dark;
  #isFixed;

  /** @param {number} version */
  constructor(version) {
    this.#version = version;
    this.size = 17 + 4 * version;
    this.#dark = new Uint8Array(this.size ** 2);
    this.#isFixed = new Uint8Array(this.size ** 2);
    this.#drawPatterns();
  }

  /** @param {number} x @param {number} y */
  isDark(x, y) {
    return this.#dark[y * this.size + x] === 1;
  }

  /** Two columns at a time, up and down, from the right; around the column of the clock. @param {readonly number[]} words */
  fill(words) {
    const bits = words.map((one) => binary(one, 8)).join('');
    let at = 0, isUp = true;
    for (let right = this.size - 1; right > 0; right -= 2, isUp = !isUp) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.size; step++) {
        const y = isUp ? this.size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (this.#isFixed[y * this.size + x] === 0) this.#dark[y * this.size + x] = bits[at++] === '1' ? 1 : 0;
        }
      }
    }
  }

  /** The same under a mask, which it names. @param {number} number */
  masked(number) {
    const other = new Grid(this.#version);
    const turns = masks[number] ?? (() => false);
    for (let y = 0; y < this.size; y++) {
      for (let x = 0; x < this.size; x++) {
        const at = y * this.size + x;
        if (this.#isFixed[at] === 0) other.#dark[at] = Number(this.isDark(x, y) !== turns(x, y));
      }
    }
    other.#drawFormat(number);
    return other;
  }

  /** How hard it is to read: runs, blocks, what looks like a corner, and too much of one colour (7.8.3). */
  penalty() {
    const whole = Array.from({ length: this.size }, (_, index) => index);
    const rows = whole.map((y) => whole.map((x) => Number(this.isDark(x, y))).join(''));
    const columns = whole.map((x) => rows.map((row) => row[x]).join(''));
    let sum = 0;
    for (const line of [...rows, ...columns]) {
      for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) sum += run.length - 2;
      sum += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;
    }
    for (let y = 1; y < this.size; y++) {
      for (let x = 1; x < this.size; x++) {
        const four = `${rows[y]?.slice(x - 1, x + 1)}${rows[y - 1]?.slice(x - 1, x + 1)}`;
        if (four === '0000' || four === '1111') sum += 3;
      }
    }
    const dark = rows.join('').replaceAll('0', '').length, all = this.size ** 2;
    return sum + 10 * Math.max(0, Math.ceil(Math.abs(dark * 20 - all * 10) / all) - 1);
  }

  /** @param {number} x @param {number} y @param {boolean} isDark */
  #set(x, y, isDark) {
    if (x < 0 || y < 0 || x >= this.size || y >= this.size) return;
    this.#dark[y * this.size + x] = Number(isDark);
    this.#isFixed[y * this.size + x] = 1;
  }

  #drawPatterns() {
    const end = this.size - 1;
    for (let at = 0; at < this.size; at++) {
      this.#set(6, at, at % 2 === 0);
      this.#set(at, 6, at % 2 === 0);
    }
    for (const [x, y] of /** @type {const} */ ([[3, 3], [end - 3, 3], [3, end - 3]])) this.#drawRings(x, y, 4, [2, 4]);
    const centres = this.#alignment();
    for (const x of centres) {
      for (const y of centres) {
        const isCorner = [x, y].filter((one) =>
              one === 6
            ).length + [x, y].filter((one) => one === end - 6).length === 2;
        if (!isCorner || (x === end - 6 && y === end - 6)) this.#drawRings(x, y, 2, [1]);
      }
    }
    this.#drawFormat(0);
    if (this.#version < 7) return;
    const bits = withRemainder(this.#version, 0x1f25, 12);
    for (let index = 0; index < 18; index++) {
      const [far, near] = [this.size - 11 + index % 3, Math.floor(index / 3)];
      this.#set(far, near, ((bits >> index) & 1) === 1);
      this.#set(near, far, ((bits >> index) & 1) === 1);
    }
  }

  /** Squares around a point, dark but for those at these distances. @param {number} x @param {number} y @param {number} reach @param {readonly number[]} light */
  #drawRings(x, y, reach, light) {
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        this.#set(x + dx, y + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  }

  /** Where the centres of the small squares stand, in both directions (annex E). */
  #alignment() {
    if (this.#version === 1) return [];
    const count = Math.floor(this.#version / 7) + 2;
    const step = Math.ceil((this.size - 13) / (2 * count - 2)) * 2;
    return [6, ...Array.from({ length: count - 1 }, (_, index) => this.size - 7 - index * step)];
  }

  /** Level and mask, twice. @param {number} mask */
  #drawFormat(mask) {
    const bits = withRemainder((level << 3) | mask, 0x537, 10) ^ 0x5412, end = this.size - 1;
    for (let index = 0; index < 15; index++) {
      const isDark = ((bits >> index) & 1) === 1;
      if (index < 8) this.#set(8, index < 6 ? index : index + 1, isDark);
      else this.#set(index === 8 ? 7 : 14 - index, 8, isDark);
      if (index < 8) this.#set(end - index, 8, isDark);
      else this.#set(8, end - 14 + index, isDark);
    }
    this.#set(8, end - 7, true);
  }
}
