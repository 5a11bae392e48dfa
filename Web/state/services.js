/**
 * What takes part and is nobody: it records, streams, writes captions or lets a telephone in (e2ee.md 10). All of it comes
 * from the roster of the group, so that no word of a server hides one or makes one up. Values from values.
 * @import { Purpose, Service, ServiceFacts } from './meeting.d.ts'
 * @import { Args } from './notices.js'
 * @import { Person } from './people.js'
 *
 * @typedef {object} ServiceView
 * @property {string} key of its leaf: consent is for this key alone
 * @property {ServiceFacts} facts what it says of itself: consent is for all of it
 * @property {string} question the same for as long as key and facts are: with another one it is to be asked about anew
 * @property {string} word what it is, as the key of a text
 * @property {string | { word: string }} owner as people are called
 * @property {{ readonly text: string, readonly args: Args }} purposes what it is for
 * @property {string} place key of a text
 * @property {boolean} mayAgree it says what it is for, in words that this version has
 * @property {Service['consent']} consent what this person answered
 * @property {boolean} isHolding nothing of this person is sent because of it
 */
import { nameOf, serviceWord } from './people.js';

/** What keeps more of somebody comes first, wherever it stands in the roster. @type {readonly string[]} */
const roles = ['recorder', 'stream', 'captions', 'gateway'];

/** @type {Readonly<Partial<Record<Purpose, string>>>} */
const purposes = {
  record: 'consent.record',
  publish: 'consent.publish',
  liveStream: 'consent.liveStream',
  transcribe: 'consent.transcribe',
  translate: 'consent.translate',
  telephone: 'consent.telephone',
  storeSpeechText: 'consent.storeSpeechText',
};

/** @type {Readonly<Record<Service['place'], string>>} */
const places = { participant: 'consent.participant', server: 'consent.server', elsewhere: 'consent.elsewhere' };

/** @param {Person} person */
export function isService({ label }) {
  return label === 'service';
}

/** Does it have a place among the people: somebody, or those who speak by telephone? @param {Person} person */
export function hasTile({ label, role }) {
  return label !== 'service' || role === 'gateway';
}

/** In an order that does not change while they stay. @param {readonly Person[]} people @returns {readonly ServiceView[]} */
export function servicesOf(people) {
  return ordered(people).flatMap((person) => {
    const { key, service } = person;
    if (key === undefined || !service) return [];
    const { consent, ...facts } = service;
    return [{
      key,
      facts,
      question: questionOf(key, facts),
      word: serviceWord(person.role),
      ...saidOf(facts, people),
      mayAgree: service.purposes.length > 0 && service.purposes.every(isNamed),
      consent,
      isHolding: consent !== 'yes',
    }];
  });
}

/** Those the person still owes an answer. @param {readonly ServiceView[]} services */
export function unasked(services) {
  return services.filter(({ consent }) => consent === 'unasked');
}

/** What is said to people of a service, in the meeting or at its door. @param {ServiceFacts} facts @param {readonly Person[]} people @returns {Pick<ServiceView, 'owner' | 'purposes' | 'place'>} */
export function saidOf(facts, people) {
  const owner = people.find((one) => one.key === facts.owner);
  return {
    owner: owner ? nameOf(owner) : { word: 'consent.owner.gone' },
    purposes: purposesOf(facts),
    place: places[facts.place],
  };
}

/** @param {string} key @param {ServiceFacts} facts */
function questionOf(key, { role, owner, purposes: wanted, place }) {
  return [key, role, owner, place, ...wanted].join(' ');
}

/** Those that came and those that went; what says something else of itself under its key has come. @param {readonly ServiceView[]} before @param {readonly ServiceView[]} now */
export function moves(before, now) {
  const was = new Set(before.map(({ question }) => question));
  const keys = new Set(now.map(({ key }) => key));
  return { came: now.filter(({ question }) => !was.has(question)), went: before.filter(({ key }) => !keys.has(key)) };
}

/** What the badge names: every kind once, none left out; null: nothing takes part. @param {readonly Person[]} people @returns {{ word: string } | { words: readonly string[] } | null} */
export function badgeWord(people) {
  const words = [...new Set(ordered(people).map((person) => serviceWord(person.role)))];
  const [first] = words;
  if (first === undefined) return null;
  return words.length === 1 ? { word: first } : { words };
}

/** @param {ServiceFacts} service @returns {ServiceView['purposes']} */
function purposesOf(service) {
  const words = service.purposes.flatMap((purpose) => purposes[purpose] ?? []), args = { purposes: { words } };
  if (!service.purposes.every(isNamed)) {
    return words.length > 0 ? { text: 'consent.for.more', args } : { text: 'consent.for.unknown', args: {} };
  }
  return words.length > 0 ? { text: 'consent.for.all', args } : { text: 'consent.for.none', args: {} };
}

/** @param {Purpose} purpose */
function isNamed(purpose) {
  return Object.hasOwn(purposes, purpose);
}

/** A role of a later version is named last. @param {readonly Person[]} people */
function ordered(people) {
  const rank = (/** @type {Person} */ { role }) => {
    const index = roles.indexOf(role ?? '');
    return index < 0 ? roles.length : index;
  };
  return people.filter(isService).toSorted((one, other) => rank(one) - rank(other));
}
