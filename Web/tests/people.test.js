/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { readName } from '../state/name.js';
import { changes, found, initials, nameOf, tileLine, tileStates } from '../state/people.js';

const anna = { participant: 'a', name: 'Anna', me: false, microphone: true, camera: true, away: false };
const seen = { shown: true, still: null, undecryptable: false };

Deno.test('initials come from the first and the last word, whatever the script', () => {
  assert.equal(initials('Anna de Vries'), 'AV');
  assert.equal(initials('  li '), 'L');
  assert.equal(initials('Олена Шевченко'), 'ОШ');
  assert.equal(initials('"Bo" (gast)'), 'BG');
  assert.equal(initials('???'), '');
});

Deno.test('a name is trimmed, loses marks that turn text around, and has an end', () => {
  assert.deepEqual(readName('  Anna\t de   Vries '), { type: 'good', name: 'Anna de Vries' });
  assert.deepEqual(readName('abc\u202edef'), { type: 'good', name: 'abcdef' });
  assert.deepEqual(readName('\u200f '), { type: 'empty' });
  assert.equal(readName('x'.repeat(60)).type, 'good');
  assert.equal(readName('x'.repeat(61)).type, 'long');
  assert.equal(readName('é'.repeat(60)).type, 'good');
  assert.equal(readName('語'.repeat(41)).type, 'long', 'more than 120 bytes');
});

Deno.test('a tile says in words what is off, and what keeps its picture', () => {
  assert.deepEqual(tileStates(anna, seen), []);
  assert.deepEqual(tileStates({ ...anna, microphone: false, camera: false }, seen), [
    'meet.tile.micOff',
    'meet.tile.cameraOff',
  ]);
  assert.equal(tileLine(anna, seen), null);
  assert.equal(tileLine(anna, { ...seen, shown: false }), 'meet.tile.waiting');
  assert.equal(tileLine(anna, { ...seen, still: 'bandwidth' }), 'meet.tile.slow');
  assert.equal(tileLine(anna, { ...seen, undecryptable: true }), 'meet.tile.secret');
  assert.equal(tileLine({ ...anna, camera: false }, seen), 'meet.tile.cameraOff');
  assert.equal(tileLine({ ...anna, away: true }, seen), 'meet.tile.away');
});

Deno.test('who has not said a name yet is coming in', () => {
  assert.equal(nameOf(anna), 'Anna');
  assert.deepEqual(nameOf({ ...anna, name: '' }), { word: 'meet.joining' });
});

Deno.test('who came and who went, without oneself', () => {
  const me = { ...anna, participant: 'me', me: true };
  const bram = { ...anna, participant: 'b', name: 'Bram' };
  assert.deepEqual(changes([anna], [bram, me]), { joined: [bram], left: [anna] });
});

Deno.test('where no pictures are wanted none is missing', () => {
  const person = { participant: 'a', name: 'Anna', me: false, microphone: true, camera: true, away: false };
  const sight = { shown: false, still: null, undecryptable: false };
  assert.equal(tileLine(person, sight), 'meet.tile.waiting');
  assert.equal(tileLine(person, { ...sight, unwanted: true }), null);
  assert.equal(tileLine({ ...person, away: true }, { ...sight, unwanted: true }), 'meet.tile.away');
});

Deno.test('somebody is found by parts of their name, whatever its case, accents and order', () => {
  const people = ['Zoë de Vries', 'Åse Bråten', 'Bram', 'zoe Jansen'].map((name) => ({ ...anna, name }));
  /** @param {string} query */
  const names = (query) => found(people, query).map(({ name }) => name);
  assert.deepEqual(names('ZOE'), ['Zoë de Vries', 'zoe Jansen']);
  assert.deepEqual(names('vries  zoë'), ['Zoë de Vries']);
  assert.deepEqual(names('ase bra'), ['Åse Bråten']);
  assert.deepEqual(names('piet'), []);
  assert.equal(names(' ').length, 4, 'nothing is looked for');
  assert.deepEqual(found([{ ...anna, mark: 'k3Zr' }], 'anna k3').length, 1, 'two of one name are told apart');
});
