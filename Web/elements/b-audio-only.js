import { define } from './dom.js';
import { switchRow } from './switch.js';

/** `<b-audio-only>`: the switch for a meeting without pictures. Set `on`; says `audioOnly` (detail: on or off), bubbling. */
export class AudioOnly extends HTMLElement {
  #switch = switchRow('av.audioOnly', 'av.audioOnly.hint', (detail) => {
    this.dispatchEvent(new CustomEvent('audioOnly', { bubbles: true, detail }));
  });

  connectedCallback() {
    if (this.childElementCount === 0) this.append(this.#switch.row);
  }

  /** @param {boolean} on */
  set on(on) {
    this.#switch.input.checked = on;
  }
}

define('b-audio-only', AudioOnly);
