/** A word code: four words that both sides of the door read to each other (e2ee.md 9). */

/** Words in a code, 11 bits each. */
export const codeLength = 4;

/**
 * The words of a code; null when it is none, for half a code must never be compared as if it were one.
 * @param {readonly string[]} list the 2,048 words @param {readonly number[]} indices @returns {readonly string[] | null}
 */
export function wordsOf(list, indices) {
  if (indices.length !== codeLength) return null;
  const words = indices.flatMap((index) => list[index] ?? []);
  return words.length === codeLength ? words : null;
}
