import { Dialog } from '../b-dialog.js';
import '../b-audio-only.js';
import { define, icon, make, say, setIcon } from '../dom.js';

/** @typedef {import('../b-status.js').Quality} Quality */

/** @type {Record<Quality, readonly [string, string, string]>} */
const states = {
  good: ['link.1', 'signal-3', 'protected'],
  fair: ['link.2', 'signal-2', 'starting'],
  poor: ['link.3', 'signal-1', 'stopped'],
  lost: ['link.4', 'signal-0', 'stopped'],
};

/** `<b-link>`: how the connection is, in words. Set `quality`. */
export class Link extends Dialog {
  #audioOnly = /** @type {import('../b-audio-only.js').AudioOnly} */ (make('b-audio-only'));
  #state = make('p');
  #banner = make('div', { 'data-banner': 'protected' }, icon('signal-3'), this.#state);

  constructor() {
    super('link');
    this.quality = 'good';
    const path = make('p');
    say(path, 'link.path', { host: location.host });
    this.fill(this.#banner, path, this.#audioOnly);
  }

  /** @param {boolean} on */
  set audioOnly(on) {
    this.#audioOnly.on = on;
  }

  /** @param {Quality} quality */
  set quality(quality) {
    const [words, picture, banner] = states[quality];
    say(this.#state, words);
    this.#banner.dataset['banner'] = banner;
    if (this.#banner.firstElementChild) setIcon(this.#banner.firstElementChild, picture);
  }
}

define('b-link', Link);
