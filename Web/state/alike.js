/**
 * Names that look alike (e2ee.md 15, trap 13). Not all signs there are: those with which one name is easily written as
 * another, in the scripts of Europe. Names are not forbidden for it, only told apart.
 */

/** Signs that look like a Latin letter. */
const twins = new Map(
  Object.entries({
    'аαɑ': 'a',
    'вβ': 'b',
    'сϲ': 'c',
    'ԁ': 'd',
    'еέεҽё': 'e',
    'ɡ': 'g',
    'һн': 'h',
    'іιїӏ1l|ı': 'i',
    'ј': 'j',
    'кκ': 'k',
    'мμ': 'm',
    'ոη': 'n',
    'оοօσ0øө': 'o',
    'рρ': 'p',
    'ԛ': 'q',
    'г': 'r',
    'ѕ5$': 's',
    'тτ': 't',
    'υսц': 'u',
    'νѵ': 'v',
    'ѡωш': 'w',
    'хχ×': 'x',
    'уγү': 'y',
    'ᴢ2': 'z',
  }).flatMap(([signs, letter]) => [...signs].map((sign) => /** @type {const} */ ([sign, letter]))),
);

/** What is left of a name for somebody who looks at it for a moment. @param {string} name */
export function skeleton(name) {
  const bare = name.normalize('NFKC').toLowerCase().normalize('NFD').replace(/[\p{M}\p{P}\p{Z}\p{C}]/gu, '');
  return [...bare].map((sign) => twins.get(sign) ?? sign).join('').replaceAll('rn', 'm').replaceAll('vv', 'w');
}

/** What this page writes behind one's own name, in both languages. */
const ownWords = ['you', 'jij', 'jy'].map(skeleton);

/** What this page calls many people: one of them must not pass for all. */
const wordsForMany = new Set(['everyone', 'everybody', 'iedereen', 'host', 'hosts'].map(skeleton));

/** The same with what others may have put behind it to pass for oneself. @param {string} name */
function skeletons(name) {
  const whole = skeleton(name);
  return [whole, ...ownWords.filter((word) => whole.endsWith(word)).map((word) => whole.slice(0, -word.length))];
}

/**
 * Everybody else whose name looks like that of another one who is here, or like a word for many.
 * @template {{ readonly name: string, readonly me: boolean }} Named
 * @param {readonly Named[]} people @returns {ReadonlySet<Named>}
 */
export function lookAlikes(people) {
  /** @type {Map<string, Named[]>} */
  const groups = new Map();
  for (const person of people) {
    if (person.name === '') continue;
    for (const one of new Set(person.me ? [skeleton(person.name)] : skeletons(person.name))) {
      groups.set(one, [...groups.get(one) ?? [], person]);
    }
  }
  const many = people.filter(({ name }) => wordsForMany.has(skeleton(name)));
  const alike = [...[...groups.values()].filter((group) => group.length > 1).flat(), ...many];
  // One's own name stands with the word that says so; it is the others who might pass for it.
  return new Set(alike.filter(({ me }) => !me));
}
