import { button, define, icon, make, say } from '../dom.js';

/**
 * `<b-standing>`: what is the matter with the page itself: the server cannot be reached, or a newer release waits. Set `isOffline`
 * and `release`; says `again` and `use`.
 */
export class Standing extends HTMLElement {
  #offline = row('warning', 'home.offline', 'home.offline.again', () => this.dispatchEvent(new CustomEvent('again')));
  #release = row('info', 'home.release', 'home.release.use', () => this.dispatchEvent(new CustomEvent('use')));

  connectedCallback() {
    if (this.childElementCount === 0) this.append(this.#offline.row, this.#release.row);
  }

  /** @param {boolean} isOffline */
  set isOffline(isOffline) {
    this.#offline.row.hidden = !isOffline;
  }

  get isOffline() {
    return !this.#offline.row.hidden;
  }

  /** @param {'ready' | 'elsewhere'} release elsewhere: another window of this site must be closed first */
  set release(release) {
    this.#release.row.hidden = false;
    say(this.#release.words, release === 'ready' ? 'home.release' : 'home.release.elsewhere');
  }
}

define('b-standing', Standing);

/** @param {string} picture @param {string} text @param {string} act @param {() => void} press */
function row(picture, text, act, press) {
  const words = make('p', { t: text }), control = button(act);
  control.addEventListener('click', press);
  return { row: make('div', { hidden: true }, icon(picture), words, control), words };
}
