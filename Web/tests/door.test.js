/// <reference lib="deno.ns" />
/**
 * Where one stands with the group, as the page hears it.
 * @import { Door } from '../state/waiting.js'
 * @import { MemberState } from '../state/meeting.d.ts'
 */
import assert from 'node:assert/strict';
import { GroupDoor } from '../door.js';
import { everyone } from '../state/waiting.js';
import { StillClock } from './clock.js';
import { FakeEngine, policy } from './fake-engine.js';

const list = Array.from({ length: 2048 }, (_, index) => `word${index}`);
const code = [0, 1, 2, 3];

function setUp() {
  const engine = new FakeEngine(), clock = new StillClock();
  /** @type {Door[]} */
  const doors = [];
  /** What else the listener heard. @type {unknown[][]} */
  const heard = [];
  /** @type {'nl' | 'en'} */
  let language = 'nl';
  /** @type {((wordlist: number) => Promise<readonly string[] | null>)} */
  let words = (wordlist) => Promise.resolve(list.map((word) => `${word} of ${wordlist}`));
  const on = new Proxy({}, {
    get: (_, name) => (/** @type {unknown[]} */ ...parts) => {
      if (name === 'waiting') doors.push(/** @type {Door} */ (parts[0]));
      else heard.push([name, ...parts]);
    },
  });
  const door = new GroupDoor({
    meeting: 'm',
    fragment: 'f',
    clock,
    on: /** @type {any} */ (on),
    start: engine.start,
    language: () => language,
    words: (wordlist) => words(wordlist),
  });
  return {
    engine,
    clock,
    door,
    doors,
    heard,
    /** @param {'nl' | 'en'} chosen */
    speak: (chosen) => language = chosen,
    /** @param {typeof words} load */
    load: (load) => words = load,
    get last() {
      return doors.at(-1);
    },
  };
}

/** Somebody before the door, and inside. */
async function atDoor() {
  const world = setUp();
  await world.door.open();
  await world.door.enter('Bram', 'first');
  world.engine.become('checking');
  return world;
}

async function inside() {
  const world = await atDoor();
  for (const name of /** @type {const} */ (['knocking', 'joining', 'unproven', 'live'])) world.engine.become(name);
  world.doors.length = 0;
  return world;
}

Deno.test('a seat counts only for whoever has a leaf', async () => {
  const world = await atDoor();
  /** @type {[MemberState['name'], boolean][]} */
  const states = [
    ['checking', false],
    ['knocking', false],
    ['joining', false],
    ['unproven', true],
    ['live', true],
    ['paused', true],
    ['behind', true],
    ['resync', true],
  ];
  for (const [name, isIn] of states) {
    world.engine.become(name);
    assert.equal(world.door.isIn, isIn, name);
  }
  world.engine.become('out', 'ejected');
  assert.equal(world.door.isIn, false);
  assert.deepEqual(world.heard.at(-1), ['over', 'removed']);
});

Deno.test('why somebody stands before the door is what happened, and nothing else', async () => {
  const world = await atDoor();
  assert.deepEqual(world.doors.map(({ state, why }) => [state, why]), [['checking', 'first'], ['checking', 'first']]);
  world.engine.become('live');
  world.engine.become('out', 'sentBack');
  await world.clock.pass(0);
  assert.equal(world.last?.why, 'sentBack');
  assert.deepEqual(world.heard.slice(-2), [['placeLost'], ['again']]);
  assert.equal(world.engine.names.filter((name) => name === 'enter').length, 2);
  world.engine.become('live');
  world.engine.become('out', 'lost');
  await world.clock.pass(0);
  assert.equal(world.last?.why, 'lost');
});

Deno.test('a lost place is looked for without a word; before the door it is told, and nobody is blamed', async () => {
  const world = await inside();
  world.engine.become('checking');
  world.engine.become('joining');
  assert.deepEqual([world.doors, world.heard], [[], []], 'inside nothing has changed yet');
  world.engine.become('unproven');
  world.engine.become('checking');
  world.engine.become('knocking');
  world.engine.on.words(1, code);
  await world.clock.pass(7900);
  assert.deepEqual([world.doors, world.heard], [[], []], 'a host’s client may know them yet');
  await world.clock.pass(200);
  assert.deepEqual(world.heard, [['placeLost']]);
  assert.deepEqual(world.doors.slice(0, 2).map(({ state, why }) => [state, why]), [
    ['checking', 'lost'],
    ['waiting', 'lost'],
  ]);
  assert.equal(world.last?.words?.list[1], 'word1 of 1');
});

Deno.test('whoever is let in again soon after a restart sees no waiting room; a word of the host is shown at once', async () => {
  const world = await inside();
  world.engine.become('checking');
  world.engine.become('knocking');
  await world.clock.pass(3000);
  for (const name of /** @type {const} */ (['joining', 'unproven', 'live'])) world.engine.become(name);
  await world.clock.pass(60_000);
  assert.deepEqual([world.doors, world.heard], [[], []]);
  world.engine.become('checking');
  world.engine.become('knocking');
  world.engine.on.note('Even wachten');
  assert.deepEqual([world.heard, world.last?.state, world.last?.note], [[['placeLost']], 'waiting', 'Even wachten']);
  const other = await inside();
  other.engine.become('knocking');
  other.engine.become('out', 'refused');
  await other.clock.pass(60_000);
  assert.deepEqual(other.heard, [['placeLost'], ['refused', { id: 'err.refused' }]]);
});

Deno.test('each end has its own word, by where one was', async () => {
  const before = async (/** @type {MemberState['reason']} */ reason) => {
    const world = await atDoor();
    world.engine.become('out', reason);
    return world.heard;
  };
  assert.deepEqual(await before('denied'), [['refused', { id: 'err.blocked' }]]);
  assert.deepEqual(await before('ended'), [['refused', { id: 'err.unknown' }]]);
  assert.deepEqual(await before('badLink'), [['refused', { id: 'err.link' }]]);
  assert.deepEqual(await before('tooOld'), [['refused', { id: 'err.old' }]]);
  assert.deepEqual(await before('badServer'), [['failed', 'engine badServer']]);
  assert.deepEqual(await before('left'), []);
  const refused = await atDoor();
  refused.engine.on.note('Tot morgen');
  refused.engine.become('out', 'refused');
  assert.deepEqual(refused.heard, [['refused', { id: 'err.refused', note: 'Tot morgen' }]]);
  const ended = await inside();
  ended.engine.become('checking'); // on the way to a lost place one was still inside
  ended.engine.become('out', 'ended');
  assert.deepEqual(ended.heard, [['over', 'over']]);
});

Deno.test('an engine that does not take somebody back in has failed; one that was closed has not', async () => {
  const world = await inside();
  world.engine.refusal = new Error('the engine did not answer enter');
  world.engine.become('out', 'sentBack');
  await world.clock.pass(0);
  assert.deepEqual(world.heard.at(-1), ['failed', 'Error: the engine did not answer enter']);
  const closed = await inside();
  closed.engine.refusal = new Error('closed');
  closed.engine.become('out', 'lost');
  closed.door.close();
  await closed.clock.pass(0);
  assert.deepEqual(closed.heard, [['placeLost']]);
});

Deno.test('closed while it opens, it leaves no worker with the link', async () => {
  const world = setUp();
  const opening = world.door.open();
  world.door.close();
  await assert.rejects(opening);
  assert.deepEqual(world.engine.names, ['close'], 'the link is not even handed over');
  const later = setUp();
  const opened = later.door.open();
  await Promise.resolve();
  later.door.close();
  await assert.rejects(opened);
  assert.equal(later.engine.isAlive, false);
  const broken = setUp();
  broken.engine.opened = { fault: 'damaged' };
  await assert.rejects(broken.door.open(), (/** @type {any} */ error) => error.failure.id === 'err.link');
  assert.equal(broken.engine.isAlive, false);
});

Deno.test('P-020 what knocks and is no person comes with its role; captions and answers go through', async () => {
  const world = await inside();
  const knock = { hash: 'h', name: 'Scribe', note: '', words: null, isFromLink: true, wasIn: false };
  const facts = /** @type {const} */ ({ role: 'captions', owner: 'anna', purposes: ['transcribe'], place: 'server' });
  world.engine.on.lobby([{ ...knock, service: facts }]);
  await world.clock.pass(0);
  const [, knocks] = /** @type {[string, readonly import('../state/waiting.js').Knock[]]} */ (world.heard.at(-1));
  assert.deepEqual(knocks.map(({ service }) => service), [facts]);
  assert.deepEqual(everyone(knocks), [], 'everyone means people');
  const event = { leaf: 9, key: 'scribe', id: 'id', sent: 5, to: [], kind: 25 };
  world.engine.on.app({ ...event, body: new Uint8Array([2, 72, 105, 0, 0, 0, 3]) });
  assert.deepEqual(world.heard.at(-1), ['caption', { text: 'Hi', about: 3 }]);
  const count = world.heard.length;
  world.engine.on.app({ ...event, body: new Uint8Array([2, 72, 105]) });
  assert.equal(world.heard.length, count, 'half a line is none');
  world.door.consent('scribe', facts, true, 'what was read');
  assert.deepEqual(world.engine.asked.at(-1), ['consent', 'scribe', facts, true, 'what was read']);
});

Deno.test('the words of a host are of the list that the engine was given, whatever the page speaks now', async () => {
  const world = await atDoor();
  world.speak('en');
  world.engine.on.lobby([{
    hash: 'h',
    name: 'Chris',
    note: '',
    words: code,
    isFromLink: true,
    wasIn: false,
    service: null,
  }]);
  await world.clock.pass(0);
  const words = ['word0 of 2', 'word1 of 2', 'word2 of 2', 'word3 of 2'];
  assert.deepEqual(world.heard.at(-1), ['lobby', [
    { hash: 'h', name: 'Chris', note: null, words: { list: words, lang: 'nl' }, isFromLink: true },
  ]]);
  world.load(() => Promise.reject(new Error('no network')));
  world.engine.on.lobby([{
    hash: 'h',
    name: 'Chris',
    note: 'Hoi',
    words: code,
    isFromLink: true,
    wasIn: false,
    service: null,
  }]);
  await world.clock.pass(0);
  assert.deepEqual(world.heard.at(-1), ['lobby', [
    { hash: 'h', name: 'Chris', note: 'Hoi', words: null, isFromLink: true },
  ]], 'without words they are shown all the same');
});

Deno.test('a guest gets the words in the language of the host; those of an earlier knock are nobody’s', async () => {
  const world = await atDoor();
  /** @type {((list: readonly string[]) => void)[]} */
  const waiting = [];
  world.load(() => new Promise((resolve) => waiting.push(resolve)));
  world.engine.become('knocking');
  world.engine.on.words(1, code);
  world.engine.become('unproven');
  world.engine.become('out', 'sentBack');
  await world.clock.pass(0);
  world.engine.become('knocking');
  waiting.shift()?.(list);
  await world.clock.pass(0);
  assert.equal(world.last?.words, null);
  world.engine.on.words(1, code);
  waiting.shift()?.(list);
  await world.clock.pass(0);
  assert.deepEqual(world.last?.words, { list: ['word0', 'word1', 'word2', 'word3'], lang: 'en' });
});

Deno.test('without a connection nobody knows who waits, and the door says so once it lasts', async () => {
  const world = await atDoor();
  world.engine.become('knocking');
  world.door.disconnected();
  await world.clock.pass(1900);
  assert.equal(world.last?.state, 'waiting');
  await world.clock.pass(200);
  assert.equal(world.last?.state, 'offline');
  world.door.connected();
  assert.equal(world.last?.state, 'waiting');
  world.door.disconnected();
  world.door.connected();
  await world.clock.pass(5000);
  assert.equal(world.last?.state, 'waiting', 'a moment is not worth a word');
  const within = await inside();
  within.door.disconnected();
  await within.clock.pass(5000);
  assert.deepEqual(within.doors, []);
});

Deno.test('a media worker that died is replaced before somebody enters', async () => {
  const world = setUp();
  await world.door.open();
  world.engine.isMediaDead = true;
  await world.door.enter('Bram', 'first');
  assert.deepEqual(world.engine.names, ['open', 'replaceMedia', 'enter']);
});

Deno.test('the goodbye made beforehand is the newest, is given once, and goes with the place', async () => {
  const world = await inside();
  const [first, second] = [new ArrayBuffer(1), new ArrayBuffer(2)];
  world.engine.on.goodbye(first);
  world.engine.on.goodbye(second);
  assert.equal(world.door.takeLastWord(), second);
  assert.equal(world.door.takeLastWord(), null);
  world.engine.on.goodbye(first);
  world.engine.become('out', 'sentBack');
  assert.equal(world.door.takeLastWord(), null);
});

Deno.test('every page hears of another link, to show it; which one to tell the server only those who lead', async () => {
  const world = await inside();
  for (const rights of /** @type {const} */ ([[], ['admit', 'eject', 'policy']])) {
    world.engine.on.policy(policy(rights));
    world.heard.length = 0;
    world.engine.on.invite('n'.repeat(22));
    assert.deepEqual(world.heard, [['renewed']]);
    assert.equal(world.door.renewed, rights.length ? 'n'.repeat(22) : '');
  }
});

Deno.test('what the meeting is about is heard as the engine says it', async () => {
  const world = await atDoor();
  world.heard.length = 0;
  world.engine.on.topic('Voortgang');
  assert.deepEqual(world.heard, [['topic', 'Voortgang']]);
});

Deno.test('hosts read the name one came with, also the second time; the others see the one that was chosen', async () => {
  const world = setUp();
  await world.door.open();
  await world.door.enter('Bram de Vries', 'first', '#without:chat');
  world.engine.become('knocking');
  world.door.rename('Bram');
  const asked = () => world.engine.asked.filter(([name]) => name === 'enter' || name === 'rename');
  assert.deepEqual(asked(), [['enter', 'Bram de Vries', '#without:chat', 'nl'], ['rename', 'Bram']]);
  world.engine.become('out', 'lost');
  await world.clock.pass(0);
  assert.deepEqual(asked().slice(2), [['enter', 'Bram de Vries', '#without:chat', 'nl'], ['rename', 'Bram']]);
  // Inside everybody sees it, so nobody has another one to read.
  world.engine.become('live');
  world.door.rename('Brammetje');
  world.engine.become('out', 'sentBack');
  await world.clock.pass(0);
  assert.deepEqual(asked().slice(4), [['rename', 'Brammetje'], ['enter', 'Brammetje', '#without:chat', 'nl']]);
  await world.door.enter('Anna', 'first', '');
  assert.deepEqual(asked().at(-1), ['enter', 'Anna', '', 'nl'], 'begun anew');
});
