import { make } from './elements/dom.js';
import { Rows } from './elements/people/rows.js';
import { withCaption } from './state/captions.js';
import { moves, servicesOf, unasked } from './state/services.js';
import './elements/services/b-consent.js';
import './elements/services/b-service.js';

/** @typedef {import('./elements/services/b-service.js').ServiceBanner} ServiceBanner */
/** @typedef {import('./state/people.js').Person} Person */
/** @typedef {import('./state/services.js').Service} Service */

/**
 * @typedef {object} ConsentActs
 * @property {(key: string, given: boolean, text: string) => void} consent what the person answered, and what stood there
 *
 * @typedef {ConsentActs & { askToLeave(): void }} ServiceActs
 */

/**
 * What takes part and is no person: it is shown for as long as it does, the person is asked before anything of theirs goes out,
 * and what it writes along is shown. That nothing goes out meanwhile is not this page's doing: the engine's gate is shut.
 */
export class Services {
  dialog = /** @type {import('./elements/services/b-consent.js').Consent} */ (make('b-consent'));
  #page;
  #screen;
  #acts;
  /** @type {Rows<ServiceBanner>} */
  #banners;
  #isOpen = false;
  /** Once it is known who was here before, others are news. */
  #isKnown = false;
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {readonly Service[]} */
  #services = [];
  /** Answered, and the group does not say so yet. @type {Set<string>} */
  #answered = new Set();
  /** One that was answered with no, and is asked about again by the person's own wish. @type {string | null} */
  #again = null;
  /** @type {readonly import('./state/captions.js').CaptionLine[]} */
  #lines = [];
  #stop = new AbortController();

  /** @param {Pick<import('./page.js').Page, 'announcer' | 'settings'>} page @param {import('./screens/meeting.js').Meeting} screen @param {ServiceActs} acts */
  constructor(page, screen, acts) {
    this.#page = page;
    this.#screen = screen;
    this.#acts = acts;
    this.#banners = new Rows(screen.services, () => this.#banner(), () => screen.heading);
    this.dialog.addEventListener('answer', (event) => this.#answer(/** @type {CustomEvent} */ (event).detail));
    this.dialog.addEventListener('leave', () => acts.askToLeave());
    // Closed by anything but an answer, it still stands.
    this.dialog.addEventListener('close', () => this.#ask());
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
    this.dialog.close();
    this.#isKnown = false;
    this.#people = [];
    this.#services = [];
    this.#answered.clear();
    this.#again = null;
    this.#show();
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    const before = this.#services;
    this.#people = people;
    this.#services = servicesOf(people);
    const owed = new Set(unasked(this.#services).map(({ key }) => key));
    for (const key of this.#answered) if (!owed.has(key)) this.#answered.delete(key);
    if (this.#isKnown) this.#tell(before);
    this.#isKnown = people.length > 0;
    this.#show();
    this.#ask();
  }

  /** A line that was written along. @param {import('./state/captions.js').Caption} caption */
  caption(caption) {
    this.#lines = withCaption(this.#lines, caption, this.#people);
    this.#screen.captions.lines = this.#lines;
  }

  /** The group did not take an answer: it is owed still. */
  refused() {
    this.#answered.clear();
    this.#ask();
  }

  /** @param {readonly Service[]} before */
  #tell(before) {
    if (!this.#isOpen) return;
    const { came, went } = moves(before, this.#services);
    for (const { word } of came) this.#page.announcer.urgent('service.came', { service: { word } });
    for (const { word } of went) this.#page.announcer.urgent('service.went', { service: { word } });
  }

  #show() {
    const services = new Map(this.#services.map((service) => [service.key, service]));
    this.#banners.show([...services.keys()], (banner, key) => {
      banner.show(/** @type {Service} */ (services.get(key)));
    });
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
    const asked = unasked(this.#services).filter(({ key }) => !this.#answered.has(key));
    const again = this.#services.find(({ key, consent }) => key === this.#again && consent === 'no');
    const wanted = again ? [again, ...asked] : asked;
    const shown = this.dialog.key;
    const service = wanted.find(({ key }) => key === shown) ?? wanted[0];
    if (!service) return this.dialog.close();
    this.dialog.ask(service);
    if (service.key !== shown) this.#page.announcer.urgent('consent.said', { service: { word: service.word } });
  }

  /** Whoever said no and leaves it at that has said nothing new. @param {import('./elements/services/b-consent.js').Answer} answer */
  #answer({ key, given, text }) {
    const isAgain = key === this.#again;
    this.#again = null;
    if (!isAgain) this.#answered.add(key);
    if (given || !isAgain) this.#acts.consent(key, given, text);
    this.#ask();
  }

  #banner() {
    const item = /** @type {ServiceBanner} */ (make('b-service', { tabindex: '-1' }));
    item.addEventListener('withdraw', (event) => {
      const { key, text } = /** @type {CustomEvent} */ (event).detail;
      const service = this.#services.find((one) => one.key === key);
      if (!service) return;
      this.#acts.consent(key, false, text);
      this.#page.announcer.polite('service.withdrawn', { service: { word: service.word } });
    });
    item.addEventListener('agree', (event) => {
      this.#again = /** @type {CustomEvent} */ (event).detail.key;
      this.#ask();
    });
    return { row: item, item };
  }
}
