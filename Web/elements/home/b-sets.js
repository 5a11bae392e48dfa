import { define, freshID, make, say } from '../dom.js';

/** `<b-sets>`: every setting of the meeting in words, before anything is made. Set `lines`. */
export class Sets extends HTMLElement {
  #title = make('h2', { id: freshID(), t: 'home.sets' });
  #list = make('ul', { 'data-sets': true });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.append(make('section', { 'aria-labelledby': this.#title.id }, this.#title, this.#list));
  }

  /** @param {readonly import('../../state/audience.js').Words[]} lines */
  set lines(lines) {
    this.#list.replaceChildren(...lines.map(({ text, args }) => {
      const line = make('li');
      say(line, text, args);
      return line;
    }));
  }
}

define('b-sets', Sets);
