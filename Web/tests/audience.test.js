/// <reference lib="deno.ns" />
/** @import { Audience } from '../state/audience.js' @import { Message } from '../state/chat.js' @import { Feature } from '../state/meeting.d.ts' @import { Person } from '../state/people.js' */
import assert from 'node:assert/strict';
import { composing, everyone, isSame, longest, readersOf, space } from '../state/audience.js';
import { marked } from '../state/people.js';

/** @param {string} key @param {Partial<Person>} [more] @returns {Person} */
function person(key, more = {}) {
  return { participant: key, key, name: key, me: false, microphone: true, camera: true, away: false, ...more };
}

const me = person('me', { participant: 'own', me: true });
const anna = person('Anna', { role: 'host' });
const bea = person('Bea');
const recorder = person('Opname', { role: 'recorder', label: 'service' });
/** @type {readonly Feature[]} */
const open = ['chat'];
/** @type {Audience} */
const toBea = { type: 'person', key: 'Bea', name: 'Bea' };
/** @type {Audience} */
const toHosts = { type: 'hosts' };

/** @param {readonly Person[]} people @param {readonly Feature[]} features @param {Audience} [audience] */
const words = (people, features, audience = everyone) => {
  const { choices, block, send, to } = composing({ people, features }, audience, null);
  const names = choices.map((one) => one.type === 'person' ? one.name : one.type);
  return { names, block: block?.text ?? null, send: send.text, to };
};

Deno.test('a guest may choose everyone, hosts and each host; others where that is switched on', () => {
  const people = [anna, bea, recorder, me];
  assert.deepEqual(words(people, open).names, ['everyone', 'hosts', 'Anna']);
  assert.deepEqual(words(people, [...open, 'direct']).names, ['everyone', 'hosts', 'Anna', 'Bea']);
  assert.deepEqual(words([bea, me], open).names, ['everyone']);
});

Deno.test('a host may choose each person, and hosts where there are others', () => {
  const host = { ...me, role: /** @type {const} */ ('host') };
  assert.deepEqual(words([bea, host], open).names, ['everyone', 'Bea']);
  assert.deepEqual(words([anna, bea, host], open, toHosts).to, ['Anna']);
});

Deno.test('the button names whom it goes to, and it goes to nobody else', () => {
  const people = [anna, bea, person('Chris', { role: 'cohost' }), me];
  assert.deepEqual(words(people, open).to, []);
  assert.equal(words(people, open).send, 'chat.send.1');
  assert.deepEqual(words(people, open, toHosts).to, ['Anna', 'Chris']);
  assert.equal(words(people, open, toHosts).send, 'chat.send.2');
  const one = words(people, [...open, 'direct'], toBea);
  assert.deepEqual([one.send, one.to], ['chat.send.3', ['Bea']]);
});

Deno.test('P-041 whoever leaves stays chosen, and what is written goes to nobody', () => {
  const gone = words([anna, me], [...open, 'direct'], toBea);
  assert.deepEqual(gone, {
    names: ['everyone', 'hosts', 'Anna', 'Bea'],
    block: 'chat.to.left',
    send: 'chat.send.3',
    to: [],
  });
  assert.equal(words([anna, bea, me], open, toBea).block, 'chat.to.closed');
  assert.deepEqual(words([bea, me], open, toHosts).block, 'chat.to.noHosts');
  const renamed = composing({ people: [{ ...bea, name: 'Beatrix' }, me], features: [...open, 'direct'] }, toBea, null);
  assert.deepEqual(renamed.send.args, { name: 'Beatrix' }, 'the same person, as they are called now');
});

Deno.test('where writing is off it says so, to hosts alone where they may', () => {
  assert.equal(words([anna, me], []).block, 'chat.off');
  assert.equal(words([anna, me], [], toHosts).block, 'chat.off');
  assert.equal(words([anna, me], ['hostsChat']).block, 'chat.off.guests');
  assert.deepEqual(words([anna, me], ['hostsChat'], toHosts).to, ['Anna'], 'hosts can be asked something');
  const host = { ...me, role: /** @type {const} */ ('cohost') };
  assert.equal(words([host], ['hostsChat']).block, null);
  assert.equal(words([{ ...me, label: 'actingHost' }], ['hostsChat']).block, null);
  const isShut = (/** @type {readonly Feature[]} */ features) => {
    return composing({ people: [me], features }, everyone, null).isShut;
  };
  assert.deepEqual([isShut([]), isShut(['hostsChat']), isShut(open)], [true, false, false]);
});

Deno.test('a change goes to those who have the message, and to nobody who came since', () => {
  /** @type {Message} */
  const message = {
    id: '1',
    key: 'me',
    name: 'me',
    own: true,
    at: 0,
    to: ['Anna', 'Chris'],
    audience: toHosts,
    text: 'x',
    files: [],
    follows: false,
    isEdited: false,
    takenBack: null,
  };
  const people = [anna, person('Dewi', { role: 'cohost' }), me];
  const now = composing({ people, features: open }, everyone, message);
  assert.deepEqual([now.to, now.send.text, now.isChanging, now.block], [['Anna'], 'chat.resend.2', true, null]);
  assert.deepEqual(readersOf(people, message), ['Anna']);
  assert.deepEqual(now.audience, everyone, 'what was chosen for the next one stays');
  assert.equal(composing({ people: [me], features: open }, everyone, message).block?.text, 'chat.to.noHosts');
  const forAll = { ...message, to: [], audience: everyone };
  assert.deepEqual(composing({ people, features: open }, toBea, forAll).block, null);
});

Deno.test('what still fits is said near the end', () => {
  assert.deepEqual(space('x'), { left: longest - 1, isNear: false, isOver: false });
  assert.deepEqual(space('é'.repeat(4000)), { left: 192, isNear: true, isOver: false });
  assert.equal(space('x'.repeat(longest)).isOver, false);
  assert.equal(space('x'.repeat(longest + 1)).isOver, true);
});

Deno.test('a person who is called like many is told apart', () => {
  const [everybody, plain] = marked([person('Iedereen'), person('Bea'), me]);
  assert.equal(everybody?.mark, 'Iede');
  assert.equal(plain?.mark, undefined);
  assert.ok(marked([person('Ноsts'), me])[0]?.mark, 'with letters of another script too');
  assert.ok(!isSame(toHosts, { type: 'person', key: 'hosts', name: 'hosts' }));
});
