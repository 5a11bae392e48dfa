/**
 * Whose screens may be seen (`e2ee.md` 6, Receive 3): the policy says whether everybody may share one, or those who lead.
 * @import { Feature, RosterEntry } from '../../state/meeting.d.ts'
 */

/** @param {readonly RosterEntry[]} roster @param {readonly Feature[]} features @returns {readonly string[]} their ids */
export function sharersOf(roster, features) {
  const ofAll = features.includes('screen'), ofHosts = features.includes('hostsScreen');
  const people = roster.filter(({ label }) => label !== 'service');
  return people.filter((one) => ofAll || (ofHosts && isLeading(one))).map(({ key }) => key);
}

/** @param {RosterEntry} one */
function isLeading({ role, label }) {
  return role === 'host' || role === 'cohost' || label === 'actingHost';
}
