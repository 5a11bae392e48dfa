import { button, freshID, make, say } from './dom.js';

/**
 * What every dialog has: a heading that gets the focus, a way to close, Escape, and the focus back where it came from
 * (the platform's `<dialog>` does the last two). A subclass names its heading and calls `fill`; `open()` shows it. One that
 * wants an answer is closed by an answer alone. Says `open` and `close`, both bubble, so that the page can move its
 * announcer into what is on top.
 */
export class Dialog extends HTMLElement {
  #title = make('h2', { id: freshID(), tabindex: '-1' });
  #dialog = make('dialog', { 'aria-labelledby': this.#title.id });

  #body = make('div', { 'data-body': true });

  /** @param {string} heading key of the heading, which is also the dialog's name @param {{ wantsAnswer?: boolean }} [how] */
  constructor(heading, { wantsAnswer = false } = {}) {
    super();
    say(this.#title, heading);
    this.#dialog.setAttribute('closedby', wantsAnswer ? 'none' : 'any');
    this.#dialog.append(make('div', { 'data-head': true }, this.#title), this.#body);
    if (wantsAnswer) this.#dialog.addEventListener('cancel', (event) => event.preventDefault());
    else {
      const close = button('page.close', { icon: 'close', kind: 'quiet' });
      close.addEventListener('click', () => this.close());
      this.#title.after(close);
    }
    this.#dialog.addEventListener('close', () => this.dispatchEvent(new CustomEvent('close', { bubbles: true })));
  }

  get heading() {
    return this.#title;
  }

  /** Another heading, for a dialog about somebody. @param {string} heading @param {import('./dom.js').Args} args */
  rename(heading, args) {
    say(this.#title, heading, args);
  }

  /** @param {...Node} content */
  fill(...content) {
    this.#body.append(...content);
  }

  connectedCallback() {
    this.append(this.#dialog);
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** The element that is modal: what must be heard while it is open has to be inside. */
  get layer() {
    return this.#dialog;
  }

  open() {
    if (this.#dialog.open) return;
    this.#dialog.showModal();
    this.#title.focus();
    this.dispatchEvent(new CustomEvent('open', { bubbles: true }));
  }

  close() {
    this.#dialog.close();
  }
}
