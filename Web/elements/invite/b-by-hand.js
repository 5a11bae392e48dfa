import { define, freshID, make, say } from '../dom.js';

/**
 * `<b-by-hand>`: a link for the person to copy, where the browser does not copy it for them. Set `name` (key of the field's);
 * `copy` copies, or shows the link, selected; `forget` takes it away.
 */
export class ByHand extends HTMLElement {
  #field = make('input', { id: freshID(), type: 'text', readonly: true, spellcheck: 'false', autocomplete: 'off' });
  #label = make('label', { for: this.#field.id });
  /** Counts what was asked for: a browser may take its time to refuse. */
  #asked = 0;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#field.addEventListener('focus', () => this.#field.select());
    this.append(make('div', { 'data-field': true }, this.#label, this.#field));
  }

  /** @param {string} key */
  set name(key) {
    say(this.#label, key);
  }

  /** @param {string} link @returns {Promise<boolean>} false: it is here to be copied by hand */
  async copy(link) {
    this.forget();
    const asked = this.#asked;
    const isCopied = await navigator.clipboard?.writeText(link).then(() => true, () => false) ?? false;
    if (!isCopied && asked === this.#asked) this.#show(link);
    return isCopied;
  }

  forget() {
    this.#asked += 1;
    this.#field.value = '';
    this.hidden = true;
  }

  /** @param {string} link */
  #show(link) {
    this.#field.value = link;
    this.hidden = false;
    this.#field.focus();
    this.#field.select();
  }
}

define('b-by-hand', ByHand);

/** @param {string} name key of the field's */
export function byHand(name) {
  const field = /** @type {ByHand} */ (make('b-by-hand', { hidden: true }));
  field.name = name;
  return field;
}
