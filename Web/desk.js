/**
 * @import { Accounts, LinkMaker, Made } from './made.js'
 * @import { Wish } from './making.js'
 * @import { Bundle } from './state/bundle.js'
 * @import { Measure } from './state/safety.js'
 * @import { PlanView } from './elements/home/b-plan.js'
 *
 * @typedef {object} DeskParts
 * @property {import('./page.js').Page} page
 * @property {import('./screens/home.js').Home} home
 * @property {{ readonly account: string, readonly name: string, readonly required?: readonly Measure[] }} session
 * @property {Accounts} accounts
 * @property {() => Promise<LinkMaker>} startMaker
 * @property {(address: { meeting: string, fragment: string, made: Made }) => void} go into a meeting
 *
 * A planned meeting, and what this browser can do with it.
 * @typedef {{ readonly view: PlanView, readonly made: Made | null }} Known
 */
import { make } from './elements/dom.js';
import { holdings } from './holdings.js';
import { Inviting } from './inviting.js';
import { Making } from './making.js';
import { mishapOf } from './mishap.js';
import { listPlans } from './plans.js';
import { prefer, preferences } from './storage.js';
import { language } from './strings/translate.js';
import { topicOf } from './elements/home/b-plan.js';
import './elements/dialogs/b-confirm.js';
import './elements/home/b-new.js';
import './elements/home/b-plans.js';

// Whoever closes the page or loads it again is asked first, while something would be lost by it.
addEventListener('beforeunload', (event) => {
  if (holdings.wouldLose) event.preventDefault();
});

/** What a host does on the home page: makes meetings, plans them, opens them again, invites to them. */
export class Desk {
  #parts;
  #making;
  #vault;
  #new = /** @type {import('./elements/home/b-new.js').NewMeeting} */ (make('b-new'));
  #plans = /** @type {import('./elements/home/b-plans.js').Plans} */ (make('b-plans'));
  #confirm = /** @type {import('./elements/dialogs/b-confirm.js').Confirm} */ (make('b-confirm'));
  #inviting;
  /** To whom the dialog invites. @type {Made | null} */
  #inviteTo = null;
  /** @type {Map<string, Known>} */
  #known = new Map();

  /** @param {DeskParts} parts */
  constructor(parts) {
    const { page, accounts, startMaker, session } = parts;
    this.#parts = parts;
    this.#vault = holdings.vault(session.account);
    const required = session.required ?? [];
    this.#new.required = required;
    this.#making = new Making({ accounts, startMaker, vault: this.#vault, hostName: session.name, language, required });
    this.#inviting = new Inviting(page.announcer, {
      link: () => Promise.resolve(this.#inviteTo?.link(location.origin, this.#inviteTo.guestFragment) ?? ''),
      passcode: () => this.#inviteTo?.passcode ?? null,
      isPasscodeAsked: () => this.#inviteTo?.isPasscodeAsked ?? true,
      renew: null, // that is for a meeting that runs
      expect: () => {},
    });
    this.#wire();
  }

  /** Shows what there is. */
  async open() {
    const { home } = this.#parts;
    home.desk = [this.#new, this.#plans];
    home.append(this.#confirm, this.#inviting.dialog);
    const list = this.#fetch();
    const { profile } = await preferences();
    if (profile) this.#new.profile = profile;
    await list;
  }

  #wire() {
    this.#new.addEventListener('start', (event) => void this.#start(/** @type {CustomEvent} */ (event).detail));
    this.#new.addEventListener('plan', (event) => void this.#plan(/** @type {CustomEvent} */ (event).detail));
    this.#plans.addEventListener('again', () => void this.#fetch());
    /** @param {string} name @param {(known: Known) => void} act */
    const on = (name, act) =>
      this.#plans.addEventListener(name, (event) => {
        const known = this.#known.get(/** @type {PlanView} */ (/** @type {CustomEvent} */ (event).detail).id);
        if (known) act(known);
      });
    on('open', ({ made }) => made && this.#go(made));
    on('invite', ({ made, view }) => made && void this.#invite(made, view.lasting));
    on('remove', ({ view }) => {
      const args = { topic: topicOf(view) };
      const question = { text: 'home.delete.ask', hint: 'home.delete.hint', args, act: 'home.delete' };
      this.#confirm.ask({ ...question, kind: 'danger' }, () => void this.#remove(view));
    });
  }

  /** They went on to another page while something was made for them here: there they are not disturbed. */
  get #isLeft() {
    return this.#parts.page.screen !== this.#parts.home;
  }

  /** @param {Made} made */
  #go(made) {
    this.#parts.page.closeDialogs();
    this.#parts.go({ meeting: made.when.meeting, fragment: made.hostFragment, made });
  }

  /** @param {Wish} wish */
  async #start(wish) {
    await this.#make('start', async () => {
      const made = await this.#making.start(wish);
      if (this.#isLeft) return; // it stands in the list
      this.#go(made);
      // Only where somebody said that the device is theirs.
      if (made.lasting === 'device') void prefer({ profile: wish.profile });
    });
  }

  /** @param {Wish & { start: number, minutes: number, onDevice: boolean }} detail */
  async #plan({ start, minutes, onDevice, ...wish }) {
    await this.#make('plan', async () => {
      const { made, lasting } = await this.#making.plan(wish, { start, minutes }, onDevice);
      if (lasting === 'device') void prefer({ profile: wish.profile });
      const view = viewOf(made.when.meeting, { starts: start, minutes, profile: wish.profile }, wish.title, lasting);
      this.#known.set(view.id, { view, made });
      this.#new.clear();
      this.#show();
      if (this.#isLeft) return;
      this.#parts.page.announcer.polite('home.planned', { topic: topicOf(view) });
      await this.#invite(made, lasting);
    });
  }

  /** One at a time; what went wrong stands beside the buttons. @param {'start' | 'plan'} what @param {() => Promise<void>} work */
  async #make(what, work) {
    this.#new.busy = what;
    try {
      await work();
    } catch (error) {
      const words = mishapOf(error);
      this.#new.complain(words);
      this.#parts.page.announcer.polite(words.text, words.args);
    } finally {
      this.#new.busy = null;
    }
  }

  /** @param {Made} made @param {PlanView['lasting']} lasting */
  async #invite(made, lasting) {
    this.#inviteTo = made;
    this.#inviting.made = made;
    this.#inviting.isLast = lasting !== 'device';
    await this.#inviting.open();
  }

  /** @param {PlanView} view */
  async #remove(view) {
    const { accounts, page, session } = this.#parts;
    try {
      await accounts.cancel(view.id);
      holdings.drop(session.account, view.id);
      this.#known.delete(view.id);
      this.#show();
      page.announcer.polite('home.deleted', { topic: topicOf(view) });
    } catch (error) {
      this.#complain(error);
    }
  }

  async #fetch() {
    this.#plans.plans = this.#known.size > 0 ? this.#views : null;
    const before = new Set(this.#known.keys());
    try {
      const found = await this.#list();
      // What was planned or deleted while the list was on its way is not in it, or still is.
      for (const [id, known] of this.#known) if (!before.has(id)) found.set(id, known);
      for (const id of before) if (!this.#known.has(id)) found.delete(id);
      this.#known = found;
      this.#show();
    } catch (error) {
      this.#complain(error);
    }
  }

  /** @param {unknown} error */
  #complain(error) {
    const words = mishapOf(error);
    this.#plans.trouble = words;
    this.#parts.page.announcer.polite(words.text, words.args);
  }

  /** @returns {Promise<Map<string, Known>>} */
  async #list() {
    const plans = await listPlans(this.#parts.accounts, this.#vault);
    return new Map(plans.map(({ id, plan, opened }) => {
      const view = viewOf(id, plan, opened?.bundle.title ?? '', opened?.lasting ?? 'none');
      const made = opened && this.#making.known(id, plan, opened.bundle, opened.lasting);
      return [id, { view, made }];
    }));
  }

  get #views() {
    return [...this.#known.values()].map(({ view }) => view).sort((a, b) => a.start - b.start);
  }

  #show() {
    this.#plans.plans = this.#views;
  }
}

/** @param {string} id @param {{ starts: number, minutes: number, profile: Bundle['profile']['name'] }} plan @param {string} title @param {PlanView['lasting']} lasting @returns {PlanView} */
function viewOf(id, { starts, minutes, profile }, title, lasting) {
  return { id, title, start: starts, minutes, profile, lasting };
}
