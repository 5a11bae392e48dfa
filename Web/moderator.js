/**
 * @import { PersonView } from './elements/person/b-person.js'
 * @import { Front } from './screens/meeting.js'
 * @import { Person } from './state/people.js'
 * @import { HostActs, Use } from './state/powers.d.ts'
 * @import { ModerationAct, SaidEvent } from './state/said.d.ts'
 * @import { Rights } from './state/waiting.js'
 *
 * @typedef {object} PeerActs
 * @property {(key: string, isCohost: boolean) => void} setCohost
 * @property {(key: string, volume: number) => void} setVolume 0 to 1, for oneself
 *
 * @typedef {PeerActs & HostActs} ModeratorActs
 * @typedef {EventTarget & { readonly person: Person | null }} PersonDialog
 */
import { nameOf } from './state/people.js';
import { powersOn } from './state/moderation.js';
import { noRights } from './state/waiting.js';

/** What is told to the server first, and then to the group. @type {readonly (readonly [string, ModerationAct, Use | null])[]} */
const acts = [
  ['mute', 'mute', 'microphone'],
  ['stopVideo', 'stopVideo', 'camera'],
  ['ask', 'askToUnmute', null],
  ['lower', 'lowerHand', null],
];

/** What is said to whoever did it, once the group has it. @type {Readonly<Partial<Record<ModerationAct, string>>>} */
const done = {
  mute: 'person.mute.done',
  stopVideo: 'person.stopVideo.done',
  askToUnmute: 'person.ask.done',
  lowerHand: 'person.lower.done',
};

/**
 * What is done about one person: by somebody who leads, for all; by anybody, for oneself alone. Acts that close something
 * for good are the keeper's.
 */
export class Moderator {
  #announcer;
  #stage;
  #acts;
  #changed;
  #isOpen = false;
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {Rights} */
  #rights = noRights;
  /** @type {string | null} */
  #pinned = null;
  /** By the group's word. @type {string | null} */
  #spotlit = null;
  /** By key, where it is not the whole. @type {Map<string, number>} */
  #volumes = new Map();

  /**
   * @param {Pick<import('./elements/b-announcer.js').Announcer, 'polite'>} announcer
   * @param {{ front: Front }} stage @param {PersonDialog} dialog
   * @param {ModeratorActs} does @param {() => void} changed what `view` answers may be another
   */
  constructor(announcer, stage, dialog, does, changed) {
    this.#announcer = announcer;
    this.#stage = stage;
    this.#acts = does;
    this.#changed = changed;
    /** @param {string} name @param {(key: string, person: Person, detail: any) => void} act */
    const on = (name, act) =>
      dialog.addEventListener(name, (event) => {
        const { person } = dialog;
        if (person?.key !== undefined) act(person.key, person, /** @type {CustomEvent} */ (event).detail);
      });
    for (const [name, act, use] of acts) {
      on(name, (key) => {
        if (use) this.#acts.stop(key, use);
        this.#acts.say({ type: 'moderation', target: key, act });
      });
    }
    on('may', (key, _, { use, isAllowed }) => this.#acts.allow(key, use, isAllowed));
    on('cohost', (key, { role }) => this.#acts.setCohost(key, role !== 'cohost'));
    on('spotlight', (key) => this.#acts.say({ type: 'spotlight', key: key === this.#spotlit ? null : key }));
    on('pin', (key) => this.#pin(key));
    on('volume', (key, _, volume) => {
      this.#volumes.set(key, volume);
      this.#acts.setVolume(key, volume);
    });
  }

  /** @param {Person} person @returns {PersonView} */
  view(person) {
    const { key } = person;
    const me = this.#people.find((one) => one.me) ?? null;
    return {
      powers: powersOn(person, this.#rights, me),
      isPinned: key !== undefined && key === this.#pinned,
      isSpotlit: key !== undefined && key === this.#spotlit,
      volume: this.#volumes.get(key ?? '') ?? 1,
    };
  }

  /** Is the person in the meeting? What was set in there holds no longer outside. @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    if (isOpen) return;
    this.#pinned = null;
    this.#spotlit = null;
    for (const key of this.#volumes.keys()) this.#acts.setVolume(key, 1);
    this.#volumes.clear();
    this.#place();
  }

  /** Whoever is gone stands nowhere. @param {readonly Person[]} people */
  set people(people) {
    this.#people = people;
    this.#place();
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
  }

  /** What the group has, our own words as well. Whoever comes in hears who is shown large before they see anybody. @param {SaidEvent} event */
  said({ key, said }) {
    if (said.type === 'spotlight') return this.#shine(said.key);
    if (said.type !== 'moderation' || said.target === null || this.#find(key)?.me !== true) return;
    const person = this.#find(said.target), words = done[said.act];
    if (person && words) this.#announcer.polite(words, { name: nameOf(person) });
  }

  /** @param {string | null} key */
  #shine(key) {
    if (key === this.#spotlit) return;
    this.#spotlit = key;
    this.#place();
    this.#changed();
    if (!this.#isOpen) return;
    const person = this.#find(key);
    if (key === null) this.#announcer.polite('meet.spotlit.over');
    else if (person?.me) this.#announcer.polite('meet.spotlit.me');
    else if (person) this.#announcer.polite('meet.spotlit', { name: nameOf(person) });
  }

  /** @param {string | null} key */
  #find(key) {
    return this.#people.find((one) => one.key !== undefined && one.key === key);
  }

  /** @param {string} key */
  #pin(key) {
    this.#pinned = key === this.#pinned ? null : key;
    this.#place();
    this.#changed();
  }

  #place() {
    const pinned = this.#find(this.#pinned)?.participant ?? null;
    const spotlit = this.#find(this.#spotlit)?.participant ?? null;
    this.#stage.front = { pinned, spotlit };
  }
}
