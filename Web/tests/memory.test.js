/// <reference lib="deno.ns" />
/**
 * What is in the memory of the engine, and what is not any more (`e2ee.md` 13, Deletion). A guest's meeting was recorded,
 * and with it every secret that came of it; played here, the same ones come of it again.
 * @import { Bytes } from '../e2ee/bytes.js'
 * @typedef {{ name: string, bytes: string }} Secret `bytes` in hexadecimal
 * @typedef {{ door: string, monotonic: number, unix: number, bytes: string }} Input
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { concat, fromBase64url, utf8 } from '../e2ee/bytes.js';
import { decodeDrafted, decodePersonal, encodeDraft, encodePersonal } from '../e2ee/engine/drafts.js';
import { encodeLink } from '../e2ee/engine/forms.js';
import { EngineModule } from '../e2ee/engine/module.js';
import { Reader, vector } from '../e2ee/engine/reader.js';
import { fromHex, toHex } from './hex.js';
import { compiled, draftOf, frame, parse } from './recording.js';

const file = new URL('../../Tests/Vectors/engine/memory.json', import.meta.url);

/**
 * @type {{ seed: number, path: string, fragment: string, config: string, group: string, epoch: number, next: number,
 *   inputs: Input[], gone: Secret[], held: Secret[] }}
 */
const recorded = JSON.parse(readFileSync(file, 'utf8'));

/** The random numbers of the recording (SplitMix64, one byte a number). */
class Recorded {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = BigInt(seed);
  }

  /** @param {Uint8Array} bytes */
  fill(bytes) {
    for (let at = 0; at < bytes.length; at++) {
      this.#state = BigInt.asUintN(64, this.#state + 0x9e3779b97f4a7c15n);
      let mixed = this.#state;
      mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
      mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
      bytes[at] = Number(((mixed ^ (mixed >> 31n)) >> 32n) & 0xffn);
    }
  }
}

/** The length of what BoringSSL seeds its own generator with; the engine asks for nothing as long. */
const seedLength = 48;

/** An engine whose memory can be looked at: its loader keeps that to itself. */
class Watched {
  /** @type {WebAssembly.Memory} */
  #memory;
  #engine;
  /** @type {{ door: string, output: Bytes }[]} */
  outputs = [];

  constructor() {
    const { Instance } = WebAssembly;
    /** @type {WebAssembly.Instance[]} */
    const instances = [];
    // @ts-ignore a function that is called with `new` and answers with another object
    WebAssembly.Instance = function (
      /** @type {WebAssembly.Module} */ module,
      /** @type {WebAssembly.Imports} */ imports,
    ) {
      const instance = new Instance(module, imports);
      instances.push(instance);
      return instance;
    };
    try {
      this.#engine = new EngineModule(compiled);
    } finally {
      WebAssembly.Instance = Instance;
    }
    this.#memory = /** @type {WebAssembly.Memory} */ (instances[0]?.exports.memory);
  }

  /** Goes through a door, then takes all outputs. @param {string} door @param {Bytes | undefined} bytes @param {...bigint} numbers */
  call(door, bytes, ...numbers) {
    const answer = this.#engine.call(door, bytes, ...numbers);
    for (;;) {
      const output = this.#engine.call('engine_next');
      if (output.length === 0) return answer;
      this.outputs.push({ door, output });
    }
  }

  /** Names of those of which eight bytes in a row are somewhere. @param {Secret[]} secrets */
  found(secrets) {
    /** @type {Map<number, { name: string, bytes: DataView, at: number }[]>} */
    const windows = new Map();
    for (const { name, bytes } of secrets) {
      const view = new DataView(fromHex(bytes).buffer);
      for (let at = 0; at + 8 <= view.byteLength; at += 4) {
        const start = view.getUint32(at);
        windows.set(start, [...windows.get(start) ?? [], { name, bytes: view, at }]);
      }
    }
    const memory = new DataView(this.#memory.buffer);
    const found = new Set();
    for (let at = 0; at + 8 <= memory.byteLength; at++) {
      for (const window of windows.get(memory.getUint32(at)) ?? []) {
        if (memory.getUint32(at + 4) === window.bytes.getUint32(window.at + 4)) found.add(window.name);
      }
    }
    return [...found].sort();
  }
}

/** @param {string} name @returns {Secret[]} */
const heldBy = (name) => recorded.held.filter((secret) => secret.name.startsWith(name));

/** Names, each once. @param {Secret[]} secrets */
const names = (secrets) => [...new Set(secrets.map(({ name }) => name))].sort();

/** The fragment as it stands in a link is a secret too. @type {Secret} */
const fragment = { name: 'fragment', bytes: toHex(new TextEncoder().encode(recorded.fragment)) };

/** @param {number} value @returns {Bytes} */
function u64(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

Deno.test('the secrets of past epochs are in no byte of the memory; those of today are found by the same scan', () => {
  const engine = new Watched();
  // Dictionaries draw their seeds the first time; what is drawn after it is the engine's.
  engine.call('check', undefined);
  const { getRandomValues } = crypto;
  const random = new Recorded(recorded.seed);
  crypto.getRandomValues = (bytes) => {
    if (!(bytes instanceof Uint8Array)) throw new TypeError('random bytes are bytes');
    if (bytes.length === seedLength) return getRandomValues.call(crypto, bytes);
    random.fill(bytes);
    return bytes;
  };
  try {
    const [first] = recorded.inputs;
    assert.ok(first);
    engine.call('engine_open', encodeLink(recorded.path, recorded.fragment));
    engine.call('engine_enter', fromHex(recorded.config), BigInt(first.monotonic), BigInt(first.unix));
    for (const { door, monotonic, unix, bytes } of recorded.inputs) {
      const given = door === 'wire' ? fromHex(bytes) : undefined;
      engine.call(`engine_${door}`, given, BigInt(monotonic), BigInt(unix));
    }
  } finally {
    crypto.getRandomValues = getRandomValues;
  }
  const last = recorded.inputs.at(-1);
  assert.ok(last);
  const now = [BigInt(last.monotonic), BigInt(last.unix)];
  const states = engine.outputs.flatMap(({ output }) => output[0] === 3 ? [output[1]] : []);
  assert.equal(states.at(-1), 5, 'live');
  assert.deepEqual(engine.found(recorded.gone), []);
  assert.deepEqual(engine.found(recorded.held), names(recorded.held));
  assert.deepEqual(engine.found([fragment]), ['fragment']);

  // A Commit of its own: now the keys of its leaf and of its path are other ones too.
  const group = fromHex(recorded.group);
  engine.outputs = [];
  engine.call('engine_wire', frame(0x45, 0, concat(vector(group), u64(recorded.epoch), [4])), ...now);
  const commit = engine.outputs.flatMap(({ output }) => {
    const sent = output[0] === 1 ? parse(output.slice(1).buffer) : null;
    if (sent?.type !== 6) return [];
    const reader = new Reader(sent.body);
    reader.vector();
    reader.part(8);
    return [reader.vector()];
  })[0];
  assert.ok(commit, 'it was asked to commit, and did');
  engine.outputs = [];
  engine.call('engine_wire', frame(0x43, 0, concat(vector(group), u64(recorded.next), commit)), ...now);
  assert.ok(engine.outputs.some(({ output }) => output[0] === 4), 'another epoch');
  const kept = heldBy('signature key');
  assert.equal(kept.length, 1);
  assert.deepEqual(engine.found(recorded.gone), []);
  assert.deepEqual(engine.found(recorded.held), names(kept));

  engine.call('engine_command', new Uint8Array([11]), ...now);
  engine.call('engine_forget', undefined);
  assert.deepEqual(engine.found([...recorded.gone, ...recorded.held, fragment]), []);
});

Deno.test('of a meeting and a personal link that were made nothing secret stays; a link that is opened is found', () => {
  const engine = new Watched();
  const meeting = 'AAECAwQFBgcICQoLDA0ODw', terms = { mayEnter: true, notBefore: 1, notAfter: 2 };
  const order = encodeDraft(draftOf(meeting));
  const { hostFragment, guestFragment } = decodeDrafted(engine.call('engine_draft', order));
  const personal = decodePersonal(engine.call('engine_personal', encodePersonal(meeting, hostFragment, terms)));
  /** As text, and the secrets in it. @param {string} name @param {string} text @returns {Secret[]} */
  const parts = (name, text) => {
    const bytes = fromBase64url(text) ?? new Uint8Array(0);
    const seed = bytes.length === 49 ? bytes.slice(17) : bytes.slice(33);
    const secrets = [utf8(text), bytes.slice(1, 17), ...(seed.length > 0 ? [seed] : [])];
    return secrets.map((part) => ({ name, bytes: toHex(part) }));
  };
  const secrets = [
    ...parts('host', hostFragment),
    ...parts('guest', guestFragment),
    ...parts('personal', personal.fragment),
  ];
  assert.equal(secrets.length, 8);
  assert.deepEqual(engine.found(secrets), []);
  engine.call('engine_open', encodeLink(meeting, hostFragment));
  assert.ok(engine.found(secrets).includes('host'));
  engine.call('engine_forget', undefined);
  assert.deepEqual(engine.found(secrets), []);
});
