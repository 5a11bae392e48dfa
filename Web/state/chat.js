/**
 * What people wrote to each other, as a value: what comes in makes another one. Nothing of it is kept anywhere else, and
 * whoever comes later sees nothing of before.
 * @import { Audience } from './audience.js'
 * @import { Person } from './people.js'
 * @import { SaidEvent } from './said.d.ts'
 *
 * @typedef {object} Message
 * @property {string} id
 * @property {string} key the author's
 * @property {string} name what the author was called then; empty: they had not said it
 * @property {boolean} own
 * @property {number} at Unix milliseconds
 * @property {readonly string[]} to whom alone it was said to, by key
 * @property {Audience | { readonly type: 'you' }} audience the same in words
 * @property {string} text empty once it was taken back
 * @property {boolean} follows one of the same author, to the same people, a moment before
 * @property {boolean} isEdited
 * @property {'author' | 'host' | null} takenBack
 *
 * @typedef {object} Chat
 * @property {readonly Message[]} messages the oldest first
 * @property {ReadonlyMap<string, string>} names of everybody who was here, by key: whoever leaves keeps theirs
 * @property {boolean} isCut were there more than are kept?
 * @property {number} unread
 *
 * @typedef {{ readonly now: number, readonly isSeen: boolean }} Moment `now`: Unix milliseconds; `isSeen`: the person has it before their eyes
 */
import { leads, nameOf } from './people.js';

/** More than anybody reads back, and few enough for a browser to hold. */
export const mostMessages = 2000;

/** Milliseconds after which a message of the same author says anew who wrote it, and when. */
const pause = 5 * 60_000;

/** Milliseconds that the author's clock may differ from ours, before and after, to be believed. */
const credible = { before: 60 * 60_000, after: 60_000 };

/** @type {Chat} */
export const noChat = { messages: [], names: new Map(), isCut: false, unread: 0 };

/** Names of those who are here now; messages whose author had not said a name yet get it. @param {Chat} chat @param {readonly Person[]} people @returns {Chat} */
export function met(chat, people) {
  const fresh = people.flatMap((person) => {
    const name = nameOf(person);
    const isNew = person.key !== undefined && typeof name === 'string' && chat.names.get(person.key) !== name;
    return isNew ? [/** @type {const} */ ([person.key ?? '', name])] : [];
  });
  if (fresh.length === 0) return chat;
  const names = new Map([...chat.names, ...fresh]);
  const messages = chat.messages.map((one) => {
    const name = one.name === '' ? names.get(one.key) : undefined;
    return name === undefined ? one : { ...one, name };
  });
  return { ...chat, names, messages };
}

/** The conversation with what was said; the same value when it is nothing for it. @param {Chat} chat @param {SaidEvent} event @param {readonly Person[]} people @param {Moment} moment @returns {Chat} */
export function heard(chat, event, people, moment) {
  switch (event.said.type) {
    case 'chat':
      return event.said.text === '' ? chat : added(chat, event, event.said.text, people, moment);
    case 'change': {
      const { target, act, text } = event.said;
      return changed(chat, target, act === 'edit' ? edited(event.key, text) : retracted(event.key));
    }
    default:
      return chat;
  }
}

/** @param {Chat} chat @returns {Chat} */
export function seen(chat) {
  return chat.unread === 0 ? chat : { ...chat, unread: 0 };
}

/** @param {Chat} chat @param {SaidEvent} event @param {string} text @param {readonly Person[]} people @param {Moment} moment @returns {Chat} */
function added(chat, { id, key, sent, to }, text, people, { now, isSeen }) {
  // A name that is taken names what it named before.
  if (chat.messages.some((one) => one.id === id)) return chat;
  const me = people.find((person) => person.me);
  const own = key === me?.key;
  const at = sent > now - credible.before && sent < now + credible.after ? sent : now;
  const last = chat.messages.at(-1);
  const follows = last !== undefined && last.key === key && isSame(last.to, to) && Math.abs(at - last.at) < pause;
  /** @type {Message} */
  const message = {
    id,
    key,
    name: chat.names.get(key) ?? '',
    own,
    at,
    to,
    audience: audienceOf(to, own, me !== undefined && leads(me), chat.names),
    text,
    follows,
    isEdited: false,
    takenBack: null,
  };
  const messages = cut([...chat.messages, message]);
  const isCut = chat.isCut || messages.length <= chat.messages.length;
  return { ...chat, messages, isCut, unread: own || isSeen ? chat.unread : chat.unread + 1 };
}

/** Only hosts are written to together. @param {readonly string[]} to @param {boolean} own @param {boolean} isHost are we? @param {ReadonlyMap<string, string>} names @returns {Message['audience']} */
function audienceOf(to, own, isHost, names) {
  const [only] = to;
  if (only === undefined) return { type: 'everyone' };
  if (to.length > 1 && (own || isHost)) return { type: 'hosts' };
  return own ? { type: 'person', key: only, name: names.get(only) ?? { word: 'chat.nameless' } } : { type: 'you' };
}

/** The first that is left says who wrote it. @param {readonly Message[]} messages @returns {readonly Message[]} */
function cut(messages) {
  if (messages.length <= mostMessages) return messages;
  const [first, ...rest] = messages.slice(-mostMessages);
  return first ? [{ ...first, follows: false }, ...rest] : rest;
}

/** @param {Chat} chat @param {string} id @param {(message: Message) => Message} change @returns {Chat} */
function changed(chat, id, change) {
  const place = chat.messages.findIndex((one) => one.id === id);
  const before = chat.messages[place];
  const after = before && before.takenBack === null ? change(before) : before;
  if (after === undefined || after === before) return chat;
  return { ...chat, messages: chat.messages.with(place, after) };
}

/** By the author alone: nobody puts words into another's mouth. @param {string} key @param {string} text @returns {(message: Message) => Message} */
function edited(key, text) {
  return (message) => key === message.key && text !== '' ? { ...message, text, isEdited: true } : message;
}

/** By the author, or by a host: the engine has judged who it may be. @param {string} key @returns {(message: Message) => Message} */
function retracted(key) {
  return (message) => ({ ...message, text: '', takenBack: key === message.key ? 'author' : 'host' });
}

/** @param {readonly string[]} some @param {readonly string[]} others */
function isSame(some, others) {
  return some.length === others.length && some.every((one, place) => one === others[place]);
}
