import { define, icon, make, say } from '../elements/dom.js';
import '../elements/home/b-open.js';

/** @typedef {import('../elements/home/b-open.js').Open} Open */
/** @typedef {HTMLElement & { refresh(): void }} Part */

/** @type {readonly (readonly [string, string])[]} */
const facts = [['home.fact.key', 'lock'], ['home.fact.account', 'person'], ['home.fact.trace', 'kept']];

/**
 * `<b-home>`: the way in for somebody with an invitation, and to signing in; for whoever is signed in, the place where meetings
 * are made. Set `session`, `desk` to what makes them and what lists them, and `standing` to what is the matter with the page; says
 * `address` (detail: meeting and fragment) and `complaint` (detail: key of the words).
 */
export class Home extends HTMLElement {
  #title = make('h1', { tabindex: '-1', t: 'home.title' });
  #lead = make('p', { 'data-lead': true, t: 'home.lead' });
  #open = /** @type {Open} */ (make('b-open'));
  #toSignIn = make('p', {}, make('a', { href: '/sign-in', 'data-page': true, t: 'account.toSignIn' }));
  #facts = make('ul', { 'data-facts': true });
  /** @type {readonly Part[]} */
  #parts = [];

  connectedCallback() {
    if (this.childElementCount > 0) return;
    for (const [words, picture] of facts) this.#facts.append(make('li', {}, icon(picture), make('span', { t: words })));
    const parts = [this.#title, this.#lead, this.#open, this.#toSignIn, this.#facts];
    this.append(make('main', { id: 'content', tabindex: '-1', label: 'home' }, ...parts));
  }

  get heading() {
    return this.#title;
  }

  /** @param {import('../protocol/messages.d.ts').SessionInfo | null} session who is signed in */
  set session(session) {
    const isSignedIn = session !== null;
    this.toggleAttribute('data-desk', isSignedIn);
    say(this.#title, isSignedIn ? 'home.new' : 'home.title');
    for (const one of [this.#lead, this.#toSignIn, this.#facts]) one.hidden = isSignedIn;
    this.#open.isFirst = !isSignedIn;
  }

  /** @param {HTMLElement} notice */
  set standing(notice) {
    this.#title.before(notice);
  }

  /** What a host has here. @param {readonly Part[]} parts */
  set desk(parts) {
    this.#parts = parts;
    this.#title.after(...parts);
  }

  /** Says anew what is put together from several words. */
  refresh() {
    for (const part of this.#parts) part.refresh();
  }
}

define('b-home', Home);
