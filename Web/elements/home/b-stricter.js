import { options } from '../../state/profiles.js';
import { define, freshID, make } from '../dom.js';

/** @typedef {import('../../state/profiles.js').Option} Option */

/** @type {Readonly<Record<Option, string>>} */
const texts = {
  one: 'home.one',
  locks: 'home.locks',
  ownLinks: 'home.ownLinks',
  noChat: 'home.noChat',
  noScreen: 'home.noScreen',
  noFiles: 'home.noFiles',
  noReactions: 'home.noReactions',
};

/** What is said about some. @type {Readonly<Partial<Record<Option, string>>>} */
const hints = { one: 'home.one.hint', ownLinks: 'home.ownLinks.hint' };

/**
 * `<b-stricter>`: what one takes away from a kind of meeting. Set `offered` (those that change something there), `required` (those
 * that the organisation wants: they are chosen and stay so) and `chosen`; ask `chosen`; says `stricter`, bubbling.
 */
export class Stricter extends HTMLElement {
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'home.stricter.hint' });
  #rows = new Map(options.map((option) => [option, this.#row(option)]));
  /** @type {readonly Option[]} */
  #required = [];

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const rows = [...this.#rows.values()].map(({ row }) => row);
    const legend = make('legend', { t: 'home.stricter' });
    this.append(make('fieldset', { 'aria-describedby': this.#hint.id }, legend, ...rows, this.#hint));
  }

  /** @param {readonly Option[]} required */
  set required(required) {
    this.#required = required;
    for (const [option, { input, hint, wanted }] of this.#rows) {
      const isRequired = required.includes(option);
      input.checked ||= isRequired;
      if (isRequired) input.setAttribute('aria-disabled', 'true');
      else input.removeAttribute('aria-disabled');
      wanted.hidden = !isRequired;
      const told = [...(hint ? [hint] : []), ...(isRequired ? [wanted] : [])];
      if (told.length > 0) input.setAttribute('aria-describedby', told.map(({ id }) => id).join(' '));
      else input.removeAttribute('aria-describedby');
    }
  }

  /** @param {readonly Option[]} offered */
  set offered(offered) {
    for (const [option, { row }] of this.#rows) row.hidden = !offered.includes(option);
  }

  /** @param {readonly Option[]} chosen */
  set chosen(chosen) {
    for (const [option, { input }] of this.#rows) {
      input.checked = chosen.includes(option) || this.#required.includes(option);
    }
  }

  /** @returns {readonly Option[]} */
  get chosen() {
    return [...this.#rows].flatMap(([option, { input, row }]) => input.checked && !row.hidden ? [option] : []);
  }

  /** @param {Option} option */
  #row(option) {
    const input = make('input', { type: 'checkbox', id: freshID(), autocomplete: 'off' });
    input.addEventListener('change', () => {
      // What the organisation wants is not taken off by a click.
      if (this.#required.includes(option)) input.checked = true;
      this.dispatchEvent(new CustomEvent('stricter', { bubbles: true }));
    });
    const label = make('label', { for: input.id, t: texts[option] });
    const wanted = make('p', { id: freshID(), 'data-hint': true, hidden: true, t: 'safety.required' });
    const about = hints[option];
    const hint = about === undefined ? null : make('p', { id: freshID(), 'data-hint': true, t: about });
    if (hint) input.setAttribute('aria-describedby', hint.id);
    const row = make('div', { 'data-check': true }, input, label, hint, wanted);
    return { input, row, hint, wanted };
  }
}

define('b-stricter', Stricter);
