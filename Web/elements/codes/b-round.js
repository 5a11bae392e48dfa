import { isOpen, noRound } from '../../state/round.js';
import { button, define, icon, make, say } from '../dom.js';
import './b-pictures.js';

/** @typedef {import('../../state/round.js').Round} Round */

/**
 * `<b-round>`: the pictures of a round over the running meeting, for whoever does not look at the dialog of encryption. Set
 * `round`; says `answer` (detail: are they the same), `look` and `close`. It never takes the focus: the announcer says it.
 */
export class RoundBanner extends HTMLElement {
  #words = make('p');
  #pictures = /** @type {import('./b-pictures.js').Pictures} */ (make('b-pictures'));
  #same = button('keys.same', { icon: 'check' });
  #differ = button('keys.differ', { icon: 'close' });
  #look = button('keys.look', { kind: 'quiet' });
  #close = button('page.close', { icon: 'close', kind: 'quiet' });
  #region = make('section', { label: 'keys.round', hidden: true }, icon('verified'), this.#words, this.#close);

  connectedCallback() {
    if (this.childElementCount > 0) return;
    say(this.#close, 'page.close', {}, 'aria-label'); // also where a phone shows the icon alone
    this.#same.addEventListener('click', () => this.#tell('answer', true));
    this.#differ.addEventListener('click', () => this.#tell('answer', false));
    this.#look.addEventListener('click', () => this.#tell('look'));
    this.#close.addEventListener('click', () => this.#tell('close'));
    this.#region.append(
      this.#pictures,
      make('div', { 'data-acts': true }, this.#same, this.#differ, this.#look),
    );
    this.append(this.#region);
    this.round = noRound;
  }

  /** @param {Round} round */
  set round(round) {
    const hadFocus = this.#region.contains(document.activeElement);
    const isShown = round.phase === 'shown';
    this.#region.hidden = !isOpen(round);
    say(this.#words, isShown ? 'keys.shown' : 'keys.failed.guest');
    this.#pictures.hidden = !isShown;
    this.#pictures.pictures = round.pictures;
    for (const answer of [this.#same, this.#differ]) answer.hidden = !isShown;
    if (hadFocus && this.#region.hidden) this.dispatchEvent(new CustomEvent('focusLost', { bubbles: true }));
  }

  /** @param {string} event @param {boolean} [detail] */
  #tell(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }
}

define('b-round', RoundBanner);
