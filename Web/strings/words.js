/**
 * The lists behind word codes (e2ee.md 9), fetched when somebody waits and not before. Their numbers are part of the
 * protocol: the host's language chooses the list, and both sides read the same words.
 */

/** @typedef {'nl' | 'en'} Language */

/** @type {Readonly<Record<number, () => Promise<{ readonly words: readonly string[] }>>>} */
const lists = { 1: () => import('./words/en.js'), 2: () => import('./words/nl.js') };

/** @type {Readonly<Record<Language, number>>} */
const numbers = { en: 1, nl: 2 };

/** The number of the list in this language. @param {Language} language */
export function wordlistOf(language) {
  return numbers[language];
}

/** All words of a list, or null for a list we do not have. @param {number} wordlist @returns {Promise<readonly string[] | null>} */
export async function loadWords(wordlist) {
  const load = lists[wordlist];
  return load ? (await load()).words : null;
}
