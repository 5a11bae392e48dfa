import { readName } from '../../state/name.js';
import { button, define, forbid, freshID, make, say } from '../dom.js';

/**
 * `<b-rename>`: one's own name, which may perhaps be changed. Keep it right with `show`; says `rename` (detail: the new
 * name), bubbling. A name half typed stays when somebody else comes or goes.
 */
export class Rename extends HTMLElement {
  #error = make('p', { id: freshID(), 'data-error': true, hidden: true });
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'set.name.hint' });
  #field = make('input', {
    id: freshID(),
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'words',
    spellcheck: 'false',
    maxlength: 60,
    'aria-describedby': `${this.#error.id} ${this.#hint.id}`,
  });
  #go = button('set.rename');
  #name = '';

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#go.setAttribute('type', 'submit');
    const label = make('label', { for: this.#field.id, t: 'set.name' });
    const row = make('div', { 'data-row': true }, this.#field, this.#go);
    const field = make('div', { 'data-field': true }, label, row, this.#error, this.#hint);
    const form = make('form', { novalidate: true }, field);
    this.#field.addEventListener('input', () => this.#complain(null));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#go.getAttribute('aria-disabled') !== 'true') this.#read();
    });
    this.append(form);
  }

  /** @param {{ name: string, mayRename: boolean }} now */
  show({ name, mayRename }) {
    if (name !== this.#name) this.#field.value = name;
    this.#name = name;
    this.#field.readOnly = !mayRename;
    forbid(this.#go, mayRename ? null : 'set.rename.not');
    say(this.#hint, mayRename ? 'set.name.hint' : 'set.rename.not');
  }

  #read() {
    const read = readName(this.#field.value);
    switch (read.type) {
      case 'good':
        if (read.name !== this.#name) {
          this.dispatchEvent(new CustomEvent('rename', { bubbles: true, detail: read.name }));
        }
        break;
      case 'empty':
        this.#complain('join.name.empty');
        break;
      case 'long':
        this.#complain('join.name.long');
        break;
    }
  }

  /** @param {string | null} words key of what is wrong with the name */
  #complain(words) {
    this.#error.hidden = words === null;
    if (words === null) return this.#field.removeAttribute('aria-invalid');
    say(this.#error, words);
    this.#field.setAttribute('aria-invalid', 'true');
    this.#field.focus();
  }
}

define('b-rename', Rename);
