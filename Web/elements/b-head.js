import { button, define, icon, make, say } from './dom.js';
import { privacyLink } from './privacy.js';
import './b-language.js';

/**
 * `<b-head>`: the head of every page but the meeting: name, privacy, language, help, and for whoever is signed in their account. Set
 * `session`, and `trouble` where signing out did not work; says `help` and `signOut`, bubbling.
 */
export class Head extends HTMLElement {
  #name = make('bdi');
  #account = make('a', { href: '/account', 'data-page': true }, icon('person'), this.#name);
  #out = button('account.signOut', { icon: 'leave', kind: 'quiet' });
  #who = make('div', { 'data-signed-in': true, hidden: true }, this.#account, this.#out);
  #trouble = make('p', { 'data-error': true, hidden: true });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const help = button('page.help.short', { icon: 'help', kind: 'quiet' });
    say(help, 'page.help', {}, 'aria-label');
    help.setAttribute('aria-haspopup', 'dialog');
    help.addEventListener('click', () => this.dispatchEvent(new CustomEvent('help', { bubbles: true })));
    const brand = make(
      'a',
      { href: '/', 'data-page': true, 'data-brand': true, label: 'page.name' },
      icon('beraad'),
      make('span', { t: 'page.name' }),
    );
    say(this.#out, 'account.signOut', {}, 'aria-label');
    this.#out.addEventListener('click', () => this.dispatchEvent(new CustomEvent('signOut', { bubbles: true })));
    this.append(make('header', {}, brand, privacyLink(true), this.#who, make('b-language'), help, this.#trouble));
  }

  /** @param {import('../protocol/messages.d.ts').SessionInfo | null} session */
  set session(session) {
    this.#who.hidden = session === null;
    this.#name.textContent = session?.name ?? '';
    say(this.#account, 'account.open', { name: session?.name ?? '' }, 'aria-label');
    this.trouble = null;
  }

  /** @param {string | null} words key of why one is still signed in */
  set trouble(words) {
    this.#trouble.hidden = words === null;
    if (words !== null) say(this.#trouble, words);
  }
}

define('b-head', Head);
