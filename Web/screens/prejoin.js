import { define, forbid, freshID, icon, make, say } from '../elements/dom.js';
import { readName } from '../state/name.js';
import '../elements/b-audio-only.js';
import '../elements/b-card.js';
import '../elements/b-devices.js';
import '../elements/b-level.js';
import '../elements/b-notices.js';
import '../elements/b-preview.js';
import '../elements/b-toggle.js';
import '../elements/b-wishes.js';
import { sayTopic } from '../elements/topic.js';

/** @typedef {import('../elements/b-devices.js').Devices} Devices */
/** @typedef {import('../elements/b-level.js').Level} Level */
/** @typedef {import('../elements/b-notices.js').Notices} Notices */
/** @typedef {import('../elements/b-preview.js').Preview} Preview */
/** @typedef {import('../elements/b-toggle.js').Toggle} Toggle */

/**
 * `<b-prejoin>`: what holds in this meeting, how one looks and sounds, and the one field. Nothing is opened before an
 * act. Holds its elements for the page to fill; set `audioOnly`; read `wanted`, what is asked for; says `join` (detail: the name), `device` (detail: which to turn
 * on or off) and `audioOnly` (detail: on or off).
 */
export class Prejoin extends HTMLElement {
  preview = /** @type {Preview} */ (make('b-preview'));
  microphone = /** @type {Toggle} */ (make('b-toggle', { kind: 'microphone' }));
  camera = /** @type {Toggle} */ (make('b-toggle', { kind: 'camera' }));
  level = /** @type {Level} */ (make('b-level'));
  devices = /** @type {Devices} */ (make('b-devices'));
  #wishes = /** @type {import('../elements/b-wishes.js').Wishes} */ (make('b-wishes'));
  #audioOnly = /** @type {import('../elements/b-audio-only.js').AudioOnly} */ (make('b-audio-only'));
  #notices = /** @type {Notices} */ (make('b-notices'));
  #title = make('h1', { tabindex: '-1', t: 'meet' });
  #error = make('p', { id: freshID(), 'data-error': true, hidden: true });
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'join.name.hint' });
  #name = make('input', {
    id: freshID(),
    type: 'text',
    required: true,
    autocomplete: 'off',
    autocapitalize: 'words',
    spellcheck: 'false',
    maxlength: 60,
    'aria-describedby': `${this.#error.id} ${this.#hint.id}`,
  });
  /** What the button says: a host starts, a guest asks. */
  #act = 'join.now';
  #word = make('span', { t: 'join.now' });
  #join = make('button', { type: 'submit', 'data-kind': 'main' }, icon('arrow'), this.#word);

  connectedCallback() {
    if (this.childElementCount > 0) return;
    for (const toggle of [this.microphone, this.camera]) {
      toggle.addEventListener('toggle', () => {
        this.dispatchEvent(new CustomEvent('device', { detail: toggle.kind }));
      });
    }
    this.#name.addEventListener('input', () => {
      this.preview.name = this.#name.value;
      this.#complain(null);
    });
    const heading = make('h2', { id: freshID(), t: 'join.devices' });
    const main = make(
      'main',
      { id: 'content', tabindex: '-1', label: 'join' },
      make('div', { 'data-intro': true }, this.#title, make('p', { 'data-lead': true, t: 'join.lead' }), this.#notices),
      make(
        'div',
        { 'data-look': true },
        this.preview,
        make('div', { 'data-row': true }, this.microphone, this.camera, this.level),
      ),
      this.#form(),
      make('b-card'),
      make(
        'div',
        { 'data-devices': true, role: 'group', 'aria-labelledby': heading.id },
        heading,
        this.devices,
        this.#audioOnly,
      ),
    );
    this.append(main);
  }

  get heading() {
    return this.#title;
  }

  /** Known here to whoever made the meeting, and to whoever was at its door. @param {string} topic */
  set topic(topic) {
    sayTopic(this.#title, topic);
  }

  /** @param {boolean} on */
  set audioOnly(on) {
    this.#audioOnly.on = on;
  }

  /** @param {readonly import('../state/notices.js').Notice[]} notices */
  set notices(notices) {
    this.#notices.notices = notices;
  }

  /** Known already, for somebody with an account; it can be another one here. @param {string} name */
  set name(name) {
    this.#name.value = name;
    this.preview.name = name;
  }

  /** What the link says of the person, once it has been read. @param {'guest' | 'host' | 'personal'} kind */
  set kind(kind) {
    this.#act = kind === 'host' ? 'join.start' : 'join.ask';
    say(this.#word, this.#act);
    this.#wishes.hidden = kind === 'host'; // whoever decides has nobody to ask
  }

  get wanted() {
    return this.#wishes.hidden ? [] : this.#wishes.wanted;
  }

  /** @param {boolean} joining */
  set joining(joining) {
    say(this.#word, joining ? 'join.joining' : this.#act);
    this.#join.toggleAttribute('data-busy', joining);
    if (joining) this.#join.setAttribute('aria-disabled', 'true');
    else forbid(this.#join, null);
  }

  #form() {
    const field = make(
      'div',
      { 'data-field': true },
      make('label', { for: this.#name.id, t: 'join.name' }),
      this.#name,
      this.#error,
      this.#hint,
    );
    const form = make('form', { novalidate: true }, field, this.#wishes, this.#join);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#join.getAttribute('aria-disabled') !== 'true') this.#read();
    });
    return form;
  }

  #read() {
    const read = readName(this.#name.value);
    switch (read.type) {
      case 'good':
        this.dispatchEvent(new CustomEvent('join', { detail: read.name }));
        break;
      case 'empty':
        this.#complain('join.name.empty');
        break;
      case 'long':
        this.#complain('join.name.long');
        break;
    }
  }

  /** @param {string | null} words */
  #complain(words) {
    this.#error.hidden = words === null;
    if (words === null) {
      this.#name.removeAttribute('aria-invalid');
      return;
    }
    this.#name.setAttribute('aria-invalid', 'true');
    say(this.#error, words);
    this.dispatchEvent(new CustomEvent('complaint', { bubbles: true, detail: words }));
    this.#name.focus();
  }
}

define('b-prejoin', Prejoin);
