/**
 * @import { Accounts } from './made.js'
 * @import { PlannedMeeting } from './protocol/messages.d.ts'
 * @import { Vault } from './vault.js'
 */

/** More pieces of a list than a server has. */
const mostPieces = 600;

/**
 * Everything one has planned, each opened if this browser can.
 * @param {Pick<Accounts, 'planned'>} accounts @param {Vault} vault
 * @returns {Promise<readonly (PlannedMeeting & { opened: Awaited<ReturnType<Vault['open']>> })[]>}
 */
export async function listPlans(accounts, vault) {
  const found = [];
  /** @type {string | undefined} */
  let after;
  for (let piece = 0; piece < mostPieces; piece++) {
    const { meetings, next } = await accounts.planned(after);
    for (const { id, plan } of meetings) {
      found.push({ id, plan, opened: plan.card === undefined ? null : await vault.open(id, plan.card) });
    }
    if (next === undefined) break;
    after = next;
  }
  return found;
}
