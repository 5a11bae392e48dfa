import { Dialog } from '../b-dialog.js';
import { define, make, say } from '../dom.js';
import { copyField } from '../invite/b-copy.js';
import { when } from './when.js';

/**
 * `<b-one-time>`: a one-time link, shown this once and forgotten when the dialog closes. Open it with `show`; says `said` (detail: key
 * of the words), bubbling.
 */
export class OneTime extends Dialog {
  #lead = make('p');
  #until = make('p', { 'data-hint': true });
  #link = copyField(
    { label: 'account.once.link', act: 'invite.copyLink', done: 'invite.copied', failed: 'invite.notCopied' },
    { isMain: true },
  );

  constructor() {
    super('account.once');
    // It is seen only now, so nobody loses it by a click beside it.
    this.layer.setAttribute('closedby', 'closerequest');
    this.#link.addEventListener('told', (event) => {
      const { text } = /** @type {CustomEvent} */ (event).detail;
      this.dispatchEvent(new CustomEvent('said', { bubbles: true, detail: text }));
    });
    this.addEventListener('close', () => this.#link.value = '');
    this.fill(this.#lead, this.#link, this.#until);
  }

  /** @param {'invited' | 'renew'} kind @param {string} link @param {number} expires seconds of Unix time */
  show(kind, link, expires) {
    say(this.#lead, kind === 'invited' ? 'account.once.invited' : 'account.once.renew');
    this.#until.replaceChildren(
      make('span', { t: 'account.links.until' }),
      ' ',
      when(expires),
      '. ',
      make('span', { t: 'account.once.hint' }),
    );
    this.#link.value = link;
    this.open();
  }
}

define('b-one-time', OneTime);
