import { knockName, readNote } from '../../state/waiting.js';
import { define, forbid, icon, make, say } from '../dom.js';
import './b-code.js';

/** @typedef {import('../../state/waiting.js').Knock} Knock */

/**
 * `<b-knock>`: somebody who waits, as a host sees it: name, where the request comes from, note, four words. Set `knock`,
 * and `busy` once it was answered; says `admit` and `refuse` (detail: the knock), bubbling.
 */
export class KnockItem extends HTMLElement {
  #name = make('bdi');
  #label = make('span', { 'data-label': true });
  #expected = make(
    'span',
    { 'data-expected': true, hidden: true },
    icon('check'),
    make('span', { t: 'people.expected' }),
  );
  #note = make('p', { 'data-note': true });
  #code = /** @type {import('./b-code.js').Code} */ (make('b-code'));
  #stranger = make('p', { 'data-stranger': true }, icon('warning'), make('span', { t: 'people.stranger' }));
  #admit = this.#button('people.admit.short', 'check', 'admit');
  #refuse = this.#button('people.refuse.short', 'close', 'refuse');
  #acts = make('div', { 'data-acts': true }, this.#admit, this.#refuse);
  /** @type {Knock | null} */
  #knock = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const who = make('div', { 'data-who': true }, this.#name, this.#expected, this.#label);
    this.append(who, this.#stranger, this.#note, this.#code, this.#acts);
  }

  /** @param {Knock} knock */
  set knock(knock) {
    this.#knock = knock;
    const name = knockName(knock);
    say(this.#name, 'meet.tile', { name });
    say(this.#label, 'role.participant');
    const note = readNote(knock.note);
    this.#note.hidden = note === null;
    if (note !== null) say(this.#note, 'people.note', { note });
    this.#stranger.hidden = knock.isFromLink;
    this.#expected.hidden = knock.isExpected !== true;
    this.#code.words = knock.words;
    // Whoever is not from the link is let in by a second look, not by the first button in sight.
    this.toggleAttribute('data-known', knock.isFromLink);
    say(this.#admit, 'people.admit', { name }, 'aria-label');
    say(this.#refuse, 'people.refuse', { name }, 'aria-label');
  }

  /** @param {boolean} busy */
  set busy(busy) {
    for (const control of [this.#admit, this.#refuse]) {
      control.toggleAttribute('data-busy', busy);
      forbid(control, busy ? 'people.busy' : null);
    }
  }

  /** @param {string} word @param {string} picture @param {string} event */
  #button(word, picture, event) {
    const element = make('button', { type: 'button' }, icon(picture), make('span', { t: word }));
    element.addEventListener('keydown', (press) => press.repeat && press.preventDefault());
    element.addEventListener('click', (click) => {
      // A second click of a double one may fall on whoever moved up.
      if (click.detail > 1 || element.getAttribute('aria-disabled') === 'true') return;
      this.dispatchEvent(new CustomEvent(event, { bubbles: true, detail: this.#knock }));
    });
    return element;
  }
}

define('b-knock', KnockItem);
