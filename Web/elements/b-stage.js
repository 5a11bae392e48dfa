import { calmGrid } from '../state/grid.js';
import { pageOf, pageSize } from '../state/pages.js';
import { strip } from '../state/strip.js';
import { define, icon, make, say } from './dom.js';

/** @typedef {{ readonly tile: HTMLElement, readonly whose: string, readonly height: number }} Sighted a tile in view, and how tall it is in device pixels */

const gap = 12;

/**
 * `<b-stage>`: the tiles, as large as fit, in pages when they do not all fit. Set `tiles` (elements, in order), `kept` (how
 * many of the first stand on every page) and `large` (a tile, or something else that then fills all the strip leaves, that is
 * large, with the others in a strip; null: all are as large as each other); says `views` when others come in view or their
 * heights change (detail: what is sighted, the large one first), and when asked to. Tiles move only when somebody did
 * something, and change their size without being taken out of the page.
 */
export class Stage extends HTMLElement {
  #tiles = make('div', { 'data-tiles': true });
  #previous = make('button', { type: 'button', 'data-page': 'previous', label: 'meet.previous' }, icon('left'));
  #next = make('button', { type: 'button', 'data-page': 'next', label: 'meet.next' }, icon('right'));
  /** Sizes are heard of here: to ask for them at each change would make the browser lay out the whole page each time. */
  #observer = new ResizeObserver((entries) => {
    for (const entry of entries) this.#heard(entry);
    this.#lay();
  });
  /** In CSS pixels, with its padding; nothing is known of it yet where it is 0 wide. */
  #own = { width: 0, height: 0 };
  #room = { width: 0, height: 0 };
  /** What was said last. @type {readonly Sighted[]} */
  #views = [];
  /** @type {readonly HTMLElement[]} */
  #all = [];
  #kept = 0;
  /** @type {HTMLElement | null} */
  #large = null;
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
    for (const one of [this, this.#tiles]) this.#observer.observe(one, { box: 'border-box' });
  }

  disconnectedCallback() {
    this.#observer.disconnect();
    this.#own = { width: 0, height: 0 };
    this.#views = [];
  }

  /** @param {readonly HTMLElement[]} tiles */
  set tiles(tiles) {
    this.#all = tiles;
    this.#lay();
  }

  /** Comes into force with the next tiles. @param {number} kept */
  set kept(kept) {
    this.#kept = kept;
  }

  /** Comes into force with the next tiles. @param {HTMLElement | null} large */
  set large(large) {
    if ((large === null) !== (this.#large === null)) this.#page = 0; // other pages than before
    this.#large = large;
  }

  /** Lays the tiles out once more and says who is in view. */
  refresh() {
    this.#views = [];
    this.#lay();
  }

  /** How many of the first tiles are on the first page now. */
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

  /** @param {ResizeObserverEntry} entry */
  #heard({ target, borderBoxSize: [box] }) {
    const size = { width: box?.inlineSize ?? 0, height: box?.blockSize ?? 0 };
    if (target === this) this.#own = size;
    else this.#room = size;
  }

  /** Whoever stays is not touched: a picture that is taken out of the page and put back stands still for a moment. @param {readonly HTMLElement[]} shown */
  #place(shown) {
    const staying = new Set(shown);
    for (const tile of [...this.#tiles.children]) if (!staying.has(/** @type {HTMLElement} */ (tile))) tile.remove();
    shown.forEach((tile, place) => {
      const there = this.#tiles.children[place] ?? null;
      if (there !== tile) this.#tiles.insertBefore(tile, there);
    });
  }

  #lay() {
    if (this.#own.width === 0) return;
    // Not the padding it has now: that follows from the last layout, and tiles would never grow again.
    const width = this.#room.width - 2 * gap;
    const height = this.#room.height - 2 * gap;
    const isAlone = this.#all.length === 1 && this.#all[0] === this.#large;
    if (this.#large && !isAlone) this.#layStrip(this.#large, width, height);
    else this.#layGrid(width, height);
  }

  /** @param {number} width @param {number} height */
  #layGrid(width, height) {
    delete this.dataset['strip'];
    this.#size = pageSize(width, height, this.#own.width < 640 || this.#own.height < 360);
    const shown = this.#turnTo(pageOf(this.#all, this.#kept, this.#size, this.#page));
    this.#place(shown);
    if (shown.length === 0) return;
    const best = calmGrid(shown.length, width, height, this.#columns, gap);
    this.#columns = best.columns;
    this.#tiles.style.setProperty('--columns', String(best.columns));
    this.#measure('--tile', best);
    for (const tile of shown) tile.removeAttribute('data-large');
    this.#tell(shown.map((tile) => sighted(tile, best)));
  }

  /** The large one keeps its place among the others and only looks elsewhere: who reads along does not lose theirs. @param {HTMLElement} large @param {number} width @param {number} height */
  #layStrip(large, width, height) {
    const others = this.#all.filter((tile) => tile !== large);
    const { where, places, small, large: whole, area } = strip(others.length, width, height, gap);
    const empty = { shown: [], page: 0, pages: 1 };
    const kept = this.#all.slice(0, this.#kept).filter((tile) => tile !== large).length;
    const page = this.#turnTo(places === 0 ? empty : pageOf(others, kept, places, this.#page));
    const place = this.#all.indexOf(large);
    const room = place < 0 ? area : whole;
    this.#size = place >= 0 && place <= places ? places + 1 : places;
    const inStrip = new Set([large, ...page]);
    this.#place((place < 0 ? [large, ...this.#all] : this.#all).filter((tile) => inStrip.has(tile)));
    this.dataset['strip'] = places === 0 ? 'none' : where;
    this.#columns = null;
    this.#measure('--large', room);
    this.#measure('--tile', small);
    this.#tiles.style.setProperty('--places', String(page.length));
    large.setAttribute('data-large', '');
    page.forEach((tile, place) => {
      tile.removeAttribute('data-large');
      tile.style.setProperty('--place', String(place));
    });
    this.#tell([sighted(large, room), ...page.map((tile) => sighted(tile, small))]);
  }

  /** @param {string} what @param {import('../state/strip.js').Size} size */
  #measure(what, { width, height }) {
    this.#tiles.style.setProperty(`${what}-width`, `${Math.floor(width)}px`);
    this.#tiles.style.setProperty(`${what}-height`, `${Math.floor(height)}px`);
  }

  /** @param {{ shown: readonly HTMLElement[], page: number, pages: number }} leaf */
  #turnTo({ shown, page, pages }) {
    this.#page = page;
    this.#previous.hidden = page === 0;
    this.#next.hidden = page === pages - 1;
    return shown;
  }

  /** @param {readonly Sighted[]} views */
  #tell(views) {
    if (isSame(views, this.#views)) return;
    this.#views = views;
    this.dispatchEvent(new CustomEvent('views', { detail: views }));
  }
}

/** @param {HTMLElement} tile @param {{ readonly height: number }} size in CSS pixels @returns {Sighted} */
function sighted(tile, { height }) {
  return { tile, whose: tile.dataset['participant'] ?? '', height: Math.round(height * devicePixelRatio) };
}

/** @param {readonly Sighted[]} some @param {readonly Sighted[]} others */
function isSame(some, others) {
  if (some.length !== others.length) return false;
  return some.every(({ tile, whose, height }, place) => {
    const other = others[place];
    return tile === other?.tile && whose === other.whose && height === other.height;
  });
}

define('b-stage', Stage);
