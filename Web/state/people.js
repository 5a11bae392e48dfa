/** What is said about somebody, on a tile and in lists. */
import { lookAlikes } from './alike.js';

/** Milliseconds for somebody who came in to say a name. */
export const namePatience = 5000;

/**
 * @typedef {object} Person
 * @property {string} participant
 * @property {string} name
 * @property {boolean} me
 * @property {boolean} microphone
 * @property {boolean} camera
 * @property {boolean} [screen] they share one
 * @property {boolean} away
 * @property {number} [leaf] the place in the group, which may be another's later
 * @property {string} [key] signature key: names the person in acts
 * @property {import('./meeting.d.ts').Role} [role]
 * @property {import('./meeting.d.ts').TrustLabel} [label] what is known of who it is
 * @property {boolean} [hand] they ask for the word
 * @property {boolean} [silent] they lead, and gave no sign for long
 * @property {import('./powers.d.ts').May} [may] what the server lets them use; without it everything
 * @property {import('./meeting.d.ts').Service | null} [service] it is no person
 * @property {string} [mark] the beginning of the key, where names look alike
 */

/**
 * What is known of a person's picture, without the picture.
 * @typedef {object} Sight
 * @property {boolean} shown a frame of this person is on the screen
 * @property {null | 'bandwidth' | 'muted' | 'policy' | 'lost' | 'paused'} still
 * @property {boolean} undecryptable
 * @property {boolean} [unwanted] we want no pictures: nothing is missing
 */

/**
 * How somebody is called. Who has just come in says their name a moment later.
 * @param {Person} person @returns {string | { word: string }}
 */
export function nameOf({ name, mark }) {
  if (name === '') return { word: 'meet.joining' };
  return mark === undefined ? name : `${name} · ${mark}`;
}

/**
 * The list with a mark on everybody whose name looks like another's or like one's own: nobody passes for somebody else.
 * @template {Person} Any
 * @param {readonly Any[]} people @returns {readonly Any[]}
 */
export function marked(people) {
  const alike = lookAlikes(people);
  return people.map((person) => alike.has(person) ? { ...person, mark: person.key?.slice(0, 4) ?? '?' } : person);
}

/** From so many on one looks for somebody instead of reading all names. */
export const searchFrom = 10;

/**
 * Those whose name, with its mark, holds what is looked for: all of its words, in any order, whatever their case and accents.
 * @template {Person} Any
 * @param {readonly Any[]} people @param {string} query @returns {readonly Any[]}
 */
export function found(people, query) {
  const words = plain(query).split(/\s+/u).filter((word) => word !== '');
  return people.filter(({ name, mark = '' }) => {
    const text = plain(`${name} ${mark}`);
    return words.every((word) => text.includes(word));
  });
}

/** @param {string} text */
function plain(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Up to two letters for a person without a picture: of the first and the last word that starts with a letter.
 * @param {string} name
 */
export function initials(name) {
  const words = name.split(/\s+/u).map((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? '').filter(Boolean);
  const letters = [words[0] ?? '', words.length > 1 ? words.at(-1) ?? '' : ''];
  return letters.join('').toLocaleUpperCase();
}

/**
 * The states of a tile, as keys of texts, most important first. Words, since a colour or a shape alone says nothing to
 * somebody who cannot see it.
 * @param {Person} person @param {Sight} sight @returns {string[]}
 */
export function tileStates(person, sight) {
  const states = [];
  if (person.away) states.push('meet.tile.away');
  if (person.hand) states.push('meet.tile.hand');
  if (sight.undecryptable) states.push('meet.tile.secret');
  if (!person.microphone) states.push('meet.tile.micOff');
  if (!person.camera) states.push('meet.tile.cameraOff');
  return states;
}

/**
 * The one line in the middle of a tile whose picture is not moving, or null when it is.
 * @param {Person} person @param {Sight} sight @returns {string | null}
 */
export function tileLine(person, sight) {
  if (person.away) return 'meet.tile.away';
  if (!person.camera) return 'meet.tile.cameraOff';
  if (sight.unwanted) return null;
  if (sight.undecryptable) return 'meet.tile.secret';
  if (sight.shown) return sight.still === 'bandwidth' || sight.still === 'lost' ? 'meet.tile.slow' : null;
  return 'meet.tile.waiting';
}

/**
 * Who came and who went between two lists. Oneself is not news.
 * @param {readonly Person[]} before @param {readonly Person[]} now
 */
export function changes(before, now) {
  const was = new Set(before.map((person) => person.participant));
  const is = new Set(now.map((person) => person.participant));
  return {
    joined: now.filter((person) => !person.me && !was.has(person.participant)),
    left: before.filter((person) => !person.me && !is.has(person.participant)),
  };
}

/** @type {Readonly<Record<string, string>>} */
const services = {
  recorder: 'label.recorder',
  stream: 'label.stream',
  captions: 'label.captions',
  gateway: 'label.gateway',
};

/** What something that is no person is called. @param {import('./meeting.d.ts').Role | undefined} role @returns {string} key of a text */
export function serviceWord(role) {
  return services[role ?? ''] ?? 'label.service';
}

/**
 * What is known of who somebody is, as the key of a text; null of oneself, unless one has a part to play here.
 * @param {Person} person @returns {string | null}
 */
export function labelOf({ label, role, me }) {
  switch (label) {
    case 'service':
      return serviceWord(role);
    case 'host':
      return role === 'host' ? 'role.host' : 'role.cohost';
    case 'actingHost':
      return 'label.acting';
    case 'verified':
      return me ? null : 'label.verified';
    default:
      return me ? null : 'role.participant';
  }
}

/** The picture beside that text. @param {Person} person */
export function labelIcon({ label }) {
  switch (label) {
    case 'service':
      return 'recording';
    case 'host':
    case 'actingHost':
      return 'host';
    case 'verified':
      return 'verified';
    default:
      return 'person';
  }
}

/** Does the person lead the meeting: by the invitation, by a host's word, or while no host is here? @param {Person} person */
export function leads({ role, label }) {
  return role === 'host' || role === 'cohost' || label === 'actingHost';
}

/** Is it known of all the others who they are? Alone nobody is verified. @param {readonly Person[]} people */
export function allVerified(people) {
  const others = people.filter(({ me }) => !me);
  return others.length > 0 && others.every(({ label }) => label === 'host' || label === 'verified');
}

/** May the person be sent back or taken out? Never oneself, and never a host: whoever made the meeting stays. @param {Person} person @param {{ readonly eject: boolean }} rights */
export function mayActOn(person, { eject }) {
  return eject && !person.me && person.role !== 'host' && person.key !== undefined;
}

/** What is said of those who come: by name, once they have said it. */
export class Arrivals {
  /** Participants who came without a name, and since when. @type {Map<string, number>} */
  #nameless = new Map();

  /**
   * Who is worth a word now: those whose name is there, and those who did not say one for too long.
   * @param {readonly Person[]} people @param {readonly Person[]} joined @param {number} now milliseconds @returns {readonly Person[]}
   */
  heard(people, joined, now) {
    for (const { participant, name } of joined) if (name === '') this.#nameless.set(participant, now);
    const named = people.filter(({ participant, name }) => {
      const since = this.#nameless.get(participant);
      return since !== undefined && (name !== '' || now - since >= namePatience);
    });
    const here = new Set(people.map(({ participant }) => participant));
    for (const one of named) this.#nameless.delete(one.participant);
    for (const participant of this.#nameless.keys()) if (!here.has(participant)) this.#nameless.delete(participant);
    return [...joined.filter(({ name }) => name !== ''), ...named];
  }

  /** Does anybody still owe a name? */
  get isWaiting() {
    return this.#nameless.size > 0;
  }
}
