import { profileNames, profileTexts } from '../../state/profiles.js';
import { define, freshID, make } from '../dom.js';

/** @typedef {import('../../state/profiles.js').ProfileName} ProfileName */

/** Where nobody has chosen yet. @type {ProfileName} */
const usual = 'coaching';

/** `<b-kind>`: the kinds of meeting, each with what it gives and what it costs (Promise P-033). Set and ask `value`; says `kind`, bubbling. */
export class Kind extends HTMLElement {
  /** @type {ReadonlyMap<ProfileName, HTMLInputElement>} */
  #inputs = new Map(profileNames.map((name) => [name, make('input', { type: 'radio', name: 'kind', id: freshID() })]));

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const cards = [...this.#inputs].map(([name, input]) => this.#card(name, input));
    const legend = make('legend', { t: 'home.profile' });
    this.append(make('fieldset', {}, legend, make('div', { 'data-kinds': true }, ...cards)));
    this.value = usual;
  }

  get value() {
    return profileNames.find((name) => this.#inputs.get(name)?.checked) ?? usual;
  }

  /** @param {ProfileName} name */
  set value(name) {
    const input = this.#inputs.get(name);
    if (input) input.checked = true;
  }

  /** @param {ProfileName} name @param {HTMLInputElement} input */
  #card(name, input) {
    const [words, gives, costs] = profileTexts[name];
    const notes = [this.#note('home.gives', gives), this.#note('home.costs', costs)];
    input.setAttribute('aria-describedby', notes.map(({ id }) => id).join(' '));
    input.addEventListener('change', () => this.dispatchEvent(new CustomEvent('kind', { bubbles: true })));
    return make('div', { 'data-kind-card': true }, input, make('label', { for: input.id, t: words }), ...notes);
  }

  /** @param {string} head @param {string} words */
  #note(head, words) {
    const [name, text] = [make('strong', { t: head }), make('span', { t: words })];
    return make('p', { id: freshID(), 'data-hint': true }, name, ' ', text);
  }
}

define('b-kind', Kind);
