import { knockName } from '../../state/waiting.js';
import { define, icon, make, say } from '../dom.js';
import './b-code.js';

/** @typedef {import('../../state/waiting.js').Knock} Knock */

/**
 * `<b-door>`: who knocked, over the running meeting while the panel is closed. Set `lobby`; says `admit` (detail: the
 * knock) and `look` (detail: the hash). It never takes the focus: the announcer says the words.
 */
export class DoorBanner extends HTMLElement {
  #words = make('p');
  #code = /** @type {import('./b-code.js').Code} */ (make('b-code'));
  #admit = this.#button('people.admit.short', 'admit');
  #look = this.#button('people.look.short', 'look');
  #region = make('section', { label: 'meet.door', hidden: true }, icon('person'), this.#words, this.#code);
  /** @type {Knock | null} */
  #first = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#region.append(this.#admit, this.#look);
    this.append(this.#region);
  }

  /** @param {readonly Knock[]} lobby */
  set lobby(lobby) {
    const first = lobby[0] ?? null;
    this.#first = first;
    this.#region.hidden = first === null;
    if (first === null) return;
    const name = knockName(first);
    const others = lobby.length - 1;
    if (others === 0) say(this.#words, 'meet.door.one', { name });
    else say(this.#words, 'meet.door.more', { name, n: others });
    this.#code.hidden = first.words === null || !first.isFromLink;
    this.#code.words = first.words;
    this.#admit.hidden = !first.isFromLink;
    say(this.#admit, 'people.admit', { name }, 'aria-label');
    say(this.#look, 'people.look', { name }, 'aria-label');
  }

  /** @param {string} word @param {'admit' | 'look'} event */
  #button(word, event) {
    const element = make('button', { type: 'button' }, make('span', { t: word }));
    element.addEventListener('click', () => {
      const detail = event === 'admit' ? this.#first : this.#first?.hash;
      this.dispatchEvent(new CustomEvent(event, { detail }));
    });
    return element;
  }
}

define('b-door', DoorBanner);
