/**
 * What people wrote to each other, as a value: what comes in makes another one. Nothing of it is kept anywhere else, and
 * whoever comes later sees nothing of before.
 * @import { Audience } from './audience.js'
 * @import { Person } from './people.js'
 * @import { FileRef, SaidEvent } from './said.d.ts'
 *
 * @typedef {object} Message
 * @property {string} id
 * @property {string} key the author's
 * @property {string} name what the author was called then; empty: they had not said it
 * @property {boolean} own
 * @property {number} at Unix milliseconds
 * @property {readonly string[]} to whom alone it was said to, by key
 * @property {Audience | { readonly type: 'you' | 'youOrHosts' }} audience the same in words, as far as whoever reads it can know
 * @property {string} text empty once it was taken back, and where there are only files
 * @property {readonly FileRef[]} files none once it was taken back
 * @property {boolean} follows one of the same author, to the same people, a moment before
 * @property {boolean} isEdited
 * @property {'author' | 'host' | null} takenBack
 *
 * @typedef {{ readonly message: Message & { readonly audience: Audience }, readonly isFailed: boolean }} Outgoing
 *
 * @typedef {object} Chat
 * @property {readonly Message[]} messages the oldest first
 * @property {readonly Outgoing[]} outgoing own ones that are not on their way yet, under names that nobody else knows
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
export const noChat = { messages: [], outgoing: [], names: new Map(), isCut: false, unread: 0 };

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
      return added(chat, event, event.said, people, moment);
    case 'change': {
      const { target, act, text } = event.said;
      const change = act === 'edit' ? edited(event.key, text) : retracted(event, people);
      return changed(chat, target, change);
    }
    default:
      return chat;
  }
}

/** @param {Chat} chat @returns {Chat} */
export function seen(chat) {
  return chat.unread === 0 ? chat : { ...chat, unread: 0 };
}

/** One more that is to go out. @param {Chat} chat @param {string} id @param {string} text @param {Audience} audience @param {readonly string[]} to @param {number} at @param {readonly FileRef[]} [files] @returns {Chat} */
export function sending(chat, id, text, audience, to, at, files = []) {
  const last = chat.outgoing.at(-1)?.message ?? chat.messages.at(-1);
  const follows = last?.own === true && isSame(last.to, to) && Math.abs(at - last.at) < pause;
  const message = { ...blank, id, own: true, at, to, audience, text, files, follows };
  return { ...chat, outgoing: [...chat.outgoing, { message, isFailed: false }] };
}

/** The first that is still to go out does not: they are refused in the order in which they were written. @param {Chat} chat @returns {Chat} */
export function refused(chat) {
  const first = chat.outgoing.find(({ isFailed }) => !isFailed);
  if (!first) return chat;
  return { ...chat, outgoing: chat.outgoing.map((one) => one === first ? { ...one, isFailed: true } : one) };
}

/** One that failed is given up, or written anew. @param {Chat} chat @param {string} id @returns {Chat} */
export function without(chat, id) {
  return { ...chat, outgoing: chat.outgoing.filter(({ message }) => message.id !== id) };
}

/** What is left for somebody who is out of the meeting: own messages that nobody got. @param {Chat} chat @returns {Chat} */
export function outside(chat) {
  return { ...noChat, outgoing: chat.outgoing.map((one) => ({ ...one, isFailed: true })) };
}

/** @type {Message} */
const blank = {
  id: '',
  key: '',
  name: '',
  own: false,
  at: 0,
  to: [],
  audience: { type: 'everyone' },
  text: '',
  files: [],
  follows: false,
  isEdited: false,
  takenBack: null,
};

/** @param {Chat} chat @param {SaidEvent} event @param {{ readonly text: string, readonly files: readonly FileRef[] }} said @param {readonly Person[]} people @param {Moment} moment @returns {Chat} */
function added(chat, { id, key, sent, to }, { text, files }, people, { now, isSeen }) {
  if (text === '' && files.length === 0) return chat;
  // A name that its author has used names what it named before; what others name so is theirs.
  if (chat.messages.some((one) => one.id === id && one.key === key)) return chat;
  const own = people.some((person) => person.me && person.key === key);
  const at = sent > now - credible.before && sent < now + credible.after ? sent : now;
  const last = chat.messages.at(-1);
  const follows = last !== undefined && last.key === key && isSame(last.to, to) && Math.abs(at - last.at) < pause;
  const gone = own ? chat.outgoing.find(({ message }) => isOf(message, text, files, to)) : undefined;
  const audience = gone?.message.audience ?? audienceOf(to, own, isOneOfMany(people, key), chat.names);
  /** @type {Message} */
  const message = { ...blank, id, key, name: chat.names.get(key) ?? '', own, at, to, audience, text, files, follows };
  const messages = cut([...chat.messages, message]);
  const isCut = chat.isCut || messages.length <= chat.messages.length;
  const outgoing = gone ? chat.outgoing.filter((one) => one !== gone) : chat.outgoing;
  return { ...chat, messages, outgoing, isCut, unread: own || isSeen ? chat.unread : chat.unread + 1 };
}

/** Is this what was to go out? Whoever had left meanwhile did not get it. @param {Message} message @param {string} text @param {readonly FileRef[]} files @param {readonly string[]} to */
function isOf(message, text, files, to) {
  const blobs = (/** @type {readonly FileRef[]} */ all) => all.map(({ blob }) => blob);
  return message.text === text && isSame(blobs(message.files), blobs(files)) &&
    (message.to.length > 0) === (to.length > 0) &&
    to.every((key) => message.to.includes(key));
}

/** Are we a host, and is there another beside the author? What is said to all hosts comes to each of them alone. @param {readonly Person[]} people @param {string} author */
function isOneOfMany(people, author) {
  const hosts = people.filter(leads);
  return hosts.some(({ me }) => me) && hosts.some(({ me, key }) => !me && key !== author);
}

/** Own messages to several went to hosts: others are not written to together. @param {readonly string[]} to @param {boolean} own @param {boolean} isHostOfMany @param {ReadonlyMap<string, string>} names @returns {Message['audience']} */
function audienceOf(to, own, isHostOfMany, names) {
  const [only] = to;
  if (only === undefined) return { type: 'everyone' };
  if (!own) return { type: isHostOfMany ? 'youOrHosts' : 'you' };
  if (to.length > 1) return { type: 'hosts' };
  return { type: 'person', key: only, name: names.get(only) ?? { word: 'chat.nameless' } };
}

/** The first that is left says who wrote it. @param {readonly Message[]} messages @returns {readonly Message[]} */
function cut(messages) {
  if (messages.length <= mostMessages) return messages;
  const [first, ...rest] = messages.slice(-mostMessages);
  return first ? [{ ...first, follows: false }, ...rest] : rest;
}

/** All that have this id; nearly always one. @param {Chat} chat @param {string} id @param {(message: Message) => Message} change @returns {Chat} */
function changed(chat, id, change) {
  const messages = chat.messages.map((one) => one.id === id && one.takenBack === null ? change(one) : one);
  return messages.every((one, place) => one === chat.messages[place]) ? chat : { ...chat, messages };
}

/** By the author alone: nobody puts words into another's mouth. @param {string} key @param {string} text @returns {(message: Message) => Message} */
function edited(key, text) {
  return (message) => key === message.key && text !== '' ? { ...message, text, isEdited: true } : message;
}

/** By the author, and by a host all that everybody read. @param {SaidEvent} event @param {readonly Person[]} people @returns {(message: Message) => Message} */
function retracted({ key, to }, people) {
  const isHost = to.length === 0 && people.some((person) => person.key === key && leads(person));
  return (message) => {
    const isAuthor = key === message.key;
    if (!isAuthor && !(isHost && message.to.length === 0)) return message;
    return { ...message, text: '', files: [], takenBack: isAuthor ? 'author' : 'host' };
  };
}

/** @param {readonly string[]} some @param {readonly string[]} others */
function isSame(some, others) {
  return some.length === others.length && some.every((one, place) => one === others[place]);
}
