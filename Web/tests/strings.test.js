/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { chooseLanguage, preferred, t, useTexts } from '../strings/translate.js';

const web = new URL('../', import.meta.url);
/** @type {Record<string, string>} */
const nl = JSON.parse(await Deno.readTextFile(new URL('strings/nl.json', web)));
/** @type {Record<string, string>} */
const en = JSON.parse(await Deno.readTextFile(new URL('strings/en.json', web)));

/** @param {string} text */
const placeholders = (text) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

/** The key itself, or its plurals. @param {string} key */
const exists = (key) => key in nl || `${key}.other` in nl;

/** @param {URL} folder @returns {AsyncGenerator<string>} */
async function* scripts(folder) {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory && name !== 'tests') yield* scripts(new URL(`${name}/`, folder));
    else if (/\.(js|d\.ts)$/.test(name)) yield await Deno.readTextFile(new URL(name, folder));
  }
}

const literals = new Set();
for await (const script of scripts(web)) {
  for (const [, text] of script.matchAll(/['`]([a-z]+(?:\.[\w$.{}-]+)*)['`]/gi)) literals.add(text);
}

Deno.test('both languages say the same things with the same placeholders', () => {
  assert.deepEqual(Object.keys(nl), Object.keys(en));
  for (const [key, text] of Object.entries(nl)) {
    assert.deepEqual(placeholders(text), placeholders(en[key] ?? ''), key);
    assert.equal(text, text.trim(), key);
  }
});

Deno.test('no text is missing and none is left over', () => {
  const families = [...new Set(Object.keys(nl).map((key) => key.split('.')[0]))];
  const used = [...literals].filter((text) => text.includes('.') && families.includes(text.split('.')[0]));
  const notKeys = used.filter((text) => !exists(text) && !/\$|\.(js|css|json|wasm)$/.test(text));
  const known = new Set(['device.gone', 'device.', 'tile.', 'err.reconnecting', 'key.one', 'key.other']);
  assert.deepEqual(notKeys.filter((text) => !known.has(text)), []);
  const spoken = (/** @type {string} */ key) => literals.has(key) || literals.has(key.replace(/\.(one|other)$/, ''));
  const computed = /^page\.(nl|en)$/;
  assert.deepEqual(Object.keys(nl).filter((key) => !spoken(key) && !computed.test(key)), []);
});

Deno.test('the table of names says what the texts say', async () => {
  const table = await Deno.readTextFile(new URL('../Tests/ScenarioTests/Browser/names.tsv', web));
  for (const line of table.trim().split('\n').slice(1)) {
    const [id = '', , english, dutch] = line.split('\t');
    assert.equal(en[id], english, id);
    assert.equal(nl[id], dutch, id);
  }
});

Deno.test('Dutch is spoken unless the browser asks for English first', () => {
  assert.equal(preferred(['de-DE', 'en-US', 'nl']), 'en');
  assert.equal(preferred(['nl-BE', 'en']), 'nl');
  assert.equal(preferred(['fy']), 'nl');
});

Deno.test('placeholders are filled, plurals follow the number, a missing text shows its key', () => {
  useTexts({ nl, en });
  chooseLanguage('nl');
  assert.equal(t('meet.ownTile', { name: '{n} Anna' }), '{n} Anna (jij)', 'what is filled in is not filled again');
  assert.equal(t('meet.count', { n: 1 }), '1 deelnemer');
  assert.equal(t('meet.count', { n: 2 }), '2 deelnemers');
  assert.equal(t('no.such.text'), 'no.such.text');
});
