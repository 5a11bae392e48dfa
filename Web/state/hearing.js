/** How the microphone listens: what the browser does to a voice, and nothing of it where there is music. */

/** @typedef {'echo' | 'noise' | 'gain'} Treatment */
/** @typedef {Treatment | 'music'} HearingPart */

/**
 * @typedef {object} Hearing
 * @property {Readonly<Record<Treatment, boolean>>} speech as it was chosen for a voice
 * @property {boolean} music
 */

const nothing = { echo: false, noise: false, gain: false };

/** @type {Hearing} */
export const ordinary = { speech: { echo: true, noise: true, gain: true }, music: false };

/** What is on: with music nothing is done to the sound. @param {Hearing} hearing @returns {Readonly<Record<HearingPart, boolean>>} */
export function inForce({ speech, music }) {
  return { ...(music ? nothing : speech), music };
}

/**
 * One switch turned. Music leaves what was chosen for a voice as it was, to come back to; whoever turns one of those on
 * again has no music any more, and the others stay as they were seen.
 * @param {Hearing} hearing @param {HearingPart} part @param {boolean} isOn @returns {Hearing}
 */
export function turned(hearing, part, isOn) {
  if (part === 'music') return { ...hearing, music: isOn };
  if (!hearing.music) return { ...hearing, speech: { ...hearing.speech, [part]: isOn } };
  return isOn ? { speech: { ...nothing, [part]: true }, music: false } : hearing;
}
