import { button, define, make, say } from '../elements/dom.js';
import '../elements/b-receipt.js';

/** @typedef {import('../elements/b-receipt.js').Receipt} Receipt */
/** @typedef {'left' | 'over' | 'replaced' | 'removed'} End */

/** @type {Record<End, readonly [string, string]>} */
const texts = {
  left: ['after.left', 'after.return'],
  over: ['after.over', 'after.return'],
  replaced: ['after.left', 'after.replaced'],
  removed: ['after.removed', 'after.removed.text'],
};

/** `<b-after>`: that it is over, and what is left in this browser. Set `end`; holds `receipt`; says `report`. */
export class After extends HTMLElement {
  receipt = /** @type {Receipt} */ (make('b-receipt'));
  #title = make('h1', { tabindex: '-1' });
  #lead = make('p', { 'data-lead': true });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const report = button('after.report', { icon: 'warning' });
    report.setAttribute('aria-haspopup', 'dialog');
    report.addEventListener('click', () => this.dispatchEvent(new CustomEvent('report')));
    const attributes = { id: 'content', tabindex: '-1', label: 'after' };
    this.append(make('main', attributes, this.#title, this.#lead, this.receipt, report));
  }

  get heading() {
    return this.#title;
  }

  /** @param {End} end */
  set end(end) {
    const [title, lead] = texts[end];
    say(this.#title, title);
    say(this.#lead, lead);
  }
}

define('b-after', After);
