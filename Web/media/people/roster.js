/**
 * Who is here, as the group says, and what they publish, as the server tells it. A value in, a value out.
 * @import { MediaEvent, Participant, Permissions, Publication, RoomEvent } from '../../protocol/messages.d.ts'
 * @import { RosterEntry } from '../../state/meeting.d.ts'
 * @import { Person } from '../types.d.ts'
 * @typedef {readonly Participant[]} Roster in order of arrival, without oneself
 */
import { unreachable } from '../../protocol/unreachable.js';

/** @param {Roster} roster @param {Exclude<RoomEvent, { type: 'passcodeChanged' }> | Extract<MediaEvent, { type: 'published' | 'withdrawn' }>} event @returns {Roster} */
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
    case 'participantMay':
      return changed(roster, event.participant, (one) => ({ ...one, may: event.may }));
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

/** As long as nobody said otherwise. @type {Permissions} */
export const everything = { microphone: true, camera: true, screen: true, files: true };

/** What we are called ourselves: others are called by their keys. */
export const own = 'own';

/**
 * The members of the group, called by their keys, with what the server says is on their leaves. Whoever the group does not
 * know is not here, whatever the server says; who sends nothing yet is.
 * @param {readonly RosterEntry[]} members @param {Roster} served @returns {Roster}
 */
export function membersOf(members, served) {
  return members.filter((member) => !member.own).map(({ leaf, key }) => {
    const one = served.find((item) => item.leaf === leaf);
    const { away = false, publications = [], may = everything } = one ?? {};
    return { participant: key, leaf, away, publications, may };
  });
}

/** @param {Roster} roster @param {readonly RosterEntry[]} members @returns {Person[]} */
export function peopleOf(roster, members) {
  return roster.map(({ participant, leaf, away, publications, may }) => {
    const member = members.find(({ key }) => key === participant);
    return {
      ...personOf(member),
      participant,
      leaf,
      name: member?.name ?? '',
      me: false,
      microphone: publications.some(({ use }) => use === 'microphone'),
      camera: publications.some(({ use }) => use === 'camera'),
      screen: publications.some(({ use }) => use === 'screen'),
      away,
      may,
    };
  });
}

/** What the group knows of somebody. @param {RosterEntry | undefined} member @returns {Pick<Person, 'leaf' | 'key' | 'role' | 'label' | 'hand' | 'silent' | 'service'>} */
export function personOf(member) {
  if (!member) return { leaf: 0 };
  const { leaf, key, role, label, hand, silent, service } = member;
  return { leaf, key, role, label, hand, silent, ...(service && { service }) };
}

/** @param {Roster} roster @param {string} participant */
function without(roster, participant) {
  return roster.filter((one) => one.participant !== participant);
}

/** @param {Roster} roster @param {string} participant @param {(one: Participant) => Participant} change */
function changed(roster, participant, change) {
  return roster.map((one) => one.participant === participant ? change(one) : one);
}
