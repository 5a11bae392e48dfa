import { button, define, icon, make, say } from '../elements/dom.js';
import '../elements/b-receipt.js';
import '../elements/receipt/b-receipt-code.js';

/** @typedef {import('../elements/b-receipt.js').Receipt} Receipt */
/** @typedef {'left' | 'over' | 'replaced' | 'removed'} End */

/** @type {Record<End, readonly [string, string]>} */
const texts = {
  left: ['after.left', 'after.return'],
  over: ['after.over', 'after.over.text'],
  replaced: ['after.left', 'after.replaced'],
  removed: ['after.removed', 'after.removed.text'],
};

/**
 * `<b-after>`: that it is over, and what is left in this browser. Set `end`, and `hasHome` for whoever came from their own
 * meetings, `canReturn` for whoever made this one; holds `receipt` and `receiptCode`; says `return`, `home` and `report`.
 */
export class After extends HTMLElement {
  receipt = /** @type {Receipt} */ (make('b-receipt'));
  receiptCode = /** @type {import('../elements/receipt/b-receipt-code.js').ReceiptCode} */ (make('b-receipt-code'));
  #title = make('h1', { tabindex: '-1' });
  #lead = make('p', { 'data-lead': true });
  #home = make('a', { href: '/', 'data-button': true, hidden: true }, icon('left'), make('span', { t: 'after.home' }));

  #comeBack = button('after.back', { icon: 'arrow', kind: 'main' });

  constructor() {
    super();
    this.#comeBack.hidden = true;
    this.#comeBack.addEventListener('click', () => this.dispatchEvent(new CustomEvent('return')));
  }

  connectedCallback() {
    if (this.childElementCount > 0) return;
    // In this page: what is only in memory is still there then.
    this.#home.addEventListener('click', (event) => {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent('home'));
    });
    const report = button('after.report', { icon: 'warning' });
    report.setAttribute('aria-haspopup', 'dialog');
    report.addEventListener('click', () => this.dispatchEvent(new CustomEvent('report')));
    const parts = [this.#title, this.#lead, this.#comeBack, this.#home, this.receipt, this.receiptCode, report];
    this.append(make('main', { id: 'content', tabindex: '-1', label: 'after' }, ...parts));
  }

  get heading() {
    return this.#title;
  }

  /** @param {boolean} hasHome */
  set hasHome(hasHome) {
    this.#home.hidden = !hasHome;
  }

  /** After `end`: this page still has what opens the meeting. @param {boolean} canReturn */
  set canReturn(canReturn) {
    this.#comeBack.hidden = !canReturn;
    if (canReturn) say(this.#lead, 'after.return.made');
  }

  /** @param {End} end */
  set end(end) {
    const [title, lead] = texts[end];
    say(this.#title, title);
    say(this.#lead, lead);
  }
}

define('b-after', After);
