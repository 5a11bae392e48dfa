import { options } from '../../state/profiles.js';
import { define, freshID, make } from '../dom.js';

/** @typedef {import('../../state/profiles.js').Option} Option */

/** @type {Readonly<Record<Option, string>>} */
const texts = {
  one: 'home.one',
  noChat: 'home.noChat',
  noScreen: 'home.noScreen',
  noFiles: 'home.noFiles',
  noReactions: 'home.noReactions',
};

/**
 * `<b-stricter>`: what one takes away from a kind of meeting. Set `offered` (those that change something there) and `chosen`;
 * ask `chosen`; says `stricter`, bubbling.
 */
export class Stricter extends HTMLElement {
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'home.stricter.hint' });
  #rows = new Map(options.map((option) => [option, this.#row(option)]));

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const rows = [...this.#rows.values()].map(({ row }) => row);
    const legend = make('legend', { t: 'home.stricter' });
    this.append(make('fieldset', { 'aria-describedby': this.#hint.id }, legend, ...rows, this.#hint));
  }

  /** @param {readonly Option[]} offered */
  set offered(offered) {
    for (const [option, { row }] of this.#rows) row.hidden = !offered.includes(option);
  }

  /** @param {readonly Option[]} chosen */
  set chosen(chosen) {
    for (const [option, { input }] of this.#rows) input.checked = chosen.includes(option);
  }

  /** @returns {readonly Option[]} */
  get chosen() {
    return [...this.#rows].flatMap(([option, { input, row }]) => input.checked && !row.hidden ? [option] : []);
  }

  /** @param {Option} option */
  #row(option) {
    const input = make('input', { type: 'checkbox', id: freshID(), autocomplete: 'off' });
    input.addEventListener('change', () => this.dispatchEvent(new CustomEvent('stricter', { bubbles: true })));
    const label = make('label', { for: input.id, t: texts[option] });
    const row = make('div', { 'data-check': true }, input, label);
    if (option === 'one') {
      const hint = make('p', { id: freshID(), 'data-hint': true, t: 'home.one.hint' });
      input.setAttribute('aria-describedby', hint.id);
      row.append(hint);
    }
    return { input, row };
  }
}

define('b-stricter', Stricter);
