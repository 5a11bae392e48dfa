import { captionSizes, usualSize } from '../../state/captions.js';
import { define, freshID, make } from '../dom.js';

/** @typedef {import('../../state/captions.js').CaptionSize} CaptionSize */

/** @type {Readonly<Record<CaptionSize, string>>} */
const words = {
  small: 'set.captionSize.small',
  usual: 'set.captionSize.usual',
  large: 'set.captionSize.large',
  huge: 'set.captionSize.huge',
};

/** `<b-caption-size>`: how large captions are, for this visit. Says `captionSize` (detail: which), bubbling. */
export class CaptionSizePick extends HTMLElement {
  #pick = make('select', { label: 'set.captionSize', autocomplete: 'off' });

  constructor() {
    super();
    this.#pick.append(...captionSizes.map((size) => make('option', { value: size, t: words[size] })));
    this.#pick.value = usualSize;
  }

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#pick.addEventListener('change', () => {
      this.dispatchEvent(new CustomEvent('captionSize', { bubbles: true, detail: this.#pick.value }));
    });
    this.append(this.#pick);
  }

  /** What follows from it, for whoever comes to the choice. @param {HTMLElement} hint */
  describeBy(hint) {
    hint.id ||= freshID();
    this.#pick.setAttribute('aria-describedby', hint.id);
  }

  /** @returns {CaptionSize} */
  get size() {
    return captionSizes.find((size) => size === this.#pick.value) ?? usualSize;
  }
}

define('b-caption-size', CaptionSizePick);
