/** The name a person fills in. */

const mostCharacters = 60;
const mostBytes = 120;

/** Marks that turn the direction of text: with them a name could rewrite the words beside it. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * @param {string} text as typed
 * @returns {{ type: 'good', name: string } | { type: 'empty' } | { type: 'long' }}
 */
export function readName(text) {
  // deno-lint-ignore no-control-regex -- control characters are what this takes out
  const name = text.replace(directionMarks, '').replace(/[\u0000-\u001f\u007f]/gu, ' ').replace(/\s+/gu, ' ').trim();
  if (name === '') return { type: 'empty' };
  if ([...name].length > mostCharacters || new TextEncoder().encode(name).length > mostBytes) return { type: 'long' };
  return { type: 'good', name };
}
