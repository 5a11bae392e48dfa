import { freshID, make, say } from '../dom.js';

/** @typedef {import('../../state/account.js').AccountAct} AccountAct */
/** @typedef {import('../../state/account.js').Trouble} Trouble */
/** @typedef {import('./field.js').Submit} Submit */

/**
 * What every part of an account's page has: a heading, what went wrong last, and acts that the page carries out. A subclass
 * names its heading and calls `fill`. Says `act` (detail: the act, the button it came from, and how to say that it is being done), bubbling.
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

  /** @param {AccountAct} act @param {HTMLElement | Submit} from the button that was pressed */
  tell(act, from) {
    const button = from instanceof HTMLElement ? from : from.button;
    if (button.hasAttribute('data-busy')) return;
    const busy = (/** @type {boolean} */ isBusy) => {
      if (!(from instanceof HTMLElement)) from.isBusy = isBusy;
      else mark(from, isBusy);
    };
    this.dispatchEvent(new CustomEvent('act', { bubbles: true, detail: { act, button, busy } }));
  }
}

/** @param {HTMLElement} button @param {boolean} isBusy */
function mark(button, isBusy) {
  button.toggleAttribute('data-busy', isBusy);
  if (isBusy) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}
