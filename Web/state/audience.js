/**
 * To whom something is about to be written, and whether it can be. Whom one has chosen stays chosen until one chooses
 * anew (Promise P-041): what is no longer possible is said, and goes to nobody else instead.
 * @import { Message } from './chat.js'
 * @import { Args } from './notices.js'
 * @import { Person } from './people.js'
 * @import { Rights } from './waiting.js'
 *
 * @typedef {{ readonly type: 'everyone' } | { readonly type: 'hosts' }
 *   | { readonly type: 'person', readonly key: string, readonly name: string | { word: string } }} Audience
 *
 * @typedef {{ readonly text: string, readonly args: Args }} Words
 *
 * What is before the person who writes.
 * @typedef {object} Composing
 * @property {readonly Audience[]} choices
 * @property {Audience} audience
 * @property {boolean} isChanging a message there is, whose audience stays
 * @property {boolean} isShut nothing may be written here
 * @property {Words | null} block why it cannot be sent as it is
 * @property {Words} send the words on the button
 * @property {readonly string[]} to keys; empty: everybody
 *
 * @typedef {{ readonly people: readonly Person[], readonly features: Rights['features'] }} Here
 */
import { leads, nameOf } from './people.js';

/** Bytes that a message may have. */
export const longest = 8192;

/** Bytes before the end at which one wants to know how much is left. */
const near = 500;

/** @type {Audience} */
export const everyone = { type: 'everyone' };

/** @param {Here} here @param {Audience} audience chosen by the person @param {Message | null} message that is being changed @returns {Composing} */
export function composing(here, audience, message) {
  const offered = choices(here);
  const known = offered.find((one) => isSame(one, audience));
  const chosen = known ?? audience;
  const kept = message === null || isHeard(message.audience) ? chosen : message.audience;
  const block = blockOf(here, kept, message);
  return {
    choices: known ? offered : [...offered, audience],
    audience: chosen,
    isChanging: message !== null,
    isShut: isShut(here),
    block,
    send: sendWords(kept, message !== null),
    to: block ? [] : recipients(here, kept, message),
  };
}

/** Is it the audience of somebody who reads, and not of whoever wrote? @param {Message['audience']} audience @returns {audience is Exclude<Message['audience'], Audience>} */
export function isHeard(audience) {
  return audience.type === 'you' || audience.type === 'youOrHosts';
}

/** What of a message still fits. @param {string} text @returns {{ left: number, isNear: boolean, isOver: boolean }} */
export function space(text) {
  const left = longest - new TextEncoder().encode(text).length;
  return { left, isNear: left <= near, isOver: left < 0 };
}

/** @param {Audience} one @param {Audience} other */
export function isSame(one, other) {
  return identify(one) === identify(other);
}

/** What names an audience where a text has to. @param {Audience} audience */
export function identify(audience) {
  return audience.type === 'person' ? `person ${audience.key}` : audience.type;
}

/** One person may be written to where everybody may be, and to or by a host. @param {Here} here @returns {readonly Audience[]} */
function choices({ people, features }) {
  const isHost = people.some((one) => one.me && leads(one));
  const mayEach = features.includes('direct') || isHost;
  const others = people.filter(({ me, key, label }) => !me && key !== undefined && label !== 'service');
  const each = others.filter((one) => mayEach || leads(one)).map((person) => {
    return /** @type {const} */ ({ type: 'person', key: person.key ?? '', name: nameOf(person) });
  });
  return [everyone, ...others.some(leads) ? [/** @type {const} */ ({ type: 'hosts' })] : [], ...each];
}

/** Does nobody write here? @param {Here} here */
function isShut({ features }) {
  return !features.includes('chat') && !features.includes('hostsChat');
}

/** Where only hosts write to everybody, they can still be asked something. @param {Here} here @param {Audience} audience @param {Message | null} message @returns {Words | null} */
function blockOf(here, audience, message) {
  const { people, features } = here;
  if (isShut(here)) return { text: 'chat.off', args: {} };
  if (audience.type === 'everyone') {
    const mayWrite = features.includes('chat') || people.some((one) => one.me && leads(one));
    return mayWrite ? null : { text: 'chat.off.guests', args: {} };
  }
  if (recipients(here, audience, message).length === 0) return missing(audience);
  const isOpen = audience.type === 'hosts' || choices(here).some((one) => isSame(one, audience));
  return isOpen ? null : { text: 'chat.to.closed', args: {} };
}

/** Why nobody gets what is not for everybody. @param {Message['audience']} audience @returns {Words} */
export function missing(audience) {
  return audience.type === 'person'
    ? { text: 'chat.to.left', args: { name: audience.name } }
    : { text: 'chat.to.noHosts', args: {} };
}

/** Those who have a message and are here; none need be named where everybody has it. @param {readonly Person[]} people @param {Message} message @returns {readonly string[]} */
export function readersOf(people, { to }) {
  return people.flatMap(({ me, key }) => !me && key !== undefined && to.includes(key) ? [key] : []);
}

/** A change goes to those alone who have what is changed. @param {Here} here @param {Audience} audience @param {Message | null} message @returns {readonly string[]} */
function recipients({ people }, audience, message) {
  const others = people.filter(({ me }) => !me);
  const keys = (/** @type {readonly Person[]} */ some) => some.flatMap(({ key }) => key === undefined ? [] : [key]);
  if (message) return readersOf(people, message);
  switch (audience.type) {
    case 'everyone':
      return [];
    case 'hosts':
      return keys(others.filter(leads));
    case 'person':
      return keys(others).filter((key) => key === audience.key);
  }
}

/** @param {Audience} audience @param {boolean} isChanging @returns {Words} */
function sendWords(audience, isChanging) {
  switch (audience.type) {
    case 'everyone':
      return { text: isChanging ? 'chat.resend.1' : 'chat.send.1', args: {} };
    case 'hosts':
      return { text: isChanging ? 'chat.resend.2' : 'chat.send.2', args: {} };
    case 'person':
      return { text: isChanging ? 'chat.resend.3' : 'chat.send.3', args: { name: audience.name } };
  }
}
