/**
 * When a meeting locks by itself (privacy.md 9.1, `lock.auto`). The group knows no such rule: the page of whoever made the
 * meeting carries it out. Values from values; it has no clock.
 * @import { Person } from './people.js'
 * @import { MeetingSettings } from './profiles.js'
 *
 * @typedef {{ readonly type: 'after', readonly minutes: number } | { readonly type: 'complete' } | { readonly type: 'never' }} LockRule
 *
 * @typedef {object} Scene
 * @property {number} began milliseconds: when a host opened it, or when it was planned, whichever is later
 * @property {number} now on the same clock
 * @property {readonly Pick<Person, 'name'>[]} people everybody who is in
 * @property {readonly string[]} expected names on the host's list
 * @property {boolean} isOver it was locked once already: whoever takes the lock off means it
 */
import { isExpected } from './waiting.js';

/** Milliseconds. */
const minute = 60_000;

/**
 * `look`: nothing before that time; `wait`: nothing before somebody comes.
 * @param {Pick<MeetingSettings, 'lock' | 'individual' | 'membersMax'>} settings @param {Scene} scene
 * @returns {{ readonly type: 'lock' | 'wait' | 'over' } | { readonly type: 'look', readonly at: number }}
 */
export function autolock(settings, { began, now, people, expected, isOver }) {
  const { lock } = settings;
  if (isOver || lock.type === 'never') return { type: 'over' };
  if (lock.type === 'complete') return { type: isComplete(settings, people, expected) ? 'lock' : 'wait' };
  const at = began + lock.minutes * minute;
  if (now < at) return { type: 'look', at };
  // A door that locks before anybody came keeps out the only guest, who is late.
  return { type: people.length > 1 ? 'lock' : 'wait' };
}

/**
 * Is everybody in who is to come? Without a list nobody knows, where there may be more than two.
 * @param {Pick<MeetingSettings, 'individual' | 'membersMax'>} settings @param {Scene['people']} people @param {readonly string[]} expected
 */
function isComplete({ individual, membersMax }, people, expected) {
  if (individual) return people.length >= membersMax;
  return expected.length > 0 && expected.every((name) => people.some((one) => isExpected(one.name, [name])));
}
