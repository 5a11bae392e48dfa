/// <reference lib="deno.ns" />
/**
 * What the page of whoever made a meeting does for it.
 * @import { Notice } from '../state/notices.js'
 * @import { Person } from '../state/people.js'
 * @import { Option, ProfileName } from '../state/profiles.js'
 * @import { Rights } from '../state/waiting.js'
 */
import assert from 'node:assert/strict';
import { beginning } from '../state/beginning.js';
import { profiles, stricter } from '../state/profiles.js';
import { noRights } from '../state/waiting.js';
import { Steward } from '../steward.js';
import { StillClock } from './clock.js';

/** @param {string} name @returns {Person} */
const person = (name) => ({
  participant: name,
  name,
  me: name === 'Anna',
  microphone: false,
  camera: false,
  away: false,
});

const people = (/** @type {readonly string[]} */ ...names) => names.map(person);

/** @param {ProfileName} name @param {readonly Option[]} options @param {number} [wait] seconds until it is to begin */
function setUp(name, options = [], wait = 0) {
  const clock = new StillClock(), settings = stricter(profiles[name], new Set(options));
  /** @type {unknown[]} */
  const done = [];
  /** @type {Notice[]} */
  const told = [];
  const steward = new Steward({
    lock: () => done.push('lock'),
    wish: (wishes) => done.push(wishes),
    tell: (notice) => told.push(notice),
  }, clock);
  const when = { meeting: 'm', start: 1000 + wait, minutes: 60, isNow: wait === 0 };
  const made = { settings, when, wasLocked: false };
  steward.know({ made, seconds: 1000 });
  /** @type {Rights} */
  const rights = {
    ...noRights,
    lock: true,
    features: profiles[name].features.max.filter((feature) => feature !== 'files' && feature !== 'screen'),
    featuresMax: settings.features.max,
  };
  return { steward, made, clock, done, told, rights };
}

Deno.test('what the kind of meeting leaves off at first is switched off by whoever opens it, once', () => {
  const { steward, done, told, rights } = setUp('lecture');
  steward.rights = rights;
  steward.people = people('Anna');
  assert.deepEqual(done, [], 'not before the door is open');
  steward.isOpen = true;
  assert.deepEqual(done, [{ unmute: false }]);
  assert.deepEqual(told.map(({ text }) => text), ['sec.auto.begun']);
  steward.people = people('Anna', 'Bram');
  steward.rights = rights;
  assert.equal(done.length, 1, 'a host who opened the microphones is not corrected');
});

Deno.test('whoever comes back to a running meeting changes nothing in it, and nor does a guest', () => {
  const running = setUp('lecture');
  running.steward.isOpen = true;
  running.steward.rights = running.rights;
  running.steward.people = people('Anna', 'Bram');
  assert.deepEqual(running.done, []);
  const guest = setUp('lecture');
  guest.steward.isOpen = true;
  guest.steward.rights = { ...guest.rights, lock: false };
  guest.steward.people = people('Anna');
  assert.deepEqual(guest.done, []);
});

Deno.test('nothing is ever switched on by a kind of meeting', () => {
  for (const profile of Object.values(profiles)) {
    assert.deepEqual(beginning(profile, { ...noRights, features: [] }), {}, profile.name);
    const all = beginning(profile, { ...noRights, features: profile.features.max });
    for (const value of Object.values(all)) assert.ok(value === false || value === 'hosts', profile.name);
  }
});

Deno.test('ten minutes after it began the meeting locks by itself, which is said; unlocked again it stays so', async () => {
  const { steward, clock, done, told, rights } = setUp('coaching');
  steward.isOpen = true;
  steward.rights = rights;
  steward.people = people('Anna', 'Bram');
  await clock.pass(599_000);
  assert.deepEqual(done, []);
  await clock.pass(1000);
  assert.deepEqual(done, ['lock']);
  assert.deepEqual(told, [], 'not before it holds');
  steward.rights = { ...rights, isLocked: true };
  assert.deepEqual(told.map(({ text, args }) => [text, args]), [['sec.auto.after', { n: 10 }]]);
  steward.rights = rights;
  steward.people = people('Anna', 'Bram', 'Chris');
  await clock.pass(3_600_000);
  assert.deepEqual(done, ['lock']);
});

Deno.test('the ten minutes are those after the appointment; a short way out does not begin them anew', async () => {
  const { steward, clock, done, rights } = setUp('coaching', [], 300);
  steward.isOpen = true;
  steward.rights = rights;
  steward.people = people('Anna', 'Bram');
  await clock.pass(600_000);
  assert.deepEqual(done, []);
  steward.isOpen = false;
  steward.isOpen = true;
  steward.rights = rights;
  steward.people = people('Anna', 'Bram');
  await clock.pass(300_000);
  assert.deepEqual(done, ['lock']);
});

Deno.test('a host who locked it sooner is not told that it happened by itself', async () => {
  const { steward, clock, done, told, rights } = setUp('coaching');
  steward.isOpen = true;
  steward.people = people('Anna', 'Bram');
  steward.rights = { ...rights, isLocked: true };
  steward.rights = rights;
  await clock.pass(3_600_000);
  assert.deepEqual([done, told], [[], []]);
});

Deno.test('whoever left and comes back to people who are in does not lock again what was locked; alone it begins anew', () => {
  for (const others of [[], ['Bram']]) {
    const { steward, made, done, rights } = setUp('consultation', ['one']);
    made.wasLocked = true;
    steward.isOpen = true;
    steward.rights = rights;
    steward.people = people('Anna', ...others);
    steward.people = people('Anna', 'Bram');
    assert.deepEqual(done, others.length > 0 ? [] : ['lock']);
    steward.rights = { ...rights, isLocked: true };
    assert.equal(made.wasLocked, true);
  }
});

Deno.test('what takes part and is nobody is nobody who came, whatever it is called', () => {
  /** @type {Person} */
  const machine = { ...person('Bram'), label: 'service', role: 'captions' };
  for (const name of /** @type {const} */ (['consultation', 'defence'])) {
    const { steward, done, rights } = setUp(name);
    steward.rights = rights;
    steward.expected = ['Bram'];
    steward.isOpen = true;
    steward.people = people('Anna');
    const before = done.length;
    steward.people = [...people('Anna'), machine];
    assert.equal(done.length, before, `${name}: it is not taken for the guest`);
    steward.people = [...people('Anna', 'Bram'), machine];
    assert.equal(done.at(-1), 'lock', name);
  }
});

Deno.test('two lock when both are in; more when all of the list are', () => {
  const two = setUp('consultation', ['one']);
  two.steward.isOpen = true;
  two.steward.rights = two.rights;
  two.steward.people = people('Anna');
  assert.deepEqual(two.done, []);
  two.steward.people = people('Anna', 'Bram');
  assert.deepEqual(two.done, ['lock']);
  two.steward.rights = { ...two.rights, isLocked: true };
  assert.equal(two.told[0]?.text, 'sec.auto.two');
  const more = setUp('defence');
  more.steward.isOpen = true;
  more.steward.rights = more.rights;
  more.steward.people = people('Anna', 'Zoë', 'Bram');
  assert.ok(!more.done.includes('lock'));
  more.steward.expected = ['bram', 'zoe'];
  assert.ok(more.done.includes('lock'));
  more.steward.rights = { ...more.rights, isLocked: true };
  assert.equal(more.told[0]?.text, 'sec.auto.list');
});
