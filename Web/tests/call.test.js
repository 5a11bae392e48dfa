/// <reference lib="deno.ns" />
/**
 * The call, between a socket and an engine that say what a test wants.
 * @import { CallState, Failure, Protection } from '../media/types.d.ts'
 * @import { Permissions, ServerMessage } from '../protocol/messages.d.ts'
 */
import assert from 'node:assert/strict';
import { Call } from '../call.js';
import { everything } from '../media/people/roster.js';
import { StillClock } from './clock.js';
import { FakeEngine, policy } from './fake-engine.js';

const globals = /** @type {any} */ (globalThis);
globals.isSecureContext = true;
globals.document = { hidden: false, addEventListener() {}, documentElement: { lang: 'nl' } };
globals.location ??= new URL('https://meet.test/');

class FakeSocket {
  /** @type {any} */
  onopen = null;
  /** @type {any} */
  onmessage = null;
  /** @type {any} */
  onclose = null;
  /** @type {BinaryType} */
  binaryType = 'blob';
  /** @type {any[]} */
  sent = [];
  isClosed = false;

  /** @param {any} data */
  send(data) {
    this.sent.push(data instanceof ArrayBuffer ? data : JSON.parse(data));
  }

  close() {
    this.isClosed = true;
  }

  /** @param {ServerMessage} message */
  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

/** @param {{ type: 'joined', leaf?: number, may?: Permissions }} options @returns {ServerMessage} */
const joined = ({ leaf = 1, may = everything }) => ({
  area: 'session',
  type: 'joined',
  participant: 'p'.repeat(22),
  leaf,
  capacity: 25,
  resume: 'r'.repeat(43),
  resumed: false,
  passcode: false,
  may,
  participants: [{ participant: 'q'.repeat(22), leaf: 7, away: false, publications: [], may: everything }],
});

function setUp() {
  const engine = new FakeEngine(), clock = new StillClock();
  /** @type {FakeSocket[]} */
  const sockets = [];
  /** @type {CallState[]} */
  const states = [];
  /** @type {Protection['type'][]} */
  const protections = [];
  /** @type {string[]} */
  const stopped = [];
  /** @type {string[]} */
  const asked = [];
  /** @type {boolean[][]} */
  const required = [];
  const call = new Call({
    meeting: 'm',
    fragment: 'f',
    device: 'desktop',
    clock,
    on: {
      state: (state) => states.push(state),
      protection: ({ type }) => protections.push(type),
      stopped: (use) => stopped.push(use),
      askPasscode: (ask) => asked.push(ask.type === 'wait' ? `wait ${ask.seconds}` : ask.type),
      passed: () => asked.push('passed'),
      passcodeRequired: (isRequired, isNews) => required.push([isRequired, isNews]),
    },
  }, {
    start: engine.start,
    missing: () => Promise.resolve(null),
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
  });
  return {
    engine,
    clock,
    call,
    sockets,
    states,
    protections,
    stopped,
    asked,
    required,
    get socket() {
      return /** @type {FakeSocket} */ (sockets.at(-1));
    },
  };
}

/** Before the door: the server has answered, the group has not. */
async function atDoor() {
  const world = setUp();
  await world.call.prepare();
  /** @type {{ failure?: Failure }} */
  const outcome = {};
  const joining = world.call.join('Bram').catch((error) => outcome.failure = error.failure);
  await world.clock.pass(0);
  world.socket.onopen();
  world.socket.say({ area: 'session', type: 'atDoor', passcode: false });
  world.engine.become('checking');
  world.engine.become('knocking');
  return {
    ...world,
    joining,
    outcome,
    get socket() {
      return world.socket;
    },
  };
}

async function inside() {
  const world = await atDoor();
  world.engine.become('unproven');
  world.engine.become('live');
  world.engine.on.roster([
    {
      leaf: 1,
      key: 'mine',
      name: 'Bram',
      role: 'participant',
      own: true,
      label: 'guest',
      hand: false,
      silent: false,
      service: null,
    },
    {
      leaf: 7,
      key: 'hers',
      name: 'Anna',
      role: 'host',
      own: false,
      label: 'host',
      hand: false,
      silent: false,
      service: null,
    },
  ]);
  world.socket.say(joined({ type: 'joined' }));
  await world.clock.pass(0);
  return world;
}

/** @param {{ states: readonly CallState[] }} world */
const state = (world) => world.states.at(-1);

Deno.test('the server alone lets nobody in: a seat without a leaf is thrown away, and so is its token', async () => {
  const world = await atDoor();
  const { socket } = world;
  socket.say(joined({ type: 'joined' }));
  await world.clock.pass(0);
  assert.equal(state(world)?.type, 'joining');
  assert.ok(socket.isClosed);
  world.socket.onopen();
  assert.deepEqual(world.socket.sent.map(({ type }) => type), ['join'], 'and not resume');
});

Deno.test('with a leaf the seat is taken, and the meeting begins', async () => {
  const world = await inside();
  await world.joining;
  assert.equal(state(world)?.type, 'joined');
  assert.deepEqual(world.call.people.map(({ name, label }) => [name, label]), [['Anna', 'host'], ['Bram', 'guest']]);
});

Deno.test('an engine that dies before the door ends the waiting, and says that only the link helps', async () => {
  const world = await atDoor();
  world.engine.isAlive = false;
  world.engine.on.fault('dead');
  await world.joining;
  assert.equal(world.outcome.failure?.id, 'err.engine');
  assert.equal(state(world)?.type, 'refused');
  await assert.rejects(world.call.join('Bram'), (/** @type {any} */ error) => error.failure.id === 'err.engine');
});

Deno.test('a media worker that dies before the door is told, and the next try may work', async () => {
  const world = await atDoor();
  world.engine.isMediaDead = true;
  world.engine.on.fault('dead');
  await world.joining;
  assert.equal(world.outcome.failure?.id, 'err.encrypt');
  world.call.join('Bram').catch(() => {});
  await world.clock.pass(0);
  assert.equal(state(world)?.type, 'joining');
  assert.deepEqual(world.engine.names.slice(-2), ['replaceMedia', 'enter']);
});

Deno.test('before the door a second time, a server that breaks the rules is a refusal and no silence', async () => {
  const world = await inside();
  world.engine.become('out', 'sentBack');
  await world.clock.pass(0);
  assert.equal(state(world)?.type, 'joining');
  world.engine.become('knocking');
  world.engine.become('out', 'badServer');
  const now = state(world);
  assert.ok(now?.type === 'refused' && now.failure.id === 'err.encrypt');
});

Deno.test('inside, encryption that fails stops sending and nothing else', async () => {
  const world = await inside();
  world.engine.on.armed(3);
  world.engine.on.fault('dead');
  assert.deepEqual([state(world)?.type, world.protections], ['joined', ['protected', 'stopped']]);
  world.engine.on.armed(4);
  assert.deepEqual(world.protections, ['protected', 'stopped'], 'what stopped for good does not begin by itself');
});

Deno.test('another try that is turned away says why, and does not end the visit', async () => {
  const world = await inside();
  const reviving = assert.rejects(
    world.call.revive(),
    (/** @type {any} */ error) => error.failure.id === 'err.refused',
  );
  await world.clock.pass(0);
  assert.equal(state(world)?.type, 'joining');
  assert.deepEqual(world.engine.names.slice(-2), ['replaceMedia', 'enter'], 'goodbye first');
  world.engine.become('knocking');
  world.engine.become('out', 'refused');
  await reviving;
  assert.equal(state(world)?.type, 'refused');
});

Deno.test('whoever is put out is cut off by the server at once, and then by the group', async () => {
  const world = await inside();
  world.call.remove('hers', 'blocked');
  assert.deepEqual(world.socket.sent.at(-1), {
    area: 'room',
    type: 'eject',
    participant: 'q'.repeat(22),
    block: true,
  });
  assert.deepEqual(world.engine.asked.at(-1), ['eject', 'hers']);
  world.call.remove('somebody the server does not know', 'open');
  assert.equal(world.socket.sent.at(-1).block, true, 'nobody else is cut off in their place');
  assert.deepEqual(world.engine.asked.at(-1), ['eject', 'somebody the server does not know']);
});

/** A track, as far as the call knows one. */
const track = /** @type {MediaStreamTrack} */ (/** @type {unknown} */ ({ kind: 'audio' }));

Deno.test('who may send what is said to the server by the name it gave, of one or of all, and of nobody it does not know', async () => {
  const world = await inside();
  const participant = 'q'.repeat(22);
  world.call.stop('hers', 'microphone');
  assert.deepEqual(world.socket.sent.at(-1), { area: 'room', type: 'stop', participant, use: 'microphone' });
  world.call.stop(null, 'camera');
  assert.deepEqual(world.socket.sent.at(-1), { area: 'room', type: 'stop', use: 'camera' });
  world.call.allow('hers', 'screen', false);
  const word = { area: 'room', type: 'allow', use: 'screen', allowed: false };
  assert.deepEqual(world.socket.sent.at(-1), { ...word, participant });
  world.call.allow(null, 'screen', true);
  assert.deepEqual(world.socket.sent.at(-1), { ...word, allowed: true });
  const count = world.socket.sent.length;
  world.call.stop('nobody', 'camera');
  world.call.allow('nobody', 'camera', true);
  assert.equal(world.socket.sent.length, count);
});

Deno.test('what a host stops is off here as well, the page hears it, and it does not come on by itself', async () => {
  const world = await inside();
  const me = () => world.call.people.at(-1);
  await world.call.setMicrophone(track);
  await world.call.setCamera(track);
  world.socket.say({ area: 'media', type: 'stopped', use: 'microphone' });
  await world.clock.pass(0);
  assert.deepEqual([world.stopped, me()?.microphone, me()?.camera], [['microphone'], false, true]);
  const may = { microphone: true, camera: false, screen: true, files: false };
  world.socket.say({ area: 'room', type: 'participantMay', participant: 'p'.repeat(22), may });
  await world.clock.pass(0);
  assert.deepEqual([world.stopped, me()?.camera, me()?.may], [['microphone', 'camera'], false, may]);
  world.socket.say({ area: 'room', type: 'participantMay', participant: 'p'.repeat(22), may: everything });
  await world.clock.pass(0);
  assert.deepEqual([me()?.microphone, me()?.camera, me()?.may], [false, false, everything]);
  assert.equal(world.stopped.length, 2);
});

Deno.test('what one may not send is off from the start, and what is said too late is refused and off', async () => {
  const world = await inside();
  await world.call.setMicrophone(track);
  world.socket.say(joined({ type: 'joined', may: { ...everything, microphone: false } }));
  await world.clock.pass(0);
  assert.deepEqual(world.stopped, ['microphone']);
  await world.call.setCamera(track);
  world.socket.say({ area: 'media', type: 'failed', failure: { type: 'notAllowed', use: 'camera' } });
  await world.clock.pass(0);
  assert.deepEqual(world.stopped, ['microphone', 'camera']);
  assert.equal(world.call.people.at(-1)?.camera, false);
});

Deno.test('what others may is told of them, and is nothing of ours', async () => {
  const world = await inside();
  await world.call.setMicrophone(track);
  const may = { microphone: false, camera: false, screen: false, files: false };
  world.socket.say({ area: 'room', type: 'participantMay', participant: 'q'.repeat(22), may });
  await world.clock.pass(0);
  assert.deepEqual(world.call.people.map((one) => one.may), [may, everything]);
  assert.deepEqual([world.stopped, world.call.people.at(-1)?.microphone], [[], true]);
});

Deno.test('a host tells the server which link is in force; a guest leaves it to those who may', async () => {
  const world = await inside();
  const count = world.socket.sent.length;
  world.engine.on.invite('n'.repeat(22));
  assert.equal(world.socket.sent.length, count);
  world.engine.on.policy(policy(['admit', 'eject', 'policy']));
  world.engine.on.invite('n'.repeat(22));
  assert.deepEqual(world.socket.sent.at(-1), { area: 'room', type: 'renew', invite: 'n'.repeat(22) });
});

Deno.test('a host says it again after every loss of the seat, and when it was said too fast; others never do', async () => {
  for (const rights of /** @type {const} */ ([['admit', 'eject', 'policy'], []])) {
    const world = await inside();
    const renewals = () => world.socket.sent.filter(({ type }) => type === 'renew').map(({ invite }) => invite);
    world.engine.on.policy(policy(rights));
    world.socket.say(joined({ type: 'joined' }));
    await world.clock.pass(0);
    assert.deepEqual(renewals(), [], 'the link is that of the invitation');
    world.engine.on.invite('n'.repeat(22));
    world.socket.say(joined({ type: 'joined' }));
    await world.clock.pass(0);
    const often = rights.length ? 2 : 0;
    assert.deepEqual(renewals(), Array(often).fill('n'.repeat(22)));
    world.socket.say({
      area: 'session',
      type: 'refused',
      failure: { type: 'tooFast', retrySeconds: 1 },
    });
    await world.clock.pass(1_000);
    assert.ok(renewals().length === (often && often + 1), String(renewals().length));
  }
});

Deno.test('a host says the link they came by as well, when it is in force again, and again with every seat', async () => {
  const world = await inside();
  const renewals = () => world.socket.sent.filter(({ type }) => type === 'renew').map(({ invite }) => invite);
  const [own, other] = ['i'.repeat(22), 'n'.repeat(22)];
  assert.equal(world.call.door.invite, own);
  world.engine.on.policy(policy(['admit', 'eject', 'policy']));
  world.engine.on.invite(other);
  world.engine.on.invite(own);
  assert.deepEqual(renewals(), [other, own]);
  world.socket.say(joined({ type: 'joined' }));
  await world.clock.pass(0);
  assert.deepEqual(renewals(), [other, own, own]);
});

Deno.test('a page that is closed says the goodbye made beforehand, as its last frame', async () => {
  const world = await inside();
  const goodbye = new ArrayBuffer(9);
  world.engine.on.goodbye(goodbye);
  world.call.vanish();
  assert.deepEqual(world.socket.sent.slice(-2).map((data) => data.type ?? data), [goodbye, 'leave']);
  assert.equal(state(world)?.type, 'ended');
});

Deno.test('a visit that is closed while it prepares does not come to life', async () => {
  for (const turns of [0, 1, 2, 3, 4]) {
    const world = setUp();
    const preparing = world.call.prepare().catch(() => {});
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    await world.call.leave();
    await preparing;
    assert.equal(state(world)?.type, 'ended');
    assert.ok(!world.engine.isStarted || !world.engine.isAlive, `after ${turns} turns`);
  }
});

Deno.test('a link that is damaged leaves no worker behind', async () => {
  const world = setUp();
  world.engine.opened = { fault: 'damaged' };
  await assert.rejects(world.call.prepare());
  assert.equal(world.engine.isAlive, false);
  const now = state(world);
  assert.ok(now?.type === 'refused' && now.failure.id === 'err.link');
});

Deno.test('a screen is ours like a camera: said to the page, ended by a host, and begun again by nobody', async () => {
  const world = await inside();
  /** @type {any} */
  const track = { contentHint: '' };
  const me = () => world.call.people.find((one) => one.me);
  await world.call.setScreen(track, null, 'motion');
  assert.deepEqual([me()?.screen, me()?.camera, track.contentHint], [true, false, 'motion']);
  const may = { ...everything, screen: false };
  world.socket.say({ area: 'room', type: 'participantMay', participant: 'p'.repeat(22), may });
  await world.clock.pass(0);
  assert.deepEqual([world.stopped, me()?.screen], [['screen'], false]);
  world.socket.say({ area: 'room', type: 'participantMay', participant: 'p'.repeat(22), may: everything });
  await world.clock.pass(0);
  assert.equal(me()?.screen, false);
  await world.call.setScreen(track, track, 'text');
  world.socket.say({ area: 'media', type: 'stopped', use: 'screen' });
  await world.clock.pass(0);
  assert.deepEqual([world.stopped, me()?.screen], [['screen', 'screen'], false]);
});

/** The link is open, and it is being found out whether a passcode is asked for. @param {'guest' | 'host' | 'personal'} [kind] */
async function checking(kind = 'guest') {
  const world = setUp();
  world.engine.opened = { fault: null, kind, invite: 'i'.repeat(22) };
  await world.call.prepare();
  let isDone = false;
  const checked = world.call.checkPasscode().then(() => isDone = true);
  await world.clock.pass(0);
  world.socket?.onopen();
  return {
    ...world,
    checked,
    get isDone() {
      return isDone;
    },
    get socket() {
      return world.socket;
    },
  };
}

const owed = /** @type {const} */ ({ area: 'session', type: 'atDoor', passcode: true });

Deno.test('P-025 the passcode is asked for before the name, as often as it is wrong, and said again without asking', async () => {
  const world = await checking();
  const probe = world.socket;
  probe.say(owed);
  assert.deepEqual([world.asked, world.isDone], [['first'], false]);
  world.call.pass('11111111');
  probe.say({ area: 'session', type: 'refused', failure: { type: 'passcode' } });
  world.call.pass('83914207');
  probe.say({ area: 'session', type: 'refused', failure: { type: 'tooFast', retrySeconds: 30 } });
  world.call.pass('83914207');
  probe.say({ area: 'session', type: 'passed' });
  await world.checked;
  assert.deepEqual(world.asked, ['first', 'wrong', 'wait 30', 'passed']);
  assert.ok(probe.isClosed && !world.engine.names.includes('connected'));
  world.call.join('Bram').catch(() => {});
  await world.clock.pass(0);
  world.socket.onopen();
  world.socket.say(owed);
  assert.deepEqual(world.socket.sent.map(({ type, passcode }) => passcode ?? type), ['join', '83914207']);
  assert.ok(!world.engine.names.includes('connected'));
  world.socket.say({ area: 'session', type: 'passed' });
  assert.ok(world.engine.names.includes('connected'));
  assert.equal(world.asked.length, 5, 'nothing was asked again');
});

Deno.test('where none is asked for, where the server says nothing, or something else, the name comes next', async () => {
  const none = await checking();
  none.socket.say({ area: 'session', type: 'atDoor', passcode: false });
  await none.checked;
  const silent = await checking();
  await silent.clock.pass(3000);
  await silent.checked;
  const unknown = await checking();
  unknown.socket.say({ area: 'session', type: 'refused', failure: { type: 'unknown' } });
  await unknown.checked;
  for (const world of [none, silent, unknown]) {
    assert.deepEqual([world.asked, state(world)?.type], [[], 'ready']);
    assert.ok(world.socket.isClosed);
  }
  assert.equal(none.clock.timers, 0);
});

Deno.test('whoever has gone on meanwhile is asked where they are', async () => {
  const world = await checking();
  world.call.join('Bram').catch(() => {});
  await world.checked;
  await world.clock.pass(0);
  assert.deepEqual(world.sockets.map(({ isClosed }) => isClosed), [true, false]);
  world.socket.onopen();
  world.socket.say(owed);
  assert.deepEqual(world.asked, ['first']);
  await world.clock.pass(60_000);
  assert.equal(state(world)?.type, 'joining', 'people need time to type');
});

Deno.test('a host and somebody with a personal link are not asked: the engine shows who they are', async () => {
  for (const kind of /** @type {const} */ (['host', 'personal'])) {
    const world = await checking(kind);
    await world.checked;
    assert.equal(world.sockets.length, 0);
    world.call.join('Anna').catch(() => {});
    await world.clock.pass(0);
    world.socket.onopen();
    world.socket.say(owed);
    assert.ok(world.engine.names.includes('connected'));
    world.socket.say({ area: 'session', type: 'passed' });
    assert.deepEqual(world.asked, ['passed']);
  }
});

Deno.test('whoever was in shows their leaf, also where there is a passcode that they never knew', async () => {
  const world = await inside();
  world.engine.asked.length = 0;
  world.socket.say({ area: 'room', type: 'passcodeChanged', required: true });
  await world.clock.pass(0);
  assert.deepEqual(world.required, [[false, false], [true, true]]);
  world.socket.onclose();
  await world.clock.pass(10);
  world.socket.onopen();
  world.socket.say({ area: 'session', type: 'refused', failure: { type: 'resumeUnknown' } });
  await world.clock.pass(500);
  world.socket.onopen();
  world.socket.say(owed);
  assert.ok(world.engine.names.includes('connected'));
  assert.deepEqual(world.asked, []);
});

Deno.test('what a host does about it goes to the server', async () => {
  const world = await inside();
  const before = world.socket.sent.length;
  assert.ok(world.call.setPasscode('27182818') && world.call.setPasscode(null));
  world.call.endForAll();
  assert.deepEqual(world.socket.sent.slice(before), [
    { area: 'room', type: 'setPasscode', passcode: '27182818' },
    { area: 'room', type: 'setPasscode' },
    { area: 'room', type: 'end' },
  ]);
  world.socket.say({ area: 'session', type: 'ended', reason: 'over' });
  assert.deepEqual(state(world), { type: 'ended', reason: 'over' });
});
