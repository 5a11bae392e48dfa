import { define, make, say } from './dom.js';

/**
 * `<b-level>`: how loud the own microphone is. Set `level` (0 to 1) as often as you like; what assistive technology
 * reads changes four times a second at most.
 */
export class Level extends HTMLElement {
  #told = 0;
  #bar = make('div');

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.append(make('span', { t: 'join.level' }), this.#bar);
    this.setAttribute('role', 'meter');
    this.setAttribute('aria-valuemin', '0');
    this.setAttribute('aria-valuemax', '100');
    this.setAttribute('aria-valuenow', '0');
    say(this, 'join.level', {}, 'aria-label');
  }

  /** @param {number} level */
  set level(level) {
    this.#bar.style.setProperty('--level', String(Math.min(1, Math.max(0, level))));
    const now = performance.now();
    if (now - this.#told < 250) return;
    this.#told = now;
    this.setAttribute('aria-valuenow', String(Math.round(level * 100)));
  }
}

define('b-level', Level);
