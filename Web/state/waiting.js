/** The door: who waits before it, and what somebody who waits is told. */
import { readName } from './name.js';

/**
 * Somebody who asks to come in.
 * @typedef {object} Knock
 * @property {string} hash names the request, and changes when somebody asks anew
 * @property {string} name as that person typed it: nobody has checked it
 * @property {string | null} note what they wrote with it
 * @property {WordCode | null} words once both sides have given their part
 * @property {boolean} isFromLink came with this meeting's invitation
 * @property {import('./meeting.d.ts').ServiceFacts} [service] it is no person, and says this of itself
 * @property {boolean} [isExpected] the name stands on the host's list: a reminder, no proof
 */

/** Four words, and the language they are of: a screen reader has to say them as they are. @typedef {{ readonly list: readonly string[], readonly lang: 'nl' | 'en' }} WordCode */

/**
 * Where somebody stands who is not in: `offline` when nobody can know of it.
 * @typedef {'checking' | 'waiting' | 'joining' | 'offline'} DoorState
 */

/**
 * @typedef {object} Door
 * @property {DoorState} state
 * @property {WordCode | null} words null until a host's device has answered
 * @property {string | null} note the latest message of a host
 * @property {'first' | 'sentBack' | 'lost' | 'again'} why one stands here: for the first time, by a host's act, after a
 *   connection that stayed away, or because encryption had to begin anew
 */

/**
 * What one may do here, by the state of the group.
 * @typedef {object} Rights
 * @property {boolean} admit
 * @property {boolean} eject
 * @property {boolean} lock whoever may lock sets everything the policy says
 * @property {boolean} moderate
 * @property {boolean} delegate
 * @property {boolean} compare
 * @property {boolean} isLocked
 * @property {import('./meeting.d.ts').Admission} admission
 * @property {readonly import('./meeting.d.ts').Feature[]} features switched on
 * @property {readonly import('./meeting.d.ts').Feature[]} featuresMax what can be
 * @property {number} membersMax
 * @property {boolean} isWithoutServices no recorder can ever come in
 */

/** @type {Rights} */
export const noRights = {
  admit: false,
  eject: false,
  lock: false,
  moderate: false,
  delegate: false,
  compare: false,
  isLocked: false,
  admission: 'waiting',
  features: [],
  featuresMax: [],
  membersMax: 300,
  isWithoutServices: false,
};

/** Longer than this a note is cut: it comes from a stranger, and should not fill the screen. */
const longestNote = 300;

/** How somebody at the door is called; a name one could not read is not shown as one. @param {Knock} knock @returns {string | { word: string }} */
export function knockName({ name }) {
  const read = readName(name);
  return read.type === 'good' ? read.name : { word: 'people.noName' };
}

/**
 * What somebody wrote, on one line and without signs that turn or hide the words around them.
 * @param {string | null} text @returns {string | null} null when there is nothing to read
 */
export function readNote(text) {
  if (text === null) return null;
  const parts = text.split(/\s+/u).map(readName).flatMap((read) => read.type === 'good' ? [read.name] : []);
  const note = [...parts.join(' ')];
  if (note.length === 0) return null;
  return note.length > longestNote ? `${note.slice(0, longestNote).join('')}…` : note.join('');
}

/** Of a name, what tells it from others: no accents, no capitals, no signs between. @param {string} name */
function bare(name) {
  const read = readName(name);
  if (read.type !== 'good') return '';
  return read.name.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Most names on a list: as many people as a meeting takes. */
export const mostExpected = 100;

/** A list as somebody wrote it, one name in each line. @param {string} text @returns {readonly string[]} */
export function expectedNames(text) {
  const names = text.split('\n').map(readName).flatMap((read) => read.type === 'good' ? [read.name] : []);
  const seen = new Set(['']);
  return names.filter((name) => !seen.has(bare(name)) && seen.add(bare(name))).slice(0, mostExpected);
}

/** Is it a name on the host's list? Promise P-040. @param {string} name @param {readonly string[]} expected */
export function isExpected(name, expected) {
  const own = bare(name);
  return own !== '' && expected.some((one) => bare(one) === own);
}

/** With the mark on whoever stands on the list and has the invitation; a machine may be called like anybody. @param {readonly Knock[]} knocks @param {readonly string[]} expected @returns {readonly Knock[]} */
export function withExpected(knocks, expected) {
  return knocks.map((knock) => {
    return { ...knock, isExpected: knock.isFromLink && !knock.service && isExpected(knock.name, expected) };
  });
}

/** Who was not there before. @param {readonly Knock[]} before @param {readonly Knock[]} now */
export function newcomers(before, now) {
  const known = new Set(before.map(({ hash }) => hash));
  return now.filter(({ hash }) => !known.has(hash));
}

/**
 * Whom "everyone" means: people with the invitation. Somebody who has not is looked at one by one, and so is what is no
 * person, and whoever comes while the question stands.
 * @param {readonly Knock[]} knocks @returns {string[]} their hashes
 */
export function everyone(knocks) {
  return knocks.filter(({ isFromLink, service }) => isFromLink && !service).map(({ hash }) => hash);
}

/**
 * The sentence for somebody who waits. Four words or a message are there as soon as a host has answered; until then
 * nobody has.
 * @param {Door} door @returns {string} key of a text
 */
export function doorSentence({ state, words, note }) {
  switch (state) {
    case 'checking':
      return 'wait.checking';
    case 'waiting':
      return words || note ? 'wait.known' : 'wait.noHost';
    case 'joining':
      return 'wait.joining';
    case 'offline':
      return 'err.reconnecting.1';
  }
}

/** May this person do anything that the panel for security offers? @param {Rights} rights */
export function isKeeper({ admit, eject, lock, moderate }) {
  return admit || eject || lock || moderate;
}
