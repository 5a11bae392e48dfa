import { button, define, freshID, make, say } from '../dom.js';
import { roleList, roleWords } from './roles.js';
import { Section } from './section.js';
import { when } from './when.js';

/** @typedef {import('../../state/account.js').Role} Role */
/** @typedef {import('../../protocol/messages.d.ts').LinkSummary} LinkSummary */

/** `<b-invitations>`: asks others to make an account, and shows which one-time links still wait. Set `choices` (roles) and `show` the links. */
export class Invitations extends Section {
  #boxes = make('div', { 'data-choices': true });
  #choose = make('fieldset', {}, make('legend', { t: 'account.invite.roles' }), this.#boxes);
  #make = button('account.invite', { icon: 'invite' });
  #title = make('h3', { id: freshID(), t: 'account.links' });
  #none = make('p', { t: 'account.links.none' });
  #list = make('ul', { 'data-rows': true, 'aria-labelledby': this.#title.id });
  #more = button('account.more', { kind: 'quiet' });

  constructor() {
    super('account.invitations');
    this.#make.addEventListener('click', () => {
      const roles = [...this.#boxes.querySelectorAll('input')].filter((box) => box.checked).map(({ value }) => value);
      if (roles.length === 0) return this.complain({ text: 'account.invite.none', args: {}, place: null });
      this.tell({ type: 'invite', roles: /** @type {Role[]} */ (roles) }, this.#make);
    });
    this.#more.addEventListener('click', () => this.tell({ type: 'moreLinks' }, this.#more));
    const acts = make('div', { 'data-acts': true }, this.#make);
    const lead = make('p', { 'data-hint': true, t: 'account.invite.lead' });
    this.fill(lead, this.#choose, acts, this.#title, this.#none, this.#list, this.#more);
  }

  /** @param {readonly Role[]} roles */
  set choices(roles) {
    this.#boxes.replaceChildren(...roles.map((role) => {
      const box = make('input', {
        type: 'checkbox',
        id: freshID(),
        value: role,
        checked: role === 'host',
        autocomplete: 'off',
      });
      return make('div', { 'data-choice': true }, box, make('label', { for: box.id, t: roleWords[role] }));
    }));
  }

  /** @param {readonly LinkSummary[]} links @param {boolean} isWhole whether there are no more @param {(account: string) => string | null} nameOf */
  show(links, isWhole, nameOf) {
    this.#none.hidden = links.length > 0;
    this.#list.hidden = links.length === 0;
    this.#more.hidden = isWhole;
    this.#list.replaceChildren(...links.map((link, index) => this.#row(link, index + 1, nameOf)));
  }

  /** @param {LinkSummary} link @param {number} n @param {(account: string) => string | null} nameOf */
  #row({ id, account, roles, expires }, n, nameOf) {
    const title = make('strong');
    say(title, 'account.links.one', { n });
    const email = account === undefined ? null : nameOf(account);
    const what = account === undefined ? [make('span', { t: 'account.links.invitation' }), ': ', roleList(roles)] : [
      make('span', { t: 'account.links.renewal' }),
      email === null ? null : ': ',
      email === null ? null : make('bdi', {}, email),
    ];
    const until = make('span', { 'data-label': true }, make('span', { t: 'account.links.until' }), ' ', when(expires));
    const remove = button('account.links.remove.short');
    say(remove, 'account.links.remove', { n }, 'aria-label');
    remove.addEventListener('click', () => this.tell({ type: 'removeLink', id }, remove));
    return make('li', {}, make('div', { 'data-what': true }, title, make('span', {}, ...what), until), remove);
  }
}

define('b-invitations', Invitations);
