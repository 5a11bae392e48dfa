/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { calledTables, during, kept, ofGuests } from '../state/privacy.js';
import { settingTexts } from '../state/security.js';

Deno.test('every text of the page about privacy is there, in both languages, and says something of its own', async () => {
  const keys = [...during, ...ofGuests, ...kept.flatMap(({ texts }) => texts), ...Object.values(settingTexts).flat()];
  assert.equal(new Set(keys).size, keys.length);
  for (const language of ['nl', 'en']) {
    const texts = JSON.parse(await Deno.readTextFile(new URL(`../strings/${language}.json`, import.meta.url)));
    for (const key of keys) assert.ok(texts[key], `${language} ${key}`);
  }
});

Deno.test('tables are called by what the page says of them, each once, and others by their own names', () => {
  assert.deepEqual(calledTables(['account', 'recovery_code', 'registration', 'second_step']), [
    { word: 'privacy.kept.account' },
    { word: 'privacy.kept.step' },
    'registration',
  ]);
  assert.deepEqual(calledTables([]), []);
});
