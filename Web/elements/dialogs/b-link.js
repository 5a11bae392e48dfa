import { linesOf, numbersOf } from '../../state/figures.js';
import { Dialog } from '../b-dialog.js';
import { button, define, icon, make, say, sentence, setIcon } from '../dom.js';
import '../b-audio-only.js';

/** @typedef {import('../b-status.js').Quality} Quality */
/** @typedef {import('../../state/figures.js').Figures} Figures */

/** @type {Record<Quality, readonly [string, string, string]>} */
const states = {
  good: ['link.1', 'signal-3', 'protected'],
  fair: ['link.2', 'signal-2', 'starting'],
  poor: ['link.3', 'signal-1', 'stopped'],
  lost: ['link.4', 'signal-0', 'stopped'],
};

/**
 * `<b-link>`: how the connection is, in words, and a way to make it easier. Set `quality`, `figures` and `audioOnly`; says
 * `audioOnly` (detail: on or off) and `copied` (detail: key of the words).
 */
export class Link extends Dialog {
  #audioOnly = /** @type {import('../b-audio-only.js').AudioOnly} */ (make('b-audio-only'));
  #isAudioOnly = false;
  #state = make('p');
  #banner = make('div', { 'data-banner': 'protected' }, icon('signal-3'), this.#state);
  #facts = make('dl', { 'data-facts': true });
  #result = make('p', { 'data-hint': true, hidden: true });
  /** @type {Quality} */
  #quality = 'good';
  /** @type {Figures | null} */
  #figures = null;

  constructor() {
    super('link');
    this.quality = 'good';
    const path = make('p', { 'data-hint': true });
    say(path, 'link.path', { host: location.host });
    const copy = button('link.copy', { icon: 'copy' });
    copy.addEventListener('click', () => this.#copy());
    this.addEventListener('close', () => this.#result.hidden = true);
    for (const { term } of linesOf(null, false)) this.#facts.append(make('dt', { t: term }), make('dd'));
    this.fill(this.#banner, this.#facts, path, this.#audioOnly, make('div', { 'data-ways': true }, copy), this.#result);
  }

  /** @override */
  open() {
    super.open();
    this.#show();
  }

  /** @param {boolean} on */
  set audioOnly(on) {
    this.#isAudioOnly = on;
    this.#audioOnly.on = on;
    this.#show();
  }

  /** @param {Quality} quality */
  set quality(quality) {
    this.#quality = quality;
    const [words, picture, banner] = states[quality];
    say(this.#state, words);
    this.#banner.dataset['banner'] = banner;
    if (this.#banner.firstElementChild) setIcon(this.#banner.firstElementChild, picture);
  }

  /** What was measured in the last second; null: nothing is. @param {Figures | null} figures */
  set figures(figures) {
    this.#figures = figures;
    this.#show();
  }

  /** Filled only while it is seen: figures come every second. */
  #show() {
    if (!this.isOpen) return;
    const places = this.#facts.querySelectorAll('dd');
    linesOf(this.#figures, this.#isAudioOnly).forEach(({ text, args }, index) => {
      const place = places[index];
      if (place) say(place, text, args);
    });
  }

  /** The words as they stand here, the figures, and which browser it is: nothing of who is here or where. */
  async #copy() {
    const facts = linesOf(this.#figures, this.#isAudioOnly).map(({ term, text, args }) => {
      return `${sentence(term)}: ${sentence(text, args)}`;
    });
    const numbers = this.#figures ? [numbersOf(this.#figures)] : [];
    const lines = ['Beraad', sentence(states[this.#quality][0]), ...facts, ...numbers, navigator.userAgent];
    const isCopied = await navigator.clipboard?.writeText(lines.join('\n')).then(() => true, () => false);
    const words = isCopied ? 'link.copied' : 'link.notCopied';
    say(this.#result, words);
    this.#result.hidden = false;
    this.dispatchEvent(new CustomEvent('copied', { detail: words }));
  }
}

define('b-link', Link);
