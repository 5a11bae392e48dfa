import { button, define, icon, make, say } from '../dom.js';

/**
 * `<b-sharing>`: the bar while one shares a screen. Set `state` (null: nothing is shared); says `pause` (also to resume) and
 * `stop`. When it goes with the focus in it, it says `focusLost`.
 */
export class SharingBar extends HTMLElement {
  #words = make('p');
  #pause = button('sharing.pause.1', { icon: 'pause' });
  #stop = button('ctl.share.2', { icon: 'screen-off', kind: 'danger' });
  #region = make('section', { label: 'sharing', hidden: true }, icon('screen'), this.#words, this.#pause, this.#stop);

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#pause.addEventListener('click', () => this.dispatchEvent(new CustomEvent('pause')));
    this.#stop.addEventListener('click', () => this.dispatchEvent(new CustomEvent('stop')));
    this.append(this.#region);
  }

  /** @param {{ isPaused: boolean } | null} state */
  set state(state) {
    const hadFocus = this.#region.contains(document.activeElement);
    this.#region.hidden = state === null;
    if (state === null) {
      if (hadFocus) this.dispatchEvent(new CustomEvent('focusLost', { bubbles: true }));
      return;
    }
    const { isPaused } = state;
    say(this.#words, isPaused ? 'sharing.paused' : 'sharing.on');
    this.#region.toggleAttribute('data-paused', isPaused);
    say(/** @type {HTMLElement} */ (this.#pause.lastElementChild), isPaused ? 'sharing.pause.2' : 'sharing.pause.1');
  }
}

define('b-sharing', SharingBar);
