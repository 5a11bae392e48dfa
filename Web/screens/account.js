import { define, freshID, make } from '../elements/dom.js';
import { isAdmin, mayInvite } from '../state/account.js';
import '../elements/account/b-accounts.js';
import '../elements/account/b-close.js';
import '../elements/account/b-install.js';
import '../elements/account/b-invitations.js';
import '../elements/account/b-new-password.js';
import '../elements/account/b-one-time.js';
import '../elements/account/b-passkeys.js';
import '../elements/account/b-proof.js';
import '../elements/account/b-second-step.js';
import '../elements/account/b-self.js';
import '../elements/dialogs/b-confirm.js';

/** @typedef {import('../protocol/messages.d.ts').SessionInfo} SessionInfo */
/** @typedef {import('../protocol/messages.d.ts').AccountSummary} AccountSummary */
/** @typedef {import('../protocol/messages.d.ts').LinkSummary} LinkSummary */

/**
 * `<b-account>`: one's own account, and for admins those of others. Set `session`, and `others` and `links` for admins; holds its parts
 * and dialogs for the page to fill. Its parts say `act` (`elements/account/section.js`) and `said` (words to be heard), bubbling.
 */
export class Account extends HTMLElement {
  self = /** @type {import('../elements/account/b-self.js').Self} */ (make('b-self'));
  password = /** @type {import('../elements/account/b-new-password.js').NewPassword} */ (make('b-new-password'));
  codes = /** @type {import('../elements/account/b-second-step.js').SecondStep} */ (make('b-second-step'));
  passkeys = /** @type {import('../elements/account/b-passkeys.js').Passkeys} */ (make('b-passkeys'));
  install = /** @type {import('../elements/account/b-install.js').Install} */ (make('b-install'));
  invitations = /** @type {import('../elements/account/b-invitations.js').Invitations} */ (make('b-invitations'));
  accounts = /** @type {import('../elements/account/b-accounts.js').Accounts} */ (make('b-accounts'));
  proof = /** @type {import('../elements/account/b-proof.js').Proof} */ (make('b-proof'));
  oneTime = /** @type {import('../elements/account/b-one-time.js').OneTime} */ (make('b-one-time'));
  confirm = /** @type {import('../elements/dialogs/b-confirm.js').Confirm} */ (make('b-confirm'));
  #title = make('h1', { id: freshID(), tabindex: '-1', t: 'account.title' });
  /** @type {SessionInfo | null} */
  #session = null;
  /** @type {{ accounts: readonly AccountSummary[], isWhole: boolean }} */
  #others = { accounts: [], isWhole: true };
  /** @type {{ links: readonly LinkSummary[], isWhole: boolean }} */
  #links = { links: [], isWhole: true };

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const back = make('p', {}, make('a', { href: '/', 'data-page': true, t: 'account.home' }));
    const parts = [
      this.self,
      this.password,
      this.codes,
      this.passkeys,
      this.install,
      this.invitations,
      this.accounts,
      make('b-close'),
    ];
    const main = { id: 'content', tabindex: '-1', 'aria-labelledby': this.#title.id };
    this.append(make('main', main, this.#title, back, ...parts), this.proof, this.oneTime, this.confirm);
  }

  get heading() {
    return this.#title;
  }

  /** @param {SessionInfo} session */
  set session(session) {
    const before = this.#session;
    this.#session = session;
    this.self.show(session);
    this.password.email = session.email;
    this.codes.left = session.recoveryCodes ?? null;
    for (const part of [this.invitations, this.accounts]) part.hidden = !isAdmin(session);
    if (before === null) this.invitations.choices = mayInvite(session.roles);
  }

  /** @param {{ accounts: readonly AccountSummary[], isWhole: boolean }} others */
  set others(others) {
    this.#others = others;
    this.#showOthers();
  }

  /** @param {{ links: readonly LinkSummary[], isWhole: boolean }} links */
  set links(links) {
    this.#links = links;
    this.#showLinks();
  }

  /** Times are words of a language. */
  refresh() {
    if (this.#session) this.self.show(this.#session);
    this.#showOthers();
  }

  #showOthers() {
    const { accounts, isWhole } = this.#others;
    this.accounts.show(accounts, isWhole, this.#session?.account ?? '');
    this.#showLinks();
  }

  /** By itself: whoever has pressed a button of an account finds it again. */
  #showLinks() {
    const { accounts } = this.#others;
    const emailOf = (/** @type {string} */ account) => accounts.find((one) => one.account === account)?.email ?? null;
    this.invitations.show(this.#links.links, this.#links.isWhole, emailOf);
  }
}

define('b-account', Account);
