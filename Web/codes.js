import { make } from './elements/dom.js';
import { isOpen, noRound, roundOf } from './state/round.js';
import { loadPictures } from './strings/words.js';
import { t } from './strings/translate.js';
import './elements/dialogs/b-keys.js';

/** @typedef {import('./elements/dialogs/b-keys.js').Part} Part */
/** @typedef {import('./state/meeting.d.ts').Comparison} Comparison */
/** @typedef {import('./state/people.js').Person} Person */
/** @typedef {import('./state/round.js').Round} Round */

/**
 * @typedef {object} CodeActs
 * @property {() => void} compare
 * @property {(isEqual: boolean) => void} compared
 */

/** Codes that people compare: the dialog of encryption, the pictures over the running meeting, and what is said of a round. */
export class Codes {
  dialog = /** @type {import('./elements/dialogs/b-keys.js').Keys} */ (make('b-keys'));
  #page;
  #banner;
  /** The page's, once they are needed. @type {readonly string[]} */
  #signs = [];
  /** @type {Comparison | null} */
  #comparison = null;
  #round = noRound;
  /** The person does not want to see this round over the meeting. */
  #isPutAway = false;
  #isInRoom = false;

  /** @param {import('./page.js').Page} page @param {import('./elements/codes/b-round.js').RoundBanner} banner @param {CodeActs} acts */
  constructor(page, banner, acts) {
    this.#page = page;
    this.#banner = banner;
    this.dialog.addEventListener('compare', () => acts.compare());
    for (const place of [this.dialog, banner]) {
      place.addEventListener('answer', (event) => acts.compared(/** @type {CustomEvent} */ (event).detail));
    }
    banner.addEventListener('look', () => this.show('compare'));
    banner.addEventListener('close', () => {
      this.#isPutAway = true;
      this.#showBanner();
    });
    this.dialog.addEventListener('open', () => this.#showBanner());
    this.dialog.addEventListener('close', () => this.#showBanner());
  }

  /** Is the person in the meeting? What held in there holds no longer outside. @param {boolean} isInRoom */
  set isInRoom(isInRoom) {
    this.#isInRoom = isInRoom;
    if (!isInRoom) {
      this.#comparison = null;
      this.#become(noRound);
      this.dialog.digits = null;
    }
    this.#showBanner();
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    this.dialog.people = people;
  }

  /** @param {boolean} mayStart */
  set mayStart(mayStart) {
    this.dialog.mayStart = mayStart;
  }

  /** The meeting code of an epoch. @param {string} digits */
  set digits(digits) {
    this.dialog.digits = digits;
  }

  /** @param {Comparison} comparison */
  set comparison(comparison) {
    this.#comparison = comparison;
    this.#become(roundOf(comparison, this.#signs));
    if (comparison.phase === 'shown' && this.#signs.length === 0) this.#load();
  }

  /** @param {Part} part */
  show(part) {
    this.dialog.openAt(part);
  }

  async #load() {
    try {
      this.#signs = await loadPictures();
    } catch {
      // Without them nothing can be compared, and that is said.
      this.#become({ ...noRound, phase: 'failed' });
      return;
    }
    if (this.#comparison) this.#become(roundOf(this.#comparison, this.#signs));
  }

  /** @param {Round} round */
  #become(round) {
    const before = this.#round;
    this.#round = round;
    if (round.phase !== before.phase || words(round) !== words(before)) {
      this.#isPutAway = false;
      this.#tell(round);
    }
    this.dialog.round = round;
    this.#showBanner();
  }

  /** @param {Round} round */
  #tell(round) {
    if (!this.#isInRoom) return;
    const { announcer } = this.#page;
    if (round.phase === 'collecting' && this.dialog.isOpen) announcer.polite('keys.collecting');
    else if (round.phase === 'shown') announcer.polite('keys.shown.said', { words: words(round) });
    else if (round.phase === 'failed') announcer.polite('keys.failed.guest');
  }

  #showBanner() {
    const isWanted = this.#isInRoom && !this.#isPutAway && !this.dialog.isOpen && isOpen(this.#round);
    this.#banner.round = isWanted ? this.#round : noRound;
  }
}

/** @param {Round} round */
function words({ pictures }) {
  return pictures.map(({ word }) => t(word)).join(', ');
}
