/**
 * A comparison round as the page shows it (e2ee.md 9), and the badge that follows from keys and people. Values from values.
 * @import { Comparison } from './meeting.d.ts'
 * @import { Person } from './people.js'
 * @import { Args } from './notices.js'
 *
 * @typedef {{ readonly sign: string, readonly word: string }} Shown `word`: key of a text
 * @typedef {object} Round
 * @property {Comparison['phase']} phase
 * @property {readonly Shown[]} pictures
 * @property {boolean | null} isEqual what the person said about them
 * @property {ReadonlySet<string>} inside keys of everybody whose part is in the code
 *
 * @typedef {'starting' | 'protected' | 'verified' | 'service' | 'stopped'} BadgeState
 * @typedef {object} Badge
 * @property {BadgeState} state
 * @property {string} text key
 * @property {Args} args
 * @property {{ readonly text: string, readonly args: Args } | null} reason why nothing is sent
 */
import { gateNotices, isShut } from './gate.js';
import { allVerified } from './people.js';
import { badgeWord } from './services.js';

/** @type {Round} */
export const noRound = { phase: 'none', pictures: [], isEqual: null, inside: new Set() };

/** How many pictures a code has. */
export const pictureCount = 7;

/** @param {Comparison} comparison @param {readonly string[]} signs of all pictures; empty while they are on their way @returns {Round} */
export function roundOf({ phase, pictures, isEqual, people }, signs) {
  const shown = pictures.flatMap((index) => {
    const sign = signs[index];
    return sign === undefined ? [] : [{ sign, word: `picture.${index}` }];
  });
  const inside = new Set(people);
  if (phase !== 'shown') return { ...noRound, phase, inside };
  // Half a code must never be compared as if it were one.
  return shown.length === pictureCount
    ? { phase, pictures: shown, isEqual, inside }
    : { ...noRound, phase: 'collecting' };
}

/** Does the person still owe an answer, or a look at what failed? @param {Round} round */
export function isOpen({ phase, isEqual }) {
  return phase === 'failed' || (phase === 'shown' && isEqual === null);
}

/** Who is here and has no part in the code. @param {Round} round @param {readonly Person[]} people */
export function outside({ phase, inside }, people) {
  return phase === 'shown' ? people.filter(({ key }) => key !== undefined && !inside.has(key)) : [];
}

/**
 * What the head of the meeting says about encryption: from the keys, the gate and what the person compared; nothing that a
 * server says makes it better (Promise P-048).
 * @param {'starting' | 'protected' | 'stopped'} protection @param {readonly string[]} reasons @param {readonly Person[]} people
 * @returns {Badge}
 */
export function badgeOf(protection, reasons, people) {
  const all = protection === 'stopped' ? ['watchdog', ...reasons] : reasons;
  if (isShut(all)) {
    const [first] = gateNotices(all);
    return { state: 'stopped', text: 'meet.badge.4', args: {}, reason: first ?? null };
  }
  if (protection !== 'protected') return { state: 'starting', text: 'meet.badge.5', args: {}, reason: null };
  const service = badgeWord(people);
  if (service !== null) return { state: 'service', text: 'meet.badge.3', args: { service }, reason: null };
  const isVerified = allVerified(people);
  return {
    state: isVerified ? 'verified' : 'protected',
    text: isVerified ? 'meet.badge.2' : 'meet.badge.1',
    args: {},
    reason: null,
  };
}
