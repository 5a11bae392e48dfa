/**
 * The lists behind codes that people compare (e2ee.md 9), fetched when somebody needs one and not before. Their numbers are
 * part of the protocol: both sides read the same words and see the same pictures.
 */
import { addTexts } from './translate.js';

/** @typedef {'nl' | 'en'} Language */

/** @type {Readonly<Record<number, () => Promise<{ readonly words: readonly string[] }>>>} */
const lists = { 1: () => import('./words/en.js'), 2: () => import('./words/nl.js') };

/** @type {Readonly<Record<Language, number>>} */
const numbers = { en: 1, nl: 2 };

/** The number of the list in this language. @param {Language} language */
export function wordlistOf(language) {
  return numbers[language];
}

/** The language of a list. @param {number} wordlist @returns {Language} */
export function languageOf(wordlist) {
  return wordlist === numbers.nl ? 'nl' : 'en';
}

/** All words of a list, or null for a list we do not have. @param {number} wordlist @returns {Promise<readonly string[] | null>} */
export async function loadWords(wordlist) {
  const load = lists[wordlist];
  return load ? (await load()).words : null;
}

/**
 * The signs of the 64 pictures. From now on there are texts for their words, too: `picture.0` to `picture.63`.
 * @returns {Promise<readonly string[]>}
 */
export async function loadPictures() {
  const { pictures } = await import('./words/pictures.js');
  for (const language of /** @type {const} */ (['nl', 'en'])) {
    addTexts(language, Object.fromEntries(pictures.map((picture, index) => [`picture.${index}`, picture[language]])));
  }
  return pictures.map(({ sign }) => sign);
}
