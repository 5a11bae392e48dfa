import { button, define, freshID, icon, make } from '../dom.js';

/**
 * `<b-freeze>`: stopping everything in one act, without a question; for a while it can be undone. Set `canUndo`; says
 * `freeze` and `undo`, bubbling.
 */
export class Freeze extends HTMLElement {
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'sec.freeze.hint' });
  #freeze = make(
    'button',
    { type: 'button', 'data-kind': 'danger', 'aria-describedby': this.#hint.id },
    icon('stopped'),
    make('span', { t: 'sec.freeze' }),
  );
  #undo = button('sec.undo', { icon: 'undo' });
  #done = make('div', { 'data-done': true, hidden: true }, make('p', { t: 'sec.freeze.done' }), this.#undo);

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#freeze.addEventListener('keydown', (press) => press.repeat && press.preventDefault());
    this.#freeze.addEventListener('click', () => this.dispatchEvent(new CustomEvent('freeze', { bubbles: true })));
    this.#undo.addEventListener('click', () => this.dispatchEvent(new CustomEvent('undo', { bubbles: true })));
    this.append(this.#freeze, this.#hint, this.#done);
  }

  /** @param {boolean} canUndo */
  set canUndo(canUndo) {
    const hadFocus = this.#done.contains(document.activeElement);
    this.#done.hidden = !canUndo;
    if (hadFocus && !canUndo) this.#freeze.focus();
  }
}

define('b-freeze', Freeze);
