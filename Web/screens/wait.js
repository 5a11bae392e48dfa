import { button, define, freshID, make, say } from '../elements/dom.js';
import { readName } from '../state/name.js';
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
 * `<b-wait>`: the waiting room: what happens, the word code, what the host writes, and how one looks. Set `door` and `shown`,
 * the name that others will see; says `device` (detail: which), `rename` (detail: that name, when it is another one), `check` and
 * `leave`.
 */
export class Wait extends HTMLElement {
  preview = /** @type {Preview} */ (make('b-preview'));
  microphone = /** @type {Toggle} */ (make('b-toggle', { kind: 'microphone' }));
  camera = /** @type {Toggle} */ (make('b-toggle', { kind: 'camera' }));
  level = /** @type {Level} */ (make('b-level'));
  #notices = /** @type {Notices} */ (make('b-notices'));
  #title = make('h1', { tabindex: '-1', t: 'wait' });
  #topic = make('p', { 'data-topic': true, hidden: true });
  #back = make('p', { 'data-back': true, hidden: true });
  #lead = make('p', { 'data-lead': true, t: 'wait.checking' });
  #code = /** @type {import('../elements/people/b-code.js').Code} */ (make('b-code'));
  #hint = make('p', { id: freshID(), t: 'wait.code.hint' });
  #codeBlock = make('div', { 'data-code': true, hidden: true });
  #shownHint = make('p', { id: freshID(), 'data-hint': true, t: 'wait.shown.hint' });
  #error = make('p', { id: freshID(), 'data-error': true, hidden: true });
  #shown = make('input', {
    id: freshID(),
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'words',
    spellcheck: 'false',
    maxlength: 60,
    'aria-describedby': `${this.#error.id} ${this.#shownHint.id}`,
  });
  #shownField = make(
    'div',
    { 'data-field': true },
    make('label', { for: this.#shown.id, t: 'wait.shown' }),
    this.#shown,
    this.#error,
    this.#shownHint,
  );
  #message = make('p');
  #note = make('section', { 'data-message': true, hidden: true });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    for (const toggle of [this.microphone, this.camera]) {
      toggle.addEventListener('toggle', () => this.#tell('device', toggle.kind));
    }
    // Letter by letter: whoever is let in now has the name that stands there now.
    this.#shown.addEventListener('input', () => this.#rename(false));
    this.#shown.addEventListener('change', () => this.#rename(true));
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
      make('div', { 'data-intro': true }, this.#title, this.#topic, this.#back, this.#lead, this.#notices),
      make('div', { 'data-side': true }, this.#codeBlock, this.#note),
      make(
        'div',
        { 'data-look': true },
        this.preview,
        make('div', { 'data-row': true }, this.microphone, this.camera, this.level),
        make('p', { 'data-hint': true, t: 'wait.unseen' }),
        this.#shownField,
      ),
      make('div', { 'data-acts': true }, check, leave),
    ));
  }

  get heading() {
    return this.#title;
  }

  /** What the meeting is about; empty: nobody said. @param {string} topic */
  set topic(topic) {
    this.#topic.hidden = topic === '';
    say(this.#topic, 'meet.topic', { topic });
  }

  /** @param {Door} door */
  set door(door) {
    say(this.#lead, doorSentence(door));
    const why = whys[door.why];
    this.#back.hidden = why === null;
    if (why) say(this.#back, why);
    this.#shownField.hidden = door.state === 'joining'; // it is on its way
    this.#codeBlock.hidden = door.words === null || door.state !== 'waiting';
    this.#code.words = door.words;
    const note = readNote(door.note);
    this.#note.hidden = note === null;
    this.#message.textContent = note ?? '';
  }

  /** @param {string} name */
  set shown(name) {
    if (document.activeElement !== this.#shown) this.#shown.value = name;
    this.#complain(null);
  }

  /** What is no name is not taken: the one before stays. @param {boolean} isDone nobody types any more */
  #rename(isDone) {
    const read = readName(this.#shown.value);
    if (read.type === 'good') this.#tell('rename', read.name);
    if (read.type === 'good' || !isDone) return this.#complain(null);
    this.#complain(read.type === 'empty' ? 'join.name.empty' : 'join.name.long');
  }

  /** @param {string | null} words key of what is wrong with the name */
  #complain(words) {
    this.#error.hidden = words === null;
    if (words === null) return this.#shown.removeAttribute('aria-invalid');
    this.#shown.setAttribute('aria-invalid', 'true');
    say(this.#error, words);
    this.dispatchEvent(new CustomEvent('complaint', { detail: words }));
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
