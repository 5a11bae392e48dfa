import { AccountError } from './protocol/account.js';
import { unreachable } from './protocol/unreachable.js';
import { isAdmin, oneTimeLink, troubleOf } from './state/account.js';
import { make } from './elements/dom.js';
import { Installing } from './installing.js';
import { knowsPasskeys, makePasskey, PasskeyFault } from './passkeys.js';
import './screens/account.js';

/** @typedef {import('./elements/account/section.js').Section} Section */
/** @typedef {import('./protocol/account.js').AccountClient} AccountClient */
/** @typedef {import('./protocol/messages.d.ts').AccountSummary} AccountSummary */
/** @typedef {import('./protocol/messages.d.ts').LinkMade} LinkMade */
/** @typedef {import('./protocol/messages.d.ts').LinkSummary} LinkSummary */
/** @typedef {import('./protocol/messages.d.ts').SessionInfo} SessionInfo */
/** @typedef {import('./state/account.js').AccountAct} AccountAct */

/**
 * @typedef {object} Ways
 * @property {(session: SessionInfo) => void} changed something about who is signed in
 * @property {() => Promise<boolean>} mayLeave whether the person signs out, also when this browser forgets their meetings
 * @property {(words: string) => void} left signed out by what somebody did here; the words say it
 * @property {() => void} over the server does not know them any more
 */

/**
 * Whoever wants to sign out and is not signed in any more is out, and nothing of theirs stays here.
 * @param {Promise<unknown>} asked @returns {Promise<boolean>} whether the server did it now
 */
async function signedOut(asked) {
  try {
    await asked;
    return true;
  } catch (error) {
    if (error instanceof AccountError && error.word === 'unauthorized') return false;
    throw error;
  }
}

/** The page of one's account: what somebody does goes to the server, and what came of it to the screen. */
export class OwnAccount {
  #page;
  #client;
  #ways;
  #session;
  #screen = /** @type {import('./screens/account.js').Account} */ (make('b-account'));
  #installing = new Installing(this.#screen.install);
  /** @type {AccountSummary[]} */
  #accounts = [];
  /** @type {string | null} */
  #nextAccount = null;
  /** @type {LinkSummary[]} */
  #links = [];
  /** @type {string | null} */
  #nextLink = null;

  /** @param {import('./page.js').Page} page @param {AccountClient} client @param {SessionInfo} session @param {Ways} ways */
  constructor(page, client, session, ways) {
    this.#page = page;
    this.#client = client;
    this.#session = session;
    this.#ways = ways;
    this.#screen.addEventListener('act', (event) => {
      const { act, button, busy } = /** @type {CustomEvent} */ (event).detail;
      this.#do(act, button, busy, /** @type {Section} */ (event.target));
    });
    this.#screen.addEventListener('said', (event) => page.announcer.polite(/** @type {CustomEvent} */ (event).detail));
  }

  async show() {
    const { passkeys, invitations } = this.#screen;
    this.#screen.session = this.#session;
    passkeys.reason = knowsPasskeys() ? null : 'account.passkey.browser';
    passkeys.ids = [];
    this.#page.show(this.#screen);
    await this.#installing.show();
    const isThere = await this.#read(passkeys, async () => passkeys.ids = (await this.#client.passkeys()).passkeys);
    if (isThere && isAdmin(this.#session)) await this.#read(invitations, () => this.#readOthers());
  }

  /** @param {Section} part @param {() => Promise<unknown>} read @returns {Promise<boolean>} false: nobody is signed in any more, and that was told */
  async #read(part, read) {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      if (error.word === 'unauthorized' && await this.#isGone()) {
        this.#ways.over();
        return false;
      }
      part.complain(troubleOf('moreAccounts', error.word, error.retrySeconds));
    }
    return true;
  }

  /** @param {AccountAct} act @param {HTMLElement} button @param {(isBusy: boolean) => void} busy @param {Section} part where the button stands */
  async #do(act, button, busy, part) {
    if (
      act.type === 'close' && !(await this.#isSure('account.close.ask', 'account.close.hint', 'account.close.act', {}))
    ) return;
    if (act.type === 'closeOther') {
      const args = { email: act.email };
      if (
        !(await this.#isSure('account.closeOther.ask', 'account.closeOther.hint', 'account.closeOther.short', args))
      ) return;
    }
    part.complain(null);
    busy(true);
    try {
      // What cannot be undone is asked of whoever knows the password, however short a time ago they gave it.
      if (act.type === 'close' && !(await this.#prove())) return;
      await this.#carryOut(act).catch(async (error) => {
        if (!(error instanceof AccountError && error.word === 'confirmationNeeded')) throw error;
        if (await this.#prove()) await this.#carryOut(act);
      });
    } catch (error) {
      if (!(error instanceof AccountError || error instanceof PasskeyFault)) throw error;
      if (error.word === 'unauthorized' && await this.#isGone()) return this.#ways.over();
      const trouble = troubleOf(act.type, error.word, error instanceof AccountError ? error.retrySeconds : null);
      part.complain(trouble);
      this.#page.announcer.polite(trouble.text, trouble.args);
    } finally {
      busy(false);
      // What was pressed may be gone with its row, or have done its work.
      const isLost = document.activeElement === document.body && !button.checkVisibility();
      if (part.isConnected && isLost) part.heading.focus();
    }
  }

  /** @param {AccountAct} act */
  async #carryOut(act) {
    const client = this.#client, screen = this.#screen;
    switch (act.type) {
      case 'signOut':
        if (!await this.#ways.mayLeave()) return;
        await signedOut(client.signOut());
        return this.#ways.left('account.signedOut');
      case 'signOutEverywhere':
        if (!await this.#ways.mayLeave()) return;
        return this.#ways.left(
          await signedOut(client.signOutEverywhere()) ? 'account.signedOut.everywhere' : 'account.signedOut',
        );
      case 'close':
        await client.close();
        return this.#ways.left('account.closed');
      case 'changePassword':
        this.#know(await client.changePassword(act.current, act.next));
        screen.password.clear();
        return this.#say('account.change.done');
      case 'offerCodes': {
        const { secret } = await client.offerCodes();
        screen.codes.offer = { secret, email: this.#session.email, host: location.host };
        return;
      }
      case 'confirmCodes': {
        const { codes } = await client.confirmCodes(act.code);
        screen.codes.offer = null;
        this.#know({ ...this.#session, recoveryCodes: codes.length });
        screen.codes.recovery = codes;
        return this.#say('account.codes.done');
      }
      case 'dropCodes': {
        await client.dropCodes();
        const { recoveryCodes: _, ...session } = this.#session;
        this.#know(session);
        return this.#say('account.codes.off');
      }
      case 'addPasskey': {
        const made = await makePasskey(await client.passkeyCreation());
        screen.passkeys.ids = (await client.addPasskey(made)).passkeys;
        return this.#say('account.passkeys.added');
      }
      case 'removePasskey':
        await client.removePasskey(act.id);
        screen.passkeys.ids = (await client.passkeys()).passkeys;
        return this.#say('account.passkeys.removed');
      case 'install':
        if (await this.#installing.install()) return this.#say('account.install.state');
        screen.install.complain({ text: 'account.install.failed', args: {}, place: null });
        return this.#say('account.install.failed');
      case 'uninstall':
        await this.#installing.remove();
        return this.#say('account.install.removed');
      case 'invite':
        return this.#hand('invited', await client.invite(act.roles));
      case 'renewalLink':
        return this.#hand('renew', await client.renewalLink(act.account));
      case 'removeLink':
        await client.removeLink(act.id);
        this.#say('account.links.removed');
        return this.#readLinks();
      case 'closeOther':
        await client.closeAccount(act.account);
        this.#say('account.closeOther.done');
        return this.#readOthers();
      case 'moreAccounts':
        return this.#moreAccounts();
      case 'moreLinks':
        return this.#moreLinks();
      default:
        return unreachable(act);
    }
  }

  /** Shows a link that was made, once. @param {'invited' | 'renew'} kind @param {LinkMade} made */
  async #hand(kind, { token, expires }) {
    this.#screen.oneTime.show(kind, oneTimeLink(kind, location.origin, token), expires);
    await this.#readLinks();
  }

  async #readOthers() {
    [this.#accounts, this.#nextAccount] = [[], null];
    await this.#moreAccounts();
    await this.#readLinks();
  }

  async #readLinks() {
    [this.#links, this.#nextLink] = [[], null];
    await this.#moreLinks();
  }

  async #moreAccounts() {
    const { accounts, next = null } = await this.#client.accounts(this.#nextAccount);
    this.#accounts = [...this.#accounts, ...accounts];
    this.#nextAccount = next;
    this.#screen.others = { accounts: this.#accounts, isWhole: next === null };
  }

  async #moreLinks() {
    const { links, next = null } = await this.#client.links(this.#nextLink);
    this.#links = [...this.#links, ...links];
    this.#nextLink = next;
    this.#screen.links = { links: this.#links, isWhole: next === null };
  }

  /** @param {SessionInfo} session */
  #know(session) {
    this.#session = session;
    this.#screen.session = session;
    this.#ways.changed(session);
  }

  /** @param {string} words */
  #say(words) {
    this.#page.announcer.polite(words);
  }

  /** Whether the server does not know this browser any more. */
  async #isGone() {
    return await this.#client.session().catch(() => this.#session) === null;
  }

  /** @param {string} text @param {string} hint @param {string} act @param {import('./state/notices.js').Args} args @returns {Promise<boolean>} */
  #isSure(text, hint, act, args) {
    const { confirm } = this.#screen;
    return new Promise((resolve) => {
      let isYes = false;
      confirm.addEventListener('close', () => resolve(isYes), { once: true });
      confirm.ask({ text, hint, args, act, kind: 'danger' }, () => isYes = true);
    });
  }

  /** Asks for the password until it is right or the person closes the dialog. @returns {Promise<boolean>} whether it was right */
  #prove() {
    const { proof } = this.#screen;
    return new Promise((resolve) => {
      const stop = new AbortController();
      let isRight = false;
      proof.addEventListener('proof', async (event) => {
        proof.busy = true;
        try {
          await this.#client.confirm(/** @type {CustomEvent} */ (event).detail);
          isRight = true;
          proof.close();
        } catch (error) {
          if (!(error instanceof AccountError)) throw error;
          if (error.word === 'unauthorized' && await this.#isGone()) {
            proof.close();
            return this.#ways.over();
          }
          const trouble = troubleOf('confirm', error.word, error.retrySeconds);
          if (proof.isOpen) proof.complain(trouble);
          this.#page.announcer.polite(trouble.text, trouble.args);
        } finally {
          proof.busy = false;
        }
      }, { signal: stop.signal });
      proof.addEventListener('close', () => {
        stop.abort();
        resolve(isRight);
      }, { once: true });
      proof.ask(this.#session.email);
    });
  }
}
