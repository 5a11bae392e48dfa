import { expectedNames } from '../../state/waiting.js';
import { define, freshID, make } from '../dom.js';

/**
 * `<b-expected>`: who is expected, by the names they said they would use (Promise P-040). Set `names`; says `expect` (detail: the
 * names), bubbling, when the person is done with it.
 */
export class Expected extends HTMLElement {
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'invite.expected.hint' });
  #field = make('textarea', {
    id: freshID(),
    rows: 3,
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': this.#hint.id,
  });
  #known = '';

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#field.addEventListener('change', () => this.done());
    const label = make('label', { for: this.#field.id, t: 'invite.expected' });
    this.append(make('div', { 'data-field': true }, label, this.#field, this.#hint));
  }

  /** What is half typed stays when something else changed. @param {readonly string[]} names */
  set names(names) {
    if (names.join('\n') === this.#known) return;
    this.#known = names.join('\n');
    this.#field.value = this.#known;
  }

  /** Also when the dialog closes over it. */
  done() {
    const names = expectedNames(this.#field.value);
    if (names.join('\n') === this.#known) return;
    this.#known = names.join('\n');
    this.dispatchEvent(new CustomEvent('expect', { bubbles: true, detail: names }));
  }
}

define('b-expected', Expected);
