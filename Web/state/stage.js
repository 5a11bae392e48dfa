/** Who has the stage where one person is shown large: whoever speaks, unless somebody was put there. */

/** Milliseconds somebody speaks before they take the stage: a word of assent moves nobody. */
export const patience = 1500;

/** Milliseconds whoever took it keeps it at least. */
export const stay = 3000;

/**
 * @typedef {object} Stage
 * @property {string | null} who null: nobody else is here
 * @property {number} since when they took it
 * @property {ReadonlyMap<string, number>} spokenSince everybody who speaks now, and since when
 */

/**
 * @typedef {object} Cast what is known at one moment
 * @property {readonly string[]} others in order of arrival, never oneself
 * @property {readonly string[]} first who was put there: by oneself, then for everyone
 * @property {ReadonlySet<string>} speaking
 */

/** @type {Stage} */
export const emptyStage = { who: null, since: -Infinity, spokenSince: new Map() };

/**
 * The stage a moment later. Nobody is interrupted: whoever has it and still speaks gives way only to somebody who began
 * after them, so that two who talk at the same time do not chase each other off.
 * @param {Stage} stage @param {Cast} cast @param {number} now milliseconds @returns {Stage}
 */
export function nextStage(stage, { others, first, speaking }, now) {
  const spokenSince = new Map(
    others.filter((one) => speaking.has(one)).map((one) => [one, stage.spokenSince.get(one) ?? now]),
  );
  const put = first.find((one) => others.includes(one));
  const here = stage.who !== null && others.includes(stage.who) ? stage.who : null;
  if (put !== undefined) return taken({ ...stage, spokenSince }, put, now);
  if (here === null) return taken({ ...stage, spokenSince }, longest(spokenSince) ?? others[0] ?? null, now);
  if (now - stage.since < stay) return { ...stage, spokenSince };
  const began = spokenSince.get(here) ?? -Infinity;
  const ripe = [...spokenSince].filter(([one, since]) => one !== here && since > began && now - since >= patience);
  return taken({ ...stage, spokenSince }, longest(new Map(ripe)) ?? here, now);
}

/** Milliseconds until the stage may change although nobody starts or stops; null: it will not. @param {Stage} stage @param {Cast} cast @param {number} now */
export function nextLook(stage, { others, first }, now) {
  if (first.some((one) => others.includes(one))) return null;
  const began = stage.spokenSince.get(stage.who ?? '') ?? -Infinity;
  const dues = [...stage.spokenSince].flatMap(([one, since]) =>
    one === stage.who || since <= began ? [] : [Math.max(since + patience, stage.since + stay)]
  );
  return dues.length === 0 ? null : Math.max(0, Math.min(...dues) - now);
}

/** @param {Stage} stage @param {string | null} who @param {number} now @returns {Stage} */
function taken(stage, who, now) {
  return who === stage.who ? stage : { ...stage, who, since: now };
}

/** Who speaks longest. @param {ReadonlyMap<string, number>} spokenSince */
function longest(spokenSince) {
  return [...spokenSince].sort(([, one], [, other]) => one - other)[0]?.[0];
}
