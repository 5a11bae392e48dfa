/// <reference lib="deno.ns" />
/**
 * @import { ServerMessage } from '../protocol/messages.d.ts'
 * @import { Socket } from '../protocol/connection.js'
 */
import assert from 'node:assert/strict';
import { Connection } from '../protocol/connection.js';
import { StillClock } from './clock.js';

/** @param {string} name */
const token = (name) => name.padEnd(43, '0');

/** A server's end of a socket. @implements {Socket} */
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

  /** @param {any} text */
  send(text) {
    this.sent.push(text instanceof ArrayBuffer ? [...new Uint8Array(text)] : JSON.parse(text));
  }

  close() {
    this.isClosed = true;
  }

  /** @param {ServerMessage} message */
  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  /** @param {string} resume @param {boolean} resumed */
  admit(resume, resumed) {
    this.say({
      area: 'session',
      type: 'joined',
      participant: 'm'.repeat(22),
      leaf: 3,
      capacity: 25,
      resume: token(resume),
      resumed,
      passcode: false,
      may: { microphone: true, camera: true, screen: true, files: false },
      participants: [],
    });
  }

  get types() {
    return this.sent.map((message) => message.type);
  }
}

/** @param {boolean} isReachable does the server answer whoever asks for a sign, or is that for the test to say? */
function setUp(isReachable = true) {
  const clock = new StillClock();
  /** @type {FakeSocket[]} */
  const sockets = [];
  /** @type {string[]} */
  const heard = [];
  /** @type {{ signal: AbortSignal, answer(): void, fail(): void }[]} */
  const asked = [];
  let entries = 0;
  const connection = new Connection({
    clock,
    random: () => 1,
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    reach: (signal) =>
      new Promise((resolve, reject) => {
        asked.push({ signal, answer: () => resolve(null), fail: () => reject(new TypeError('no network')) });
        if (isReachable) resolve(null);
      }),
    join: () => ({ area: 'session', type: 'join', protocol: 1, invite: `i${++entries}`, device: 'desktop' }),
    on: {
      owes: () => heard.push('owes'),
      passed: () => heard.push('passed'),
      notPassed: ({ type }) => heard.push(`not passed ${type}`),
      connected: () => heard.push('connected'),
      frame: (frame) => heard.push(`frame ${[...new Uint8Array(frame)]}`),
      unseated: () => heard.push('unseated'),
      joined: ({ resumed }) => heard.push(resumed ? 'resumed' : 'joined'),
      message: ({ type }) => heard.push(type),
      lost: () => heard.push('lost'),
      again: () => heard.push('again'),
      refused: ({ type }) => heard.push(`refused ${type}`),
      ended: (reason) => heard.push(`ended ${reason}`),
    },
  });
  /** @param {number} index */
  const socket = (index) => {
    const found = sockets[index];
    assert.ok(found, `socket ${index}`);
    return found;
  };
  return { clock, connection, heard, socket, sockets, asked };
}

/** @param {ReturnType<typeof setUp>} world */
async function join({ clock, connection, socket }) {
  connection.start();
  socket(0).onopen();
  await clock.pass(0);
  socket(0).say({ area: 'session', type: 'atDoor', passcode: false });
  socket(0).admit('first', false);
}

/** @param {FakeSocket} socket @param {readonly number[]} frame */
const greet = (socket, frame = [64]) => socket.onmessage({ data: new Uint8Array(frame).buffer });

/** At a door where a passcode is asked for. */
async function owing() {
  const world = setUp();
  world.connection.start();
  world.socket(0).onopen();
  await world.clock.pass(0);
  world.socket(0).say({ area: 'session', type: 'atDoor', passcode: true });
  greet(world.socket(0));
  return world;
}

Deno.test('where a passcode is owed the delivery service is heard once it was said, from its greeting on', async () => {
  const world = await owing();
  assert.deepEqual(world.heard, ['owes']);
  world.connection.sendFrame(new ArrayBuffer(1));
  assert.ok(world.connection.pass('83914207'));
  assert.deepEqual(world.socket(0).sent.at(-1), { area: 'session', type: 'pass', passcode: '83914207' });
  world.socket(0).say({ area: 'session', type: 'refused', failure: { type: 'passcode' } });
  world.socket(0).say({ area: 'session', type: 'refused', failure: { type: 'tooFast', retrySeconds: 30 } });
  world.socket(0).say({ area: 'session', type: 'passed' });
  assert.deepEqual(world.heard.slice(1), [
    'not passed passcode',
    'not passed tooFast',
    'passed',
    'connected',
    'frame 64',
  ]);
  assert.equal(world.connection.pass('83914207'), false, 'nothing is owed any more');
  world.socket(0).say({ area: 'session', type: 'passed' });
  greet(world.socket(0), [65]);
  assert.deepEqual(world.heard.slice(6), ['frame 65']);
});

Deno.test('who has something else to show goes on without it, and hears once when it sufficed', async () => {
  const world = await owing();
  world.connection.goOn();
  assert.deepEqual(world.heard, ['owes', 'connected', 'frame 64']);
  world.socket(0).say({ area: 'session', type: 'passed' });
  world.socket(0).admit('first', false);
  assert.deepEqual(world.heard.slice(3), ['passed', 'joined']);
});

Deno.test('a server that seats somebody who owes, or has much to say before, is not believed', async () => {
  const world = await owing();
  world.socket(0).admit('first', false);
  assert.ok(world.socket(0).isClosed);
  const other = await owing();
  for (let number = 0; number < 4; number++) greet(other.socket(0));
  assert.ok(other.socket(0).isClosed);
  assert.deepEqual(other.heard, ['owes'], 'what was never connected is not lost');
});

Deno.test('a full meeting is final also for whoever was right', async () => {
  const world = await owing();
  world.connection.pass('83914207');
  world.socket(0).say({ area: 'session', type: 'refused', failure: { type: 'full', capacity: 2 } });
  assert.deepEqual(world.heard, ['owes', 'refused full']);
});

Deno.test('comes to the door, takes the seat it gets, and gives on what the room says', async () => {
  const world = setUp();
  await join(world);
  assert.deepEqual(world.socket(0).types, ['join']);
  world.socket(0).say({ area: 'room', type: 'participantLeft', participant: 'x'.repeat(22) });
  assert.deepEqual(world.heard, ['connected', 'joined', 'participantLeft']);
});

Deno.test('takes the same seat again: at once, then ever later, with the newest token', async () => {
  const world = setUp();
  await join(world);
  world.socket(0).onclose();
  assert.deepEqual(world.heard, ['connected', 'joined', 'lost']);
  /** @type {number[]} */
  const times = [];
  for (let index = 1; index <= 6; index++) {
    while (world.sockets.length === index) await world.clock.pass(50);
    times.push(world.clock.now());
    world.socket(index).onclose();
  }
  const pauses = times.map((time, index) => time - (times[index - 1] ?? 0));
  assert.deepEqual(pauses, [50, 250, 500, 1000, 2000, 2000]);
  while (world.sockets.length === 7) await world.clock.pass(50);
  world.socket(7).onopen();
  await world.clock.pass(0);
  assert.deepEqual(world.socket(7).sent, [{ area: 'session', type: 'resume', protocol: 1, token: token('first') }]);
  world.socket(7).admit('second', true);
  world.socket(7).onclose();
  await world.clock.pass(0);
  world.socket(8).onopen();
  await world.clock.pass(0);
  assert.equal(world.socket(8).sent[0].token, token('second'));
  assert.deepEqual(world.heard, ['connected', 'joined', 'lost', 'connected', 'resumed', 'lost']);
});

Deno.test('a seat that is gone is the way to the door again', async () => {
  const world = setUp();
  await join(world);
  world.socket(0).onclose();
  await world.clock.pass(0);
  world.socket(1).onopen();
  await world.clock.pass(0);
  world.socket(1).say({ area: 'session', type: 'refused', failure: { type: 'resumeUnknown' } });
  assert.ok(world.socket(1).isClosed);
  assert.equal(world.sockets.length, 2, 'not at once: who says so again and again would keep us busy');
  await world.clock.pass(250);
  world.socket(2).onopen();
  await world.clock.pass(0);
  assert.deepEqual([world.socket(0).types, world.socket(1).types, world.socket(2).types], [
    ['join'],
    ['resume'],
    ['join'],
  ]);
});

Deno.test('nothing is believed before the door: no seat, no frame, and no door twice', async () => {
  /** @type {((socket: FakeSocket) => void)[]} */
  const lies = [
    (socket) => socket.admit('first', false),
    (socket) => socket.admit('first', true),
    (socket) => socket.onmessage({ data: new Uint8Array([0x40]).buffer }),
  ];
  for (const lie of lies) {
    const world = setUp();
    world.connection.start();
    world.socket(0).onopen();
    lie(world.socket(0));
    assert.ok(world.socket(0).isClosed);
    assert.deepEqual(world.heard, []);
  }
  const world = setUp();
  await join(world);
  world.socket(0).say({ area: 'session', type: 'atDoor', passcode: false });
  assert.ok(world.socket(0).isClosed);
});

Deno.test('frames go both ways from the door on, also before there is a seat', async () => {
  const world = setUp();
  world.connection.start();
  world.socket(0).onopen();
  world.connection.sendFrame(new Uint8Array([9]).buffer);
  world.socket(0).say({ area: 'session', type: 'atDoor', passcode: false });
  world.socket(0).onmessage({ data: new Uint8Array([0x40, 1]).buffer });
  world.connection.sendFrame(new Uint8Array([2, 3]).buffer);
  assert.deepEqual(world.heard, ['connected', 'frame 64,1']);
  assert.deepEqual(world.socket(0).sent.slice(1), [[2, 3]]);
  assert.equal(world.socket(0).binaryType, 'arraybuffer');
  assert.equal(world.connection.send({ area: 'media', type: 'close' }), false);
  await world.clock.pass(30_000);
});

Deno.test('a seat that went with its leaf is not asked for again', async () => {
  const world = setUp();
  await join(world);
  world.socket(0).say({ area: 'session', type: 'unseated' });
  assert.equal(world.connection.isJoined, false);
  world.connection.sendFrame(new Uint8Array([5]).buffer);
  assert.deepEqual(world.socket(0).sent.at(-1), [5], 'at the door the engine may still speak');
  world.socket(0).onclose();
  await world.clock.pass(0);
  world.socket(1).onopen();
  assert.deepEqual(world.socket(1).types, ['join']);
  assert.deepEqual(world.heard, ['connected', 'joined', 'unseated', 'lost']);
});

Deno.test('an engine that begins anew gets another socket at once, and no old seat', async () => {
  const world = setUp();
  await join(world);
  world.connection.anew();
  await world.clock.pass(0);
  world.socket(1).onopen();
  assert.deepEqual(world.socket(1).types, ['join']);
  assert.ok(world.socket(0).isClosed);
});

Deno.test('a frame larger than there are ends the socket before it reaches the engine', async () => {
  const world = setUp();
  await join(world);
  world.socket(0).onmessage({ data: new ArrayBuffer(2 << 20) });
  assert.ok(!world.socket(0).isClosed && world.heard.at(-1)?.startsWith('frame'));
  const { length } = world.heard;
  world.socket(0).onmessage({ data: new ArrayBuffer((2 << 20) + 1) });
  assert.ok(world.socket(0).isClosed);
  assert.deepEqual(world.heard.slice(length), ['lost']);
});

Deno.test('what is no message of ours ends the socket, and all begins anew', async () => {
  const participant = 'x'.repeat(22);
  for (
    const text of [
      '{broken',
      '[]',
      '"text"',
      JSON.stringify({ area: 'constructor', type: 'left' }),
      JSON.stringify({ area: 'room', type: 'participantLeft' }),
      JSON.stringify({ area: 'room', type: 'participantLeft', participant, more: 1 }),
      JSON.stringify({ area: 'room', type: 'participantLeft', participant: [participant] }),
      JSON.stringify({ area: 'media', type: 'restarted', ufrag: 'x\r\na=extmap:1 x', pwd: 'p'.repeat(22) }),
      ' '.repeat(70_000) + JSON.stringify({ area: 'session', type: 'left' }),
    ]
  ) {
    const world = setUp();
    await join(world);
    world.socket(0).onmessage({ data: text });
    assert.ok(world.socket(0).isClosed, text.slice(0, 60));
    assert.deepEqual(world.heard, ['connected', 'joined', 'lost']);
  }
});

Deno.test('inside, one refused message is not the end, and what was too fast is said again in time', async () => {
  const world = setUp();
  await join(world);
  for (const type of /** @type {const} */ (['invalidNow', 'malformed', 'unknown'])) {
    world.socket(0).say({ area: 'session', type: 'refused', failure: { type } });
  }
  assert.deepEqual(world.heard, ['connected', 'joined']);
  const tooFast = { area: 'session', type: 'refused', failure: { type: 'tooFast', retrySeconds: 2 } };
  for (let time = 0; time < 3; time++) world.socket(0).say(/** @type {ServerMessage} */ (tooFast));
  await world.clock.pass(2000);
  assert.deepEqual(world.heard, ['connected', 'joined', 'again'], 'once for all that was too fast');
});

Deno.test('a server that does not answer within two seconds is lost', async () => {
  const world = setUp();
  await join(world);
  await world.clock.pass(5000);
  assert.deepEqual(world.socket(0).types, ['join', 'ping']);
  world.socket(0).say({ area: 'session', type: 'pong', nonce: 1 });
  await world.clock.pass(4900);
  assert.deepEqual(world.heard, ['connected', 'joined']);
  await world.clock.pass(2200);
  assert.deepEqual(world.heard, ['connected', 'joined', 'lost']);
  assert.ok(world.socket(0).isClosed);
});

Deno.test('a try that hangs is given up, and the word online starts the next one at once', async () => {
  const world = setUp();
  await join(world);
  world.socket(0).onclose();
  await world.clock.pass(3000 + 250);
  assert.ok(world.socket(1).isClosed);
  assert.equal(world.sockets.length, 3);
  world.connection.hurry();
  await world.clock.pass(0);
  assert.equal(world.sockets.length, 4);
  assert.ok(world.socket(2).isClosed);
});

Deno.test('after a socket that did not open there is no other until the server has answered something', async () => {
  const world = setUp(false);
  await join(world);
  world.socket(0).onclose();
  await world.clock.pass(3000 + 250);
  assert.ok(world.socket(1).isClosed, 'it hung');
  world.asked[0]?.fail();
  await world.clock.pass(500);
  await world.clock.pass(3000 + 1000);
  assert.equal(world.asked.length, 3);
  assert.ok(world.asked[1]?.signal.aborted, 'one that hangs is taken back');
  world.asked[1]?.answer();
  await world.clock.pass(0);
  assert.equal(world.sockets.length, 2, 'who was given up is not heard');
  world.asked[2]?.answer();
  await world.clock.pass(0);
  assert.equal(world.sockets.length, 3);
  world.socket(2).onopen();
  world.socket(2).onclose();
  await world.clock.pass(2000);
  assert.deepEqual([world.sockets.length, world.asked.length], [4, 3], 'the one before had opened');
  world.socket(3).onclose();
  await world.clock.pass(2000);
  assert.deepEqual([world.sockets.length, world.asked.length], [4, 4]);
  world.connection.hurry();
  assert.deepEqual([world.asked[3]?.signal.aborted, world.asked.length], [true, 5]);
  world.connection.leave();
  assert.ok(world.asked[4]?.signal.aborted);
  assert.equal(world.clock.timers, 0);
});

Deno.test('a seat that is gone when the network is back costs no long pause', async () => {
  const world = setUp();
  await join(world);
  world.socket(0).onclose();
  await world.clock.pass(0);
  for (let index = 1; index < 6; index++) {
    world.socket(index).onclose();
    await world.clock.pass(2000);
  }
  world.socket(6).onopen();
  world.socket(6).say({ area: 'session', type: 'refused', failure: { type: 'resumeUnknown' } });
  await world.clock.pass(250);
  world.socket(7).onopen();
  assert.deepEqual(world.socket(7).types, ['join']);
});

Deno.test('a refusal is final, and so is the end; nothing is left running', async () => {
  for (const type of /** @type {const} */ (['unknown', 'clientTooOld', 'malformed', 'invalidNow'])) {
    const world = setUp();
    world.connection.start();
    world.socket(0).onopen();
    await world.clock.pass(0);
    world.socket(0).say({ area: 'session', type: 'refused', failure: { type } });
    await world.clock.pass(60_000);
    assert.deepEqual(world.heard, [`refused ${type}`]);
    assert.equal(world.sockets.length, 1);
    assert.equal(world.clock.timers, 0);
  }
  const world = setUp();
  await join(world);
  world.socket(0).say({ area: 'session', type: 'ended', reason: 'replaced' });
  world.socket(0).onclose?.();
  await world.clock.pass(60_000);
  assert.deepEqual(world.heard, ['connected', 'joined', 'ended replaced']);
  assert.equal(world.clock.timers, 0);
});

Deno.test('a server that is busy is asked again later only by those who were in', async () => {
  const world = setUp();
  await join(world);
  world.socket(0).onclose();
  await world.clock.pass(0);
  world.socket(1).say({ area: 'session', type: 'refused', failure: { type: 'busy', retrySeconds: 3 } });
  await world.clock.pass(2900);
  assert.equal(world.sockets.length, 2);
  await world.clock.pass(200);
  assert.equal(world.sockets.length, 3);
  assert.deepEqual(world.heard, ['connected', 'joined', 'lost']);
});

Deno.test('leaving says so and ends', async () => {
  const world = setUp();
  await join(world);
  world.connection.leave();
  assert.deepEqual(world.socket(0).types, ['join', 'leave']);
  assert.equal(world.connection.send({ area: 'media', type: 'close' }), false);
  await world.clock.pass(60_000);
  assert.deepEqual(world.heard, ['connected', 'joined', 'ended left']);
});
