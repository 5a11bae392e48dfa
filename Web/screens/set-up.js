import { emailField, Field, passwordField, Reveal, Submit } from '../elements/account/field.js';
import { define, freshID, make, say } from '../elements/dom.js';
import { isAddress, passwordFault, troubleOf } from '../state/account.js';
import { readName } from '../state/name.js';

/** @typedef {import('../state/account.js').Link} Link */
/** @typedef {import('../state/account.js').Trouble} Trouble */

/** @type {Readonly<Record<Link, { readonly title: string, readonly lead: string, readonly act: string, readonly again: string }>>} */
const texts = {
  setUp: {
    title: 'account.setUp.title',
    lead: 'account.setUp.lead',
    act: 'account.setUp',
    again: 'account.setUp.again',
  },
  invited: {
    title: 'account.invited.title',
    lead: 'account.invited.lead',
    act: 'account.create',
    again: 'account.invited.again',
  },
  renew: {
    title: 'account.renew.title',
    lead: 'account.renew.lead',
    act: 'account.renew',
    again: 'account.renew.again',
  },
};

/**
 * `<b-set-up>`: what a one-time link leads to: the first account, another one, or a new password. Set `link`
 * (which) and `busy`; say what went wrong with `complain`. Says `send` (detail: email, name, password; the first two empty for a new password) and `complaint`
 * (detail: the trouble).
 */
export class SetUp extends HTMLElement {
  /** @type {Link} */
  #link = 'setUp';
  #title = make('h1', { id: freshID(), tabindex: '-1' });
  #lead = make('p', { 'data-lead': true });
  #reveal = new Reveal();
  #email = emailField();
  #name = new Field('account.name', { autocomplete: 'name', autocapitalize: 'words', required: true, maxlength: 60 });
  #password = passwordField(this.#reveal, 'account.password', 'new-password', 'account.password.hint');
  #submit = new Submit('account.create');
  #form = make('form', { novalidate: true });
  #elsewhere = make('p', { 'data-error': true, hidden: true });
  #over = make('p', { 'data-error': true });
  #again = make('p', {});
  #dead = make('div', { 'data-dead': true, hidden: true }, this.#over, this.#again);

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#reveal.over(this.#password);
    this.#form.append(this.#email.row, this.#name.row, this.#password.row, this.#submit.button);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.#submit.isBusy) this.#read();
    });
    this.#dead.append(make('p', {}, make('a', { href: '/sign-in', 'data-page': true, t: 'account.toSignIn' })));
    const main = { id: 'content', tabindex: '-1', 'aria-labelledby': this.#title.id };
    this.append(make('main', main, this.#title, this.#lead, this.#elsewhere, this.#form, this.#dead));
  }

  /** @param {Link} link */
  set link(link) {
    const words = texts[link];
    this.#link = link;
    say(this.#title, words.title);
    say(this.#lead, words.lead);
    say(this.#again, words.again);
    this.#submit.name = words.act;
    this.#password.rename(link === 'renew' ? 'account.new' : 'account.password');
    for (const { row } of [this.#email, this.#name]) row.hidden = link === 'renew';
  }

  get heading() {
    return this.#title;
  }

  /** @param {boolean} isBusy */
  set busy(isBusy) {
    this.#submit.isBusy = isBusy;
  }

  /** @param {Trouble} trouble */
  complain({ text, args, place }) {
    this.dispatchEvent(new CustomEvent('complaint', { detail: { text, args } }));
    if (place === 'link') return this.#close(text);
    this.#elsewhere.hidden = place !== null;
    if (place === null) return say(this.#elsewhere, text, args);
    const field = place === 'email' ? this.#email : place === 'name' ? this.#name : this.#password;
    field.complain(text, args);
    field.focus();
  }

  /** The link opens nothing, so there is nothing to fill in. @param {string} text */
  #close(text) {
    this.#form.remove();
    this.#elsewhere.hidden = true;
    say(this.#over, text);
    this.#dead.hidden = false;
    this.#title.focus();
  }

  /** Says what is missing before anything goes to the server, the first thing first. */
  #read() {
    const { value: password } = this.#password;
    if (this.#link === 'renew') {
      const fault = passwordFault(password, null);
      if (fault) return this.complain(troubleOf('renew', fault));
      return this.#send({ email: '', name: '', password });
    }
    const email = this.#email.value.trim();
    if (!isAddress(email)) return this.complain(troubleOf('invited', 'notAnAddress'));
    const name = readName(this.#name.value);
    if (name.type !== 'good') {
      return this.complain({
        text: name.type === 'empty' ? 'join.name.empty' : 'join.name.long',
        args: {},
        place: 'name',
      });
    }
    const fault = passwordFault(password, email);
    if (fault) return this.complain(troubleOf('invited', fault));
    this.#send({ email, name: name.name, password });
  }

  /** @param {{ email: string, name: string, password: string }} detail */
  #send(detail) {
    this.#reveal.hide();
    this.dispatchEvent(new CustomEvent('send', { detail }));
  }
}

define('b-set-up', SetUp);
