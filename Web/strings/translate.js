/**
 * The texts of the page. Keys are the names of `names.tsv`; `{placeholder}`s are filled from `args`; a key with
 * `.one` and `.other` beside it is a plural and chooses by `args.n`. The choice of language lives in memory only.
 */

/** @typedef {'nl' | 'en'} Language */
/** @typedef {Readonly<Record<string, string | number>>} Args */

/** @type {readonly Language[]} */
export const languages = ['nl', 'en'];

/** @type {Record<Language, Record<string, string>>} */
const texts = { nl: {}, en: {} };

/** Making one costs more than all words of a screen. */
const plurals = { nl: new Intl.PluralRules('nl'), en: new Intl.PluralRules('en') };

const lists = { nl: new Intl.ListFormat('nl'), en: new Intl.ListFormat('en') };

/** @type {Language} */
let current = 'nl';

/** The first language of the browser that we have, else Dutch. @param {readonly string[]} wishes @returns {Language} */
export function preferred(wishes) {
  for (const wish of wishes) {
    const found = languages.find((language) => wish.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return 'nl';
}

/** Both languages are fetched at once, so that changing over needs no network. */
export async function loadTexts() {
  await Promise.all(languages.map(async (language) => {
    const answer = await fetch(new URL(`./${language}.json`, import.meta.url));
    if (!answer.ok) throw new Error(`no texts: ${answer.status}`);
    texts[language] = await answer.json();
  }));
}

/** For tests, which have the files already. @param {Record<Language, Record<string, string>>} given */
export function useTexts(given) {
  Object.assign(texts, given);
}

/** More texts, of a part that few need. @param {Language} language @param {Record<string, string>} more */
export function addTexts(language, more) {
  Object.assign(texts[language], more);
}

/** @param {Language} language */
export function chooseLanguage(language) {
  current = language;
}

/** @returns {Language} */
export function language() {
  return current;
}

/**
 * The text of `key` in the language now chosen. A key without a text comes back as it is: better odd than empty.
 * @param {string} key @param {Args} [args] @returns {string}
 */
export function t(key, args = {}) {
  const words = texts[current];
  const text = words[key] ?? words[`${key}.${plurals[current].select(Number(args.n ?? 0))}`] ?? words[`${key}.other`] ??
    key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(args[name] ?? whole));
}

/** As one names several things in a sentence. @param {readonly string[]} words */
export function listed(words) {
  return lists[current].format(words);
}
