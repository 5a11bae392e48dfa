import { noRound, outside } from '../../state/round.js';
import { isService } from '../../state/services.js';
import { button, define, forbid, freshID, make, say } from '../dom.js';
import './b-pictures.js';

/** @typedef {import('../../state/round.js').Round} Round */
/** @typedef {import('../../state/people.js').Person} Person */

/**
 * `<b-compare>`: comparing pictures with the others, step by step. Set `round`, `people` and `mayStart`; says `compare` and
 * `answer` (detail: are they the same). The focus stays here when a button goes.
 */
export class Compare extends HTMLElement {
  #title = make('h3', { id: freshID(), tabindex: '-1', t: 'keys.compare.title' });
  #why = make('p', { t: 'keys.why' });
  #state = make('p');
  #progress = make('progress', { label: 'keys.progress' });
  #pictures = /** @type {import('./b-pictures.js').Pictures} */ (make('b-pictures'));
  #some = make('p', { 'data-hint': true, t: 'keys.some' });
  #same = button('keys.same', { icon: 'check' });
  #differ = button('keys.differ', { icon: 'close' });
  #answers = make('div', { 'data-acts': true }, this.#same, this.#differ);
  #start = button('keys.compare', { icon: 'people', kind: 'main' });
  #result = make('p', { 'data-result': true });
  #section = make('section', { 'aria-labelledby': this.#title.id });
  /** @type {Round} */
  #round = noRound;
  /** @type {readonly Person[]} */
  #people = [];
  #mayStart = false;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#start.addEventListener('click', () => {
      if (this.#start.getAttribute('aria-disabled') !== 'true') this.dispatchEvent(new CustomEvent('compare'));
    });
    this.#same.addEventListener('click', () => this.#answer(true));
    this.#differ.addEventListener('click', () => this.#answer(false));
    this.#section.append(
      this.#title,
      this.#why,
      this.#state,
      this.#progress,
      this.#pictures,
      this.#some,
      this.#answers,
      this.#result,
      this.#start,
    );
    this.append(this.#section);
    this.#show();
  }

  get heading() {
    return this.#title;
  }

  /** @param {Round} round */
  set round(round) {
    this.#round = round;
    this.#show();
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    this.#people = people.filter((person) => !isService(person)); // nobody reads a code to a machine
    this.#show();
  }

  /** Who may set the rules of the meeting may begin. @param {boolean} mayStart */
  set mayStart(mayStart) {
    this.#mayStart = mayStart;
    this.#show();
  }

  /** @param {boolean} isEqual */
  #answer(isEqual) {
    this.dispatchEvent(new CustomEvent('answer', { detail: isEqual }));
  }

  #show() {
    const { phase, pictures, isEqual } = this.#round;
    const focused = this.#section.contains(document.activeElement) ? document.activeElement : null;
    const isShown = phase === 'shown';
    // Once pictures are there, they are what counts.
    this.#why.hidden = isShown || phase === 'collecting';
    say(this.#state, this.#sentence());
    this.#state.toggleAttribute('data-care', phase === 'failed');
    this.#progress.hidden = phase !== 'collecting';
    this.#pictures.hidden = !isShown;
    this.#pictures.pictures = pictures;
    this.#some.hidden = outside(this.#round, this.#people).length === 0;
    this.#answers.hidden = !isShown;
    this.#same.setAttribute('aria-pressed', String(isEqual === true));
    this.#differ.setAttribute('aria-pressed', String(isEqual === false));
    this.#result.hidden = !isShown || isEqual === null;
    this.#result.dataset['result'] = isEqual === true ? 'same' : 'differ';
    say(this.#result, isEqual === true ? 'keys.same.done' : 'keys.differ.done');
    this.#start.hidden = !this.#mayStart || phase === 'collecting';
    this.#start.dataset['kind'] = isShown ? 'quiet' : 'main';
    forbid(this.#start, this.#isAlone ? 'keys.alone' : null);
    if (focused && !focused.checkVisibility()) this.#title.focus();
  }

  get #isAlone() {
    return this.#people.length < 2;
  }

  #sentence() {
    switch (this.#round.phase) {
      case 'none':
        if (this.#isAlone) return 'keys.alone';
        return this.#mayStart ? 'keys.start.host' : 'keys.start.guest';
      case 'collecting':
        return 'keys.collecting';
      case 'shown':
        return 'keys.shown';
      case 'failed':
        return this.#mayStart ? 'keys.failed.host' : 'keys.failed.guest';
    }
  }
}

define('b-compare', Compare);
