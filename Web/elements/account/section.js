import { freshID, make, say } from '../dom.js';

/** @typedef {import('../../state/account.js').AccountAct} AccountAct */
/** @typedef {import('../../state/account.js').Trouble} Trouble */

/**
 * What every part of an account's page has: a heading, what went wrong last, and acts that the page carries out. A subclass
 * names its heading and calls `fill`. Says `act` (detail: the act and the button it came from), bubbling.
 */
export class Section extends HTMLElement {
  #title = make('h2', { id: freshID(), tabindex: '-1' });
  #error = make('p', { 'data-error': true, hidden: true });
  #section = make('section', { 'aria-labelledby': this.#title.id });

  /** @param {string} heading key of the heading, which is also the section's name */
  constructor(heading) {
    super();
    say(this.#title, heading);
    this.#section.append(this.#title, this.#error);
  }

  connectedCallback() {
    this.append(this.#section);
  }

  get heading() {
    return this.#title;
  }

  /** @param {...Node} content */
  fill(...content) {
    this.#section.append(...content);
  }

  /** Says what went wrong; null: nothing any more. A subclass with fields says it beside them. @param {Trouble | null} trouble */
  complain(trouble) {
    this.#error.hidden = trouble === null;
    if (trouble !== null) say(this.#error, trouble.text, trouble.args);
  }

  /** @param {AccountAct} act @param {HTMLElement} from the button that was pressed */
  tell(act, from) {
    if (from.hasAttribute('data-busy')) return;
    this.dispatchEvent(new CustomEvent('act', { bubbles: true, detail: { act, from } }));
  }
}
