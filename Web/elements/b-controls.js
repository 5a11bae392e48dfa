import { shortcuts } from '../state/keys.js';
import { define, icon, make, say } from './dom.js';
import './b-toggle.js';

/** @typedef {import('./b-toggle.js').Toggle} Toggle */

/**
 * `<b-controls>`: the bar of the meeting. Set `microphone`, `camera`, `keeper`, `panel` and `counts`; says `microphone`,
 * `camera`, `people`, `security`, `invite`, `settings`, `more`, `leave`. Every control has a word under its icon; what a
 * narrow bar has no room for is behind More.
 */
export class Controls extends HTMLElement {
  #microphone = /** @type {Toggle} */ (make('b-toggle', { kind: 'microphone' }));
  #camera = /** @type {Toggle} */ (make('b-toggle', { kind: 'camera' }));
  #people = this.#button('people', 'ctl.people', 'ctl.people', 'people', 'panel');
  #security = this.#button('security', 'ctl.security', 'ctl.security', 'lock', 'panel');

  /** What one may do can be known before the bar is on the page. */
  #isKeeper = false;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#microphone.addEventListener('toggle', () => this.dispatchEvent(new CustomEvent('microphone')));
    this.#camera.addEventListener('toggle', () => this.dispatchEvent(new CustomEvent('camera')));
    const leave = this.#button('leave', 'ctl.leave', 'ctl.leave', 'leave');
    const invite = this.#button('invite', 'ctl.invite', 'ctl.invite.short', 'invite');
    const settings = this.#button('settings', 'ctl.settings', 'ctl.settings', 'settings');
    const more = this.#button('more', 'ctl.more', 'ctl.more', 'more');
    for (const control of [invite, this.#security, settings]) control.setAttribute('data-wide', '');
    more.setAttribute('data-narrow', '');
    this.#people.setAttribute('aria-keyshortcuts', shortcuts('people'));
    this.#security.setAttribute('aria-keyshortcuts', shortcuts('security'));
    this.#security.hidden = !this.#isKeeper;
    leave.setAttribute('data-leave', '');
    leave.setAttribute('aria-keyshortcuts', shortcuts('leave'));
    const region = make(
      'section',
      { label: 'ctl' },
      this.#microphone,
      this.#camera,
      this.#people,
      invite,
      this.#security,
      settings,
      more,
      leave,
    );
    this.append(region);
  }

  /** @param {boolean} on */
  set microphone(on) {
    this.#microphone.on = on;
  }

  /** @param {boolean} on */
  set camera(on) {
    this.#camera.on = on;
  }

  /** @param {'microphone' | 'camera'} kind @param {boolean} busy */
  busy(kind, busy) {
    (kind === 'camera' ? this.#camera : this.#microphone).busy = busy;
  }

  /** @param {'microphone' | 'camera'} kind @param {boolean} isBarred */
  bar(kind, isBarred) {
    (kind === 'camera' ? this.#camera : this.#microphone).barred = isBarred;
  }

  /** May the person decide about security? @param {boolean} keeper */
  set keeper(keeper) {
    this.#isKeeper = keeper;
    this.#security.hidden = !keeper;
  }

  /** Which panel is open. @param {'people' | 'security' | null} panel */
  set panel(panel) {
    this.#people.setAttribute('aria-expanded', String(panel === 'people'));
    this.#security.setAttribute('aria-expanded', String(panel === 'security'));
  }

  /** Where the focus goes when a panel closes. @param {'people' | 'security'} panel */
  opener(panel) {
    return panel === 'people' ? this.#people : this.#security;
  }

  /** @param {{ here: number, waiting: number }} counts */
  set counts({ here, waiting }) {
    say(this.#people, waiting > 0 ? 'ctl.people.waiting' : 'meet.count', { n: here, m: waiting }, 'aria-description');
  }

  /** @param {string} event @param {string} name @param {string} word @param {string} picture @param {'dialog' | 'panel'} [opens] */
  #button(event, name, word, picture, opens = 'dialog') {
    const how = opens === 'dialog' ? { 'aria-haspopup': 'dialog' } : { 'aria-expanded': 'false' };
    const attributes = { type: 'button', 'data-control': true, ...how };
    const element = make('button', attributes, icon(picture), make('span', { t: word }));
    if (name !== word) say(element, name, {}, 'aria-label');
    element.addEventListener('click', () => this.dispatchEvent(new CustomEvent(event)));
    return element;
  }
}

define('b-controls', Controls);
