import { fileKey, messageView } from '../../state/files.js';
import { define, make } from '../dom.js';
import './b-file.js';

/** @typedef {import('../../state/files.js').FileState} FileState */
/** @typedef {import('../../state/said.d.ts').FileRef} FileRef */
/** @typedef {import('./b-file.js').FileItem} FileItem */

/** `<b-shared>`: the files that one has given, each with a way to take it back (Promise P-042). Set everything with `show`. */
export class Shared extends HTMLElement {
  #list = make('ul', { label: 'chat.mine' });
  #details = make('details', {}, make('summary', { t: 'chat.mine' }), this.#list);
  /** @type {Map<string, { row: HTMLElement, item: FileItem }>} */
  #rows = new Map();

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.append(this.#details);
  }

  /** @param {readonly FileRef[]} files @param {ReadonlyMap<string, FileState>} states */
  show(files, states) {
    this.hidden = files.length === 0;
    for (const [key, { row }] of this.#rows) {
      if (files.some((file) => fileKey(file) === key)) continue;
      if (row.contains(document.activeElement)) this.#details.querySelector('summary')?.focus();
      row.remove();
      this.#rows.delete(key);
    }
    for (const file of files) {
      const key = fileKey(file);
      const known = this.#rows.get(key);
      const item = known?.item ?? /** @type {FileItem} */ (make('b-file'));
      const view = messageView(file.name, file.size, true, states.get(key));
      item.show(key, { ...view, acts: view.acts.filter((act) => act !== 'get') });
      if (known) continue;
      const row = make('li', {}, item);
      this.#rows.set(key, { row, item });
      this.#list.append(row);
    }
  }
}

define('b-shared', Shared);
