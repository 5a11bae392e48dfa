import { define, icon, make, say } from '../elements/dom.js';
import '../elements/home/b-open.js';

/** @typedef {import('../elements/home/b-open.js').Open} Open */

/** @type {readonly (readonly [string, string])[]} */
const facts = [['home.fact.key', 'lock'], ['home.fact.account', 'person'], ['home.fact.trace', 'kept']];

/**
 * `<b-home>`: the way in for somebody with an invitation; for whoever is signed in, the place where meetings are made. Set
 * `desk` to what makes them and what lists them; says `address` (detail: where to go) and `complaint` (detail: key of the words).
 */
export class Home extends HTMLElement {
  #title = make('h1', { tabindex: '-1', t: 'home.title' });
  #lead = make('p', { 'data-lead': true, t: 'home.lead' });
  #open = /** @type {Open} */ (make('b-open'));
  #facts = make('ul', { 'data-facts': true });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    for (const [words, picture] of facts) this.#facts.append(make('li', {}, icon(picture), make('span', { t: words })));
    const parts = [this.#title, this.#lead, this.#open, this.#facts];
    this.append(make('main', { id: 'content', tabindex: '-1', label: 'home' }, ...parts));
  }

  get heading() {
    return this.#title;
  }

  /** What a host has here. @param {{ maker: HTMLElement, list: HTMLElement & { refresh(): void } }} parts */
  set desk({ maker, list }) {
    this.toggleAttribute('data-desk', true);
    say(this.#title, 'home.new');
    for (const one of [this.#lead, this.#facts]) one.hidden = true;
    this.#open.isFirst = false;
    this.#title.after(maker, list);
    this.refresh = () => list.refresh();
  }

  /** Says anew what is put together from several words. */
  refresh() {}
}

define('b-home', Home);
