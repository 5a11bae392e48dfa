/**
 * @import { Accounts } from './made.js'
 * @import { PlannedMeeting } from './protocol/messages.d.ts'
 * @import { Vault } from './vault.js'
 */

/** More pieces of a list than a server has. */
const mostPieces = 600;

/**
 * All that one has planned, as the server gives it.
 * @param {Pick<Accounts, 'planned'>} accounts @returns {AsyncGenerator<PlannedMeeting>}
 */
async function* planned(accounts) {
  /** @type {string | undefined} */
  let after;
  for (let piece = 0; piece < mostPieces; piece++) {
    const { meetings, next } = await accounts.planned(after);
    yield* meetings;
    if (next === undefined) return;
    after = next;
  }
}

/**
 * Everything one has planned, each opened if this browser can.
 * @param {Pick<Accounts, 'planned'>} accounts @param {Vault} vault
 * @returns {Promise<readonly (PlannedMeeting & { opened: Awaited<ReturnType<Vault['open']>> })[]>}
 */
export async function listPlans(accounts, vault) {
  const found = [], { alone } = vault;
  for await (const { id, plan } of planned(accounts)) {
    found.push({ id, plan, opened: plan.card === undefined ? null : await vault.open(id, plan.card) });
  }
  const ids = new Set(found.map(({ id }) => id));
  for (const id of alone) if (!ids.has(id)) vault.drop(id);
  return found;
}

/** One of them as it lies at the server now; null: it is gone. @param {Pick<Accounts, 'planned'>} accounts @param {string} id */
export async function findPlan(accounts, id) {
  for await (const one of planned(accounts)) if (one.id === id) return one.plan;
  return null;
}
