import { button, define, make, say } from '../dom.js';

/** @typedef {import('../../state/files.js').FileAct} FileAct */
/** @typedef {import('../../state/files.js').FileView} FileView */

/** What a button is called, and what it shows. @type {Readonly<Record<FileAct, readonly [string, string]>>} */
const texts = {
  drop: ['chat.file.drop', 'chat.file.drop.short'],
  get: ['chat.get', 'chat.get.short'],
  retract: ['chat.retract', 'chat.retract.short'],
  pause: ['chat.file.pause', 'chat.file.pause.short'],
  resume: ['chat.file.resume', 'chat.file.resume.short'],
  cancel: ['chat.file.cancel', 'chat.file.cancel.short'],
};

/**
 * `<b-file>`: a file: its name, how large it is or how far it has come, and what can be done. Set everything with `show`; says
 * `file` (detail: act and key), bubbling.
 */
export class FileItem extends HTMLElement {
  #name = make('bdi');
  #words = make('span', { 'data-words': true });
  #progress = make('progress', { max: 100, hidden: true });
  #acts = make('div', { 'data-acts': true });
  #key = '';
  #shown = '';

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.append(this.#name, this.#words, this.#progress, this.#acts);
  }

  /** @param {string} key @param {FileView} view */
  show(key, { name, words, percent, isBad, acts }) {
    this.#key = key;
    this.#name.textContent = name;
    this.#progress.hidden = percent === null;
    this.#progress.value = percent ?? 0;
    this.#progress.setAttribute('aria-label', name);
    this.toggleAttribute('data-bad', isBad);
    while (this.#words.childElementCount > words.length) this.#words.lastElementChild?.remove();
    words.forEach(({ text, args }, place) => {
      const word = this.#words.children[place] ?? this.#words.appendChild(make('span'));
      say(word, text, args);
    });
    this.#offer(acts, name);
  }

  /** A button that somebody is on stays the same one while numbers change. @param {readonly FileAct[]} acts @param {string} name */
  #offer(acts, name) {
    const wanted = JSON.stringify([acts, name]);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const hadFocus = this.#acts.contains(document.activeElement);
    this.#acts.replaceChildren(...acts.map((act) => {
      // The name stands above already; a screen reader says it with each button.
      const [words, shown] = texts[act];
      const element = button(shown, { kind: 'quiet' });
      say(element, words, { file: name }, 'aria-label');
      element.addEventListener('click', () => {
        this.dispatchEvent(new CustomEvent('file', { bubbles: true, detail: { act, key: this.#key } }));
      });
      return element;
    }));
    if (hadFocus) this.#acts.querySelector('button')?.focus();
  }
}

define('b-file', FileItem);
