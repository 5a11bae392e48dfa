/**
 * @import { Accounts } from './made.js'
 * @import { Opening } from './elements/dialogs/b-parting.js'
 */
import { make } from './elements/dom.js';
import { topicOf } from './elements/home/b-plan.js';
import { holdings } from './holdings.js';
import { listPlans } from './plans.js';
import { deviceKey, forgetDevice } from './storage.js';
import './elements/dialogs/b-parting.js';

/**
 * Signing out leaves nothing here, so what only this browser can open is offered before (docs/decisions/0016). Nobody is asked
 * who has nothing to lose.
 * @param {import('./page.js').Page} page @param {Pick<Accounts, 'planned'>} accounts @param {string} account
 * @returns {Promise<boolean>} does the person go on?
 */
export async function mayPart(page, accounts, account) {
  const vault = holdings.vault(account);
  if (!vault.hasTabKey && await deviceKey() === null) return true;
  const plans = await listPlans(accounts, vault).catch(() => null); // what cannot be listed is lost all the same, and that is said
  /** @type {readonly Opening[]} */
  const openings = (plans ?? []).flatMap(({ id, plan: { starts, minutes, profile }, opened }) => {
    if (!opened) return [];
    const { title, hostFragment } = opened.bundle;
    const topic = topicOf({ id, title, start: starts, minutes, profile, lasting: opened.lasting });
    return [{ topic, link: `${location.origin}/m/${id}#${hostFragment}` }];
  });
  if (plans !== null && openings.length === 0) return true;
  const dialog = /** @type {import('./elements/dialogs/b-parting.js').Parting} */ (make('b-parting'));
  document.body.append(dialog);
  dialog.addEventListener('told', (event) => {
    const { text, args } = /** @type {CustomEvent} */ (event).detail;
    page.announcer.polite(text, args);
  });
  const isSure = await dialog.ask(openings);
  dialog.remove();
  return isSure;
}

/** What this browser kept of a person, in memory too, is gone. */
export async function forgetPerson() {
  holdings.clear();
  await forgetDevice();
}
