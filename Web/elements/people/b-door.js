import { serviceWord } from '../../state/people.js';
import { knockName } from '../../state/waiting.js';
import { readWishes } from '../../state/wishes.js';
import { define, icon, make, say } from '../dom.js';
import './b-code.js';

/** @typedef {import('../../state/waiting.js').Knock} Knock */

/** Milliseconds in which a click was meant for whoever stood here before. */
const settling = 700;

/**
 * `<b-door>`: who knocked, over the running meeting while the panel is closed. Set `lobby`; says `admit` (detail: the
 * knock) and `look` (detail: the hash). It never takes the focus: the announcer says the words.
 */
export class DoorBanner extends HTMLElement {
  #words = make('p');
  #asks = make('p', { 'data-asks': true, t: 'meet.door.asks' });
  #code = /** @type {import('./b-code.js').Code} */ (make('b-code'));
  #admit = this.#button('people.admit.short', 'admit');
  #look = this.#button('people.look.short', 'look');
  #region = make('section', { label: 'meet.door', hidden: true }, icon('person'), this.#words, this.#asks, this.#code);
  /** @type {Knock | null} */
  #first = null;
  #changedAt = -Infinity;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#region.append(this.#admit, this.#look);
    this.append(this.#region);
  }

  /** @param {readonly Knock[]} lobby */
  set lobby(lobby) {
    const first = lobby[0] ?? null;
    if (first?.hash !== this.#first?.hash) this.#changedAt = performance.now();
    this.#first = first;
    const hadFocus = this.#region.contains(document.activeElement);
    this.#region.hidden = first === null;
    if (first === null) {
      if (hadFocus) this.dispatchEvent(new CustomEvent('focusLost', { bubbles: true }));
      return;
    }
    const name = knockName(first);
    const others = lobby.length - 1;
    const { service } = first;
    if (service) say(this.#words, 'meet.door.service', { name, service: { word: serviceWord(service.role) } });
    else if (others === 0) say(this.#words, 'meet.door.one', { name });
    else say(this.#words, 'meet.door.more', { name, n: others });
    this.#asks.hidden = readWishes(first.note).wanted.length === 0;
    this.#code.hidden = first.words === null || !first.isFromLink;
    this.#code.words = first.words;
    this.#admit.hidden = !first.isFromLink || service !== undefined;
    if (hadFocus && this.#admit.hidden) this.#look.focus();
    say(this.#admit, 'people.admit', { name }, 'aria-label');
    say(this.#look, 'people.look', { name }, 'aria-label');
  }

  /** The next person takes the place under the same button: whoever clicks twice, or holds Enter, meant the first. @param {string} word @param {'admit' | 'look'} event */
  #button(word, event) {
    const element = make('button', { type: 'button' }, make('span', { t: word }));
    element.addEventListener('keydown', (press) => press.repeat && press.preventDefault());
    element.addEventListener('click', (click) => {
      const isForBefore = click.detail > 1 || performance.now() - this.#changedAt < settling;
      if (event === 'admit' && isForBefore) return;
      const detail = event === 'admit' ? this.#first : this.#first?.hash;
      this.dispatchEvent(new CustomEvent(event, { detail }));
    });
    return element;
  }
}

define('b-door', DoorBanner);
