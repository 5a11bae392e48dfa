import { withCaption } from './state/captions.js';
import { moves, servicesOf, unasked } from './state/services.js';

/** @typedef {import('./elements/services/b-consent.js').Answer} Answer */
/** @typedef {import('./state/people.js').Person} Person */
/** @typedef {import('./state/services.js').ServiceView} ServiceView */

/** @type {Readonly<Record<import('./state/said.d.ts').ConsentSaid['decision'], string>>} */
const outcomes = { yes: 'service.said.yes', no: 'service.said.no', withdrawn: 'service.said.withdrawn' };

/**
 * @typedef {object} ConsentActs
 * @property {(key: string, service: import('./state/meeting.d.ts').ServiceFacts, given: boolean, text: string) => void} consent what the person answered, and what stood there
 *
 * @typedef {ConsentActs & { askToLeave(): void }} ServiceActs
 * @typedef {EventTarget & Pick<import('./elements/services/b-consent.js').Consent, 'question' | 'ask' | 'close'>} ConsentDialog
 * @typedef {object} ServicePlaces where they are seen
 * @property {EventTarget & Pick<import('./elements/services/b-services.js').Services, 'services'>} services
 * @property {Pick<import('./elements/services/b-captions.js').Captions, 'lines' | 'size' | 'hidden'>} captions
 * @typedef {object} ServicePage
 * @property {Pick<import('./elements/b-announcer.js').Announcer, 'polite' | 'urgent'>} announcer
 * @property {EventTarget & Pick<import('./elements/dialogs/b-settings.js').Settings, 'captions' | 'captionSize'>} settings
 */

/**
 * What takes part and is no person: it is shown for as long as it does, the person is asked before anything of theirs goes out,
 * and what it writes along is shown. That nothing goes out meanwhile is not this page's doing: the engine's gate is shut.
 */
export class Services {
  #dialog;
  #page;
  #screen;
  #acts;
  #isOpen = false;
  /** Once it is known who was here before, others are news. */
  #isKnown = false;
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {readonly ServiceView[]} */
  #services = [];
  /** Questions that were answered, and the group does not say so yet. @type {Set<string>} */
  #answered = new Set();
  /** Answered, and the person has not heard yet that it went out. @type {Set<string>} */
  #untold = new Set();
  /** One that was answered with no, and is asked about again by the person's own wish. @type {string | null} */
  #again = null;
  /** @type {readonly import('./state/captions.js').CaptionLine[]} */
  #lines = [];
  #stop = new AbortController();

  /** @param {ConsentDialog} dialog @param {ServicePage} page @param {ServicePlaces} screen @param {ServiceActs} acts */
  constructor(dialog, page, screen, acts) {
    this.#dialog = dialog;
    this.#page = page;
    this.#screen = screen;
    this.#acts = acts;
    dialog.addEventListener('answer', (event) => this.#answer(/** @type {CustomEvent} */ (event).detail));
    dialog.addEventListener('leave', () => acts.askToLeave());
    // Closed by anything but an answer, it still stands.
    dialog.addEventListener('close', () => this.#ask());
    screen.services.addEventListener('withdraw', (event) => {
      const { key, text } = /** @type {CustomEvent} */ (event).detail;
      const service = this.#services.find((one) => one.key === key);
      if (service) this.#say(service, false, text);
    });
    screen.services.addEventListener('agree', (event) => {
      this.#again = /** @type {CustomEvent} */ (event).detail.key;
      this.#ask();
    });
  }

  /** Is the person in the meeting, with the dialog on the page? @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    this.#stop.abort();
    if (isOpen) {
      this.#stop = new AbortController();
      const { settings } = this.#page, { signal } = this.#stop;
      for (const event of ['captions', 'captionSize']) {
        settings.addEventListener(event, () => this.#showCaptions(), { signal });
      }
      this.#showCaptions();
      this.#ask();
      return;
    }
    this.#dialog.close();
    this.#isKnown = false;
    this.#people = [];
    this.#services = [];
    this.#answered.clear();
    this.#untold.clear();
    this.#again = null;
    this.#show();
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    const before = this.#services;
    this.#people = people;
    this.#services = servicesOf(people);
    const owed = new Set(unasked(this.#services).map(({ question }) => question));
    for (const question of this.#answered) if (!owed.has(question)) this.#answered.delete(question);
    if (this.#isKnown) this.#tell(before);
    this.#isKnown = people.length > 0;
    this.#show();
    this.#ask();
  }

  /** A line that was written along. @param {import('./state/said.d.ts').Caption} caption */
  caption(caption) {
    this.#lines = withCaption(this.#lines, caption, this.#people);
    this.#screen.captions.lines = this.#lines;
  }

  /** An answer has gone out; it may go out again for newcomers, which is no news. @param {import('./state/said.d.ts').ConsentSaid} consent */
  consented({ service: key, decision }) {
    const service = this.#services.find((one) => one.key === key);
    if (!this.#untold.delete(key) || !service) return;
    const isHeld = this.#services.some((one) => one.key !== key && one.isHolding);
    const outcome = decision === 'yes' && isHeld ? 'service.said.yes.held' : outcomes[decision];
    this.#page.announcer.polite(outcome, { service: { word: service.word } });
  }

  /** The group did not take an answer: it is owed still. */
  refused() {
    this.#answered.clear();
    this.#untold.clear();
    this.#ask();
  }

  /** @param {readonly ServiceView[]} before */
  #tell(before) {
    if (!this.#isOpen) return;
    const { came, went } = moves(before, this.#services);
    for (const { word } of came) this.#page.announcer.urgent('service.came', { service: { word } });
    for (const { word } of went) this.#page.announcer.urgent('service.went', { service: { word } });
  }

  #show() {
    this.#screen.services.services = this.#services;
    this.#showCaptions();
  }

  #showCaptions() {
    const { captions } = this.#screen, { settings } = this.#page;
    const isThere = this.#people.some(({ service }) => service?.role === 'captions');
    if (!isThere) this.#lines = [];
    captions.lines = this.#lines;
    captions.size = settings.captionSize;
    captions.hidden = !isThere || !settings.captions;
  }

  /** One question at a time; the one that stands stays until it is answered or its service has gone. */
  #ask() {
    if (!this.#isOpen) return;
    const asked = unasked(this.#services).filter(({ question }) => !this.#answered.has(question));
    const again = this.#services.find(({ key, consent }) => key === this.#again && consent === 'no');
    const wanted = again ? [again, ...asked] : asked;
    const shown = this.#dialog.question;
    const service = wanted.find(({ question }) => question === shown) ?? wanted[0];
    if (!service) return this.#dialog.close();
    this.#dialog.ask(service);
    if (service.question !== shown) this.#page.announcer.urgent('consent.said', { service: { word: service.word } });
  }

  /** Whoever said no and leaves it at that has said nothing new. @param {Answer} answer */
  #answer({ service, given, text }) {
    const isAgain = service.key === this.#again && service.consent === 'no';
    this.#again = null;
    if (!isAgain) this.#answered.add(service.question);
    if (given || !isAgain) this.#say(service, given, text);
    this.#ask();
  }

  /** @param {ServiceView} service @param {boolean} given @param {string} text */
  #say({ key, facts }, given, text) {
    this.#untold.add(key);
    this.#acts.consent(key, facts, given, text);
  }
}
