import { button, define, freshID, icon, make, say } from '../elements/dom.js';
import { readLink } from '../state/link.js';

/** @type {readonly (readonly [string, string])[]} */
const facts = [['home.fact.key', 'lock'], ['home.fact.account', 'person'], ['home.fact.trace', 'kept']];

/** `<b-home>`: the way in for somebody with an invitation, and to signing in. Set `session`; says `address` (detail: where to go). */
export class Home extends HTMLElement {
  #title = make('h1', { tabindex: '-1', t: 'home.title' });
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'home.link.hint' });
  #error = make('p', { id: freshID(), 'data-error': true, hidden: true });
  #field = make('input', {
    id: freshID(),
    type: 'url',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': `${this.#error.id} ${this.#hint.id}`,
  });

  #toSignIn = make('p', {}, make('a', { href: '/sign-in', 'data-page': true, t: 'account.toSignIn' }));

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const open = button('home.openLink', { icon: 'arrow', kind: 'main' });
    open.type = 'submit';
    const field = make(
      'div',
      { 'data-field': true },
      make('label', { for: this.#field.id, t: 'home.link' }),
      this.#field,
      this.#error,
      this.#hint,
    );
    const form = make('form', { novalidate: true }, field, open);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#read();
    });
    this.#field.addEventListener('input', () => this.#complain(null));
    const list = make('ul', { 'data-facts': true });
    for (const [words, picture] of facts) list.append(make('li', {}, icon(picture), make('span', { t: words })));
    this.append(
      make(
        'main',
        { id: 'content', tabindex: '-1', label: 'home' },
        this.#title,
        make('p', { 'data-lead': true, t: 'home.lead' }),
        form,
        this.#toSignIn,
        list,
      ),
    );
  }

  get heading() {
    return this.#title;
  }

  /** @param {import('../protocol/messages.d.ts').SessionInfo | null} session who is signed in */
  set session(session) {
    this.#toSignIn.hidden = session !== null;
  }

  #read() {
    const link = readLink(this.#field.value, location.origin);
    switch (link.type) {
      case 'here':
        this.dispatchEvent(new CustomEvent('address', { detail: link.address }));
        break;
      case 'elsewhere':
        this.#complain('home.link.elsewhere');
        break;
      case 'broken':
        this.#complain('home.link.broken');
        break;
    }
  }

  /** @param {string | null} words */
  #complain(words) {
    this.#error.hidden = words === null;
    this.#field.toggleAttribute('aria-invalid', words !== null);
    if (words === null) return;
    this.#field.setAttribute('aria-invalid', 'true');
    say(this.#error, words);
    this.dispatchEvent(new CustomEvent('complaint', { bubbles: true, detail: words }));
    this.#field.focus();
  }
}

define('b-home', Home);
