import { define, freshID, icon, make, say } from '../dom.js';

/**
 * `<b-mine>`: what one changes about somebody for oneself alone: their place and how loud they are. Keep it right with
 * `show`; says `pin` and `volume` (detail: 0 to 1), bubbling.
 */
export class Mine extends HTMLElement {
  #pinWord = make('span', { t: 'person.pin.1' });
  #pin = make('button', { type: 'button' }, icon('pin'), this.#pinWord);
  #volume = make('input', { type: 'range', id: freshID(), min: 0, max: 100, step: 5, autocomplete: 'off' });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#pin.addEventListener('click', () => this.dispatchEvent(new CustomEvent('pin', { bubbles: true })));
    this.#volume.addEventListener('input', () => {
      this.#tellVolume();
      this.dispatchEvent(new CustomEvent('volume', { bubbles: true, detail: this.#volume.valueAsNumber / 100 }));
    });
    this.append(
      make('div', { 'data-ways': true }, this.#pin),
      make('div', { 'data-field': true }, make('label', { for: this.#volume.id, t: 'person.volume' }), this.#volume),
    );
  }

  /** @param {{ isPinned: boolean, volume: number }} mine */
  show({ isPinned, volume }) {
    say(this.#pinWord, isPinned ? 'person.pin.2' : 'person.pin.1');
    this.#volume.value = String(Math.round(volume * 100));
    this.#tellVolume();
  }

  #tellVolume() {
    say(this.#volume, 'person.volume.value', { n: this.#volume.value }, 'aria-valuetext');
  }
}

define('b-mine', Mine);
