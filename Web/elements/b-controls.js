import { shortcuts } from '../state/keys.js';
import { define, icon, make, say } from './dom.js';
import './b-toggle.js';

/** @typedef {import('./b-toggle.js').Toggle} Toggle */

/**
 * `<b-controls>`: the bar of the meeting. Set `microphone` and `camera`; says `microphone`, `camera`, `invite`,
 * `settings`, `leave`. Every control has a word under its icon.
 */
export class Controls extends HTMLElement {
  #microphone = /** @type {Toggle} */ (make('b-toggle', { kind: 'microphone' }));
  #camera = /** @type {Toggle} */ (make('b-toggle', { kind: 'camera' }));

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#microphone.addEventListener('toggle', () => this.dispatchEvent(new CustomEvent('microphone')));
    this.#camera.addEventListener('toggle', () => this.dispatchEvent(new CustomEvent('camera')));
    const leave = this.#button('leave', 'ctl.leave', 'ctl.leave', 'leave');
    leave.setAttribute('data-leave', '');
    leave.setAttribute('aria-keyshortcuts', shortcuts('leave'));
    const region = make(
      'section',
      { label: 'ctl' },
      this.#microphone,
      this.#camera,
      this.#button('invite', 'ctl.invite', 'ctl.invite.short', 'invite'),
      this.#button('settings', 'ctl.settings', 'ctl.settings', 'settings'),
      leave,
    );
    this.append(region);
  }

  /** @param {boolean} on */
  set microphone(on) {
    this.#microphone.on = on;
  }

  /** @param {boolean} on */
  set camera(on) {
    this.#camera.on = on;
  }

  /** @param {'microphone' | 'camera'} kind @param {boolean} busy */
  busy(kind, busy) {
    (kind === 'camera' ? this.#camera : this.#microphone).busy = busy;
  }

  /** @param {string} event @param {string} name @param {string} word @param {string} picture */
  #button(event, name, word, picture) {
    const attributes = { type: 'button', 'data-control': true, 'aria-haspopup': 'dialog' };
    const element = make('button', attributes, icon(picture), make('span', { t: word }));
    if (name !== word) say(element, name, {}, 'aria-label');
    element.addEventListener('click', () => this.dispatchEvent(new CustomEvent(event)));
    return element;
  }
}

define('b-controls', Controls);
