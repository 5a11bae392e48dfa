import { make } from '../dom.js';

/** @typedef {import('../../state/account.js').Role} Role */

/** @type {Readonly<Record<Role, string>>} */
export const roleWords = {
  host: 'account.role.host',
  admin: 'account.role.admin',
  privacyOfficer: 'account.role.privacyOfficer',
  operator: 'account.role.operator',
};

/** What somebody is, in words. @param {readonly Role[]} roles */
export function roleList(roles) {
  const words = roles.flatMap((role, index) => [index > 0 ? ', ' : null, make('span', { t: roleWords[role] })]);
  return make('span', {}, ...words);
}
