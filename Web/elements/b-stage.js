import { calmGrid } from '../state/grid.js';
import { pageOf, pageSize } from '../state/pages.js';
import { strip } from '../state/strip.js';
import { define, icon, make, say } from './dom.js';

const gap = 12;

/**
 * `<b-stage>`: the tiles, as large as fit, in pages when they do not all fit. Set `tiles` (elements, in order) and `kept` (how
 * many of the first stand on every page), and `large` for what takes the stage: then the tiles stand in a strip beside or below.
 * Says `views` when other tiles come in view or their height changes (detail: what is in view and how tall, in device pixels,
 * the large one first), and when asked to. Tiles move only when somebody did something.
 * @typedef {{ tile: HTMLElement, whose: string, height: number }} Seen
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
  /** What was said last. @type {readonly Seen[]} */
  #views = [];
  /** @type {HTMLElement | null} */
  #large = null;
  /** @type {readonly HTMLElement[]} */
  #all = [];
  #kept = 0;
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

  /** Comes into force with the next tiles. @param {HTMLElement | null} large */
  set large(large) {
    if (large === this.#large) return;
    this.#large?.remove();
    this.#large = large;
    if (large) large.dataset['large'] = '';
  }

  /** Comes into force with the next tiles. @param {number} kept */
  set kept(kept) {
    this.#kept = kept;
  }

  /** Lays the tiles out once more and says who is in view. */
  refresh() {
    this.#views = [];
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
    if (this.#large && this.#large.parentNode !== this) this.#tiles.before(this.#large);
    // Not the padding it has now: that follows from the last layout, and tiles would never grow again.
    const room = this.#large ? this.#own : this.#room;
    const width = room.width - 2 * gap;
    const height = room.height - 2 * gap;
    const beside = this.#large ? strip(width, height, gap) : null;
    this.#size = beside?.size ?? pageSize(width, height, this.#own.width < 640 || this.#own.height < 360);
    const { shown, page, pages } = pageOf(this.#all, this.#kept, this.#size, this.#page);
    this.#page = page;
    this.#previous.hidden = page === 0;
    this.#next.hidden = page === pages - 1;
    this.#place(shown);
    if (beside) this.dataset['strip'] = beside.side;
    else delete this.dataset['strip'];
    if (shown.length === 0) return;
    const best = beside ?? calmGrid(shown.length, width, height, this.#columns, gap);
    if ('columns' in best) {
      this.#columns = best.columns;
      this.#tiles.style.setProperty('--columns', String(best.columns));
    }
    this.style.setProperty('--tile-width', `${Math.floor(best.width)}px`);
    this.style.setProperty('--tile-height', `${Math.floor(best.height)}px`);
    const views = shown.map((tile) => seen(tile, best.height));
    if (this.#large) views.unshift(seen(this.#large, height));
    if (isSame(views, this.#views)) return;
    this.#views = views;
    this.dispatchEvent(new CustomEvent('views', { detail: views }));
  }
}

/** @param {HTMLElement} tile @param {number} height in CSS pixels @returns {Seen} */
function seen(tile, height) {
  return { tile, whose: tile.dataset['participant'] ?? '', height: Math.round(height * devicePixelRatio) };
}

/** @param {readonly Seen[]} some @param {readonly Seen[]} others */
function isSame(some, others) {
  return some.length === others.length &&
    some.every((one, place) => {
      const other = others[place];
      return one.tile === other?.tile && one.whose === other.whose && one.height === other.height;
    });
}

define('b-stage', Stage);
