/** The fuzzers' corpus through the decoders of the engine. @import { Bytes } from '../e2ee/bytes.js' */
import { readdirSync, readFileSync } from 'node:fs';
import { EngineTrap } from '../e2ee/engine/module.js';
import { toHex } from './hex.js';
import { Seeded, trials } from './trials.js';

/** In the order of the door. */
const decoders = [
  'mls-message',
  'mls-part',
  'ratchet-tree',
  'varint',
  'sframe',
  'sframe-header',
  'link',
  'meeting-part',
  'engine-part',
  'group-log',
  'saved-state',
  'file',
];

/** Fuzzers run natively, where numbers have 64 bits; here they have 32, so each input also comes changed this often. */
const changes = 200;

const folder = new URL('../../Fuzz/corpus/', import.meta.url);

/** A byte changed, a length blown up, an end cut off. @param {Bytes} input @param {Seeded} seeded */
function changed(input, seeded) {
  const copy = input.slice();
  for (let times = seeded.below(3); times >= 0; times--) {
    const at = seeded.below(Math.max(copy.length, 1));
    if (seeded.below(2) === 0) copy.fill(0xff, at, at + 1 + seeded.below(8));
    else copy.fill(seeded.below(256), at, at + 1);
  }
  return seeded.below(4) === 0 ? copy.slice(0, seeded.below(copy.length + 1)) : copy;
}

/** @param {(holds: boolean, name: string) => void} count */
export function replay(count) {
  decoders.forEach((decoder, number) => {
    const seeded = new Seeded(32 + number);
    for (const file of readdirSync(new URL(`${decoder}/`, folder)).sort()) {
      const seed = new Uint8Array(readFileSync(new URL(`${decoder}/${file}`, folder)));
      const inputs = [seed, ...Array.from({ length: changes }, () => changed(seed, seeded))];
      const trapped = trap(number, inputs);
      count(trapped === null, `corpus ${decoder}/${file}: this input stops the engine: ${trapped && toHex(trapped)}`);
    }
  });
}

/** The first input that stops a fresh engine. @param {number} decoder @param {Bytes[]} inputs */
function trap(decoder, inputs) {
  const engine = trials();
  for (const input of inputs) {
    try {
      engine.call('replay', input, decoder);
    } catch (error) {
      if (error instanceof EngineTrap) return input;
      throw error;
    }
  }
  return null;
}
