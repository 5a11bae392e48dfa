import { whenOf } from '../../state/invitation.js';
import { profileTexts } from '../../state/profiles.js';
import { language } from '../../strings/translate.js';
import { button, define, make, say, sentence } from '../dom.js';

/**
 * @typedef {object} PlanView
 * @property {string} id
 * @property {string} title empty: it has none, or nobody here can read it
 * @property {number} start Unix seconds
 * @property {number} minutes
 * @property {import('../../state/profiles.js').ProfileName} profile
 * @property {'device' | 'tab' | 'none'} lasting whether this browser can open it, and for how long
 */

/** How a planned meeting is called: by its topic, or by its kind and day. @param {PlanView} plan */
export function topicOf({ title, profile, start, minutes }) {
  if (title !== '') return title;
  const { date, from } = whenOf({ start, minutes }, language(), zone());
  return sentence('home.untitled', { kind: { word: profileTexts[profile][0] }, date, from });
}

/** What is said about a meeting that this browser does not keep. @type {Readonly<Record<PlanView['lasting'], string | null>>} */
const notes = { device: null, tab: 'home.tabOnly', none: 'home.elsewhere' };

function zone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `<b-plan>`: a planned meeting. Set `plan`; says `open`, `invite` and `remove` (detail: the plan), bubbling. */
export class PlanItem extends HTMLElement {
  #topic = make('h3', { dir: 'auto' });
  #when = make('p');
  #kind = make('p', { 'data-hint': true });
  #note = make('p', { 'data-note': true, hidden: true });
  // It leads into the meeting as a link does, but what opens it is in memory: there is no address to copy or to open beside this.
  #open = button('home.open.short', { icon: 'arrow' });
  #invite = button('home.invite.short', { icon: 'invite' });
  #remove = button('home.delete.short', { icon: 'bin', kind: 'quiet' });
  /** @type {PlanView | null} */
  #plan = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#open.setAttribute('role', 'link');
    /** @type {readonly (readonly [HTMLElement, string])[]} */
    const acts = [[this.#open, 'open'], [this.#invite, 'invite'], [this.#remove, 'remove']];
    for (const [control, name] of acts) {
      control.addEventListener('click', () => {
        this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: this.#plan }));
      });
    }
    const words = make('div', { 'data-what': true }, this.#topic, this.#when, this.#kind, this.#note);
    this.append(words, make('div', { 'data-acts': true }, this.#open, this.#invite, this.#remove));
  }

  /** @param {PlanView} plan */
  set plan(plan) {
    this.#plan = plan;
    const topic = topicOf(plan);
    this.#topic.textContent = topic;
    const { date, from, to } = whenOf(plan, language(), zone());
    say(this.#when, 'home.plan.when', { date, from, to });
    say(this.#kind, profileTexts[plan.profile][0]);
    for (const control of [this.#open, this.#invite]) control.hidden = plan.lasting === 'none';
    const note = notes[plan.lasting];
    this.#note.hidden = note === null;
    if (note !== null) say(this.#note, note);
    say(this.#open, 'home.open', { topic }, 'aria-label');
    say(this.#invite, 'home.invite', { topic }, 'aria-label');
    say(this.#remove, 'home.delete', { topic }, 'aria-label');
  }
}

define('b-plan', PlanItem);
