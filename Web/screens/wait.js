import { button, define, freshID, make, say } from '../elements/dom.js';
import { doorSentence, readNote } from '../state/waiting.js';
import '../elements/b-level.js';
import '../elements/b-notices.js';
import '../elements/b-preview.js';
import '../elements/b-toggle.js';
import '../elements/people/b-code.js';

/** @typedef {import('../elements/b-level.js').Level} Level */
/** @typedef {import('../elements/b-notices.js').Notices} Notices */
/** @typedef {import('../elements/b-preview.js').Preview} Preview */
/** @typedef {import('../elements/b-toggle.js').Toggle} Toggle */
/** @typedef {import('../state/waiting.js').Door} Door */

/** What brought somebody back who was inside. @type {Readonly<Record<Door['why'], string | null>>} */
const whys = { first: null, sentBack: 'err.back', lost: 'wait.lost', again: 'wait.again' };

/**
 * `<b-wait>`: the waiting room: what happens, the word code, what the host writes, and how one looks. Set `door`; says
 * `device` (detail: which), `check` and `leave`.
 */
export class Wait extends HTMLElement {
  preview = /** @type {Preview} */ (make('b-preview'));
  microphone = /** @type {Toggle} */ (make('b-toggle', { kind: 'microphone' }));
  camera = /** @type {Toggle} */ (make('b-toggle', { kind: 'camera' }));
  level = /** @type {Level} */ (make('b-level'));
  #notices = /** @type {Notices} */ (make('b-notices'));
  #title = make('h1', { tabindex: '-1', t: 'wait' });
  #back = make('p', { 'data-back': true, hidden: true });
  #lead = make('p', { 'data-lead': true, t: 'wait.checking' });
  #code = /** @type {import('../elements/people/b-code.js').Code} */ (make('b-code'));
  #hint = make('p', { id: freshID(), t: 'wait.code.hint' });
  #codeBlock = make('div', { 'data-code': true, hidden: true });
  #message = make('p');
  #note = make('section', { 'data-message': true, hidden: true });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    for (const toggle of [this.microphone, this.camera]) {
      toggle.addEventListener('toggle', () => this.#tell('device', toggle.kind));
    }
    const check = button('wait.check', { icon: 'settings' });
    check.setAttribute('aria-haspopup', 'dialog');
    check.addEventListener('click', () => this.#tell('check'));
    const leave = button('wait.leave', { icon: 'leave' });
    leave.setAttribute('data-leave', '');
    leave.addEventListener('click', () => this.#tell('leave'));
    const from = make('h2', { id: freshID(), t: 'wait.message' });
    this.#note.setAttribute('aria-labelledby', from.id);
    this.#note.append(from, this.#message);
    this.#code.setAttribute('aria-describedby', this.#hint.id);
    this.#codeBlock.append(make('h2', { 'aria-hidden': 'true', t: 'wait.code' }), this.#code, this.#hint);
    this.append(make(
      'main',
      { id: 'content', tabindex: '-1', label: 'wait' },
      make('div', { 'data-intro': true }, this.#title, this.#back, this.#lead, this.#notices),
      make('div', { 'data-side': true }, this.#codeBlock, this.#note),
      make(
        'div',
        { 'data-look': true },
        this.preview,
        make('div', { 'data-row': true }, this.microphone, this.camera, this.level),
        make('p', { 'data-hint': true, t: 'wait.unseen' }),
      ),
      make('div', { 'data-acts': true }, check, leave),
    ));
  }

  get heading() {
    return this.#title;
  }

  /** @param {Door} door */
  set door(door) {
    say(this.#lead, doorSentence(door));
    const why = whys[door.why];
    this.#back.hidden = why === null;
    if (why) say(this.#back, why);
    this.#codeBlock.hidden = door.words === null || door.state !== 'waiting';
    this.#code.words = door.words;
    const note = readNote(door.note);
    this.#note.hidden = note === null;
    this.#message.textContent = note ?? '';
  }

  /** @param {readonly import('../state/notices.js').Notice[]} notices */
  set notices(notices) {
    this.#notices.notices = notices;
  }

  /** @param {string} event @param {string} [detail] */
  #tell(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }
}

define('b-wait', Wait);
