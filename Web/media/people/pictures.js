/**
 * Which element shows whom. A value from values.
 * @import { Roster } from './roster.js'
 * @import { Place } from '../slots.js'
 * @import { Picture, Sight } from '../types.d.ts'
 */

/** @type {readonly Sight[]} */
const sights = ['camera', 'screen'];

/** The place belongs to whoever's key opened its frames. @param {Place} place @param {Roster} roster */
export function ownerOf({ label }, roster) {
  return roster.find(({ participant }) => participant === label?.id) ?? null;
}

/** Keys of those who share a screen, as the server says. @param {Roster} roster @returns {ReadonlySet<string>} */
export function sharingNow(roster) {
  const sharing = roster.filter(({ publications }) => publications.some(({ use }) => use === 'screen'));
  return new Set(sharing.map(({ participant }) => participant));
}

/** One name for one picture of somebody. @param {string} participant @param {string} use */
export function sightOf(participant, use) {
  return `${use} ${participant}`;
}

/**
 * @param {Roster} roster @param {readonly Place[]} places
 * @param {{ isLost: boolean, undecryptable: ReadonlySet<string> }} now `undecryptable`: by `sightOf`
 * @returns {Picture[]}
 */
export function picturesOf(roster, places, { isLost, undecryptable }) {
  return roster.flatMap((one) => {
    const shown = sights.filter((sight) => one.publications.some(({ use }) => use === sight));
    return shown.map((use) => {
      const place = places.find((item) => item.label?.kind === use && ownerOf(item, roster) === one);
      const isStopped = isLost || one.away;
      return {
        participant: one.participant,
        use,
        video: place?.isShowing && place.element instanceof HTMLVideoElement ? place.element : null,
        still: isStopped ? 'lost' : place?.still ?? (place && isPaused(place) ? 'paused' : null),
        undecryptable: undecryptable.has(sightOf(one.participant, use)),
      };
    });
  });
}

/** A screen that is shared gives a picture each second, also where nothing moves on it. @param {Place} place */
function isPaused({ label, isShowing, isResting }) {
  return label?.kind === 'screen' && isShowing && isResting;
}
