/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { autolock } from '../state/autolock.js';
import { profiles, stricter } from '../state/profiles.js';

const here = (/** @type {readonly string[]} */ ...names) => names.map((name) => ({ name }));

const scene = { began: 1_000_000, now: 1_000_000, people: here('Anna'), expected: [], isOver: false };
const minutes = (/** @type {number} */ count) => scene.began + count * 60_000;

Deno.test('ten minutes after the beginning, and not before anybody else is in', () => {
  const people = here('Anna', 'Bram');
  assert.deepEqual(autolock(profiles.coaching, { ...scene, people }), { type: 'look', at: minutes(10) });
  assert.deepEqual(autolock(profiles.coaching, { ...scene, people, now: minutes(10) - 1 }).type, 'look');
  assert.deepEqual(autolock(profiles.coaching, { ...scene, people, now: minutes(10) }), { type: 'lock' });
  assert.deepEqual(autolock(profiles.coaching, { ...scene, now: minutes(30) }), { type: 'wait' }, 'the guest is late');
});

Deno.test('two who are alone lock as soon as both are in', () => {
  const two = stricter(profiles.consultation, new Set(/** @type {const} */ (['one'])));
  assert.deepEqual(autolock(two, scene), { type: 'wait' });
  assert.deepEqual(autolock(two, { ...scene, people: here('Anna', '') }), { type: 'lock' }, 'whatever they are called');
});

Deno.test('several lock when everybody on the list is in; without a list nobody knows who is to come', () => {
  const people = here('Anna', 'Zoë de Wit', 'Bram');
  assert.equal(autolock(profiles.defence, { ...scene, people }).type, 'wait');
  assert.equal(autolock(profiles.defence, { ...scene, people, expected: ['Bram', 'Chris'] }).type, 'wait');
  assert.equal(autolock(profiles.defence, { ...scene, people, expected: ['bram', 'ZOE DE WIT'] }).type, 'lock');
});

Deno.test('once, for whoever takes the lock off means it; and never where it is to stay open', () => {
  const people = here('Anna', 'Bram');
  assert.equal(autolock(profiles.coaching, { ...scene, people, now: minutes(60), isOver: true }).type, 'over');
  assert.equal(autolock(profiles.lesson, { ...scene, people, now: minutes(600) }).type, 'over');
});
