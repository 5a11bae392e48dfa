import { shortcuts } from '../state/keys.js';
import { define, describe, forbid, icon, make, say, setIcon } from './dom.js';
import { privacyLink } from './privacy.js';
import { sayTopic } from './topic.js';

/** @typedef {import('../state/round.js').Badge} Badge */
/** @typedef {'good' | 'fair' | 'poor' | 'lost'} Quality */

/** @type {Record<Badge['state'], string>} */
const badges = {
  starting: 'lock-open',
  protected: 'lock',
  verified: 'verified',
  service: 'recording',
  stopped: 'stopped',
};

/** @type {Record<Quality, readonly [string, string]>} */
const qualities = {
  good: ['meet.link.1', 'signal-3'],
  fair: ['meet.link.2', 'signal-2'],
  poor: ['meet.link.3', 'signal-1'],
  lost: ['meet.link.4', 'signal-0'],
};

/**
 * `<b-status>`: the head of the meeting: topic, how safe it is, how the connection is, how people are seen, privacy, help. Set
 * `topic`, `badge`, `quality`, `view` and `viewReason`; says `keys`, `link`, `view` and `help`. The badge follows the state of the keys and nothing else: Promise P-048.
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
  #viewWord = make('span');
  #view = make(
    'button',
    { type: 'button', 'data-view': true, hidden: true, 'aria-keyshortcuts': shortcuts('view') },
    icon('speaker-view'),
    this.#viewWord,
  );
  #count = make('span', { 'data-count': true });
  #title = make('h1', { t: 'meet', tabindex: '-1' });
  /** Kept, because both may be told before this is on the page. @type {Badge} */
  #shown = { state: 'starting', text: 'meet.badge.5', args: {}, reason: null };
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
    this.append(make('header', {}, title, this.#badge, this.#link, this.#view, privacyLink(true), help));
    this.#badge.addEventListener('click', () => this.dispatchEvent(new CustomEvent('keys')));
    this.#link.addEventListener('click', () => this.dispatchEvent(new CustomEvent('link')));
    this.#view.addEventListener('click', () => this.dispatchEvent(new CustomEvent('view')));
    help.addEventListener('click', () => this.dispatchEvent(new CustomEvent('help', { bubbles: true })));
    this.badge = this.#shown;
    this.quality = this.#quality;
  }

  get heading() {
    return this.#title;
  }

  /** Empty: nobody said. @param {string} topic */
  set topic(topic) {
    sayTopic(this.#title, topic);
  }

  /** The reason stands with it, for whoever does not see the notice below. @param {Badge} badge */
  set badge(badge) {
    this.#shown = badge;
    const { state, text, args, reason } = badge;
    this.#say(this.#badge, this.#badgeWord, text, args, badges[state]);
    this.#badge.dataset['badge'] = state;
    describe(this.#badge, reason);
  }

  /** @param {Quality} quality */
  set quality(quality) {
    this.#quality = quality;
    const [words, picture] = qualities[quality];
    this.#say(this.#link, this.#linkWord, words, {}, picture);
    this.#link.dataset['quality'] = quality;
  }

  /** How the people are seen now; the button leads to the other way. Null: there is nobody to see. @param {'gallery' | 'speaker' | null} view */
  set view(view) {
    this.#view.hidden = view === null;
    if (view === null) return;
    const isGallery = view === 'gallery';
    say(this.#viewWord, isGallery ? 'meet.view.1.short' : 'meet.view.2.short');
    say(this.#view, isGallery ? 'meet.view.1' : 'meet.view.2', {}, 'aria-label');
    if (this.#view.firstElementChild) {
      setIcon(this.#view.firstElementChild, isGallery ? 'speaker-view' : 'gallery-view');
    }
  }

  /** Why another view would change nothing now, as the key of a text; null: it would. @param {string | null} reason */
  set viewReason(reason) {
    forbid(this.#view, reason);
  }

  /** @param {number} count */
  set count(count) {
    say(this.#count, 'meet.count', { n: count });
  }

  /** The name stays the same when a narrow screen hides the word. @param {HTMLElement} element @param {HTMLElement} word @param {string} words @param {import('./dom.js').Args} args @param {string} picture */
  #say(element, word, words, args, picture) {
    say(word, words, args);
    say(element, words, args, 'aria-label');
    if (element.firstElementChild) setIcon(element.firstElementChild, picture);
  }
}

define('b-status', Status);
