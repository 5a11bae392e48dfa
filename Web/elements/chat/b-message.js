import { fileKey, messageView } from '../../state/files.js';
import { piecesOf } from '../../state/links.js';
import { button, define, freshID, make, say } from '../dom.js';
import './b-file.js';

/** @typedef {import('../../state/chat.js').Message} Message */

/** Both languages write it like this. */
const clock = new Intl.DateTimeFormat('nl', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** How an own message stands that the others do not have. @typedef {'underway' | 'failed'} Sending */

/**
 * `<b-message>`: what somebody wrote: who, when, to whom when not to everybody, the text, the files, and what became of it. Set
 * everything with `show`, and `files` as often as one of them changes; says `edit` and `takeBack`, and of one that failed `again` and `discard` (detail: the message),
 * bubbling.
 */
export class MessageItem extends HTMLElement {
  /** @type {readonly { readonly file: import('../../state/said.d.ts').FileRef, readonly item: import('./b-file.js').FileItem }[]} */
  #files = [];
  #own = false;

  connectedCallback() {
    this.tabIndex = -1;
  }

  /** @param {Message} message @param {Sending | null} [sending] */
  show(message, sending = null) {
    const hadFocus = this.contains(document.activeElement);
    const text = textOf(message);
    this.toggleAttribute('data-own', message.own);
    this.toggleAttribute('data-follows', message.follows);
    this.toggleAttribute('data-apart', message.audience.type !== 'everyone');
    this.#own = message.own;
    this.#files = message.files.map((file) => {
      return { file, item: /** @type {import('./b-file.js').FileItem} */ (make('b-file')) };
    });
    for (const { file, item } of this.#files) {
      const view = messageView(file.name, file.size, message.own, undefined);
      item.show(fileKey(file), sending ? { ...view, acts: [] } : view);
    }
    const rows = this.#files.map(({ item }) => make('li', {}, item));
    const files = rows.length > 0 ? [make('ul', { label: 'chat.file.list' }, ...rows)] : [];
    this.replaceChildren(headOf(message), text, ...files, ...this.#restOf(message, sending, text.id));
    if (hadFocus) this.focus();
  }

  /** @param {ReadonlyMap<string, import('../../state/files.js').FileState>} states */
  set files(states) {
    for (const { file, item } of this.#files) {
      const key = fileKey(file);
      item.show(key, messageView(file.name, file.size, this.#own, states.get(key)));
    }
  }

  /** @param {Message} message @param {Sending | null} sending @param {string} text id of the words that the acts are about */
  #restOf(message, sending, text) {
    if (sending === 'underway') return [make('p', { 'data-underway': true, t: 'chat.underway' })];
    if (sending === 'failed') {
      const acts = this.#acts(message, text, [['notice.retry', 'again'], ['chat.drop', 'discard']]);
      acts.setAttribute('data-stays', '');
      return [make('p', { 'data-failed': true, t: 'chat.failed' }), acts];
    }
    if (!message.own || message.takenBack !== null) return [];
    return [this.#acts(message, text, [['chat.change', 'edit'], ['chat.takeBack', 'takeBack']])];
  }

  /** @param {Message} message @param {string} text @param {readonly (readonly [string, string])[]} all words and event of each */
  #acts(message, text, all) {
    const acts = all.map(([words, event]) => {
      const element = button(words, { kind: 'quiet' });
      element.setAttribute('aria-describedby', text);
      element.addEventListener('click', () => {
        this.dispatchEvent(new CustomEvent(event, { bubbles: true, detail: message }));
      });
      return element;
    });
    return make('div', { 'data-own-acts': true }, ...acts);
  }
}

/** @param {Message} message */
function headOf({ own, name, at, audience, isEdited }) {
  const who = make('bdi');
  if (own) say(who, 'chat.you');
  else say(who, name === '' ? 'chat.nameless' : 'meet.tile', { name });
  const time = make('time', { datetime: new Date(at).toISOString() }, clock.format(at));
  const edited = isEdited ? make('span', { 'data-edited': true, t: 'chat.edited' }) : null;
  return make('div', { 'data-from': true }, who, time, audienceOf(audience), edited);
}

/** @param {Message['audience']} audience */
function audienceOf(audience) {
  const words = make('span', { 'data-audience': true });
  switch (audience.type) {
    case 'everyone':
      return null;
    case 'hosts':
      say(words, 'chat.only.hosts');
      return words;
    case 'you':
      say(words, 'chat.only.you');
      return words;
    case 'youOrHosts':
      say(words, 'chat.only.youOrHosts');
      return words;
    case 'person':
      say(words, 'chat.only.person', { name: audience.name });
      return words;
  }
}

/** @param {Message} message */
function textOf({ text, takenBack }) {
  const id = freshID();
  if (takenBack) {
    return make('p', { id, 'data-gone': true, t: takenBack === 'author' ? 'chat.gone' : 'chat.gone.host' });
  }
  const pieces = piecesOf(text).map((piece) => {
    if (piece.href === null) return piece.text;
    const attributes = { href: piece.href, dir: 'ltr', target: '_blank', rel: 'noopener noreferrer' };
    return make('a', attributes, piece.text);
  });
  return make('p', { id, 'data-text': true, dir: 'auto', hidden: text === '' }, ...pieces);
}

define('b-message', MessageItem);
