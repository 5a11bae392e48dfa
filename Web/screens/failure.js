import { button, define, freshID, icon, make, say } from '../elements/dom.js';
import { failurePlan } from '../state/failures.js';
import { readNote } from '../state/waiting.js';

/** @typedef {import('../state/failures.js').FailureAct} FailureAct */

/** @type {Record<Exclude<FailureAct, 'none' | 'details'>, readonly [string, string]>} */
const acts = {
  copy: ['notice.copy', 'copy'],
  retry: ['notice.retry', 'again'],
};

/**
 * `<b-failure>`: one sentence and one next step, where there cannot be a meeting. Set `failure`; says `act` (detail:
 * which).
 */
export class FailureScreen extends HTMLElement {
  #title = make('h1', { tabindex: '-1' });
  #words = make('p', { 'data-lead': true });
  #main = make('main', { id: 'content', tabindex: '-1', 'aria-labelledby': 'failure-title' });

  connectedCallback() {
    this.#title.id = 'failure-title';
    this.#main.prepend(make('div', { 'data-picture': true }, icon('warning')), this.#title, this.#words);
    this.append(this.#main);
  }

  get heading() {
    return this.#title;
  }

  /** @param {{ id: string, args: import('../state/notices.js').Args, detail?: string | undefined, note?: string | undefined }} failure */
  set failure({ id, args, detail, note }) {
    const plan = failurePlan(id);
    say(this.#title, plan.title);
    say(this.#words, id, args);
    const words = readNote(note ?? null);
    if (words !== null) this.#main.append(this.#message(words));
    if (plan.act === 'none') return;
    if (plan.act === 'details') {
      if (detail) {
        this.#main.append(make('details', {}, make('summary', { t: 'notice.details' }), make('p', {}, detail)));
      }
      return;
    }
    const act = plan.act;
    const [name, picture] = acts[act];
    const element = button(name, { icon: picture, kind: 'main' });
    element.addEventListener('click', () => this.dispatchEvent(new CustomEvent('act', { detail: act })));
    this.#main.append(element);
  }

  /** What a host wrote, as somebody else's words. @param {string} words */
  #message(words) {
    const title = make('h2', { id: freshID(), t: 'wait.message' });
    return make('section', { 'data-message': true, 'aria-labelledby': title.id }, title, make('p', {}, words));
  }
}

define('b-failure', FailureScreen);
