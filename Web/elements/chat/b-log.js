import { mostMessages, noChat } from '../../state/chat.js';
import { button, define, make, say } from '../dom.js';
import './b-message.js';

/** @typedef {import('../../state/chat.js').Message} Message */
/** @typedef {import('./b-message.js').MessageItem} MessageItem */
/** @typedef {{ row: HTMLElement, item: MessageItem, message: Message }} Row */

/** Pixels from the end at which one still reads along. */
const closeBy = 32;

/** Whoever reads back keeps their place while others write; where the browser does not see to it, this does. */
const isPlaceKept = CSS.supports('overflow-anchor', 'auto');

/**
 * `<b-log>`: what was written, the newest below. Set `chat`; what its messages say bubbles. Only what changed is drawn,
 * once a frame, and only whoever is at the end goes along with it.
 */
export class Log extends HTMLElement {
  #cut = make('p', { 'data-hint': true, hidden: true });
  #empty = make('p', { 'data-hint': true, t: 'chat.empty' });
  #list = make('ol');
  #outgoing = make('ol', { 'aria-live': 'off' });
  #sheet = make('div', {}, this.#cut, this.#empty, this.#list, this.#outgoing);
  #region = make('div', { role: 'log', tabindex: '0', label: 'chat.log' }, this.#sheet);
  #new = button('chat.new', { icon: 'down' });
  /** In the order of the messages, by id. @type {Map<string, Row>} */
  #rows = new Map();
  #chat = noChat;
  #sending = noChat.outgoing;
  /** @type {ReadonlyMap<string, import('../../state/files.js').FileState>} */
  #files = new Map();
  #frame = 0;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    say(this.#cut, 'chat.cut', { n: mostMessages });
    this.#new.hidden = true;
    this.#outgoing.hidden = true;
    this.#new.addEventListener('click', () => {
      this.#region.focus();
      this.#toEnd();
    });
    this.#region.addEventListener('scroll', () => this.refresh());
    this.append(this.#region, this.#new);
  }

  /** @param {import('../../state/chat.js').Chat} chat */
  set chat(chat) {
    this.#chat = chat;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** How files are doing, by `fileKey`. @param {ReadonlyMap<string, import('../../state/files.js').FileState>} files */
  set files(files) {
    this.#files = files;
    for (const { item } of this.#rows.values()) item.files = files;
  }

  /** Whoever is at the end has no need of a way there. */
  refresh() {
    if (this.#isAtEnd) this.#new.hidden = true;
  }

  /** Counted from the end, in a column that runs upwards: there it stays whatever comes. */
  get #isAtEnd() {
    return Math.abs(this.#region.scrollTop) < closeBy;
  }

  #toEnd() {
    this.#region.scrollTop = 0;
    this.#new.hidden = true;
  }

  #draw() {
    this.#frame = 0;
    const { messages, outgoing, isCut } = this.#chat;
    const wasAtEnd = this.#isAtEnd;
    const height = isPlaceKept ? 0 : this.#region.scrollHeight;
    this.#cut.hidden = !isCut;
    this.#empty.hidden = messages.length + outgoing.length > 0;
    this.#forget(messages[0] && nameOf(messages[0]));
    const fresh = messages.filter((message) => this.#show(message));
    this.#list.append(...fresh.flatMap((message) => this.#rows.get(nameOf(message))?.row ?? []));
    const isWriting = this.#showOutgoing(outgoing) || fresh.some(({ own }) => own);
    if (wasAtEnd || isWriting) return this.#toEnd();
    if (!isPlaceKept) this.#region.scrollTop -= this.#region.scrollHeight - height;
    if (fresh.length > 0) this.#new.hidden = false;
  }

  /** Messages go from the top alone. @param {string | undefined} first name of the first that is left */
  #forget(first) {
    for (const [name, { row }] of this.#rows) {
      if (name === first) return;
      if (row.contains(document.activeElement)) this.#region.focus();
      row.remove();
      this.#rows.delete(name);
    }
  }

  /** They are few, and there for a moment. Is there one more? @param {typeof noChat.outgoing} outgoing */
  #showOutgoing(outgoing) {
    if (outgoing === this.#sending) return false;
    const isMore = outgoing.length > this.#sending.length;
    this.#sending = outgoing;
    if (this.#outgoing.contains(document.activeElement)) this.#region.focus();
    this.#outgoing.replaceChildren(...outgoing.map(({ message, isFailed }) => {
      const item = /** @type {MessageItem} */ (make('b-message'));
      item.show(message, isFailed ? 'failed' : 'underway');
      return make('li', {}, item);
    }));
    this.#outgoing.hidden = outgoing.length === 0;
    return isMore;
  }

  /** Is it one that was not there? @param {Message} message */
  #show(message) {
    const name = nameOf(message);
    const known = this.#rows.get(name);
    if (known?.message === message) return false;
    const item = known?.item ?? /** @type {MessageItem} */ (make('b-message'));
    item.show(message);
    item.files = this.#files;
    // Nobody needs to hear what they have just written.
    const row = known?.row ?? make('li', { 'aria-live': message.own ? 'off' : null }, item);
    this.#rows.set(name, { row, item, message });
    return known === undefined;
  }
}

/** Two authors may have used one id. @param {Message} message */
function nameOf({ key, id }) {
  return `${key} ${id}`;
}

define('b-log', Log);
