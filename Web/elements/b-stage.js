import { calmGrid } from '../state/grid.js';
import { pageSize } from '../state/pages.js';
import { define, icon, make, say } from './dom.js';

const gap = 12;

/**
 * `<b-stage>`: the tiles, as large as fit, in pages when they do not all fit. Set `tiles` (elements, in order); says
 * `views` after every layout (detail: the tiles in view with their height). Tiles move only when somebody did something.
 */
export class Stage extends HTMLElement {
  #tiles = make('div', { 'data-tiles': true });
  #previous = make('button', { type: 'button', 'data-page': 'previous', label: 'meet.previous' }, icon('left'));
  #next = make('button', { type: 'button', 'data-page': 'next', label: 'meet.next' }, icon('right'));
  #observer = new ResizeObserver(() => this.#lay());
  /** @type {readonly HTMLElement[]} */
  #all = [];
  #page = 0;
  #size = 25;
  /** @type {number | null} */
  #columns = null;

  connectedCallback() {
    this.setAttribute('role', 'region');
    say(this, 'meet.people', {}, 'aria-label');
    if (this.childElementCount === 0) {
      this.append(this.#previous, this.#tiles, this.#next);
      this.#previous.addEventListener('click', () => this.#turn(-1));
      this.#next.addEventListener('click', () => this.#turn(1));
    }
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    this.#observer.disconnect();
  }

  /** @param {readonly HTMLElement[]} tiles */
  set tiles(tiles) {
    this.#all = tiles;
    this.#lay();
  }

  /** Lays the tiles out once more and says who is in view. */
  refresh() {
    this.#lay();
  }

  /** How many tiles a page holds now. */
  get size() {
    return this.#size;
  }

  /** @param {number} by */
  #turn(by) {
    this.#page += by;
    this.#lay();
    if (this.#previous.hidden && !this.#next.hidden) this.#next.focus();
    else if (this.#next.hidden && !this.#previous.hidden) this.#previous.focus();
  }

  #lay() {
    if (!this.isConnected || this.clientWidth === 0) return;
    // Not the padding it has now: that follows from the last layout, and tiles would never grow again.
    const width = this.#tiles.clientWidth - 2 * gap;
    const height = this.#tiles.clientHeight - 2 * gap;
    this.#size = pageSize(width, height, this.clientWidth < 640 || this.clientHeight < 360);
    const pages = Math.max(1, Math.ceil(this.#all.length / this.#size));
    this.#page = Math.min(Math.max(0, this.#page), pages - 1);
    this.#previous.hidden = this.#page === 0;
    this.#next.hidden = this.#page === pages - 1;
    const shown = this.#all.slice(this.#page * this.#size, (this.#page + 1) * this.#size);
    if (shown.length !== this.#tiles.childElementCount || shown.some((tile, i) => this.#tiles.children[i] !== tile)) {
      this.#tiles.replaceChildren(...shown);
    }
    if (shown.length === 0) return;
    const best = calmGrid(shown.length, width, height, this.#columns, gap);
    this.#columns = best.columns;
    this.#tiles.style.setProperty('--columns', String(best.columns));
    this.#tiles.style.setProperty('--tile-width', `${Math.floor(best.width)}px`);
    this.#tiles.style.setProperty('--tile-height', `${Math.floor(best.height)}px`);
    const tileHeight = Math.round(best.height * devicePixelRatio);
    this.dispatchEvent(new CustomEvent('views', { detail: { shown, height: tileHeight } }));
  }
}

define('b-stage', Stage);
