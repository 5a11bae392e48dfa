import { readLink } from '../../state/link.js';
import { button, define, freshID, make, say } from '../dom.js';

/**
 * `<b-open>`: the way in for somebody with an invitation. Set `isFirst` where it is the first thing to do here; says `address`
 * (detail: meeting and fragment) and `complaint` (detail: key of the words), bubbling.
 */
export class Open extends HTMLElement {
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'home.link.hint' });
  #error = make('p', { id: freshID(), 'data-error': true, hidden: true });
  #field = make('input', {
    id: freshID(),
    type: 'url',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': `${this.#error.id} ${this.#hint.id}`,
  });
  #open = button('home.openLink', { icon: 'arrow', kind: 'main' });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#open.type = 'submit';
    const label = make('label', { for: this.#field.id, t: 'home.link' });
    const field = make('div', { 'data-field': true }, label, this.#field, this.#error, this.#hint);
    const form = make('form', { novalidate: true }, field, this.#open);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#read();
    });
    this.#field.addEventListener('input', () => this.#complain(null));
    this.append(form);
  }

  /** One filled button in each view. @param {boolean} isFirst */
  set isFirst(isFirst) {
    if (isFirst) this.#open.dataset['kind'] = 'main';
    else delete this.#open.dataset['kind'];
  }

  #read() {
    const link = readLink(this.#field.value, location.origin);
    switch (link.type) {
      case 'here':
        this.#tell('address', { meeting: link.meeting, fragment: link.fragment });
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
    this.#tell('complaint', words);
    this.#field.focus();
  }

  /** @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

define('b-open', Open);
