import { Dialog } from '../b-dialog.js';
import { button, define, freshID, make, say } from '../dom.js';

/**
 * `<b-invite>`: the link, the only place that shows it: Promise P-011. Set `link` when it opens; it is forgotten when
 * it closes. Set `mayRenew` for those who may make all links worthless. Says `copied`, `renew`, and `notCopied` and `changed`
 * (detail: key of the words).
 */
export class Invite extends Dialog {
  #field = make('input', { id: freshID(), type: 'text', readonly: true, spellcheck: 'false', autocomplete: 'off' });
  #result = make('p', { 'data-hint': true });
  #renew = button('invite.renew', { icon: 'again' });
  #renewal = make('div', { 'data-ways': true, hidden: true }, this.#renew);

  constructor() {
    super('invite');
    const copy = button('invite.copyLink', { icon: 'copy', kind: 'main' });
    copy.addEventListener('click', () => this.#copy());
    this.#renew.addEventListener('click', () => {
      this.close();
      this.dispatchEvent(new CustomEvent('renew'));
    });
    this.#renewal.append(make('p', { 'data-hint': true, t: 'invite.renew.why' }));
    this.#field.addEventListener('focus', () => this.#field.select());
    this.addEventListener('close', () => {
      this.#field.value = '';
      this.#result.textContent = '';
    });
    this.fill(
      make('p', { t: 'invite.text' }),
      make(
        'div',
        { 'data-field': true },
        make('label', { for: this.#field.id, t: 'invite.link' }),
        make('div', { 'data-row': true }, this.#field, copy),
      ),
      this.#result,
      this.#renewal,
    );
  }

  /** @param {boolean} mayRenew */
  set mayRenew(mayRenew) {
    this.#renewal.hidden = !mayRenew;
  }

  /** Whoever copied another one has the wrong one, and reads that. @param {string} link */
  set link(link) {
    const shown = this.#field.value;
    this.#field.value = link;
    if (shown !== '' && link !== '' && link !== shown) this.#tell('changed', 'invite.changed');
  }

  async #copy() {
    // The link is on its way, or it is forgotten.
    if (this.#field.value === '') return this.#tell('notCopied', 'invite.notThere');
    try {
      await navigator.clipboard.writeText(this.#field.value);
      this.#tell('copied', 'invite.copied');
    } catch {
      this.#field.focus();
      this.#tell('notCopied', 'invite.notCopied');
    }
  }

  /** @param {string} event @param {string} words */
  #tell(event, words) {
    say(this.#result, words);
    this.dispatchEvent(new CustomEvent(event, { detail: words }));
  }
}

define('b-invite', Invite);
