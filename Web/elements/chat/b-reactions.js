import { reactions } from '../../state/reactions.js';
import { define, freshID, icon, make } from '../dom.js';

/**
 * `<b-reactions>`: the control of the bar, and the five reactions it opens. Set `isOffered`; says `react` (detail: which).
 * It closes with a choice, with Escape, and when one turns to something else.
 */
export class Reactions extends HTMLElement {
  #group = make('div', { id: freshID(), role: 'group', label: 'react', hidden: true });
  button = make(
    'button',
    {
      type: 'button',
      'data-control': true,
      'data-mid': true,
      'aria-expanded': 'false',
      'aria-controls': this.#group.id,
    },
    icon('react'),
    make('span', { t: 'ctl.react' }),
  );

  /** What may be done here can be known before the bar is on the page. */
  constructor() {
    super();
    this.button.hidden = true;
  }

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#group.append(...reactions.map(({ id, glyph, text }) => {
      const element = make(
        'button',
        { type: 'button', 'data-control': true },
        make('span', { 'aria-hidden': 'true', 'data-glyph': true }, glyph),
        make('span', { t: text }),
      );
      element.addEventListener('click', () => {
        this.#leave();
        this.dispatchEvent(new CustomEvent('react', { detail: id }));
      });
      return element;
    }));
    // Where a click gives no focus it would take it away from here, and close what is clicked on.
    this.#group.addEventListener('mousedown', (event) => event.preventDefault());
    this.append(this.button, this.#group);
    this.button.addEventListener('click', () => this.#group.hidden ? this.#show() : this.close());
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.#group.hidden) return;
      event.preventDefault();
      this.#leave();
    });
    this.addEventListener('focusout', (event) => {
      if (!this.contains(/** @type {Node | null} */ (event.relatedTarget))) this.close();
    });
  }

  /** @param {boolean} isOffered */
  set isOffered(isOffered) {
    this.button.hidden = !isOffered;
    if (!isOffered) this.close();
  }

  /** From elsewhere: the focus goes in, as the control may not be in sight. */
  open() {
    this.#show();
    this.#group.querySelector('button')?.focus();
  }

  close() {
    this.#group.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
  }

  #show() {
    this.#group.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
  }

  /** The focus goes back to where it came from, if that can be seen. */
  #leave() {
    const wasInside = this.#group.contains(document.activeElement);
    this.close();
    if (!wasInside) return;
    if (this.button.checkVisibility()) this.button.focus();
    else this.dispatchEvent(new CustomEvent('focusLost', { bubbles: true }));
  }
}

define('b-reactions', Reactions);
