import { calmGrid } from '../state/grid.js';
import { pageOf, pageSize } from '../state/pages.js';
import { define, icon, make, say } from './dom.js';

const gap = 12;

/**
 * `<b-stage>`: the tiles, as large as fit, in pages when they do not all fit. Set `tiles` (elements, in order) and `kept` (how
 * many of the first stand on every page); says
 * `views` when other tiles come in view or their height changes (detail: those tiles and their height in device pixels), and when asked to. Tiles move only when somebody did something.
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
  /** What was said last. @type {{ shown: readonly HTMLElement[], height: number }} */
  #views = { shown: [], height: 0 };
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
    this.#views = { shown: [], height: 0 };
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

  /** Lays the tiles out once more and says who is in view. */
  refresh() {
    this.#views = { shown: [], height: 0 };
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
    // Not the padding it has now: that follows from the last layout, and tiles would never grow again.
    const width = this.#room.width - 2 * gap;
    const height = this.#room.height - 2 * gap;
    this.#size = pageSize(width, height, this.#own.width < 640 || this.#own.height < 360);
    const { shown, page, pages } = pageOf(this.#all, this.#kept, this.#size, this.#page);
    this.#page = page;
    this.#previous.hidden = page === 0;
    this.#next.hidden = page === pages - 1;
    this.#place(shown);
    if (shown.length === 0) return;
    const best = calmGrid(shown.length, width, height, this.#columns, gap);
    this.#columns = best.columns;
    this.#tiles.style.setProperty('--columns', String(best.columns));
    this.#tiles.style.setProperty('--tile-width', `${Math.floor(best.width)}px`);
    this.#tiles.style.setProperty('--tile-height', `${Math.floor(best.height)}px`);
    const tileHeight = Math.round(best.height * devicePixelRatio);
    if (tileHeight === this.#views.height && isSame(shown, this.#views.shown)) return;
    this.#views = { shown, height: tileHeight };
    this.dispatchEvent(new CustomEvent('views', { detail: this.#views }));
  }
}

/** @param {readonly Element[]} some @param {readonly Element[]} others */
function isSame(some, others) {
  return some.length === others.length && some.every((one, place) => one === others[place]);
}

define('b-stage', Stage);
