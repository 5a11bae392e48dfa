/**
 * What can be shown of a feeling without a word: these five, and nothing else that somebody may send.
 * @typedef {'thumb' | 'clap' | 'heart' | 'laugh' | 'surprise'} ReactionID
 * @typedef {{ readonly id: ReactionID, readonly glyph: string, readonly text: string }} Reaction `text`: key of its words
 */

/** @type {readonly Reaction[]} */
export const reactions = [
  { id: 'thumb', glyph: '👍', text: 'react.thumb' },
  { id: 'clap', glyph: '👏', text: 'react.clap' },
  { id: 'heart', glyph: '❤️', text: 'react.heart' },
  { id: 'laugh', glyph: '😂', text: 'react.laugh' },
  { id: 'surprise', glyph: '😮', text: 'react.surprise' },
];

/** Milliseconds that one is shown. */
export const reactionTime = 5000;

/** @param {string} emoji as it came @returns {Reaction | null} */
export function reactionOf(emoji) {
  const bare = plain(emoji);
  return reactions.find(({ glyph }) => plain(glyph) === bare) ?? null;
}

/** Without the sign that asks for a picture: not every keyboard writes it. @param {string} emoji */
function plain(emoji) {
  return emoji.replaceAll('\ufe0f', '');
}
