import { define, icon, make, say } from './dom.js';
import './b-tile.js';
import './b-toggle.js';
import './share/b-screen.js';

/** @typedef {import('../state/people.js').Person} Person */
/** @typedef {import('../state/people.js').Sight} Sight */
/** @typedef {{ readonly participant: string, readonly use: 'camera' | 'screen', readonly height: number, readonly rank: number }} SmallView */

/** In device pixels: a small window needs no sharper picture. */
const height = 360;

/**
 * `<b-small>`: the meeting in a window of its own: whoever matters most, or their screen, and the four controls one cannot do
 * without. Set everything of the picture with `show`, `on` and `barred` of its toggles from outside; says `device` (detail: which),
 * `leave` after it was asked for twice, and `view` when another picture is wanted. The picture is shown a second time: the
 * element that has it stays where it is.
 */
export class Small extends HTMLElement {
  microphone = /** @type {import('./b-toggle.js').Toggle} */ (make('b-toggle', { kind: 'microphone', keyless: true }));
  camera = /** @type {import('./b-toggle.js').Toggle} */ (make('b-toggle', { kind: 'camera', keyless: true }));
  #tile = /** @type {import('./b-tile.js').Tile} */ (make('b-tile'));
  #screen = /** @type {import('./share/b-screen.js').Screen} */ (make('b-screen'));
  #videos = { camera: film(), screen: film() };
  #leave = make('button', { type: 'button', 'data-control': true, 'data-leave': true }, icon('leave'), make('span'));
  #go = make('button', { type: 'button', 'data-kind': 'danger', t: 'leave.go' });
  #stay = make('button', { type: 'button', t: 'leave.stay' });
  #bar = make('section', { label: 'ctl', 'data-bar': true }, this.microphone, this.camera, this.#leave);
  #asked = make('div', { role: 'group', label: 'leave', 'data-bar': true, hidden: true }, this.#go, this.#stay);
  /** @type {SmallView | null} */
  #view = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    say(/** @type {Element} */ (this.#leave.lastElementChild), 'ctl.leave');
    for (const toggle of [this.microphone, this.camera]) {
      toggle.addEventListener('toggle', () => this.dispatchEvent(new CustomEvent('device', { detail: toggle.kind })));
    }
    this.#leave.addEventListener('click', () => this.#ask(true));
    this.#stay.addEventListener('click', () => this.#ask(false));
    this.#go.addEventListener('click', () => this.dispatchEvent(new CustomEvent('leave')));
    this.append(make('main', { label: 'meet' }, this.#tile, this.#screen, this.#bar, this.#asked));
  }

  /** Nobody looks at it any more. */
  disconnectedCallback() {
    for (const video of Object.values(this.#videos)) video.srcObject = null;
    this.#view = null;
    this.#swap(false);
  }

  /** What is wanted for it; null: nothing. */
  get view() {
    return this.#view;
  }

  /** @param {Person} person @param {'camera' | 'screen'} use @param {HTMLVideoElement | null} video the one that has the picture @param {Sight} sight */
  show(person, use, video, sight) {
    const own = this.#videos[use];
    const stream = video?.srcObject ?? null;
    if (own.srcObject !== stream) {
      own.srcObject = stream;
      if (stream) own.play().catch(() => {});
    }
    this.#tile.hidden = use === 'screen';
    this.#screen.hidden = use === 'camera';
    const shown = video ? own : null;
    if (use === 'camera') this.#tile.show(person, shown, sight);
    else this.#screen.show(person, shown, sight, null);
    this.#want(person, use);
  }

  /** @param {Person} person @param {'camera' | 'screen'} use */
  #want({ me, participant }, use) {
    const before = this.#view;
    if (before?.participant === participant && before.use === use) return;
    this.#view = me ? null : { participant, use, height, rank: 0 };
    if (before !== this.#view) this.dispatchEvent(new CustomEvent('view'));
  }

  /** @param {boolean} isAsked */
  #ask(isAsked) {
    this.#swap(isAsked);
    (isAsked ? this.#stay : this.#leave).focus();
  }

  /** @param {boolean} isAsked */
  #swap(isAsked) {
    this.#bar.hidden = isAsked;
    this.#asked.hidden = !isAsked;
  }
}

function film() {
  const video = make('video', { playsinline: true });
  video.muted = true;
  video.autoplay = true;
  return video;
}

define('b-small', Small);
