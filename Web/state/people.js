/** What a tile says about somebody. */

/**
 * @typedef {object} Person
 * @property {string} participant
 * @property {string} name
 * @property {boolean} me
 * @property {boolean} microphone
 * @property {boolean} camera
 * @property {boolean} away
 * @property {string} [key] signature key: names the person in acts
 * @property {'host' | 'cohost' | 'participant'} [role]
 */

/**
 * What is known of a person's picture, without the picture.
 * @typedef {object} Sight
 * @property {boolean} shown a frame of this person is on the screen
 * @property {null | 'bandwidth' | 'muted' | 'policy' | 'lost'} still
 * @property {boolean} undecryptable
 */

/**
 * How somebody is called. A name that could not be opened (it was sealed with another key than the server said) is never
 * shown as if it were one.
 * @param {Person} person @returns {string | { word: string }}
 */
export function nameOf(person) {
  return person.name === '' ? { word: 'meet.noName' } : person.name;
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

/** What is known of who somebody is, as the key of a text. @param {Person} person @returns {string} */
export function roleOf({ role }) {
  switch (role) {
    case 'host':
      return 'role.host';
    case 'cohost':
      return 'role.cohost';
    default:
      return 'role.participant';
  }
}

/** May the person be sent back or taken out? Never oneself, and never a host: whoever made the meeting stays. @param {Person} person @param {{ readonly eject: boolean }} rights */
export function mayActOn(person, { eject }) {
  return eject && !person.me && person.role !== 'host' && person.key !== undefined;
}
