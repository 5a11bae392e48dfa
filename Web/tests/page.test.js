/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';

const web = new URL('../', import.meta.url);
const page = await Deno.readTextFile(new URL('index.html', web));

/** The modules a module needs, itself included. @param {URL} module @param {Set<string>} [known] */
async function graph(module, known = new Set()) {
  const path = module.href.slice(web.href.length);
  if (known.has(path)) return known;
  known.add(path);
  const script = await Deno.readTextFile(module);
  for (const [, name = ''] of script.matchAll(/^(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"](\.[^'"]+\.js)['"]/gm)) {
    await graph(new URL(name, module), known);
  }
  return known;
}

/** @param {RegExp} pattern */
const listed = (pattern) => [...page.matchAll(pattern)].map(([, path = '']) => path);

/** @param {string} folder @param {string} ending @returns {Promise<string[]>} */
async function filesIn(folder, ending) {
  const found = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, web))) {
    if (isDirectory) found.push(...await filesIn(`${folder}${name}/`, ending));
    else if (name.endsWith(ending)) found.push(`${folder}${name}`);
  }
  return found;
}

Deno.test('the page asks for all its modules at once, so that none waits for another', async () => {
  const needed = await graph(new URL('app.js', web));
  needed.delete('app.js');
  assert.deepEqual(listed(/rel="modulepreload" href="\/a\/release\/([^"]+)"/g).sort(), [...needed].sort());
});

Deno.test('every style sheet is on the page, the tokens with the order of layers first', async () => {
  const sheets = listed(/rel="stylesheet" href="\/a\/release\/([^"]+)"/g);
  const there = await Promise.all(['styles/', 'elements/', 'screens/'].map((folder) => filesIn(folder, '.css')));
  assert.deepEqual([...sheets].sort(), there.flat().sort());
  assert.equal(sheets[0], 'styles/tokens.css');
});

Deno.test('the page holds no style or script of its own, and nothing of another host', () => {
  assert.doesNotMatch(page, /<style|style=|\son\w+=|<script(?![^>]* src=)|(?:https?:)?\/\/\w/);
});

Deno.test('every icon that is asked for exists', async () => {
  const icons = await Deno.readTextFile(new URL('icons/icons.svg', web));
  const drawn = new Set([...icons.matchAll(/<symbol id="([\w-]+)"/g)].map(([, id]) => id));
  for (
    const path of await filesIn('elements/', '.js').then(async (own) => [...own, ...await filesIn('screens/', '.js')])
  ) {
    const script = await Deno.readTextFile(new URL(path, web));
    for (const [, name] of script.matchAll(/\b(?:icon\(|icon: )'([\w-]+)'/g)) {
      assert.ok(drawn.has(name), `${path}: ${name}`);
    }
  }
});
