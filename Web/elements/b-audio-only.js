import { define, freshID, make } from './dom.js';

/** `<b-audio-only>`: the switch for a meeting without pictures. Set `on`; says `audioOnly` (detail: on or off), bubbling. */
export class AudioOnly extends HTMLElement {
  #switch = make('input', { type: 'checkbox', role: 'switch', id: freshID(), autocomplete: 'off' });
  #hint = make('span', { 'data-hint': true, id: freshID(), t: 'av.audioOnly.hint' });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#switch.setAttribute('aria-describedby', this.#hint.id);
    this.#switch.addEventListener('change', () => {
      this.dispatchEvent(new CustomEvent('audioOnly', { bubbles: true, detail: this.#switch.checked }));
    });
    const label = make('label', { for: this.#switch.id, t: 'av.audioOnly' });
    this.append(make('div', { 'data-switch': true }, label, this.#switch, this.#hint));
  }

  /** @param {boolean} on */
  set on(on) {
    this.#switch.checked = on;
  }
}

define('b-audio-only', AudioOnly);
