/**
 * Who could go on leading when the last host leaves.
 * @import { Person } from './people.js'
 *
 * @typedef {object} Heirs
 * @property {readonly Person[]} people co-hosts first, then in order of arrival; empty: nobody has to be named
 * @property {boolean} isNobodyFirst nobody leads unless somebody is chosen: no one is made a co-host by accident
 */

/** @param {readonly Person[]} people @returns {Heirs} */
export function heirsOf(people) {
  const me = people.find((one) => one.me);
  const others = people.filter((one) => !one.me && one.key !== undefined);
  if (me?.role !== 'host' || others.some(({ role }) => role === 'host')) return { people: [], isNobodyFirst: false };
  const cohosts = others.filter(({ role }) => role === 'cohost');
  const guests = others.filter(({ role }) => role === 'participant');
  return { people: [...cohosts, ...guests], isNobodyFirst: cohosts.length === 0 };
}

/** Does somebody lead already, as the group sees it? @param {readonly Person[]} people @param {string} key */
export function leadsNow(people, key) {
  return people.some((one) => one.key === key && (one.role === 'cohost' || one.role === 'host'));
}
