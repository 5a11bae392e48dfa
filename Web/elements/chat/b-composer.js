import { everyone, identify, space } from '../../state/audience.js';
import { button, define, describe, freshID, icon, make, say } from '../dom.js';
import './b-attach.js';

/** @typedef {import('../../state/audience.js').Audience} Audience */
/** @typedef {import('../../state/audience.js').Composing} Composing */
/** @typedef {import('../../state/audience.js').Words} Words */

/** The word of an option that is no person's name. */
const options = { everyone: 'chat.to.everyone', hosts: 'chat.to.hosts', person: 'meet.tile' };

/** While a text is being turned into signs by the keyboard, its keys are not ours. @param {KeyboardEvent} event */
function isTyping({ isComposing, keyCode }) {
  return isComposing || keyCode === 229;
}

/**
 * `<b-composer>`: where one writes, and to whom. Set `composing`, `isBusy` (a message is on its way), `note` (what became of
 * one) and `text`, and what goes with it in `attach`; says `send` (detail: the text), `audience` (detail: chosen by hand) and `stop` (changing a message).
 */
export class Composer extends HTMLElement {
  attach = /** @type {import('./b-attach.js').Attach} */ (make('b-attach'));
  #to = make('select', { id: freshID(), autocomplete: 'off' });
  #toField = make('div', { 'data-to': true }, make('label', { for: this.#to.id, t: 'chat.to' }), this.#to);
  #stop = button('confirm.cancel', { kind: 'quiet' });
  #changing = make('div', { 'data-changing': true, hidden: true }, make('p', { t: 'chat.changing' }), this.#stop);
  #text = make('textarea', { id: freshID(), rows: 1, dir: 'auto', autocomplete: 'off', enterkeyhint: 'send' });
  #word = make('span');
  #send = make('button', { type: 'submit', 'data-kind': 'main' }, icon('send'), this.#word);
  #noteWords = make('span');
  #noteLine = make('p', { 'data-note': true, hidden: true }, icon('info'), this.#noteWords);
  #left = make('p', { 'data-hint': true, hidden: true });
  /** @type {Composing} */
  #composing = {
    choices: [],
    audience: everyone,
    isChanging: false,
    isShut: false,
    block: null,
    send: { text: 'chat.send.1', args: {} },
    to: [],
  };
  #offered = '';
  #isBusy = false;
  /** @type {Words | null} */
  #note = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const form = make(
      'form',
      { novalidate: true },
      this.#toField,
      this.#changing,
      this.#noteLine,
      make(
        'div',
        { 'data-field': true },
        make('label', { for: this.#text.id, t: 'chat.text' }),
        this.#text,
        this.#left,
      ),
      this.attach,
      this.#send,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#to.addEventListener('change', () => this.#choose());
    this.#stop.addEventListener('click', () => {
      this.#tell('stop');
      this.focus();
    });
    this.#text.addEventListener('input', () => {
      this.#note = null;
      this.#fit();
    });
    this.#text.addEventListener('keydown', (event) => this.#key(event));
    this.append(form);
    this.#show();
  }

  get text() {
    return this.#text.value;
  }

  /** @param {string} text */
  set text(text) {
    this.#text.value = text;
    this.#fit();
  }

  /** @param {Composing} composing */
  set composing(composing) {
    this.#composing = composing;
    this.#show();
  }

  /** @param {boolean} isBusy */
  set isBusy(isBusy) {
    this.#isBusy = isBusy;
    this.#show();
  }

  /** Until the next key. @param {Words | null} note */
  set note(note) {
    this.#note = note;
    this.#show();
  }

  /** @override */
  focus() {
    this.#text.focus();
  }

  /** What has no size while it is hidden has one now. */
  refresh() {
    this.#fit();
  }

  /** As tall as its text; the style sheet says where it ends. */
  #fit() {
    this.#text.style.removeProperty('--tall');
    this.#text.style.setProperty('--tall', `${this.#text.scrollHeight}px`);
    this.#show();
  }

  #show() {
    const { choices, audience, isChanging, isShut, block, send } = this.#composing;
    const { left, isNear, isOver } = space(this.#text.value);
    this.#offer(choices);
    this.#to.value = identify(audience);
    this.#toField.hidden = isChanging;
    this.#changing.hidden = !isChanging;
    this.attach.hidden = isChanging || isShut;
    this.#left.hidden = !isNear || isOver;
    say(this.#left, 'chat.left', { n: left });
    say(this.#word, send.text, send.args);
    const long = isOver ? { text: 'chat.long', args: {} } : null;
    const busy = this.#isBusy ? { text: 'chat.busy', args: {} } : null;
    const line = block ?? long ?? this.#note;
    this.#noteLine.hidden = line === null;
    if (line) say(this.#noteWords, line.text, line.args);
    const isHeld = isShut || this.#isBusy;
    this.#text.readOnly = isHeld;
    lock(this.#text, isShut, line);
    lock(this.#to, isHeld, isShut ? block : null);
    lock(this.#send, block !== null || isOver || this.#isBusy, block ?? long ?? busy);
  }

  /** A list that is open must not be made anew for nothing. @param {readonly Audience[]} choices */
  #offer(choices) {
    const wanted = JSON.stringify(choices);
    if (wanted === this.#offered) return;
    this.#offered = wanted;
    this.#to.replaceChildren(...choices.map((one) => {
      const option = make('option', { value: identify(one) });
      say(option, options[one.type], one.type === 'person' ? { name: one.name } : {});
      return option;
    }));
  }

  #choose() {
    const { choices, audience, isShut } = this.#composing;
    const chosen = choices.find((one) => identify(one) === this.#to.value);
    if (!chosen || isShut || this.#isBusy) this.#to.value = identify(audience);
    else this.dispatchEvent(new CustomEvent('audience', { detail: chosen }));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (isTyping(event)) {
      if (event.key === 'Escape') event.stopPropagation();
      return;
    }
    const isBare = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (event.key === 'Escape' && this.#composing.isChanging) {
      event.preventDefault();
      this.#tell('stop');
    } else if (event.key === 'Enter' && isBare) {
      event.preventDefault();
      if (!event.repeat) this.#submit();
    }
  }

  #submit() {
    this.#tell('send', this.#text.value);
    this.focus();
  }

  /** @param {string} event @param {string} [detail] */
  #tell(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }
}

/** As `forbid`, with a reason that may name somebody. @param {HTMLElement} control @param {boolean} isLocked @param {Words | null} words */
function lock(control, isLocked, words) {
  if (isLocked) control.setAttribute('aria-disabled', 'true');
  else control.removeAttribute('aria-disabled');
  describe(control, words);
}

define('b-composer', Composer);
