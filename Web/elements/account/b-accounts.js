import { button, define, make, say } from '../dom.js';
import { roleList } from './roles.js';
import { Section } from './section.js';

/** @typedef {import('../../protocol/messages.d.ts').AccountSummary} AccountSummary */

/** `<b-accounts>`: everybody with an account on this server: a link to a new password, and closing an account. Set everything with `show`. */
export class Accounts extends Section {
  #list = make('ul', { 'data-rows': true, label: 'account.accounts' });
  #more = button('account.more', { kind: 'quiet' });

  constructor() {
    super('account.accounts');
    this.#more.addEventListener('click', () => this.tell({ type: 'moreAccounts' }, this.#more));
    this.fill(make('p', { 'data-hint': true, t: 'account.accounts.lead' }), this.#list, this.#more);
  }

  /** @param {readonly AccountSummary[]} accounts @param {boolean} isWhole whether there are no more @param {string} own the account of whoever looks */
  show(accounts, isWhole, own) {
    this.#more.hidden = isWhole;
    this.#list.replaceChildren(...accounts.map((one) => this.#row(one, one.account === own)));
  }

  /** @param {AccountSummary} account @param {boolean} isOwn */
  #row({ account, name, email, roles }, isOwn) {
    const who = make(
      'div',
      { 'data-what': true },
      make('strong', {}, make('bdi', {}, name)),
      make('bdi', {}, email),
      make('span', { 'data-label': true }, roleList(roles)),
    );
    if (isOwn) return make('li', {}, who, make('span', { 'data-label': true, t: 'account.accounts.own' }));
    const renew = button('account.renewal.short');
    say(renew, 'account.renewal', { email }, 'aria-label');
    renew.addEventListener('click', () => this.tell({ type: 'renewalLink', account }, renew));
    const close = button('account.closeOther.short');
    say(close, 'account.closeOther', { email }, 'aria-label');
    close.addEventListener('click', () => this.tell({ type: 'closeOther', account, email }, close));
    return make('li', {}, who, make('div', { 'data-acts': true }, renew, close));
  }
}

define('b-accounts', Accounts);
