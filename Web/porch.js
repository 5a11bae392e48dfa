import { make } from './elements/dom.js';
import { doorSentence, readNote } from './state/waiting.js';
import './screens/wait.js';

/** @typedef {import('./state/waiting.js').Door} Door */

/** Milliseconds after which somebody who is not let in at once sees where they are, and can leave. */
const patience = 5000;

/** Before the door: the waiting room, when it is shown, and what is said of it. */
export class Porch {
  screen = /** @type {import('./screens/wait.js').Wait} */ (make('b-wait'));
  #page;
  /** Said last, so that only what changes is said again. @type {Door | null} */
  #door = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import('./page.js').Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** Of the person, for the own picture, and as the others will see it unless the person says otherwise. @param {string} name */
  set name(name) {
    this.screen.preview.name = name;
    this.screen.shown = name;
  }

  /** Whoever is let in at once never sees the waiting room; whoever was inside sees it at once. @param {Door} door @param {boolean} wasInside */
  at(door, wasInside) {
    const before = this.#door;
    this.#door = door;
    this.screen.door = door;
    const isShown = this.#page.screen === this.screen;
    if (!isShown && door.state !== 'waiting' && !wasInside) {
      this.#timer ??= setTimeout(() => this.#show(), patience);
      return;
    }
    if (!isShown) this.#show();
    else this.#tell(door, before);
  }

  /** In, or turned away. */
  leave() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#door = null;
  }

  #show() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#page.closeDialogs();
    this.#page.show(this.screen);
    if (this.#door) this.#tell(this.#door, null);
  }

  /** @param {Door} door @param {Door | null} before what was said */
  #tell(door, before) {
    const { announcer } = this.#page;
    if (before === null && door.why === 'sentBack') announcer.urgent('err.back');
    if (before === null && door.why === 'lost') announcer.urgent('wait.lost');
    const sentence = doorSentence(door);
    if (before === null || sentence !== doorSentence(before)) announcer.polite(sentence);
    const words = door.words?.list.join(', ');
    if (door.words && words && door.state === 'waiting' && words !== before?.words?.list.join(', ')) {
      announcer.polite('wait.code.said');
      announcer.foreign(words, door.words.lang);
    }
    const note = readNote(door.note);
    if (note !== null && note !== readNote(before?.note ?? null)) announcer.polite('wait.message.said', { note });
  }
}
