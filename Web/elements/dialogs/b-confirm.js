import { Dialog } from '../b-dialog.js';
import { button, define, freshID, make, say } from '../dom.js';

/** @typedef {import('../../state/notices.js').Args} Args */

/**
 * @typedef {object} Question
 * @property {string} text key of the question
 * @property {string} hint key of what will follow from it
 * @property {Args} args of both
 * @property {string} act key of the button: the act by its own name
 * @property {'main' | 'danger'} kind
 */

/** `<b-confirm>`: a question before an act that somebody else feels. The focus is on Cancel. */
export class Confirm extends Dialog {
  #hint = make('p', { id: freshID() });
  #word = make('span');
  #go = make('button', { type: 'button' }, this.#word);
  #cancel = button('confirm.cancel');
  /** @type {(() => void) | null} */
  #act = null;

  constructor() {
    super('page.name');
    this.layer.setAttribute('role', 'alertdialog');
    this.layer.setAttribute('aria-describedby', this.#hint.id);
    this.#cancel.addEventListener('click', () => this.close());
    this.#go.addEventListener('click', () => {
      const act = this.#act;
      this.close();
      act?.();
    });
    this.addEventListener('close', () => {
      if (!this.isOpen) this.#act = null;
    });
    this.fill(this.#hint, make('div', { 'data-acts': true }, this.#cancel, this.#go));
  }

  /** @param {Question} question @param {() => void} act done after a yes, and only then */
  ask({ text, hint, args, act: word, kind }, act) {
    this.rename(text, args);
    say(this.#hint, hint, args);
    say(this.#word, word, args);
    this.#go.dataset['kind'] = kind;
    this.#act = act;
    this.open();
    this.#cancel.focus();
  }
}

define('b-confirm', Confirm);
