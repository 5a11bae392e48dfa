/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { engineBinary, engineGraph, mediaGraph } from '../e2ee/graphs.js';

const folder = new URL('../e2ee/', import.meta.url);

/** Every module that is reached from this one by import lines. @param {URL} module @param {Set<string>} found */
async function reached(module, found = new Set()) {
  if (found.has(module.href)) return found;
  found.add(module.href);
  const text = await Deno.readTextFile(module);
  for (const [, path] of text.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)';/gm)) {
    await reached(new URL(path ?? '', module), found);
  }
  return found;
}

Deno.test('the page checks the hash of every module a worker loads', async () => {
  for (const graph of [engineGraph, mediaGraph]) {
    const listed = graph.map((file) => new URL(file, folder).href).sort();
    assert.deepEqual([...await reached(new URL(graph[0] ?? '', folder))].sort(), listed);
  }
});

Deno.test('the page checks the hash of the file that the engine worker compiles', async () => {
  const worker = await Deno.readTextFile(new URL(engineGraph[0] ?? '', folder));
  assert.ok(worker.includes(`new URL('${engineBinary}', import.meta.url)`));
});
