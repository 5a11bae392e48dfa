import { make } from './elements/dom.js';
import { nameOf } from './state/people.js';
import { dayOf, reportFile } from './state/report.js';
import { noRights } from './state/waiting.js';
import { t } from './strings/translate.js';
import { saveText } from './saving.js';
import './elements/dialogs/b-report.js';

/** @typedef {import('./state/chat.js').Message} Message */
/** @typedef {import('./state/people.js').Person} Person */
/** @typedef {import('./state/waiting.js').Rights} Rights */

/** @typedef {{ messages(): readonly Message[], toPeople(): void }} Inside what the meeting has to it, and where somebody is put out */

/** Report misuse: what can be done now, and a file for whoever is responsible. Nothing of it goes to a server. */
export class Reporting {
  dialog = /** @type {import('./elements/dialogs/b-report.js').ReportDialog} */ (make('b-report'));
  #announcer;
  #inside;
  #save;
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {Rights} */
  #rights = noRights;

  /** @param {Pick<import('./elements/b-announcer.js').Announcer, 'polite'>} announcer @param {Inside | null} inside null: the meeting is over @param {typeof saveText} [save] */
  constructor(announcer, inside, save = saveText) {
    this.#announcer = announcer;
    this.#inside = inside;
    this.#save = save;
    this.dialog.addEventListener('remove', () => inside?.toPeople());
    this.dialog.addEventListener('save', (event) => this.#keep(/** @type {CustomEvent} */ (event).detail));
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    this.#people = people;
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
  }

  /** @param {Person | null} person whom it is about, if about one */
  open(person) {
    const named = (/** @type {Person} */ one) => {
      const name = nameOf(one);
      return typeof name === 'string' ? [name] : [];
    };
    this.dialog.openWith({
      names: this.#people.filter(({ me }) => !me).flatMap(named),
      about: person ? named(person)[0] ?? '' : '',
      messages: this.#inside?.messages() ?? [],
      who: this.#inside === null ? 'after' : this.#rights.eject ? 'host' : 'guest',
    });
  }

  /** @param {{ about: string, text: string, messages: readonly Message[] }} report */
  #keep(report) {
    const at = Date.now();
    this.#save(t('report.file', { date: dayOf(at) }), reportFile({ ...report, at, you: t('chat.you') }));
    this.#announcer.polite('report.saved');
  }
}
