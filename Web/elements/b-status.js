import { shortcuts } from '../state/keys.js';
import { define, icon, make, say, setIcon } from './dom.js';

/** @typedef {'starting' | 'protected' | 'stopped'} Protection */
/** @typedef {'good' | 'fair' | 'poor' | 'lost'} Quality */

/** @type {Record<Protection, readonly [string, string]>} */
const badges = {
  starting: ['meet.badge.5', 'lock-open'],
  protected: ['meet.badge.1', 'lock'],
  stopped: ['meet.badge.4', 'stopped'],
};

/** @type {Record<Quality, readonly [string, string]>} */
const qualities = {
  good: ['meet.link.1', 'signal-3'],
  fair: ['meet.link.2', 'signal-2'],
  poor: ['meet.link.3', 'signal-1'],
  lost: ['meet.link.4', 'signal-0'],
};

/**
 * `<b-status>`: the head of the meeting: topic, how safe it is, how the connection is, help. Set `protection` and
 * `quality`; says `keys`, `link` and `help`. The badge follows the state of the keys and nothing else: Promise P-048.
 */
export class Status extends HTMLElement {
  #badgeWord = make('span');
  #badge = make(
    'button',
    { type: 'button', 'data-badge': 'starting', 'aria-haspopup': 'dialog' },
    icon('lock-open'),
    this.#badgeWord,
  );
  #linkWord = make('span');
  #link = make(
    'button',
    { type: 'button', 'data-quality': 'good', 'aria-haspopup': 'dialog' },
    icon('signal-3'),
    this.#linkWord,
  );
  #count = make('span', { 'data-count': true });
  #title = make('h1', { t: 'meet', tabindex: '-1' });
  /** Kept, because both may be told before this is on the page. @type {Protection} */
  #protection = 'starting';
  /** @type {Quality} */
  #quality = 'good';

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const help = make(
      'button',
      { type: 'button', 'aria-haspopup': 'dialog', label: 'page.help', 'aria-keyshortcuts': shortcuts('help') },
      icon('help'),
      make('span', { t: 'page.help.short' }),
    );
    const title = make('div', { 'data-title': true }, this.#title, this.#count);
    this.append(make('header', {}, title, this.#badge, this.#link, help));
    this.#badge.addEventListener('click', () => this.dispatchEvent(new CustomEvent('keys')));
    this.#link.addEventListener('click', () => this.dispatchEvent(new CustomEvent('link')));
    help.addEventListener('click', () => this.dispatchEvent(new CustomEvent('help', { bubbles: true })));
    this.protection = this.#protection;
    this.quality = this.#quality;
  }

  get heading() {
    return this.#title;
  }

  /** @param {Protection} protection */
  set protection(protection) {
    this.#protection = protection;
    const [words, picture] = badges[protection];
    this.#say(this.#badge, this.#badgeWord, words, picture);
    this.#badge.dataset['badge'] = protection;
  }

  /** @param {Quality} quality */
  set quality(quality) {
    this.#quality = quality;
    const [words, picture] = qualities[quality];
    this.#say(this.#link, this.#linkWord, words, picture);
    this.#link.dataset['quality'] = quality;
  }

  /** @param {number} count */
  set count(count) {
    say(this.#count, 'meet.count', { n: count });
  }

  /** The name stays the same when a narrow screen hides the word. @param {HTMLElement} element @param {HTMLElement} word @param {string} words @param {string} picture */
  #say(element, word, words, picture) {
    say(word, words);
    say(element, words, {}, 'aria-label');
    if (element.firstElementChild) setIcon(element.firstElementChild, picture);
  }
}

define('b-status', Status);
