/**
 * What somebody asks for before they come in: Promise P-049. It goes with the name, sealed for whoever may let them in, as the
 * beginning of the note: a client that does not know it shows it as it is.
 * @typedef {'recording' | 'captions' | 'chat'} Wish what there should not be
 * @typedef {{ readonly isOn: boolean, readonly mayTurnOff: boolean }} ChatState of the meeting, for whoever lets people in
 */

/** @type {readonly Wish[]} */
export const wishes = ['recording', 'captions', 'chat'];

/** What each is called where it is asked for. @type {Readonly<Record<Wish, string>>} */
export const askTexts = { recording: 'join.noRecording', captions: 'join.noCaptions', chat: 'join.noChat' };

const asked = /^#without:([a-z]+(?:,[a-z]+)*)(?:\s|$)/;

/** The note that says so; empty for nothing. @param {readonly Wish[]} wanted */
export function noteOf(wanted) {
  const known = wishes.filter((wish) => wanted.includes(wish));
  return known.length === 0 ? '' : `#without:${known.join(',')}`;
}

/** What of a note is asked for, and what is left of it. @param {string | null} note @returns {{ wanted: readonly Wish[], note: string | null }} */
export function readWishes(note) {
  const [whole, names = ''] = (note ?? '').match(asked) ?? [];
  if (note === null || whole === undefined) return { wanted: [], note };
  const said = names.split(',');
  const rest = note.slice(whole.length).trim();
  return { wanted: wishes.filter((wish) => said.includes(wish)), note: rest === '' ? null : rest };
}

/** How it stands with what somebody asks for, as the key of a text: of what does not exist there is nothing to agree. @param {Wish} wish @param {ChatState} chat */
export function agreed(wish, chat) {
  if (wish === 'recording') return 'people.asks.recording';
  if (wish === 'captions') return 'people.asks.captions';
  return chat.isOn ? 'people.asks.chat' : 'people.asks.chat.off';
}
