import { button, define, make, say } from '../dom.js';

/** @typedef {import('../../state/moderation.js').LeadAct} LeadAct */

/** Every act with its picture and its words; where it can be taken back, with those for that. @type {readonly (readonly [LeadAct, string, string, string?])[]} */
const acts = [
  ['mute', 'mic-off', 'person.mute'],
  ['ask', 'mic', 'person.ask'],
  ['stopVideo', 'camera-off', 'person.stopVideo'],
  ['lower', 'hand-down', 'person.lower'],
  ['spotlight', 'spotlight', 'person.spotlight.1', 'person.spotlight.2'],
  ['cohost', 'host', 'person.cohost.1', 'person.cohost.2'],
];

/**
 * `<b-lead>`: what somebody who leads does about a person, for everybody to notice. Keep it right with `show`; says the act by
 * its name, bubbling. There is none that switches anything on.
 */
export class Lead extends HTMLElement {
  #buttons = new Map(acts.map(([act, picture, words]) => [act, this.#button(act, picture, words)]));

  connectedCallback() {
    if (this.childElementCount === 0) this.append(make('div', { 'data-ways': true }, ...this.#buttons.values()));
  }

  /** @param {ReadonlySet<LeadAct>} possible @param {ReadonlySet<LeadAct>} done those that are taken back now */
  show(possible, done) {
    this.hidden = possible.size === 0;
    for (const [act, , words, back] of acts) {
      const element = this.#buttons.get(act);
      if (!element) continue;
      element.hidden = !possible.has(act);
      if (element.lastElementChild) say(element.lastElementChild, back && done.has(act) ? back : words);
    }
  }

  /** @param {LeadAct} act @param {string} picture @param {string} words */
  #button(act, picture, words) {
    const element = button(words, { icon: picture });
    element.addEventListener('keydown', (press) => press.repeat && press.preventDefault());
    element.addEventListener('click', (click) => {
      // The next act may stand where this one was: whoever clicks twice meant one.
      if (click.detail < 2) this.dispatchEvent(new CustomEvent(act, { bubbles: true }));
    });
    return element;
  }
}

define('b-lead', Lead);
