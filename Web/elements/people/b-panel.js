import { button, freshID, make, say } from '../dom.js';

/**
 * What both panels have: a heading that takes the focus, a way to close, Escape. Not modal: the meeting goes on beside
 * it. A subclass names its heading and calls `fill`. Says `close`.
 */
export class Panel extends HTMLElement {
  #title = make('h2', { id: freshID(), tabindex: '-1' });
  #section = make('section', { 'aria-labelledby': this.#title.id });

  /** @param {string} heading key of the heading, which is also the panel's name */
  constructor(heading) {
    super();
    say(this.#title, heading);
    const close = button('page.close', { icon: 'close', kind: 'quiet' });
    close.addEventListener('click', () => this.#close());
    this.#section.append(make('div', { 'data-head': true }, this.#title, close));
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      this.#close();
    });
  }

  get heading() {
    return this.#title;
  }

  /** @param {...Node} content */
  fill(...content) {
    this.#section.append(make('div', { 'data-body': true }, ...content));
  }

  connectedCallback() {
    if (this.childElementCount === 0) this.append(this.#section);
  }

  #close() {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
