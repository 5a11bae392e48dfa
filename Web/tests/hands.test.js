/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { handsFirst, raised } from '../state/hands.js';
import { keyAct, keys, shortcuts } from '../state/keys.js';
import { tileStates } from '../state/people.js';
import { reactionOf, reactions } from '../state/reactions.js';

/** @param {string} participant @param {boolean} [hand] */
const person = (participant, hand = false) => ({
  participant,
  hand,
  name: participant,
  me: false,
  microphone: true,
  camera: true,
  away: false,
});

Deno.test('hands stand in the order in which they went up, and the others as they stood', () => {
  let order = raised([], [person('a'), person('b', true), person('c'), person('d')]);
  order = raised(order, [person('a', true), person('b', true), person('c'), person('d')]);
  assert.deepEqual(order, ['b', 'a']);
  const people = [person('a', true), person('b', true), person('c'), person('d')];
  assert.deepEqual(handsFirst(people, order).map(({ participant }) => participant), ['b', 'a', 'c', 'd']);
  order = raised(order, [person('a', true), person('b'), person('c', true)]);
  assert.deepEqual(order, ['a', 'c'], 'who took it down stands behind when it goes up again');
  assert.deepEqual(raised(order, []), []);
  assert.equal(handsFirst(people, []), people);
});

Deno.test('a raised hand is said of the tile', () => {
  assert.deepEqual(tileStates(person('a', true), { shown: true, still: null, undecryptable: false }), [
    'meet.tile.hand',
  ]);
});

Deno.test('five reactions are known, with the sign for pictures or without; any other text is none', () => {
  for (const reaction of reactions) assert.equal(reactionOf(reaction.glyph), reaction);
  assert.equal(reactionOf('❤')?.id, 'heart');
  for (const text of ['', '👎', 'thumb', '👍👍', 'Stuur geld']) assert.equal(reactionOf(text), null, text);
});

Deno.test('each key stands for one thing, alone and with Alt+Shift', () => {
  const press = {
    key: 'h',
    code: 'KeyH',
    altKey: false,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    repeat: false,
  };
  assert.equal(keyAct(press, { typing: false, bare: true }), 'hand');
  assert.equal(keyAct({ ...press, key: 'C', code: 'KeyC' }, { typing: false, bare: true }), 'chat');
  assert.equal(keyAct(press, { typing: true, bare: true }), null);
  assert.equal(keyAct({ ...press, altKey: true, shiftKey: true }, { typing: true, bare: false }), 'hand');
  assert.equal(shortcuts('chat'), 'C Alt+Shift+C');
  assert.equal(new Set(keys.map(({ code }) => code)).size, keys.length);
});
