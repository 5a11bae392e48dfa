/**
 * @import { Board } from './board.js'
 * @import { Device } from './state/moderation.js'
 * @import { Person } from './state/people.js'
 * @import { Use } from './state/powers.d.ts'
 * @import { SaidEvent } from './state/said.d.ts'
 * @import { Rights } from './state/waiting.js'
 *
 * @typedef {object} ModeratedActs
 * @property {(use: Use) => boolean} isOn is it on, or on its way to be?
 * @property {(use: Use) => void} off
 * @property {(device: Device, isBarred: boolean) => void} bar it cannot be turned on, or can again
 */
import { unreachable } from './protocol/unreachable.js';
import { allowedTexts, askNotice, barredNotice, barredTexts, mayUse, noticeID, offNotice } from './state/moderation.js';

/** @type {readonly Device[]} */
const devices = ['microphone', 'camera'];

/**
 * A host's acts as they reach the person they are about: what goes off, what cannot be turned on, and the words for it.
 * Nothing in here turns anything on: Promise P-029.
 */
export class Moderated {
  #board;
  #announcer;
  #acts;
  #isOpen = false;
  /** Null: the group has not said yet. @type {Rights | null} */
  #rights = null;
  /** @type {Person | null} */
  #me = null;
  /** @type {Record<Use, boolean>} */
  #barred = { microphone: false, camera: false, screen: false };

  /** @param {Board} board @param {Pick<import('./elements/b-announcer.js').Announcer, 'polite'>} announcer @param {ModeratedActs} acts */
  constructor(board, announcer, acts) {
    this.#board = board;
    this.#announcer = announcer;
    this.#acts = acts;
  }

  /** Is the person in the meeting? Outside no host says anything. @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    if (isOpen) this.#judge();
    else {
      this.#rights = null;
      this.#me = null;
      for (const device of devices) this.#bar(device, false);
    }
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    const was = this.#me?.role;
    this.#me = people.find(({ me }) => me) ?? null;
    const role = this.#me?.role;
    if (this.#isOpen && role !== was && role !== undefined && was !== undefined) {
      if (role === 'cohost') this.#announcer.polite('host.cohost');
      else if (was === 'cohost') this.#announcer.polite('host.cohost.over');
    }
    this.#judge();
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
    this.#judge();
  }

  /** The group passes on what a host wants of us; what we said ourselves comes here, too. @param {SaidEvent} event */
  said({ key, said }) {
    const own = this.#me?.key;
    if (said.type !== 'moderation' || key === own || (said.target !== null && said.target !== own)) return;
    const { act } = said;
    switch (act) {
      case 'mute':
        return this.stopped('microphone');
      case 'stopVideo':
        return this.stopped('camera');
      case 'stopShare':
        return this.stopped('screen');
      case 'lowerHand':
        // The engine takes it down.
        return this.#tellHand();
      case 'askToUnmute':
        return this.#ask();
      default:
        return unreachable(act);
    }
  }

  /** By a host's word, or by the server's act: whichever comes first is told. @param {Use} use */
  stopped(use) {
    if (!this.#acts.isOn(use)) return;
    this.#acts.off(use);
    if (this.#isOpen) this.#tellOff(use);
  }

  /** The person turned it on: what a host did before is over. @param {Device} device */
  turnedOn(device) {
    this.#board.take(noticeID(device));
    if (device === 'microphone') this.#board.take('host.ask');
  }

  /** The person tried, and reads why it does not go on; each time they try. @param {Device} device */
  refused(device) {
    this.#board.take(noticeID(device));
    this.#board.put(barredNotice(device));
  }

  #judge() {
    // Before the group has said who we are, nothing follows from what it lets whom do.
    if (!this.#isOpen || !this.#rights || this.#me?.role === undefined) return;
    for (const device of devices) {
      const isBarred = !mayUse(device, this.#me, this.#rights.features);
      if (isBarred === this.#barred[device]) continue;
      this.#bar(device, isBarred);
      if (isBarred && device === 'microphone') this.#board.take('host.ask');
      if (isBarred && this.#acts.isOn(device)) this.stopped(device);
      else if (isBarred && this.#board.has(noticeID(device))) this.#tellOff(device); // it said that one may
      else this.#tellMay(device, isBarred);
    }
  }

  /** @param {Device} device @param {boolean} isBarred */
  #tellMay(device, isBarred) {
    if (!isBarred) this.#board.take(noticeID(device));
    this.#announcer.polite(isBarred ? barredTexts[device] : allowedTexts[device]);
  }

  /** @param {Use} use */
  #tellOff(use) {
    this.#board.put(offNotice(use, this.#barred[use]));
  }

  /** @param {Device} device @param {boolean} isBarred */
  #bar(device, isBarred) {
    if (isBarred === this.#barred[device]) return;
    this.#barred[device] = isBarred;
    this.#acts.bar(device, isBarred);
  }

  #tellHand() {
    if (this.#isOpen && this.#me?.hand === true) this.#announcer.polite('host.hand');
  }

  #ask() {
    if (!this.#isOpen || this.#barred.microphone || this.#acts.isOn('microphone')) return;
    this.#board.take(noticeID('microphone')); // the question says the same, and one button is enough
    this.#board.put(askNotice());
  }
}
