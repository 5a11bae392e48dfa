/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { EngineModule, EngineRefusal, EngineTrap } from '../e2ee/engine/module.js';
import { trials } from './trials.js';

const compiled = await WebAssembly.compile(await Deno.readFile(new URL('../e2ee/engine/e2ee.wasm', import.meta.url)));

/** A module put together by hand. @param {...number[]} sections each with its number first, without its length */
function handmade(...sections) {
  const body = sections.flatMap(([number = 0, ...rest]) => [number, rest.length, ...rest]);
  return new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...body]));
}

/** A name as WebAssembly writes it. @param {string} text */
const name = (text) => [text.length, ...new TextEncoder().encode(text)];

/** Types: 0 takes nothing and answers nothing, 1 answers a number. */
const types = [1, 2, 0x60, 0, 0, 0x60, 0, 1, 0x7f];
const randomImport = [2, 1, ...name('env'), ...name('random'), 0, 0];

Deno.test('two members meet in the engine of this browser, as often as one likes, and it holds no more memory after', () => {
  const engine = new EngineModule(compiled);
  // Dictionaries are seeded at random, so the first times differ a little in what they ask for.
  for (let time = 0; time < 10; time++) assert.equal(engine.call('check').length, 0);
  const { memoryLength } = engine;
  for (let time = 0; time < 20; time++) engine.call('check');
  assert.equal(engine.memoryLength, memoryLength);
});

Deno.test('the engine asks for random bytes and for nothing else', () => {
  const imports = WebAssembly.Module.imports(compiled);
  assert.deepEqual(imports, [{ module: 'env', name: 'random', kind: 'function' }]);
  assert.throws(() => new EngineModule(handmade(types, [2, 1, ...name('env'), ...name('clock'), 0, 0])), TypeError);
  assert.throws(() => new EngineModule(handmade(types)), TypeError, 'it must ask for them');
});

Deno.test('the engine has the doors of a client, and none of those that tests have', () => {
  const doors = WebAssembly.Module.exports(compiled).map((door) => door.name).sort();
  const engine = ['command', 'connected', 'disconnected', 'enter', 'forget', 'guest_fragment', 'next', 'open', 'tick'];
  const ours = [...engine, 'wire', 'draft', 'personal', 'service'].map((door) => `engine_${door}`);
  assert.deepEqual(doors, ['_initialize', 'allocate', 'check', ...ours, 'memory', 'release'].sort());
  assert.throws(() => new EngineModule(compiled).call('vectors'), TypeError);
});

Deno.test('what the engine refuses can be asked again; after a trap nothing can', () => {
  const trap = [10, 2, 2, 0, 0x0b, 3, 0, 0x00, 0x0b];
  const exports = [7, 3, ...name('memory'), 2, 0, ...name('_initialize'), 0, 1, ...name('trap'), 0, 2];
  const engine = new EngineModule(handmade(types, randomImport, [3, 2, 0, 1], [5, 1, 0, 1], exports, trap));
  assert.throws(() => engine.call('nothing'), TypeError);
  assert.throws(() => engine.call('trap'), EngineTrap);
  assert.throws(() => engine.call('trap'), EngineTrap);

  const trial = trials();
  assert.throws(() => trial.call('replay', new Uint8Array(3), 99), {
    name: 'EngineRefusal',
    owner: 'usage',
    reason: 8,
  });
  assert.equal(trial.call('replay', new Uint8Array([0x40, 1]), 3).length, 0);
  const refusal = new EngineRefusal(0x0205, new Uint8Array([3, 0, 0, 0]));
  assert.deepEqual([refusal.owner, refusal.reason, refusal.leaf], ['validation', 5, 3]);
});
