/// <reference lib="deno.ns" />
/** @import { Chat } from '../state/chat.js' @import { Person } from '../state/people.js' @import { Said, SaidEvent } from '../state/said.d.ts' */
import assert from 'node:assert/strict';
import { heard, met, mostMessages, noChat, outside, refused, seen, sending, without } from '../state/chat.js';

const now = Date.UTC(2026, 5, 1, 10);

/** @param {string} key @param {Partial<Person>} [more] @returns {Person} */
function person(key, more = {}) {
  const name = key[0]?.toUpperCase() + key.slice(1);
  return { participant: key, key, name, me: false, microphone: true, camera: true, away: false, ...more };
}

const me = person('me', { participant: 'own', me: true });
const anna = person('anna', { role: 'host' });
const people = [anna, person('bea'), me];

/** @param {string} text @returns {Said} */
const chatSaid = (text) => ({ type: 'chat', text, replyTo: '', files: [] });

let lastID = 0;

/** @param {string} key @param {Said | string} said @param {Partial<SaidEvent>} [more] @returns {SaidEvent} */
function event(key, said, more = {}) {
  const id = `id${++lastID}`;
  return { key, id, sent: now, to: [], said: typeof said === 'string' ? chatSaid(said) : said, ...more };
}

/** @param {Chat} chat @param {readonly SaidEvent[]} events @param {{ isSeen?: boolean, now?: number, people?: readonly Person[] }} [how] */
function all(chat, events, how = {}) {
  const { isSeen = false, now: moment = now, people: here = people } = how;
  return events.reduce((one, said) => heard(one, said, here, { now: moment, isSeen }), chat);
}

const empty = met(noChat, people);

Deno.test('a message has its author, its time and its text; own ones are known', () => {
  const { messages } = all(empty, [event('bea', 'Hallo'), event('me', 'Dag')]);
  assert.deepEqual(messages.map(({ name, text, own, at }) => [name, text, own, at]), [
    ['Bea', 'Hallo', false, now],
    ['Me', 'Dag', true, now],
  ]);
});

Deno.test('whoever leaves keeps the name they had; a name that is said later comes to what was written before', () => {
  let chat = all(empty, [event('bea', 'Hallo')]);
  chat = met(chat, [anna, me]);
  chat = all(chat, [event('bea', 'ik ben al weg')], { people: [anna, me] });
  assert.deepEqual(chat.messages.map(({ name }) => name), ['Bea', 'Bea']);
  chat = met(chat, [person('bea', { name: 'Beatrix' }), me]);
  chat = all(chat, [event('bea', 'nu anders'), event('chris', 'wie ben ik')]);
  assert.deepEqual(chat.messages.map(({ name }) => name), ['Bea', 'Bea', 'Beatrix', '']);
  chat = met(chat, [person('chris'), me]);
  assert.deepEqual(chat.messages.map(({ name }) => name), ['Bea', 'Bea', 'Beatrix', 'Chris']);
  assert.equal(met(chat, [person('chris'), me]), chat, 'nothing new is the same value');
});

Deno.test('to whom it was said, as the one who reads it should know it', () => {
  /** @param {string} key @param {readonly string[]} to @param {readonly Person[]} [here] */
  const audience = (key, to, here = people) => {
    return all(met(noChat, here), [event(key, 'x', { to })], { people: here }).messages[0]?.audience;
  };
  assert.deepEqual(audience('bea', []), { type: 'everyone' });
  assert.deepEqual(audience('bea', ['me']), { type: 'you' });
  assert.deepEqual(audience('me', ['bea']), { type: 'person', key: 'bea', name: 'Bea' });
  assert.deepEqual(audience('me', ['anna', 'bea']), { type: 'hosts' });
  const host = { ...me, role: /** @type {const} */ ('cohost') };
  assert.deepEqual(audience('bea', ['me'], [person('bea'), host]), { type: 'you' });
  assert.deepEqual(
    audience('bea', ['me'], [anna, person('bea'), host]),
    { type: 'youOrHosts' },
    'they may all have it',
  );
  assert.deepEqual(audience('anna', ['me'], [anna, person('bea'), host]), { type: 'you' });
  assert.deepEqual(audience('me', ['gone']), { type: 'person', key: 'gone', name: { word: 'chat.nameless' } });
});

Deno.test('what one author writes to the same people in a few minutes follows', () => {
  const { messages } = all(empty, [
    event('bea', 'een'),
    event('bea', 'twee', { sent: now + 30_000 }),
    event('bea', 'drie', { to: ['me'], sent: now + 40_000 }),
    event('anna', 'vier', { sent: now + 41_000 }),
    event('anna', 'vijf', { sent: now - 30 * 60_000 }),
  ]);
  assert.deepEqual(messages.map(({ follows }) => follows), [false, true, false, false, false]);
});

Deno.test('a clock that cannot be right is not shown', () => {
  const { messages } = all(empty, [
    event('bea', 'toen', { sent: 0 }),
    event('bea', 'net', { sent: now - 60_000 }),
    event('bea', 'straks', { sent: now + 3_600_000 }),
  ]);
  assert.deepEqual(messages.map(({ at }) => at), [now, now - 60_000, now]);
});

Deno.test('unread are those of others that came while nobody looked', () => {
  let chat = all(empty, [event('bea', 'een'), event('me', 'twee'), event('anna', 'drie')]);
  assert.equal(chat.unread, 2);
  chat = seen(chat);
  assert.equal(chat.unread, 0);
  assert.equal(seen(chat), chat);
  assert.equal(all(chat, [event('bea', 'vier')], { isSeen: true }).unread, 0);
});

Deno.test('two thousand messages are kept; the first that is left says who wrote it', () => {
  const events = Array.from({ length: mostMessages + 2 }, (_, place) => event('bea', String(place)));
  const full = all(empty, events.slice(0, mostMessages));
  assert.equal(full.isCut, false);
  const { messages, isCut } = all(full, events.slice(mostMessages));
  assert.equal(isCut, true);
  assert.equal(messages.length, mostMessages);
  assert.deepEqual(messages.slice(0, 2).map(({ text, follows }) => [text, follows]), [['2', false], ['3', true]]);
  assert.equal(all({ ...noChat, messages, isCut }, [event('bea', 'x')]).isCut, true);
});

Deno.test('an author changes and takes back what is theirs, a host takes away, and nobody puts words into another’s mouth', () => {
  const first = event('bea', 'Hallo'), second = event('bea', 'Weg ermee'), third = event('bea', 'Mag niet');
  /** @param {SaidEvent} target @param {'edit' | 'retract'} act @param {string} [text] @returns {Said} */
  const change = (target, act, text = '') => ({ type: 'change', target: target.id, act, text });
  let chat = all(empty, [first, second, third]);
  const before = chat;
  chat = all(chat, [event('anna', change(first, 'edit', 'Ik ben gek'))]);
  assert.equal(chat, before);
  chat = all(chat, [
    event('bea', change(first, 'edit', 'Hallo allemaal')),
    event('bea', change(second, 'retract')),
    event('bea', change(second, 'edit', 'toch weer')),
    event('anna', change(third, 'retract')),
    event('anna', { type: 'change', target: 'nothing', act: 'retract', text: '' }),
  ]);
  assert.deepEqual(chat.messages.map(({ text, isEdited, takenBack }) => [text, isEdited, takenBack]), [
    ['Hallo allemaal', true, null],
    ['', false, 'author'],
    ['', false, 'host'],
  ]);
  assert.equal(chat.unread, before.unread);
});

Deno.test('what somebody else writes under the name of a message is theirs, and changes with nobody’s but theirs', () => {
  const first = event('bea', 'Hallo'), { id } = first;
  let chat = all(empty, [first, event('bea', 'nog eens', { id }), event('chris', 'Doei', { id })]);
  const texts = () => chat.messages.map(({ text }) => text);
  assert.deepEqual(texts(), ['Hallo', 'Doei']);
  chat = all(chat, [event('bea', { type: 'change', target: id, act: 'edit', text: 'Hoi' })]);
  assert.deepEqual(texts(), ['Hoi', 'Doei']);
  chat = all(chat, [event('chris', { type: 'change', target: id, act: 'retract', text: '' })]);
  assert.deepEqual(texts(), ['Hoi', '']);
  chat = all(chat, [event('chris', 'weer', { id })]);
  assert.deepEqual(texts(), ['Hoi', ''], 'what was taken back keeps its name');
  chat = all(chat, [event('anna', { type: 'change', target: id, act: 'retract', text: '' })]);
  assert.deepEqual(chat.messages.map(({ takenBack }) => takenBack), ['host', 'author']);
});

Deno.test('a host takes back what everybody read, and nothing that was said to them alone', () => {
  const first = event('bea', 'Hallo'), { id } = first;
  const chat = all(empty, [first, event('chris', 'psst', { id, to: ['me'] })]);
  const after = all(chat, [event('anna', { type: 'change', target: id, act: 'retract', text: '' })]);
  assert.deepEqual(after.messages.map(({ text }) => text), ['', 'psst']);
});

Deno.test('an own message is there at once, and is the same when it comes back', () => {
  let chat = sending(empty, 'own 1', 'Hallo', { type: 'hosts' }, ['anna', 'gone'], now);
  chat = sending(chat, 'own 2', 'Hallo', { type: 'everyone' }, [], now);
  chat = sending(chat, 'own 3', 'Dag', { type: 'everyone' }, [], now);
  assert.deepEqual(chat.outgoing.map(({ message }) => message.follows), [false, false, true]);
  chat = all(chat, [event('bea', 'Hallo'), event('me', 'Hallo', { to: ['anna'] })]);
  assert.deepEqual(chat.outgoing.map(({ message }) => message.id), ['own 2', 'own 3']);
  assert.deepEqual(chat.messages.at(-1)?.audience, { type: 'hosts' }, 'as it was chosen, though one is here');
  chat = all(chat, [event('me', 'Hallo')]);
  assert.deepEqual(chat.outgoing.map(({ message }) => message.id), ['own 3']);
  assert.equal(chat.unread, 1);
});

Deno.test('what is refused is still there, until it is given up; also outside the meeting', () => {
  let chat = sending(empty, 'own 1', 'een', { type: 'everyone' }, [], now);
  chat = sending(chat, 'own 2', 'twee', { type: 'everyone' }, [], now);
  chat = refused(chat);
  assert.deepEqual(chat.outgoing.map(({ isFailed }) => isFailed), [true, false]);
  const gone = outside(all(chat, [event('bea', 'Hallo')]));
  assert.deepEqual([gone.messages, gone.unread, gone.names.size], [[], 0, 0]);
  assert.deepEqual(gone.outgoing.map(({ isFailed }) => isFailed), [true, true]);
  assert.equal(refused(gone), gone);
  assert.deepEqual(without(gone, 'own 1').outgoing.map(({ message }) => message.text), ['twee']);
});

Deno.test('what is no message is no part of it', () => {
  const other = [
    event('bea', { type: 'hand', isUp: true }),
    event('bea', { type: 'reaction', emoji: '👍' }),
    event('bea', ''),
  ];
  assert.equal(all(empty, other), empty);
});

Deno.test('files go with a message, alone as well; taken back with it, and the same when they come back', () => {
  const file = { blob: 'b1', key: 'k', size: 3, hash: 'h', name: 'a.txt', type: '', expires: 0 };
  /** @type {Said} */
  const said = { type: 'chat', text: '', replyTo: '', files: [file] };
  let chat = sending(empty, 'own 1', '', { type: 'everyone' }, [], now, [file]);
  const other = event('me', { ...said, files: [{ ...file, blob: 'b2' }] });
  assert.equal(all(chat, [other]).outgoing.length, 1, 'other files are another message');
  const back = event('me', said);
  chat = all(chat, [back]);
  assert.deepEqual([chat.outgoing.length, chat.messages[0]?.files], [0, [file]]);
  chat = all(chat, [event('me', { type: 'change', target: back.id, act: 'edit', text: 'erbij' })]);
  assert.deepEqual([chat.messages[0]?.text, chat.messages[0]?.files], ['erbij', [file]]);
  chat = all(chat, [event('me', { type: 'change', target: back.id, act: 'retract', text: '' })]);
  assert.deepEqual(chat.messages[0]?.files, []);
});
