/// <reference lib="deno.ns" />
/**
 * What a host decides for the whole meeting.
 * @import { Feature } from '../state/meeting.d.ts'
 * @import { Person } from '../state/people.js'
 * @import { Rights } from '../state/waiting.js'
 */
import assert from 'node:assert/strict';
import {
  featuresFor,
  frozen,
  held,
  limit,
  possible,
  settingsOf,
  settingTexts,
  unfulfilled,
} from '../state/security.js';
import { noRights } from '../state/waiting.js';

/** @type {readonly Feature[]} */
const all = ['chat', 'files', 'rename', 'screen', 'microphone', 'camera', 'hostsChat', 'hostsScreen'];

/** @type {Rights} */
const rights = { ...noRights, lock: true, moderate: true, features: all, featuresMax: all };

/** @param {string} key @param {Partial<Person>} [more] @returns {Person} */
const person = (key, more = {}) => ({
  participant: key,
  key,
  name: key,
  me: false,
  microphone: true,
  camera: true,
  away: false,
  role: 'participant',
  ...more,
});

Deno.test('P-033 every setting says in both languages what it gives and what it costs', async () => {
  for (const language of ['nl', 'en']) {
    const file = new URL(`../strings/${language}.json`, import.meta.url);
    /** @type {Record<string, string>} */
    const texts = JSON.parse(await Deno.readTextFile(file));
    for (const [name, keys] of Object.entries(settingTexts)) {
      const [words, gain, cost] = keys.map((key) => texts[key]);
      assert.ok(words && gain && cost, `${name} in ${language}`);
      assert.equal(new Set([words, gain, cost]).size, 3, name);
    }
  }
});

Deno.test('what is shown is what the policy says', () => {
  assert.deepEqual(settingsOf(rights), {
    lock: false,
    waiting: true,
    share: 'everyone',
    chat: 'everyone',
    files: true,
    unmute: true,
    video: true,
    rename: true,
  });
  const calm = settingsOf({ ...rights, isLocked: true, admission: 'open', features: ['hostsChat', 'camera'] });
  assert.deepEqual(calm, {
    lock: true,
    waiting: false,
    share: 'nobody',
    chat: 'hosts',
    files: false,
    unmute: false,
    video: true,
    rename: false,
  });
});

Deno.test('a wish becomes the whole list of features, and every choice can be read back from it', () => {
  for (const value of /** @type {const} */ (['everyone', 'hosts', 'nobody'])) {
    for (const name of /** @type {const} */ (['share', 'chat'])) {
      const features = featuresFor(rights, { [name]: value });
      const now = settingsOf({ ...rights, features });
      assert.deepEqual(now, { ...settingsOf(rights), [name]: value }, `${name} ${value}`);
    }
  }
  for (const name of /** @type {const} */ (['files', 'unmute', 'video', 'rename'])) {
    const features = featuresFor(rights, { [name]: false });
    assert.deepEqual(settingsOf({ ...rights, features }), { ...settingsOf(rights), [name]: false });
    assert.deepEqual(featuresFor({ ...rights, features }, { [name]: true }), all);
  }
  assert.deepEqual(
    featuresFor({ ...rights, features: ['polls'], featuresMax: ['polls', 'chat'] }, { chat: 'everyone' }),
    [
      'polls',
      'chat',
    ],
    'what has no setting stays, what cannot be is not asked for',
  );
});

Deno.test('what the plan of the meeting forbids is shown as such', () => {
  const planned = { ...rights, featuresMax: /** @type {Feature[]} */ (['microphone', 'chat', 'hostsScreen']) };
  assert.deepEqual(possible(planned, 'chat'), ['everyone', 'nobody']);
  assert.deepEqual(possible(planned, 'share'), ['hosts', 'nobody']);
  assert.deepEqual(possible(planned, 'files'), [false]);
  assert.deepEqual(possible(planned, 'lock'), [true, false]);
  assert.deepEqual(limit(planned, 'files', false), { isShut: true, reason: 'sec.planned' });
  assert.deepEqual(limit(planned, 'chat', false), { isShut: false, reason: 'sec.planned.some' });
  assert.deepEqual(limit(planned, 'unmute', false), { isShut: false, reason: null });
  assert.deepEqual(limit({ ...planned, lock: false }, 'unmute', false), { isShut: true, reason: 'sec.notYours' });
  assert.deepEqual(limit(planned, 'unmute', true), { isShut: true, reason: 'sec.busy' });
});

Deno.test('a wish is open until the policy says the same', () => {
  assert.deepEqual(unfulfilled({ lock: true, chat: 'everyone' }, rights), { lock: true });
  assert.deepEqual(unfulfilled({ lock: true }, { ...rights, isLocked: true }), {});
});

Deno.test('stopping everything leaves hosts what is theirs, and what nobody had stays so', () => {
  assert.deepEqual(frozen(rights), { lock: true, share: 'hosts', chat: 'hosts', unmute: false, video: false });
  const planned = { ...rights, featuresMax: all.filter((one) => one !== 'hostsChat') };
  assert.equal(frozen(planned).chat, 'nobody');
  assert.equal(frozen({ ...rights, features: ['screen'] }).chat, 'nobody');
});

Deno.test('what comes back is what was there, for everybody and for those who were forbidden something', () => {
  const may = { microphone: false, camera: true, screen: true, files: false };
  const people = [person('a', { may }), person('b'), person('host', { role: 'host', may })];
  assert.deepEqual(held(rights, {}, people), {
    wishes: { lock: false, share: 'everyone', chat: 'everyone', unmute: true, video: true },
    barred: [{ key: 'a', right: 'microphone' }],
  });
  const { wishes } = held(rights, { lock: true, chat: 'hosts' }, people);
  assert.deepEqual(wishes, { share: 'everyone', unmute: true, video: true }, 'nor what was just asked for');
  const quiet = { ...rights, isLocked: true, features: /** @type {Feature[]} */ (['camera', 'hostsChat']) };
  assert.deepEqual(held(quiet, {}, people), { wishes: { video: true }, barred: [] }, 'nobody may speak: so it stays');
});
