/**
 * Who is here and what they publish, as the server tells it; names come from the engine. A value in, a value out.
 * @import { MediaEvent, Participant, Publication, RoomEvent } from '../../protocol/messages.d.ts'
 * @import { Person } from '../types.d.ts'
 * @typedef {readonly Participant[]} Roster in order of arrival, without oneself
 */
import { unreachable } from '../../protocol/unreachable.js';

/** @param {Roster} roster @param {RoomEvent | Extract<MediaEvent, { type: 'published' | 'withdrawn' }>} event @returns {Roster} */
export function apply(roster, event) {
  switch (event.type) {
    case 'participantJoined':
      return [...without(roster, event.participant.participant), event.participant];
    case 'participantLeft':
      return without(roster, event.participant);
    case 'participantAway':
      return changed(roster, event.participant, (one) => ({ ...one, away: true }));
    case 'participantBack':
      return changed(roster, event.participant, (one) => ({ ...one, away: false }));
    case 'participantMoved':
      return changed(roster, event.participant, (one) => ({ ...one, leaf: event.leaf }));
    case 'published': {
      const { publication, use } = event;
      return changed(roster, event.participant, (one) => ({
        ...one,
        publications: [...one.publications.filter((item) => item.publication !== publication), { publication, use }],
      }));
    }
    case 'withdrawn':
      return roster.map((one) => ({
        ...one,
        publications: one.publications.filter(({ publication }) => publication !== event.publication),
      }));
    default:
      return unreachable(event);
  }
}

/** @param {Roster} roster @param {string} participant @param {Publication['use']} use */
export function publicationOf(roster, participant, use) {
  const one = roster.find((item) => item.participant === participant);
  return one?.publications.find((item) => item.use === use)?.publication ?? null;
}

/** @param {Roster} roster @param {string} publication */
export function publisherOf(roster, publication) {
  return roster.find(({ publications }) => publications.some((item) => item.publication === publication)) ?? null;
}

/** @param {Roster} roster @param {number} leaf */
export function onLeaf(roster, leaf) {
  return roster.find((one) => one.leaf === leaf) ?? null;
}

/** @param {Roster} roster @param {Readonly<Record<string, string | null>>} names @returns {Person[]} */
export function peopleOf(roster, names) {
  return roster.map(({ participant, leaf, away, publications }) => ({
    participant,
    leaf,
    name: names[participant] ?? '',
    me: false,
    microphone: publications.some(({ use }) => use === 'microphone'),
    camera: publications.some(({ use }) => use === 'camera'),
    away,
  }));
}

/** @param {Roster} roster @param {string} participant */
function without(roster, participant) {
  return roster.filter((one) => one.participant !== participant);
}

/** @param {Roster} roster @param {string} participant @param {(one: Participant) => Participant} change */
function changed(roster, participant, change) {
  return roster.map((one) => one.participant === participant ? change(one) : one);
}
