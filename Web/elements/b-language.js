import { language, languages } from '../strings/translate.js';
import { define, icon, make } from './dom.js';

/** `<b-language>`: the choice of language, at once and without a reload. Says `language` (detail: which), bubbling. */
export class LanguagePick extends HTMLElement {
  #pick = make('select', { label: 'page.language', autocomplete: 'off' });

  connectedCallback() {
    if (this.childElementCount === 0) {
      this.#pick.append(...languages.map((one) => make('option', { value: one, lang: one, t: `page.${one}` })));
      this.#pick.addEventListener('change', () => {
        this.dispatchEvent(new CustomEvent('language', { bubbles: true, detail: this.#pick.value }));
      });
      this.append(icon('language'), this.#pick);
    }
    this.refresh();
  }

  /** Shows the language in use, also when it was chosen elsewhere. */
  refresh() {
    this.#pick.value = language();
  }
}

define('b-language', LanguagePick);
