import { shownReceipt } from '../../state/receipt.js';
import '../account/b-qr.js';
import { define, make } from '../dom.js';
import { copyField } from '../invite/b-copy.js';

/**
 * `<b-receipt-code>`: a guest's receipt code to read, copy and photograph, behind a line of its own: most people never need it.
 * Set `code`; null: there is none to show. Says `told` (detail: key of what came of copying), bubbling.
 */
export class ReceiptCode extends HTMLElement {
  #field = copyField({
    label: 'after.code',
    act: 'after.code.copy',
    done: 'after.code.copied',
    failed: 'after.code.notCopied',
  });
  #picture = /** @type {import('../account/b-qr.js').QR} */ (make('b-qr'));

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#picture.name = 'after.code.picture';
    // In a tab of its own: the code is in the memory of this one.
    const search = make('a', { href: '/mine', target: '_blank', rel: 'noopener', t: 'mine.open' });
    this.append(make(
      'details',
      {},
      make('summary', { t: 'after.code.more' }),
      make('p', { t: 'after.code.what' }),
      this.#field,
      this.#picture,
      make('p', {}, search),
    ));
  }

  /** @param {string | null} code */
  set code(code) {
    this.hidden = code === null;
    const shown = code === null ? '' : shownReceipt(code);
    this.#field.value = shown;
    this.#picture.text = code === null ? null : shown;
  }
}

define('b-receipt-code', ReceiptCode);
