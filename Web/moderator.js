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

/** What is told to the server first, and then to the group; and the words for it. @type {readonly (readonly [string, ModerationAct, Use | null, string])[]} */
const acts = [
  ['mute', 'mute', 'microphone', 'person.mute.done'],
  ['stopVideo', 'stopVideo', 'camera', 'person.stopVideo.done'],
  ['ask', 'askToUnmute', null, 'person.ask.done'],
  ['lower', 'lowerHand', null, 'person.lower.done'],
];

/**
 * What is done about one person: by somebody who leads, for all; by anybody, for oneself alone. Acts that close something
 * for good are the keeper's.
 */
export class Moderator {
  #announcer;
  #stage;
  #acts;
  #changed;
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
    for (const [name, act, use, done] of acts) {
      on(name, (key, person) => {
        if (use) this.#acts.stop(key, use);
        this.#acts.say({ type: 'moderation', target: key, act });
        this.#announcer.polite(done, { name: nameOf(person) });
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

  /** Whoever is gone stands first no more. @param {readonly Person[]} people */
  set people(people) {
    this.#people = people;
    const here = new Set(people.map(({ key }) => key));
    if (this.#pinned !== null && !here.has(this.#pinned)) this.#pinned = null;
    if (this.#spotlit !== null && !here.has(this.#spotlit)) this.#spotlit = null;
    this.#place();
  }

  /** @param {Rights} rights */
  set rights(rights) {
    this.#rights = rights;
  }

  /** Who is shown large to all is said in the group, ourselves not excepted. @param {SaidEvent} event */
  said({ said }) {
    if (said.type !== 'spotlight' || said.key === this.#spotlit) return;
    const person = this.#people.find(({ key }) => key !== undefined && key === said.key);
    if (said.key !== null && !person) return;
    this.#spotlit = said.key;
    if (!person) this.#announcer.polite('meet.spotlit.over');
    else if (person.me) this.#announcer.polite('meet.spotlit.me');
    else this.#announcer.polite('meet.spotlit', { name: nameOf(person) });
    this.#place();
    this.#changed();
  }

  /** Out of the meeting: what was set in there holds no longer. */
  close() {
    this.#pinned = null;
    this.#spotlit = null;
    for (const key of this.#volumes.keys()) this.#acts.setVolume(key, 1);
    this.#volumes.clear();
    this.#place();
  }

  /** @param {string} key */
  #pin(key) {
    this.#pinned = key === this.#pinned ? null : key;
    this.#place();
    this.#changed();
  }

  #place() {
    /** @param {string | null} key */
    const participant = (key) => key === null ? null : this.#people.find((one) => one.key === key)?.participant ?? null;
    this.#stage.front = { pinned: participant(this.#pinned), spotlit: participant(this.#spotlit) };
  }
}
