/**
 * Which element shows whom. A value from values.
 * @import { Roster } from './roster.js'
 * @import { Place } from '../slots.js'
 * @import { Picture } from '../types.d.ts'
 */

/** The place belongs to whoever's key opened its frames. @param {Place} place @param {Roster} roster */
export function ownerOf({ label }, roster) {
  return roster.find(({ participant }) => participant === label?.id) ?? null;
}

/**
 * @param {Roster} roster @param {readonly Place[]} places @param {{ isLost: boolean, undecryptable: ReadonlySet<string> }} now
 * @returns {Picture[]}
 */
export function picturesOf(roster, places, { isLost, undecryptable }) {
  return roster.filter(({ publications }) => publications.some(({ use }) => use === 'camera')).map((one) => {
    const place = places.find((item) => item.label?.kind === 'camera' && ownerOf(item, roster) === one);
    const isStopped = isLost || one.away;
    return {
      participant: one.participant,
      video: place?.isShowing && place.element instanceof HTMLVideoElement ? place.element : null,
      still: isStopped ? 'lost' : place?.still ?? null,
      undecryptable: undecryptable.has(one.participant),
    };
  });
}
