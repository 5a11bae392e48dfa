import { shortcuts } from '../state/keys.js';
import { define, describe, forbid, icon, make, say, setIcon } from './dom.js';
import './b-toggle.js';
import './chat/b-reactions.js';

/** @typedef {import('./b-toggle.js').Toggle} Toggle */
/** @typedef {'people' | 'security' | 'chat'} PanelName */
/** What may be found elsewhere when the bar has no room for it. @typedef {'share' | 'react' | 'people' | 'invite' | 'security' | 'settings' | 'window'} Way */

/**
 * `<b-controls>`: the bar of the meeting. Set `microphone`, `camera`, `share`, `hand`, `unread`, `keeper`, `panel` and `counts`;
 * `window` where there can be a small one; `reactions` is a part of it; says `microphone`, `camera`, `share`, `hand`, `react`
 * (detail: which), `chat`, `people`, `security`, `invite`, `settings`, `window`, `more`, `leave`. Every control has a word under its icon; what a narrow bar has no room for is
 * behind More.
 */
export class Controls extends HTMLElement {
  reactions = /** @type {import('./chat/b-reactions.js').Reactions} */ (make('b-reactions'));
  #microphone = /** @type {Toggle} */ (make('b-toggle', { kind: 'microphone' }));
  #camera = /** @type {Toggle} */ (make('b-toggle', { kind: 'camera' }));
  #share = this.#button('share', 'ctl.share.1', 'ctl.share.short.1', 'screen', 'nothing');
  #hand = this.#button('hand', 'ctl.hand.1', 'ctl.hand.short', 'hand', 'nothing');
  #chat = this.#button('chat', 'ctl.chat', 'ctl.chat', 'chat', 'panel');
  #people = this.#button('people', 'ctl.people', 'ctl.people', 'people', 'panel');
  #invite = this.#button('invite', 'ctl.invite', 'ctl.invite.short', 'invite');
  #security = this.#button('security', 'ctl.security', 'ctl.security', 'lock', 'panel');
  #settings = this.#button('settings', 'ctl.settings', 'ctl.settings', 'settings');
  #window = this.#button('window', 'ctl.window.1', 'ctl.window.short', 'window', 'nothing');

  /** What one may do can be known before the bar is on the page. */
  #isKeeper = false;
  /** Null: this browser has none. @type {boolean | null} */
  #hasWindow = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#microphone.addEventListener('toggle', () => this.dispatchEvent(new CustomEvent('microphone')));
    this.#camera.addEventListener('toggle', () => this.dispatchEvent(new CustomEvent('camera')));
    this.reactions.addEventListener('react', (event) => {
      this.dispatchEvent(new CustomEvent('react', { detail: /** @type {CustomEvent} */ (event).detail }));
    });
    const leave = this.#button('leave', 'ctl.leave', 'ctl.leave', 'leave');
    const more = this.#button('more', 'ctl.more', 'ctl.more', 'more');
    for (const control of [this.#invite, this.#security, this.#settings, this.#window]) {
      control.setAttribute('data-wide', '');
    }
    for (const control of [this.#share, this.#people]) control.setAttribute('data-mid', '');
    more.setAttribute('data-narrow', '');
    this.#share.setAttribute('aria-keyshortcuts', shortcuts('share'));
    this.#hand.setAttribute('aria-keyshortcuts', shortcuts('hand'));
    this.#chat.setAttribute('aria-keyshortcuts', shortcuts('chat'));
    this.#people.setAttribute('aria-keyshortcuts', shortcuts('people'));
    this.#security.setAttribute('aria-keyshortcuts', shortcuts('security'));
    this.#security.hidden = !this.#isKeeper;
    this.#window.hidden = this.#hasWindow === null;
    leave.setAttribute('data-leave', '');
    leave.setAttribute('aria-keyshortcuts', shortcuts('leave'));
    const region = make(
      'section',
      { label: 'ctl' },
      this.#microphone,
      this.#camera,
      this.#share,
      this.#hand,
      this.reactions,
      this.#chat,
      this.#people,
      this.#invite,
      this.#security,
      this.#settings,
      this.#window,
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

  /** Is a screen shared, and if none may be, why not? Also then it says `share`: whoever tries is told. @param {{ isOn: boolean, reason: string | null }} state */
  set share({ isOn, reason }) {
    say(this.#share, isOn ? 'ctl.share.2' : 'ctl.share.1', {}, 'aria-label');
    const [picture, word] = this.#share.children;
    if (picture) setIcon(picture, isOn ? 'screen-off' : 'screen');
    if (word) say(word, isOn ? 'ctl.share.short.2' : 'ctl.share.short.1');
    this.#share.toggleAttribute('data-on', isOn);
    forbid(this.#share, reason);
  }

  /** Is the person's hand up? @param {boolean} isUp */
  set hand(isUp) {
    say(this.#hand, isUp ? 'ctl.hand.2' : 'ctl.hand.1', {}, 'aria-label');
    this.#hand.toggleAttribute('data-on', isUp);
  }

  /** Is the small window open? Null: this browser has none. @param {boolean | null} isOpen */
  set window(isOpen) {
    this.#hasWindow = isOpen;
    this.#window.hidden = isOpen === null;
    say(this.#window, isOpen ? 'ctl.window.2' : 'ctl.window.1', {}, 'aria-label');
    this.#window.toggleAttribute('data-on', isOpen === true);
  }

  /** Messages that came while nobody looked. @param {number} unread */
  set unread(unread) {
    this.#chat.toggleAttribute('data-news', unread > 0);
    describe(this.#chat, unread > 0 ? { text: 'ctl.chat.unread', args: { n: unread } } : null);
  }

  /** @param {'microphone' | 'camera'} kind @param {boolean} busy */
  busy(kind, busy) {
    (kind === 'camera' ? this.#camera : this.#microphone).busy = busy;
  }

  /** @param {'microphone' | 'camera'} kind @param {string | null} reason key of a text */
  bar(kind, reason) {
    (kind === 'camera' ? this.#camera : this.#microphone).barred = reason;
  }

  /** May the person decide about security? @param {boolean} keeper */
  set keeper(keeper) {
    this.#isKeeper = keeper;
    this.#security.hidden = !keeper;
  }

  /** Which panel is open. @param {PanelName | null} panel */
  set panel(panel) {
    for (const name of /** @type {const} */ (['people', 'security', 'chat'])) {
      this.opener(name).setAttribute('aria-expanded', String(panel === name));
    }
  }

  /** Where the focus goes when a panel closes. @param {PanelName} panel */
  opener(panel) {
    return { people: this.#people, security: this.#security, chat: this.#chat }[panel];
  }

  /** What may be done and has no room in the bar now. @returns {readonly Way[]} */
  get elsewhere() {
    const all = /** @type {const} */ ([
      ['share', this.#share],
      ['react', this.reactions.button],
      ['people', this.#people],
      ['invite', this.#invite],
      ['security', this.#security],
      ['settings', this.#settings],
      ['window', this.#window],
    ]);
    return all.flatMap(([way, control]) => control.hidden || control.checkVisibility() ? [] : [way]);
  }

  /** @param {{ here: number, waiting: number }} counts */
  set counts({ here, waiting }) {
    say(this.#people, waiting > 0 ? 'ctl.people.waiting' : 'meet.count', { n: here, m: waiting }, 'aria-description');
  }

  /** @param {string} event @param {string} name @param {string} word @param {string} picture @param {'dialog' | 'panel' | 'nothing'} [opens] */
  #button(event, name, word, picture, opens = 'dialog') {
    const attributes = {
      type: 'button',
      'data-control': true,
      'aria-haspopup': opens === 'dialog' ? 'dialog' : null,
      'aria-expanded': opens === 'panel' ? 'false' : null,
    };
    const element = make('button', attributes, icon(picture), make('span', { t: word }));
    if (name !== word) say(element, name, {}, 'aria-label');
    element.addEventListener('click', () => this.dispatchEvent(new CustomEvent(event)));
    return element;
  }
}

define('b-controls', Controls);
