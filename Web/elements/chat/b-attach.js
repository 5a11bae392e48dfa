import { button, define, describe, make, say } from '../dom.js';
import './b-file.js';

/** @typedef {import('../../state/files.js').FileView} FileView */
/** @typedef {import('./b-file.js').FileItem} FileItem */

/**
 * @typedef {object} Attaching
 * @property {boolean} isOffered may files go with a message here?
 * @property {boolean} isBusy some are on their way
 * @property {number} limit megabytes of one
 * @property {readonly { readonly key: string, readonly view: FileView }[]} rows what goes with the message
 */

/**
 * `<b-attach>`: files that go with the message. Set everything with `show`, and `hidden` where none can; says `choose` (detail:
 * the files), and `file` of those that are listed.
 */
export class Attach extends HTMLElement {
  #add = button('chat.file', { icon: 'attach', kind: 'quiet' });
  #input = make('input', { type: 'file', multiple: true, hidden: true, tabindex: '-1', 'aria-hidden': 'true' });
  #hint = make('p', { 'data-hint': true });
  #list = make('ul', { label: 'chat.file.list', hidden: true });
  /** @type {Map<string, { row: HTMLElement, item: FileItem }>} */
  #rows = new Map();

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#add.addEventListener('click', () => {
      if (this.#add.getAttribute('aria-disabled') !== 'true') this.#input.click();
    });
    this.#input.addEventListener('change', () => {
      const files = [...this.#input.files ?? []];
      this.#input.value = ''; // the same one can be chosen again
      this.dispatchEvent(new CustomEvent('choose', { detail: files }));
    });
    this.append(this.#list, this.#add, this.#input, this.#hint);
  }

  /** @param {Attaching} attaching */
  show({ isOffered, isBusy, limit, rows }) {
    this.#add.hidden = !isOffered;
    if (isBusy) this.#add.setAttribute('aria-disabled', 'true');
    else this.#add.removeAttribute('aria-disabled');
    describe(this.#add, isBusy ? { text: 'chat.file.busy' } : null);
    if (isOffered) say(this.#hint, 'chat.file.limit', { n: limit });
    else say(this.#hint, 'chat.file.off');
    this.#list.hidden = rows.length === 0;
    for (const [key, { row }] of this.#rows) {
      if (rows.some((one) => one.key === key)) continue;
      if (row.contains(document.activeElement)) this.#add.focus();
      row.remove();
      this.#rows.delete(key);
    }
    for (const { key, view } of rows) {
      const known = this.#rows.get(key);
      const item = known?.item ?? /** @type {FileItem} */ (make('b-file'));
      item.show(key, view);
      if (known) continue;
      const row = make('li', {}, item);
      this.#rows.set(key, { row, item });
      this.#list.append(row);
    }
  }
}

define('b-attach', Attach);
