/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { skeleton } from '../state/alike.js';
import { isolated } from '../state/name.js';
import { refusedNotice } from '../state/notices.js';
import { allVerified, Arrivals, labelIcon, labelOf, marked, nameOf } from '../state/people.js';
import { badgeOf, isOpen, noRound, outside, roundOf } from '../state/round.js';

/** @typedef {import('../state/people.js').Person} Person */

/** @param {string} key @param {Partial<Person>} [more] @returns {Person} */
const person = (key, more = {}) => ({
  participant: key,
  key,
  name: `Name ${key}`,
  me: false,
  microphone: true,
  camera: true,
  away: false,
  role: 'participant',
  label: 'guest',
  ...more,
});

const me = person('me', { me: true, participant: 'own' });
const host = person('host', { role: 'host', label: 'host' });
const friend = person('friend', { label: 'verified' });
const guest = person('guest');
const signs = Array.from({ length: 64 }, (_, index) => `sign ${index}`);
const pictures = [0, 63, 5, 5, 7, 8, 9];

Deno.test('P-048 the badge is green by keys and by what the person compared, and by nothing else', () => {
  /** @param {Parameters<typeof badgeOf>} given */
  const badge = (...given) => badgeOf(...given).text;
  assert.equal(badge('protected', [], [host, guest, me]), 'meet.badge.1');
  assert.equal(badge('protected', [], [host, friend, me]), 'meet.badge.2');
  assert.equal(badge('protected', [], [me]), 'meet.badge.1', 'alone nobody is verified');
  assert.equal(badge('protected', [], [person('acting', { label: 'actingHost' }), me]), 'meet.badge.1');
  assert.equal(badge('starting', [], [host, me]), 'meet.badge.5');
  assert.equal(badge('protected', ['muted'], [host, me]), 'meet.badge.2', 'muted is no failure');
  const recorder = person('r', { label: 'service', role: 'recorder' });
  assert.deepEqual(badgeOf('protected', [], [host, friend, recorder, me]), {
    state: 'service',
    text: 'meet.badge.3',
    args: { service: { word: 'label.recorder' } },
    reason: null,
  });
  assert.equal(allVerified([host, recorder, me]), false);
});

Deno.test('P-048 a badge that says that sending stopped says why', () => {
  for (
    const [protection, reasons, text] of /** @type {const} */ ([
      ['protected', ['noProof'], 'err.noProof'],
      ['protected', ['compareFail'], 'err.stranger'],
      ['starting', ['unhosted'], 'err.noHost'],
      ['stopped', [], 'err.encrypt'],
      ['protected', ['something new'], 'err.held'],
    ])
  ) {
    const { state, text: words, reason } = badgeOf(protection, reasons, [host, me]);
    assert.deepEqual([state, words, reason?.text], ['stopped', 'meet.badge.4', text]);
  }
});

Deno.test('a round has seven pictures with their words, or it is not shown', () => {
  const comparison = { phase: /** @type {const} */ ('shown'), pictures, isEqual: null, people: ['me', 'host'] };
  const round = roundOf(comparison, signs);
  assert.deepEqual(round.pictures.map(({ sign }) => sign), pictures.map((index) => `sign ${index}`));
  assert.deepEqual(round.pictures.map(({ word }) => word), pictures.map((index) => `picture.${index}`));
  assert.deepEqual(outside(round, [host, guest, me]), [guest]);
  assert.ok(isOpen(round));
  assert.ok(!isOpen(roundOf({ ...comparison, isEqual: true }, signs)));
  assert.equal(roundOf(comparison, []).phase, 'collecting', 'while the list is on its way');
  assert.equal(roundOf({ ...comparison, pictures: [1, 2, 3] }, signs).phase, 'collecting', 'half a code is none');
  const failed = roundOf({ ...comparison, phase: 'failed', pictures: [] }, signs);
  assert.deepEqual([failed.phase, failed.pictures, isOpen(failed)], ['failed', [], true]);
  assert.equal(isOpen(noRound), false);
});

Deno.test('what is known of somebody is a word and a sign; of oneself nothing is claimed', () => {
  /** @param {Partial<Person>} more */
  const label = (more) => [labelOf(person('x', more)), labelIcon(person('x', more))];
  assert.deepEqual(label({ label: 'guest' }), ['role.participant', 'person']);
  assert.deepEqual(label({ label: 'verified' }), ['label.verified', 'verified']);
  assert.deepEqual(label({ label: 'host', role: 'host' }), ['role.host', 'host']);
  assert.deepEqual(label({ label: 'host', role: 'cohost' }), ['role.cohost', 'host']);
  assert.deepEqual(label({ label: 'actingHost' }), ['label.acting', 'host']);
  assert.deepEqual(label({ label: 'service', role: 'stream' }), ['label.stream', 'recording']);
  assert.deepEqual(label({ label: 'service', role: 'keysteward' }), ['label.service', 'recording']);
  assert.equal(labelOf({ ...me, label: 'verified' }), null);
  assert.equal(labelOf({ ...me, label: 'host', role: 'host' }), 'role.host');
});

Deno.test('names that look alike are told apart, and nobody passes for oneself', () => {
  const alike = [
    ['Anna', 'anna '],
    ['Anna', 'Аnnа'],
    ['Bill', 'BiII'],
    ['Zoë', 'Zoe'],
    ['Bram (host)', 'bram host'],
    ['Ｍａｒｋ', 'Mark'],
    ['Morn', 'Mom'],
  ];
  for (const [one = '', other = ''] of alike) assert.equal(skeleton(one), skeleton(other), `${one} and ${other}`);
  assert.notEqual(skeleton('Anna'), skeleton('Hanna'));
  const shown = (/** @type {readonly Person[]} */ people) => marked(people).map(nameOf);
  const anna = { ...me, name: 'Anna' };
  assert.deepEqual(shown([person('abcdef', { name: 'ANNA' }), anna]), ['ANNA · abcd', 'Anna']);
  assert.deepEqual(shown([person('abcdef', { name: 'Anna (jij)' }), anna]), ['Anna (jij) · abcd', 'Anna']);
  assert.deepEqual(shown([person('abcd', { name: 'Bo' }), person('efgh', { name: 'bo' }), anna]), [
    'Bo · abcd',
    'bo · efgh',
    'Anna',
  ]);
  assert.deepEqual(shown([person('a', { name: '' }), person('b', { name: '' }), anna]), [
    { word: 'meet.joining' },
    { word: 'meet.joining' },
    'Anna',
  ]);
});

Deno.test('whoever comes in is said by name, once it is there, or after a while without', () => {
  const arrivals = new Arrivals();
  const nameless = person('a', { name: '' });
  assert.deepEqual(arrivals.heard([host, nameless, me], [nameless], 0), []);
  assert.ok(arrivals.isWaiting);
  const named = { ...nameless, name: 'Anna' };
  assert.deepEqual(arrivals.heard([host, named, me], [], 300), [named]);
  assert.deepEqual(arrivals.heard([host, named, me], [], 400), [], 'once');
  assert.deepEqual(arrivals.heard([host, guest, me], [guest], 500), [guest], 'a name that is there at once');
  arrivals.heard([nameless, me], [nameless], 1000);
  assert.deepEqual(arrivals.heard([nameless, me], [], 5999), []);
  assert.deepEqual(arrivals.heard([nameless, me], [], 6000), [nameless]);
  arrivals.heard([nameless, me], [nameless], 7000);
  assert.deepEqual(arrivals.heard([me], [], 7100), []);
  assert.ok(!arrivals.isWaiting, 'whoever is gone again owes nothing');
});

Deno.test('what the group did not do is said, with the act by its own name', () => {
  assert.deepEqual(refusedNotice('eject')?.args, { act: { word: 'person.remove' } });
  assert.deepEqual(refusedNotice('lock')?.args, { act: { word: 'sec.lock' } });
  assert.equal(refusedNotice('send'), null);
  assert.equal(refusedNotice('admit', 'full')?.text, 'act.full');
  assert.equal(refusedNotice('revokeTicket', 'inUse')?.text, 'act.inUse');
});

Deno.test('a name that runs from right to left does not turn the sentence around it', () => {
  assert.equal(isolated('Anna de Wit'), 'Anna de Wit');
  assert.equal(isolated('דנה'), '\u2068דנה\u2069');
  assert.equal(isolated('ليلى (1)'), '\u2068ليلى (1)\u2069');
});
