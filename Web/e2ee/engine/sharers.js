/**
 * Whose frames are opened (`e2ee.md` 6, Receive 3): of screens the policy says whether everybody may share one, or those who lead;
 * of what is no person only the voice of a telephone is, for nothing else of it is anywhere to be seen.
 * @import { Feature, RosterEntry } from '../../state/meeting.d.ts'
 */

/** @param {readonly RosterEntry[]} roster @param {readonly Feature[]} features @returns {readonly string[]} their ids */
export function sharersOf(roster, features) {
  const ofAll = features.includes('screen'), ofHosts = features.includes('hostsScreen');
  const people = roster.filter(({ label }) => label !== 'service');
  return people.filter((one) => ofAll || (ofHosts && isLeading(one))).map(({ key }) => key);
}

/**
 * Who may, never who may not: in an epoch that was not told about yet a machine is nobody.
 * @param {readonly RosterEntry[]} roster @param {readonly Feature[]} features @returns {import('./keys.js').Senders}
 */
export function sendersOf(roster, features) {
  const people = roster.filter(({ label }) => label !== 'service');
  const telephones = roster.filter(({ service }) => service?.role === 'gateway');
  return {
    voices: [...people, ...telephones].map(({ key }) => key),
    faces: people.map(({ key }) => key),
    sharers: sharersOf(roster, features),
  };
}

/** @param {RosterEntry} one */
function isLeading({ role, label }) {
  return role === 'host' || role === 'cohost' || label === 'actingHost';
}
