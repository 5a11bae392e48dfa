import { usualSize } from '../../state/captions.js';
import { define, make, say } from '../dom.js';

/** @typedef {import('../../state/captions.js').CaptionLine} CaptionLine */
/** @typedef {import('../../state/captions.js').CaptionSize} CaptionSize */

/**
 * `<b-captions>`: what somebody writes along of what is said: three lines in view, in a row of its own that keeps its height. Set
 * `lines` and `size`. Nothing of it is said aloud: whoever listens hears the people. The lines keep their elements, so that
 * what is selected stays selected.
 */
export class Captions extends HTMLElement {
  #list = make('ol');
  #none = make('p', { 'data-hint': true, t: 'meet.captions.none' });
  // It can be read back with the keyboard.
  #region = make('section', { label: 'meet.captions', tabindex: '0' }, make('div', {}, this.#none, this.#list));
  /** By number. @type {Map<number, HTMLElement>} */
  #rows = new Map();

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.append(this.#region);
    this.dataset['size'] ??= usualSize;
  }

  /** @param {CaptionSize} size */
  set size(size) {
    this.dataset['size'] = size;
  }

  /** @param {readonly CaptionLine[]} lines */
  set lines(lines) {
    const wanted = new Set(lines.map(({ number }) => number));
    for (const [number, row] of this.#rows) {
      if (wanted.has(number)) continue;
      row.remove();
      this.#rows.delete(number);
    }
    for (const line of lines) {
      if (this.#rows.has(line.number)) continue;
      const row = rowOf(line);
      this.#rows.set(line.number, row);
      this.#list.append(row);
    }
    this.#none.hidden = lines.length > 0;
  }
}

/** @param {CaptionLine} line */
function rowOf({ name, text }) {
  const who = make('bdi');
  say(who, 'meet.tile', { name });
  // The language of what was said is not known; its direction shows itself.
  return make('li', { dir: 'auto' }, make('strong', {}, who, ':'), ' ', text);
}

define('b-captions', Captions);
