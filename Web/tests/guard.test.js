/// <reference lib="deno.ns" />
/**
 * The panel's acts, between a server and a group that say what a test wants.
 * @import { SecurityView } from '../elements/security/b-security.js'
 * @import { Feature } from '../state/meeting.d.ts'
 * @import { Rights } from '../state/waiting.js'
 */
import assert from 'node:assert/strict';
import { Guard } from '../guard.js';
import { noRights } from '../state/waiting.js';
import { StillClock } from './clock.js';

/** @type {Feature[]} */
const all = ['chat', 'files', 'screen', 'microphone', 'camera', 'hostsChat', 'hostsScreen'];

/** @type {Rights} */
const rights = { ...noRights, lock: true, moderate: true, features: all, featuresMax: all };

class Panel extends EventTarget {
  /** @type {SecurityView | null} */
  view = null;

  /** @param {SecurityView} view */
  show(view) {
    this.view = view;
  }

  /** @param {string} name @param {unknown} [detail] */
  press(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  get busy() {
    return [...this.view?.busy ?? []];
  }
}

function setUp() {
  const panel = new Panel(), clock = new StillClock();
  /** @type {unknown[][]} */
  const asked = [];
  /** @type {string[]} */
  const said = [];
  const note = (/** @type {string} */ name) => (/** @type {unknown[]} */ ...parts) => void asked.push([name, ...parts]);
  const guard = new Guard(panel, { polite: (text) => said.push(text) }, {
    lock: note('lock'),
    setAdmission: note('admission'),
    setFeatures: note('features'),
    stop: note('stop'),
    allow: note('allow'),
    say: note('say'),
    gaveUp: note('gaveUp'),
  }, clock);
  guard.rights = rights;
  return { guard, panel, clock, asked, said };
}

/** @param {...Feature} gone */
const without = (...gone) => all.filter((one) => !gone.includes(one));

Deno.test('a change is under way until the group says it, and nothing else is shown', () => {
  const { guard, panel, asked } = setUp();
  panel.press('wish', { name: 'lock', value: true });
  panel.press('wish', { name: 'waiting', value: false });
  assert.deepEqual(asked, [['lock', true], ['admission', 'open']]);
  assert.deepEqual(panel.busy, ['lock', 'waiting']);
  assert.deepEqual([panel.view?.settings.lock, panel.view?.settings.waiting], [false, true]);
  guard.rights = { ...rights, isLocked: true };
  assert.deepEqual(panel.busy, ['waiting']);
  assert.equal(panel.view?.settings.lock, true);
});

Deno.test('two changes of the same list do not undo each other', () => {
  const { guard, panel, asked } = setUp();
  panel.press('wish', { name: 'files', value: false });
  panel.press('wish', { name: 'chat', value: 'hosts' });
  assert.deepEqual(asked, [
    ['allow', null, 'files', false],
    ['features', without('files')],
    ['features', without('files', 'chat')],
  ]);
  guard.rights = { ...rights, features: without('files') };
  assert.deepEqual(panel.busy, ['chat']);
});

Deno.test('P-029 the server is told first; refused by the group, it is told that all is as before', () => {
  const { guard, panel, asked } = setUp();
  panel.press('wish', { name: 'unmute', value: false });
  assert.deepEqual(asked, [
    ['allow', null, 'microphone', false],
    ['features', without('microphone')],
  ]);
  asked.length = 0;
  guard.refused('lock');
  assert.deepEqual(panel.busy, ['unmute'], 'not what was refused');
  guard.refused('setFeatures');
  assert.deepEqual(asked, [['allow', null, 'microphone', true]]);
  assert.deepEqual(panel.busy, []);
  assert.equal(panel.view?.settings.unmute, true);
});

Deno.test('to allow something again stops nobody', () => {
  const { guard, panel, asked } = setUp();
  guard.rights = { ...rights, features: without('screen') };
  panel.press('wish', { name: 'share', value: 'everyone' });
  assert.deepEqual(asked, [['allow', null, 'screen', true], ['features', all]]);
  asked.length = 0;
  guard.rights = { ...rights, features: without('files') };
  panel.press('wish', { name: 'files', value: true });
  assert.deepEqual(asked, [['allow', null, 'files', true], ['features', all]]);
  asked.length = 0;
  guard.refused('setFeatures');
  assert.deepEqual(asked, [['allow', null, 'files', false]], 'the group has them off: so has the server');
});

Deno.test('what the group never answers is given up, once for each command', async () => {
  const { guard, panel, clock, asked } = setUp();
  panel.press('wish', { name: 'files', value: false });
  panel.press('wish', { name: 'chat', value: 'nobody' });
  panel.press('wish', { name: 'lock', value: true });
  asked.length = 0;
  await clock.pass(30_000);
  assert.deepEqual(asked, [['gaveUp', 'lock'], ['gaveUp', 'setFeatures']]);
  guard.close();
  assert.equal(clock.timers, 0);
  assert.deepEqual(panel.busy, []);
});

Deno.test('what was undone before it was done is not called a failure', async () => {
  const { guard, panel, clock, asked } = setUp();
  guard.rights = { ...rights, isLocked: true };
  panel.press('freeze');
  panel.press('undo');
  assert.deepEqual(panel.busy, ['share', 'chat', 'unmute', 'video'], 'nobody knows yet');
  asked.length = 0;
  await clock.pass(30_000);
  assert.deepEqual([asked, panel.busy], [[], []]);
});

Deno.test('muting everyone is for all who are no host, at once', () => {
  const { panel, asked, said } = setUp();
  panel.press('muteAll');
  panel.press('stopAll');
  assert.deepEqual(asked, [
    ['stop', null, 'microphone'],
    ['say', { type: 'moderation', target: null, act: 'mute' }],
    ['stop', null, 'camera'],
    ['say', { type: 'moderation', target: null, act: 'stopVideo' }],
  ]);
  assert.deepEqual(said, ['sec.muteAll.done', 'sec.stopAll.done']);
  assert.deepEqual(panel.busy, []);
});

Deno.test('everything stops in one act; what is undone are rights and settings, no device', () => {
  const { guard, panel, asked, said } = setUp();
  const may = { microphone: true, camera: false, screen: true, files: false };
  guard.people = [
    { participant: 'a', key: 'a', name: 'A', me: false, microphone: true, camera: false, away: false, may },
  ];
  panel.press('freeze');
  const uses = ['microphone', 'camera', 'screen'];
  assert.deepEqual(asked, [
    ...uses.map((use) => ['allow', null, use, false]),
    ...['mute', 'stopVideo', 'stopShare'].map((act) => ['say', { type: 'moderation', target: null, act }]),
    ['lock', true],
    ['features', ['files', 'hostsChat', 'hostsScreen']],
  ]);
  assert.equal(panel.view?.canUndo, true);
  const frozen = {
    ...rights,
    isLocked: true,
    features: /** @type {Feature[]} */ (['files', 'hostsChat', 'hostsScreen']),
  };
  guard.rights = frozen;
  assert.deepEqual(panel.busy, []);
  panel.press('freeze');
  asked.length = 0;
  panel.press('undo');
  assert.deepEqual(asked, [
    ...uses.map((use) => ['allow', null, use, true]),
    ['allow', 'a', 'camera', false],
    ['lock', false],
    ['features', all],
  ], 'back to before the first time it was pressed');
  assert.equal(panel.view?.canUndo, false);
  asked.length = 0;
  panel.press('undo');
  assert.deepEqual(asked, []);
  assert.deepEqual(said, ['sec.freeze.done', 'sec.freeze.done', 'sec.undone']);
});

Deno.test('undoing is there for ten seconds, and not for somebody who leads no more', async () => {
  const { guard, panel, clock } = setUp();
  panel.press('freeze');
  await clock.pass(9_999);
  assert.equal(panel.view?.canUndo, true);
  await clock.pass(1);
  assert.equal(panel.view?.canUndo, false);
  panel.press('freeze');
  guard.rights = { ...rights, lock: false };
  assert.equal(panel.view?.canUndo, false);
});
