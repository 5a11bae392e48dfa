/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { wordsOf } from '../state/words.js';
import { languageOf, loadPictures, loadWords, wordlistOf } from '../strings/words.js';
import { chooseLanguage, t } from '../strings/translate.js';

/**
 * How a word sounds, roughly: what stays the same here, two people on the phone may take for the same word.
 * @type {Record<'nl' | 'en', readonly (readonly [RegExp, string])[]>}
 */
const sounds = {
  en: [
    [/^kn|^gn/g, 'n'],
    [/^wr/g, 'r'],
    [/^ps/g, 's'],
    [/wh/g, 'w'],
    [/ph/g, 'f'],
    [/ght/g, 't'],
    [/tch|ch/g, 'C'],
    [/sh/g, 'S'],
    [/th/g, 'T'],
    [/ck/g, 'k'],
    [/sc(?=[eiy])|c(?=[eiy])|z/g, 's'],
    [/c|q/g, 'k'],
    [/x/g, 'ks'],
    [/ai|ay|ei|ey/g, 'A'],
    [/ee|ea|ie/g, 'E'],
    [/oa|ow|ou|oe/g, 'O'],
    [/oo|ue|ew|ui/g, 'U'],
    [/au|aw/g, 'W'],
    [/y/g, 'i'],
    [/e$/g, ''],
    [/ar|er|or|ir|ur/g, 'R'],
  ],
  nl: [
    [/ij|ei|ey/g, 'Y'],
    [/au|ou/g, 'W'],
    [/ch/g, 'g'],
    [/ph|v/g, 'f'],
    [/th/g, 't'],
    [/sc(?=[eiy])|c(?=[eiy])|z/g, 's'],
    [/ck|c|q/g, 'k'],
    [/x/g, 'ks'],
    [/dt$|d$/g, 't'],
    [/b$/g, 'p'],
    [/ie|y/g, 'i'],
    [/en$/g, 'e'],
  ],
};

/** @param {'nl' | 'en'} language @param {string} word */
function sound(language, word) {
  const said = sounds[language].reduce((text, [pattern, by]) => text.replace(pattern, by), word);
  return said.replace(/(.)\1+/g, '$1');
}

/** @param {'nl' | 'en'} language */
const listOf = async (language) => await loadWords(wordlistOf(language)) ?? [];

for (const language of /** @type {const} */ (['nl', 'en'])) {
  Deno.test(`the words of a code can be told apart, written and spoken (${language})`, async () => {
    const words = await listOf(language);
    assert.equal(words.length, 2048);
    assert.deepEqual(words.filter((word) => !/^[a-z]{3,8}$/.test(word)), []);
    assert.equal(new Set(words.map((word) => word.slice(0, 4))).size, words.length, 'four letters name a word');
    const heard = new Map();
    const alike = words.filter((word) => {
      const first = heard.get(sound(language, word));
      heard.set(sound(language, word), word);
      return first !== undefined;
    });
    assert.deepEqual(alike, []);
    assert.deepEqual([...words].sort(), words, 'somebody can look a word up');
  });
}

Deno.test('the lists stay as they are: a word that moves breaks the code between two versions', async () => {
  const digests = await Promise.all((/** @type {const} */ (['en', 'nl'])).map(async (language) => {
    const bytes = new TextEncoder().encode((await listOf(language)).join(' '));
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) =>
      byte.toString(16).padStart(2, '0')
    ).join('');
  }));
  assert.deepEqual(digests, [
    'a7ec7233b0288b8a97ddad215404a914b9a81b7d54732a52bd4539fd69c2117d',
    'fe5c4c0c67a27ff40938a5dad751903ac4b7be8ca2eca79889ad865484380c02',
  ]);
  assert.deepEqual([wordlistOf('en'), wordlistOf('nl')], [1, 2]);
  assert.deepEqual([languageOf(1), languageOf(2)], ['en', 'nl']);
  assert.equal(await loadWords(3), null);
});

Deno.test('a code is four words or nothing', () => {
  const list = ['a', 'b', 'c', 'd'];
  assert.deepEqual(wordsOf(list, [3, 0, 0, 1]), ['d', 'a', 'a', 'b']);
  for (const indices of [[], [1, 2, 3], [0, 1, 2, 3, 0], [0, 1, 2, 4], [0, 1, 2, -1], [0, 1, 2, 0.5]]) {
    assert.equal(wordsOf(list, indices), null, String(indices));
  }
});

for (const language of /** @type {const} */ (['nl', 'en'])) {
  Deno.test(`64 pictures can be told apart, seen and spoken (${language})`, async () => {
    const signs = await loadPictures();
    assert.equal(signs.length, 64);
    assert.equal(new Set(signs.map((sign) => sign.replace('\ufe0f', ''))).size, 64);
    chooseLanguage(language);
    const words = signs.map((_, index) => t(`picture.${index}`));
    assert.ok(words.every((word) => /^[\p{L} ]{3,14}$/u.test(word)), words.join());
    const heard = words.map((word) => sound(language, word));
    heard.forEach((one, index) => {
      for (const other of heard.slice(index + 1)) {
        assert.ok(!one.startsWith(other) && !other.startsWith(one), `${one} and ${other}`);
        assert.ok(distance(one, other) > 1, `${one} and ${other}`);
      }
    });
  });
}

Deno.test('the pictures stay as they are: one that moves breaks the code between two versions', async () => {
  const signs = await loadPictures();
  const bytes = new TextEncoder().encode(signs.join(' '));
  const digest = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))];
  assert.equal(
    digest.map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    'f717e4408b469f68f4510139d46979900f8cd1a5a8dc06c67dbb4af5d310af1d',
  );
});

/** Letters to change, add or take away between two words. @param {string} one @param {string} other */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  [...one].forEach((letter, index) => {
    const next = [index + 1];
    [...other].forEach((match, place) => {
      const [left = 0, above = 0, corner = 0] = [next[place], row[place + 1], row[place]];
      next.push(Math.min(left + 1, above + 1, corner + (letter === match ? 0 : 1)));
    });
    row = next;
  });
  return row.at(-1) ?? 0;
}
