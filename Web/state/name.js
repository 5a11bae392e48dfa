/** The name a person fills in. */

const mostCharacters = 60;
const mostBytes = 120;

/** Marks that turn the direction of text, with which a name could rewrite the words beside it, and what takes no room. */
const unwanted =
  /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;
/** Something to see: more than white space and marks that join or vary. */
const visible = /[^\s\u200c\u200d\ufe00-\ufe0f]/u;

/** What was typed as one line, without signs that turn or hide the words around it; empty when there is nothing to see. @param {string} text */
export function oneLine(text) {
  // deno-lint-ignore no-control-regex -- control characters are what this takes out
  const line = text.replace(unwanted, '').replace(/[\u0000-\u001f\u007f-\u009f]/gu, ' ').replace(/\s+/gu, ' ').trim();
  return visible.test(line) ? line : '';
}

/**
 * @param {string} text as typed
 * @returns {{ type: 'good', name: string } | { type: 'empty' } | { type: 'long' }}
 */
export function readName(text) {
  const name = oneLine(text);
  if (name === '') return { type: 'empty' };
  if ([...name].length > mostCharacters || new TextEncoder().encode(name).length > mostBytes) return { type: 'long' };
  return { type: 'good', name };
}

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** For the middle of a sentence: a text that runs the other way must not turn the words around it. @param {string} text */
export function isolated(text) {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

/** A part of a link, also in the middle of other words. */
const linkPart = /\/m\/[\w-]{22}|#[\w-]{44}/;

/**
 * What stands in the title of the window: the topic and nothing else, and never a link that somebody typed there (Promise P-011).
 * @param {string} topic @returns {string | null} null: nothing that may stand there
 */
export function titleOf(topic) {
  return topic === '' || linkPart.test(topic) ? null : topic;
}
