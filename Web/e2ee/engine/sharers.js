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

/** @param {readonly RosterEntry[]} roster @param {readonly Feature[]} features @returns {import('./keys.js').Senders} */
export function sendersOf(roster, features) {
  const machines = roster.filter(({ label }) => label === 'service');
  return {
    sharers: sharersOf(roster, features),
    voiceless: machines.filter(({ service }) => service?.role !== 'gateway').map(({ key }) => key),
    faceless: machines.map(({ key }) => key),
  };
}

/** @param {RosterEntry} one */
function isLeading({ role, label }) {
  return role === 'host' || role === 'cohost' || label === 'actingHost';
}
