import { readTopic } from '../../state/invitation.js';
import { linesOf, offered, profiles, stricter } from '../../state/profiles.js';
import { draftLines, given, objectionTo } from '../../state/safety.js';
import { button, define, forbid, freshID, make, say } from '../dom.js';
import '../invite/b-safety.js';
import './b-kind.js';
import './b-sets.js';
import './b-stricter.js';
import './b-when.js';
import { sayTrouble } from './trouble.js';

/** @typedef {import('../../state/profiles.js').ProfileName} ProfileName */
/** @typedef {import('../../state/safety.js').Measure} Measure */

/** Measures that not every kind has by itself, and what gives it. @type {Readonly<Partial<Record<Measure, import('../../state/profiles.js').Option>>>} */
const givers = { lock: 'locks', invitedOnly: 'ownLinks' };

/**
 * `<b-new>`: a new meeting: of which kind, what that sets, and whether it begins now. Set `profile` (chosen at first),
 * `required` (safety measures that the organisation wants) and `busy`; `complain` says what went wrong. Says `start` (detail: profile, options, title) and `plan` (detail: the same, with start, minutes and onDevice).
 */
export class NewMeeting extends HTMLElement {
  #kind = /** @type {import('./b-kind.js').Kind} */ (make('b-kind'));
  #stricter = /** @type {import('./b-stricter.js').Stricter} */ (make('b-stricter'));
  #sets = /** @type {import('./b-sets.js').Sets} */ (make('b-sets'));
  #safety = /** @type {import('../invite/b-safety.js').SafetyList} */ (make('b-safety', { hidden: true }));
  /** @type {readonly Measure[]} */
  #required = [];
  #when = /** @type {import('./b-when.js').When} */ (make('b-when', { id: freshID(), hidden: true }));
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'home.topic.hint' });
  #topic = make('input', {
    id: freshID(),
    type: 'text',
    maxlength: 120,
    autocomplete: 'off',
    'aria-describedby': this.#hint.id,
  });
  #error = make('p', { 'data-error': true, hidden: true });
  #word = make('span', { t: 'home.start' });
  #start = button('home.start', { icon: 'arrow', kind: 'main' });
  #schedule = button('home.schedule', { icon: 'calendar' });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#start.lastElementChild?.replaceWith(this.#word);
    this.#schedule.setAttribute('aria-expanded', 'false');
    this.#schedule.setAttribute('aria-controls', this.#when.id);
    this.addEventListener('kind', () => this.#chosen());
    this.addEventListener('stricter', () => this.#show());
    this.#start.addEventListener('click', () => this.#tell('start', {}));
    this.#schedule.addEventListener('click', () => this.#toggle());
    this.#when.addEventListener('save', (event) => this.#tell('plan', /** @type {CustomEvent} */ (event).detail));
    const label = make('label', { for: this.#topic.id, t: 'home.topic' });
    const topic = make('div', { 'data-field': true }, label, this.#topic, this.#hint);
    const acts = make('div', { 'data-acts': true }, this.#start, this.#schedule);
    this.append(
      this.#kind,
      make('div', { 'data-choices': true }, topic, this.#stricter, this.#safety),
      this.#sets,
      make('div', { 'data-go': true }, acts, this.#error, this.#when),
    );
    this.#chosen();
  }

  /** @param {ProfileName} name */
  set profile(name) {
    this.#kind.value = name;
    this.#chosen();
  }

  /** @param {readonly Measure[]} required */
  set required(required) {
    this.#required = required;
    this.#stricter.required = required.flatMap((measure) => givers[measure] ?? []);
    this.#show();
  }

  /** What is being made; null: nothing. @param {'start' | 'plan' | null} what */
  set busy(what) {
    say(this.#word, what === 'start' ? 'home.starting' : 'home.start');
    this.#start.toggleAttribute('data-busy', what !== null);
    if (what === null) forbid(this.#start, null);
    else this.#start.setAttribute('aria-disabled', 'true');
    this.#when.busy = what !== null;
  }

  /** @param {import('./trouble.js').Mishap | null} mishap */
  complain(mishap) {
    this.#error.hidden = mishap === null;
    if (mishap !== null) sayTrouble(this.#error, mishap);
  }

  /** Something was planned: the next one is another. */
  clear() {
    this.#topic.value = '';
    if (!this.#when.hidden) this.#toggle();
  }

  refresh() {
    this.#when.refresh();
  }

  #toggle() {
    this.#when.hidden = !this.#when.hidden;
    this.#schedule.setAttribute('aria-expanded', String(!this.#when.hidden));
    if (!this.#when.hidden) this.#when.open();
  }

  /** Another kind begins with what is suggested for it. */
  #chosen() {
    const profile = profiles[this.#kind.value];
    this.#stricter.offered = offered(profile);
    this.#stricter.chosen = profile.suggested;
    this.#show();
  }

  #show() {
    this.#sets.lines = linesOf(this.#settings);
    this.#safety.lines = this.#required.length > 0 ? this.#lines : null;
  }

  get #settings() {
    return stricter(profiles[this.#kind.value], new Set(this.#stricter.chosen));
  }

  /** Who is expected is written down once there is something to invite to. */
  get #lines() {
    return draftLines(given(this.#settings, null), this.#required);
  }

  /** @param {'start' | 'plan'} name @param {object} more */
  #tell(name, more) {
    if (this.#start.hasAttribute('data-busy')) return;
    const objection = objectionTo(this.#lines); // what begins now is planned as well
    this.complain(objection);
    if (objection) return;
    const wish = { profile: this.#kind.value, options: this.#stricter.chosen, title: readTopic(this.#topic.value) };
    this.dispatchEvent(new CustomEvent(name, { detail: { ...wish, ...more } }));
  }
}

define('b-new', NewMeeting);
