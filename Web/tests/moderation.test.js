/// <reference lib="deno.ns" />
/**
 * What may be done about somebody, and what reaches the person it is done to.
 * @import { Notice } from '../state/notices.js'
 * @import { Person } from '../state/people.js'
 * @import { ModerationAct, SaidEvent } from '../state/said.d.ts'
 * @import { Use } from '../state/powers.d.ts'
 */
import assert from 'node:assert/strict';
import { Board } from '../board.js';
import { Moderated } from '../moderated.js';
import { Moderator } from '../moderator.js';
import { mayUse, powersOn } from '../state/moderation.js';
import { noRights } from '../state/waiting.js';

/** @type {import('../state/meeting.d.ts').Feature[]} */
const features = ['microphone', 'camera', 'screen', 'chat'];
const hosts = { ...noRights, lock: true, moderate: true, delegate: true, eject: true, features, featuresMax: features };
const guests = { ...noRights, delegate: true, features, featuresMax: features };
const nothing = { microphone: false, camera: false, screen: false, files: false };

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

const anna = person('host', { role: 'host', label: 'host' });
const host = person('host', { me: true, participant: 'own', role: 'host', label: 'host' });

Deno.test('only what can be done about somebody is offered, and never to switch anything on', () => {
  const acts = (/** @type {Person} */ one, rights = hosts, me = host) => [...powersOn(one, rights, me).acts];
  assert.deepEqual(acts(person('a')), ['mute', 'stopVideo', 'spotlight', 'cohost']);
  assert.deepEqual(acts(person('a', { microphone: false, camera: false, hand: true })), [
    'ask',
    'lower',
    'spotlight',
    'cohost',
  ]);
  assert.deepEqual(acts(person('a', { microphone: false, camera: false, may: nothing })), ['spotlight', 'cohost']);
  assert.deepEqual(acts(person('b', { role: 'host' })), ['spotlight'], 'whoever made the meeting is not muted');
  assert.deepEqual(acts(person('r', { role: 'recorder', label: 'service' })), []);
  assert.deepEqual(acts(host), []);
  assert.deepEqual(acts(person('a'), hosts, person('me', { me: true, role: 'cohost' })), [
    'mute',
    'stopVideo',
    'spotlight',
  ], 'a co-host names nobody');
  assert.deepEqual(acts(person('c', { role: 'cohost' }), hosts, person('me', { me: true, role: 'cohost' })), [
    'spotlight',
  ]);
  assert.deepEqual(acts(person('c', { role: 'cohost' })), ['mute', 'stopVideo', 'spotlight', 'cohost']);
  assert.deepEqual(acts(person('a'), guests, person('me', { me: true })), []);
  assert.equal(powersOn(person('a'), guests, person('me', { me: true })).may, null);
  assert.equal(powersOn(person('c', { role: 'cohost' }), hosts, host).may, null);
  assert.deepEqual(powersOn(person('a'), { ...hosts, features: ['camera'] }, host).shut, ['microphone', 'screen']);
});

Deno.test('one may use what the group lets everybody use and the server lets oneself', () => {
  const me = person('me', { me: true });
  assert.equal(mayUse('microphone', me, features), true);
  assert.equal(mayUse('microphone', me, ['camera']), false);
  assert.equal(mayUse('microphone', { ...me, may: nothing }, features), false);
  assert.equal(mayUse('microphone', { ...me, role: 'cohost' }, []), true);
});

/** Somebody in the meeting whose microphone and camera are on. */
function guest() {
  /** @type {string[]} */
  const said = [];
  /** @type {readonly Notice[]} */
  let notices = [];
  const announcer = /** @type {any} */ ({
    polite: (/** @type {string} */ text) => said.push(text),
    urgent: (/** @type {string} */ text) => said.push(`! ${text}`),
  });
  const board = new Board(announcer, (list) => notices = list);
  /** @type {Set<Use>} */
  const on = new Set(['microphone', 'camera']);
  /** @type {Set<string>} */
  const barred = new Set();
  const moderated = new Moderated(board, announcer, {
    isOn: (use) => on.has(use),
    off: (use) => on.delete(use),
    bar: (device, isBarred) => isBarred ? barred.add(device) : barred.delete(device),
  });
  const me = person('me', { me: true, participant: 'own' });
  moderated.people = [anna, me];
  moderated.rights = guests;
  moderated.isOpen = true;
  return {
    moderated,
    me,
    on,
    barred,
    said,
    /** @param {ModerationAct} act */
    tell: (act) => moderated.said(moderation(act)),
    get texts() {
      return notices.map(({ text, acts }) => `${text}: ${acts.join(' ')}`);
    },
  };
}

/** @param {ModerationAct} act @returns {SaidEvent} */
const moderation = (act) => ({
  key: 'host',
  id: 'x',
  sent: 0,
  to: [],
  said: { type: 'moderation', target: 'me', act },
});

Deno.test('P-029 who is muted is off, hears it at once, and alone turns it on again', () => {
  const world = guest();
  world.tell('mute');
  assert.deepEqual([...world.on], ['camera']);
  assert.deepEqual(world.texts, ['host.mic.off: unmute close']);
  assert.deepEqual(world.said, ['! host.mic.off']);
  world.moderated.stopped('microphone');
  assert.deepEqual(world.said.length, 1, 'by the server as well: told once');
  world.on.add('microphone');
  world.moderated.turnedOn('microphone');
  assert.deepEqual(world.texts, []);
  world.moderated.stopped('camera');
  assert.deepEqual(world.texts, ['host.camera.off: film close']);
  world.tell('stopShare');
  assert.equal(world.texts.length, 1, 'nothing was shared');
});

Deno.test('P-029 a question to unmute is a question, and none where nobody may or need answer', () => {
  const world = guest();
  world.tell('askToUnmute');
  assert.deepEqual(world.texts, [], 'it is on');
  world.on.delete('microphone');
  world.tell('askToUnmute');
  assert.deepEqual(world.texts, ['host.ask: unmute later']);
  assert.deepEqual([...world.on], ['camera'], 'nothing goes on by itself');
  world.moderated.rights = { ...guests, features: ['camera'] };
  assert.deepEqual(world.texts, []);
  world.tell('askToUnmute');
  assert.deepEqual(world.texts, []);
});

Deno.test('who may not speak any more is off, and reads why; who may again hears it and stays off', () => {
  const world = guest();
  world.tell('mute');
  world.moderated.rights = { ...guests, features: ['camera'] };
  assert.deepEqual(world.texts, ['host.mic.shut: close'], 'it does not offer what cannot be');
  assert.deepEqual([...world.barred], ['microphone']);
  world.moderated.people = [anna, { ...world.me, may: { ...nothing, microphone: true } }];
  assert.deepEqual([...world.barred], ['microphone', 'camera']);
  assert.deepEqual([...world.on], []);
  assert.deepEqual(world.texts, ['host.mic.shut: close', 'host.camera.shut: close']);
  world.moderated.refused('camera');
  assert.deepEqual(world.texts, ['host.mic.shut: close', 'av.camera.barred: close']);
  world.moderated.rights = guests;
  world.moderated.people = [anna, world.me];
  assert.deepEqual(world.texts, []);
  assert.deepEqual([...world.barred, ...world.on], []);
  assert.deepEqual(world.said.slice(-2), ['av.mic.allowed', 'av.camera.allowed']);
});

Deno.test('in a meeting where participants do not speak the microphone is off from the first moment', () => {
  const world = guest();
  world.moderated.isOpen = false;
  assert.deepEqual([...world.on], ['microphone', 'camera']);
  world.moderated.people = [anna, world.me];
  world.moderated.rights = { ...guests, features: [] };
  assert.deepEqual([...world.on], ['microphone', 'camera'], 'not in yet');
  world.moderated.isOpen = true;
  assert.deepEqual([...world.on], []);
  world.moderated.isOpen = false;
  assert.deepEqual([...world.barred], [], 'before the door nothing is forbidden');
});

Deno.test('who becomes a co-host hears it, and who is none any more', () => {
  const world = guest();
  world.moderated.people = [anna, { ...world.me, role: 'cohost' }];
  world.moderated.people = [anna, world.me];
  assert.deepEqual(world.said, ['host.cohost', 'host.cohost.over']);
});

Deno.test('a hand that a host lowers is said, where one was up', () => {
  const world = guest();
  world.tell('lowerHand');
  assert.deepEqual(world.said, []);
  world.moderated.people = [anna, { ...world.me, hand: true }];
  world.tell('lowerHand');
  assert.deepEqual(world.said, ['host.hand']);
});

Deno.test('what one says oneself, and what is said to others, switches nothing of ours off', () => {
  const world = guest();
  const said = /** @type {const} */ ({ type: 'moderation', target: null, act: 'mute' });
  world.moderated.said({ ...moderation('mute'), key: 'me', said });
  world.moderated.said({ ...moderation('mute'), said: { ...said, target: 'somebody else' } });
  assert.deepEqual([...world.on], ['microphone', 'camera']);
  world.moderated.said({ ...moderation('mute'), said });
  assert.deepEqual([...world.on], ['camera'], 'said to all');
});

Deno.test('stopped before one is in, it is off without a word', () => {
  const world = guest();
  world.moderated.isOpen = false;
  world.moderated.stopped('camera');
  assert.deepEqual([[...world.on], world.texts], [['microphone'], []]);
});

/** A host with the dialog about somebody open. */
function moderator() {
  /** @type {unknown[][]} */
  const asked = [];
  const note = (/** @type {string} */ name) => (/** @type {unknown[]} */ ...parts) => void asked.push([name, ...parts]);
  /** @type {string[]} */
  const said = [];
  const stage = { front: /** @type {import('../screens/meeting.js').Front} */ ({ pinned: null, spotlit: null }) };
  const dialog = Object.assign(new EventTarget(), { person: /** @type {Person | null} */ (person('a')) });
  const one = new Moderator(
    { polite: (text) => said.push(text) },
    stage,
    dialog,
    {
      stop: note('stop'),
      allow: note('allow'),
      say: note('say'),
      setCohost: note('cohost'),
      setVolume: note('volume'),
    },
    note('changed'),
  );
  one.rights = hosts;
  one.people = [person('a'), person('b'), host];
  one.isOpen = true;
  /** @param {string} name @param {unknown} [detail] */
  const press = (name, detail) => dialog.dispatchEvent(new CustomEvent(name, { detail }));
  return { one, asked, said, dialog, press, front: () => stage.front };
}

/** @param {string | null} key @returns {SaidEvent} */
const spotlight = (key) => ({ key: 'host', id: 'x', sent: 0, to: [], said: { type: 'spotlight', key } });

Deno.test('the server is told first, then the group', () => {
  const { asked, press } = moderator();
  press('mute');
  press('stopVideo');
  press('ask');
  press('lower');
  press('may', { use: 'screen', isAllowed: false });
  assert.deepEqual(asked, [
    ['stop', 'a', 'microphone'],
    ['say', { type: 'moderation', target: 'a', act: 'mute' }],
    ['stop', 'a', 'camera'],
    ['say', { type: 'moderation', target: 'a', act: 'stopVideo' }],
    ['say', { type: 'moderation', target: 'a', act: 'askToUnmute' }],
    ['say', { type: 'moderation', target: 'a', act: 'lowerHand' }],
    ['allow', 'a', 'screen', false],
  ]);
});

Deno.test('what came about is said to whoever did it, and to nobody else', () => {
  const { one, said } = moderator();
  for (const act of /** @type {const} */ (['mute', 'stopVideo', 'stopShare', 'askToUnmute', 'lowerHand'])) {
    one.said({ ...moderation(act), said: { type: 'moderation', target: 'a', act } });
    one.said({ ...moderation(act), key: 'b', said: { type: 'moderation', target: 'a', act } });
    one.said({ ...moderation(act), said: { type: 'moderation', target: null, act } });
  }
  assert.deepEqual(said, ['person.mute.done', 'person.stopVideo.done', 'person.ask.done', 'person.lower.done']);
});

Deno.test('who stands first for all says the group; whoever leaves stands nowhere', () => {
  const { one, asked, press, front, said } = moderator();
  press('spotlight');
  assert.deepEqual(asked, [['say', { type: 'spotlight', key: 'a' }]]);
  assert.equal(front().spotlit, null, 'not before the group says it');
  one.said(spotlight('a'));
  press('pin');
  assert.deepEqual(front(), { pinned: 'a', spotlit: 'a' });
  assert.equal(one.view(person('a')).isPinned, true);
  press('spotlight');
  assert.deepEqual(asked.at(-1), ['say', { type: 'spotlight', key: null }], 'once more takes it back');
  one.said(spotlight('host'));
  assert.deepEqual(front(), { pinned: 'a', spotlit: 'own' });
  assert.deepEqual(said, ['meet.spotlit', 'meet.spotlit.me']);
  one.people = [person('b'), host];
  assert.deepEqual(front(), { pinned: null, spotlit: 'own' });
  one.said(spotlight(null));
  assert.deepEqual([front().spotlit, said.at(-1)], [null, 'meet.spotlit.over']);
  one.isOpen = false;
  one.said(spotlight('c'));
  assert.equal(front().spotlit, null, 'told before the people are');
  one.people = [person('c'), host];
  assert.deepEqual([front().spotlit, said.length], ['c', 3], 'and without a word');
});

Deno.test('a volume is one’s own and is forgotten outside; co-hosts are made and withdrawn', () => {
  const { one, asked, press, dialog } = moderator();
  press('volume', 0.4);
  assert.equal(one.view(person('a')).volume, 0.4);
  assert.equal(one.view(person('b')).volume, 1);
  one.isOpen = false;
  assert.deepEqual(asked, [['volume', 'a', 0.4], ['volume', 'a', 1]]);
  press('cohost');
  dialog.person = person('b', { role: 'cohost' });
  press('cohost');
  dialog.person = null;
  press('cohost');
  assert.deepEqual(asked.slice(2), [['cohost', 'a', true], ['cohost', 'b', false]]);
});
