import { button, define, freshID, make, say } from '../dom.js';
import { Rows } from '../people/rows.js';
import './b-plan.js';
import { sayTrouble } from './trouble.js';

/** @typedef {import('./b-plan.js').PlanItem} PlanItem */
/** @typedef {import('./b-plan.js').PlanView} PlanView */

/**
 * `<b-plans>`: what one has planned, the next one first. Set `plans` (null: they are on their way), and `trouble` where they did
 * not come. Says `open`, `invite` and `remove` (detail: the plan) and `again`.
 */
export class Plans extends HTMLElement {
  #title = make('h2', { id: freshID(), tabindex: '-1', t: 'home.list' });
  #state = make('p', { t: 'home.list.loading' });
  #trouble = make('p', { 'data-error': true, hidden: true });
  #again = button('home.list.again', { icon: 'again' });
  #list = make('ul', { 'aria-labelledby': this.#title.id, hidden: true });
  /** @type {Rows<PlanItem>} */
  #rows = new Rows(this.#list, () => {
    const item = /** @type {PlanItem} */ (make('b-plan'));
    return { row: make('li', { tabindex: '-1' }, item), item };
  }, () => this.#title);
  /** @type {readonly PlanView[] | null} */
  #plans = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#again.hidden = true;
    this.#again.addEventListener('click', () => this.dispatchEvent(new CustomEvent('again')));
    const parts = [this.#title, this.#state, this.#trouble, this.#again, this.#list];
    this.append(make('section', { 'aria-labelledby': this.#title.id }, ...parts));
  }

  /** @param {readonly PlanView[] | null} plans */
  set plans(plans) {
    this.#plans = plans;
    for (const one of [this.#trouble, this.#again]) one.hidden = true;
    this.refresh();
  }

  /** @param {import('./trouble.js').Mishap} mishap */
  set trouble(mishap) {
    sayTrouble(this.#trouble, mishap);
    this.#state.hidden = true;
    for (const one of [this.#trouble, this.#again]) one.hidden = false;
  }

  refresh() {
    const plans = new Map(this.#plans?.map((plan) => [plan.id, plan]));
    this.#rows.show([...plans.keys()], (item, id) => item.plan = /** @type {PlanView} */ (plans.get(id)));
    this.#list.hidden = plans.size === 0;
    if (!this.#again.hidden) return;
    this.#state.hidden = plans.size > 0;
    say(this.#state, this.#plans === null ? 'home.list.loading' : 'home.list.empty');
  }
}

define('b-plans', Plans);
