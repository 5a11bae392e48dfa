import { initials } from '../state/people.js';
import { define, icon, make, say } from './dom.js';

/**
 * `<b-preview>`: the own picture before it is sent, mirrored, or the initials. Set `track`, `name`, `mirrored` and
 * `opening` (the browser is asking for the camera).
 */
export class Preview extends HTMLElement {
  /** @type {MediaStreamTrack | null} */
  #track = null;
  #video = make('video', { playsinline: true, hidden: true });
  #initials = make('span', { 'data-initials': true, 'aria-hidden': 'true' });
  #line = make('span', { 'data-line': true, t: 'join.preview.off' });
  #still = make('div', { 'data-still': true }, icon('camera-off'), this.#initials, this.#line);

  connectedCallback() {
    this.setAttribute('role', 'group');
    say(this, 'join.preview', {}, 'aria-label');
    this.#video.muted = true;
    this.#video.autoplay = true;
    this.append(this.#video, this.#still);
  }

  /** @param {MediaStreamTrack | null} track */
  set track(track) {
    if (track === this.#track) return;
    this.#track = track;
    this.#video.srcObject = track ? new MediaStream([track]) : null;
    this.#video.hidden = track === null;
    this.#still.hidden = track !== null;
    if (track) this.#video.play().catch(() => {});
  }

  /** @param {string} name */
  set name(name) {
    this.#initials.textContent = initials(name);
  }

  /** @param {boolean} opening */
  set opening(opening) {
    say(this.#line, opening ? 'join.preview.opening' : 'join.preview.off');
  }

  /** @param {boolean} mirrored */
  set mirrored(mirrored) {
    this.toggleAttribute('data-mirrored', mirrored);
  }
}

define('b-preview', Preview);
