/** What the page about privacy says, in the order it says it. What is kept is the catalogue of the server: a test compares both. */

/** While a meeting runs. @type {readonly string[]} */
export const during = [
  'privacy.content',
  'privacy.services',
  'privacy.names',
  'privacy.server',
  'privacy.network',
  'privacy.files',
  'privacy.others',
];

/** Of somebody without an account. @type {readonly string[]} */
export const ofGuests = ['privacy.guest.browser', 'join.card.kept.text', 'after.browser'];

/**
 * What tables are called to people, each name once; one that has no words here by its own name.
 * @param {readonly string[]} tables @returns {readonly ({ readonly word: string } | string)[]}
 */
export function calledTables(tables) {
  const words = tables.map((table) => kept.find(({ places }) => places.includes(table))?.texts[0]);
  const names = tables.map((table, at) => {
    const word = words[at];
    return word === undefined ? table : { word };
  });
  return names.filter((name, at) => typeof name === 'string' || words.indexOf(name.word) === at);
}

/** What is kept of whoever has an account: where, by the names of tables and of stores in the browser; what, what for, until when. @type {readonly { readonly places: readonly string[], readonly texts: readonly [string, string, string] }[]} */
export const kept = [
  { places: ['account'], texts: ['privacy.kept.account', 'privacy.kept.account.why', 'privacy.kept.account.until'] },
  { places: ['session'], texts: ['privacy.kept.session', 'privacy.kept.session.why', 'privacy.kept.session.until'] },
  { places: ['link'], texts: ['privacy.kept.link', 'privacy.kept.link.why', 'privacy.kept.link.until'] },
  {
    places: ['second_step', 'recovery_code'],
    texts: ['privacy.kept.step', 'privacy.kept.step.why', 'privacy.kept.step.until'],
  },
  { places: ['passkey'], texts: ['privacy.kept.passkey', 'privacy.kept.passkey.why', 'privacy.kept.passkey.until'] },
  {
    places: ['planned_meeting'],
    texts: ['privacy.kept.planned', 'privacy.kept.planned.why', 'privacy.kept.planned.until'],
  },
  {
    places: ['device', 'preferences'],
    texts: ['privacy.kept.browser', 'privacy.kept.browser.why', 'privacy.kept.browser.until'],
  },
  { places: ['shell'], texts: ['privacy.kept.program', 'privacy.kept.program.why', 'privacy.kept.program.until'] },
  {
    places: ['key_to_destroy'],
    texts: ['privacy.kept.erased', 'privacy.kept.erased.why', 'privacy.kept.erased.until'],
  },
];
