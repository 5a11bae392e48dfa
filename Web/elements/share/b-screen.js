import { nameOf } from '../../state/people.js';
import { screenLine } from '../../state/sharing.js';
import { button, define, icon, make, say } from '../dom.js';

/** @typedef {import('../../state/people.js').Person} Person */
/** @typedef {import('../../state/people.js').Sight} Sight */

/**
 * `<b-screen>`: the screen that somebody shares: the whole of it, whose it is, and in words why it does not move. Set
 * everything with `show`; says `next` for the screen of somebody else. One's own is words alone: a picture of it would show
 * itself within itself.
 */
export class Screen extends HTMLElement {
  #line = make('span', { 'data-line': true });
  #still = make('div', { 'data-still': true }, icon('screen'), this.#line);
  #name = make('bdi');
  #plate = make('div', { 'data-plate': true, 'aria-hidden': 'true' }, icon('screen'), this.#name);
  #next = button('meet.screen.next', { icon: 'right' });
  /** @type {HTMLVideoElement | null} */
  #video = null;

  connectedCallback() {
    this.setAttribute('role', 'group');
    this.#build();
  }

  #build() {
    if (this.#plate.parentNode === this) return;
    this.dataset['use'] = 'screen';
    this.#next.setAttribute('data-next', '');
    this.#next.hidden = true;
    this.#next.addEventListener('click', () => this.dispatchEvent(new CustomEvent('next')));
    this.append(this.#still, this.#plate, this.#next);
  }

  /** @param {Person} person @param {HTMLVideoElement | null} video @param {Sight} sight @param {Person | null} next whose screen comes when it is changed */
  show(person, video, sight, next) {
    this.#build();
    this.dataset['participant'] = person.participant;
    this.#place(video);
    const whose = person.me ? 'meet.screen.own' : 'meet.screen';
    say(this.#name, whose, { name: nameOf(person) });
    say(this, whose, { name: nameOf(person) }, 'aria-label');
    const line = person.me ? 'meet.screen.own.line' : screenLine(person, sight);
    this.toggleAttribute('data-me', person.me);
    this.toggleAttribute('data-shown', video !== null && sight.shown);
    this.#still.hidden = line === null;
    if (line) say(this.#line, line);
    if (next === null && this.#next.contains(document.activeElement)) this.#loseFocus();
    this.#next.hidden = next === null;
    if (next) say(/** @type {HTMLElement} */ (this.#next.lastElementChild), 'meet.screen.next', { name: nameOf(next) });
  }

  /** The button goes, and the focus with it. */
  #loseFocus() {
    this.dispatchEvent(new CustomEvent('focusLost', { bubbles: true }));
  }

  /** Before it is taken off the stage. */
  leave() {
    if (this.contains(document.activeElement)) this.#loseFocus();
  }

  /** @param {HTMLVideoElement | null} video */
  #place(video) {
    if (this.#video && this.#video !== video && this.#video.parentNode === this) this.#video.remove();
    this.#video = video;
    if (!video || video.parentNode === this) return;
    this.prepend(video);
    // A video that moves in the document stops; nobody pressed pause.
    video.play().catch(() => {});
  }
}

define('b-screen', Screen);
