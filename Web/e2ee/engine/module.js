/**
 * The engine compiled to WebAssembly, as one synchronous function per door: bytes go in, bytes come out. It knows nothing
 * of meetings. The module has one import, random bytes; a module that asks for more is not ours and is not run.
 * A door that traps leaves memory nobody should go on with: the error says so, and every later call throws too.
 * @import { Bytes } from '../bytes.js'
 * @typedef {(...numbers: (number | bigint)[]) => number} Door
 */

/** Who is to blame, in the order of the engine. */
const owners = /** @type {const} */ (['codec', 'validation', 'usage', 'crypto']);

/** The engine refused: nothing has changed, and it may be asked again. */
export class EngineRefusal extends Error {
  /** @param {number} status @param {Bytes} rest the leaf whose doing it is, if there is one */
  constructor(status, rest) {
    const owner = owners[(status >> 8) - 1] ?? 'usage';
    super(`the engine refused: ${owner} ${status & 255}`);
    this.name = 'EngineRefusal';
    this.owner = owner;
    /** Number of the reason in `E2EEError.Reason`. */
    this.reason = status & 255;
    this.leaf = rest.length === 4 ? view(rest).getUint32(0, true) : null;
  }
}

/** The engine is broken: only a new worker helps. */
export class EngineTrap extends Error {
  /** @param {unknown} cause */
  constructor(cause) {
    super('the engine stopped', { cause });
    this.name = 'EngineTrap';
  }
}

/** `getRandomValues` gives this much at once. */
const randomMax = 65536;

/** Status and count stand before the bytes of an answer. */
const headLength = 8;

export class EngineModule {
  /** @type {WebAssembly.Memory} */
  #memory;
  /** @type {WebAssembly.Exports} */
  #exports;
  /** @type {EngineTrap | null} */
  #trap = null;

  /** @param {WebAssembly.Module} module compiled from bytes whose hash was checked */
  constructor(module) {
    const imports = WebAssembly.Module.imports(module).map(({ module, name, kind }) => `${module}.${name} ${kind}`);
    if (imports.join() !== 'env.random function') {
      throw new TypeError(`the engine may import random bytes and nothing else, not: ${imports.join()}`);
    }
    const instance = new WebAssembly.Instance(module, { env: { random: this.#random.bind(this) } });
    const { memory } = instance.exports;
    if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('the engine exports no memory');
    this.#memory = memory;
    this.#exports = instance.exports;
    this.#function('_initialize')();
  }

  /**
   * Goes through a door that takes bytes, and before them perhaps numbers (64-bit ones as `bigint`). Both copies in the
   * engine's memory, of what went in and of what came out, are zeroed before this returns. Throws an `EngineRefusal`.
   * @param {string} door @param {Bytes} [bytes] @param {...(number | bigint)} numbers @returns {Bytes}
   */
  call(door, bytes, ...numbers) {
    const enter = this.#function(door);
    return this.#guarded(() => {
      if (!bytes) return this.#answer(enter(...numbers));
      const at = this.#allocate(bytes.length);
      new Uint8Array(this.#memory.buffer, at, bytes.length).set(bytes);
      const answer = enter(...numbers, at, bytes.length);
      this.#function('release')(at, bytes.length);
      return this.#answer(answer);
    });
  }

  /** Bytes of memory that the engine holds; for the tests that watch it. */
  get memoryLength() {
    return this.#memory.buffer.byteLength;
  }

  /** @param {number} length */
  #allocate(length) {
    const at = this.#function('allocate')(length);
    if (at === 0) throw new RangeError('the engine has no memory left');
    return at;
  }

  /** The buffer is asked for again after every call: it is another one when memory has grown. @param {number} at @returns {Bytes} */
  #answer(at) {
    if (at === 0) throw new RangeError('the engine has no memory left');
    const head = new DataView(this.#memory.buffer, at, headLength);
    const [status, length] = [head.getUint32(0, true), head.getUint32(4, true)];
    const bytes = new Uint8Array(this.#memory.buffer, at + headLength, length).slice();
    this.#function('release')(at, headLength + length);
    if (status !== 0) throw new EngineRefusal(status, bytes);
    return bytes;
  }

  /** @template Result @param {() => Result} body @returns {Result} */
  #guarded(body) {
    if (this.#trap) throw this.#trap;
    try {
      return body();
    } catch (error) {
      if (error instanceof EngineRefusal) throw error;
      this.#trap = new EngineTrap(error);
      throw this.#trap;
    }
  }

  /** @param {string} name @returns {Door} */
  #function(name) {
    const found = this.#exports[name];
    if (typeof found !== 'function') throw new TypeError(`the engine has no door ${name}`);
    return /** @type {Door} */ (found);
  }

  /** @param {number} at @param {number} length both unsigned, as WebAssembly sees them not */
  #random(at, length) {
    const end = (at >>> 0) + (length >>> 0);
    for (let from = at >>> 0; from < end; from += randomMax) {
      crypto.getRandomValues(new Uint8Array(this.#memory.buffer, from, Math.min(randomMax, end - from)));
    }
  }
}

/**
 * The page knows the hash from the list it was served with; `compileStreaming` wants the type `application/wasm`.
 * @param {string | URL} address @param {string} integrity @returns {Promise<EngineModule>}
 */
export async function loadEngine(address, integrity) {
  return new EngineModule(await WebAssembly.compileStreaming(fetch(address, { integrity })));
}

/** @param {Bytes} bytes */
function view(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
