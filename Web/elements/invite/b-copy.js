import { button, define, freshID, hush, make, say } from '../dom.js';

/**
 * @typedef {object} CopyWords keys of texts
 * @property {string} label
 * @property {string} act
 * @property {string} done
 * @property {string} failed
 * @property {string} [empty] what is to be copied is not there yet
 * @property {string} [hint]
 */

/**
 * `<b-copy>`: something secret that is shown in order to be copied. Make it with `copyField`, set `value` (as it is copied) and
 * perhaps `shown`; says `told` (detail: key of what came of it), bubbling.
 */
export class Copy extends HTMLElement {
  #field = make('input', { id: freshID(), type: 'text', readonly: true, spellcheck: 'false', autocomplete: 'off' });
  #result = make('p', { 'data-hint': true });
  #value = '';
  #shown = '';
  /** @type {import('../../state/audience.js').Words | null} */
  #refusal = null;
  /** @type {CopyWords} */
  #words = { label: '', act: '', done: '', failed: '' };

  /** Once, before it is shown. @param {CopyWords} words @param {boolean} isMain */
  build(words, isMain) {
    this.#words = words;
    const copy = button(words.act, isMain ? { icon: 'copy', kind: 'main' } : { icon: 'copy' });
    copy.addEventListener('click', () => this.#copy());
    this.#field.addEventListener('focus', () => this.#field.select());
    const label = make('label', { for: this.#field.id, t: words.label });
    const hint = words.hint === undefined ? null : make('p', { id: freshID(), 'data-hint': true, t: words.hint });
    if (hint) this.#field.setAttribute('aria-describedby', hint.id);
    const row = make('div', { 'data-row': true }, this.#field, copy);
    this.append(make('div', { 'data-field': true }, label, row, hint), this.#result);
  }

  get value() {
    return this.#value;
  }

  /** @param {string} value */
  set value(value) {
    this.#value = value;
    this.shown = value;
    if (value === '') hush(this.#result);
  }

  /** For people to read, where that is not quite what is copied. @param {string} text */
  set shown(text) {
    this.#shown = text;
    this.#field.value = this.#refusal ? '' : text;
  }

  /** Why it is not to be had now: then it is not in sight either. @param {import('../../state/audience.js').Words | null} refusal */
  set refusal(refusal) {
    if (this.#refusal && !refusal) hush(this.#result);
    this.#refusal = refusal;
    this.shown = this.#shown;
  }

  /** Says something where the result of copying stands. @param {string} text @param {import('../dom.js').Args} [args] */
  tell(text, args = {}) {
    say(this.#result, text, args);
    this.dispatchEvent(new CustomEvent('told', { bubbles: true, detail: { text, args } }));
  }

  async #copy() {
    const { done, failed, empty } = this.#words;
    if (this.#refusal) return this.tell(this.#refusal.text, this.#refusal.args);
    // It is on its way, or it is forgotten.
    if (this.#value === '') return this.tell(empty ?? failed);
    try {
      await navigator.clipboard.writeText(this.#value);
      this.tell(done);
    } catch {
      this.#field.focus();
      this.tell(failed);
    }
  }
}

define('b-copy', Copy);

/** @param {CopyWords} words @param {{ isMain?: boolean }} [how] */
export function copyField(words, { isMain = false } = {}) {
  const field = /** @type {Copy} */ (make('b-copy'));
  field.build(words, isMain);
  return field;
}
