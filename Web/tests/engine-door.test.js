/// <reference lib="deno.ns" />
/** The page's end of both workers. @import { EngineEvent } from '../state/meeting.d.ts' */
import assert from 'node:assert/strict';
import { Engine } from '../e2ee/engine.js';
import { StillClock } from './clock.js';
import { policy } from './fake-engine.js';

/** A worker that remembers what it was told, and says what a test wants. */
class FakeWorker extends EventTarget {
  /** @type {any[]} */
  told = [];
  isEnded = false;

  /** @param {unknown} message */
  postMessage(message) {
    this.told.push(message);
  }

  /** @param {unknown} data */
  say(data) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  terminate() {
    this.isEnded = true;
  }
}

function page() {
  const worker = new FakeWorker(), media = new FakeWorker(), second = new FakeWorker(), clock = new StillClock();
  /** @type {unknown[][]} */
  const heard = [];
  /** Every method of the listener is there, and remembers. */
  const on = new Proxy({}, {
    get: (_, name) => (/** @type {unknown[]} */ ...parts) => void heard.push([name, ...parts]),
  });
  const engine = new Engine(
    /** @type {any} */ (worker),
    /** @type {any} */ (media),
    'sha384-x',
    /** @type {any} */ (on),
    clock,
    () => /** @type {any} */ (second),
  );
  return { engine, worker, media, second, clock, heard };
}

Deno.test('each event of the engine is one call of the listener', () => {
  const { engine, worker, heard } = page();
  const frame = new ArrayBuffer(3);
  const comparison = { phase: /** @type {const} */ ('none'), pictures: [], isEqual: null, people: [] };
  const event = { leaf: 1, key: 'k', kind: 16, id: 'i', sent: 5, to: ['k'], body: new Uint8Array(2) };
  /** @type {EngineEvent[]} */
  const events = [
    { type: 'send', frame },
    { type: 'goodbye', frame },
    { type: 'reconnect' },
    { type: 'state', state: { name: 'out', reason: 'refused' } },
    { type: 'gate', reasons: ['noProof'] },
    { type: 'roster', roster: [] },
    { type: 'policy', policy: policy(['admit']) },
    { type: 'app', event },
    { type: 'lobby', lobby: [] },
    { type: 'words', wordlist: 2, words: [1, 2] },
    { type: 'note', text: 'soon' },
    { type: 'invite', invite: 'i'.repeat(22) },
    { type: 'topic', topic: 'Voortgang' },
    { type: 'refused', command: 'send', kind: 17, why: null },
    { type: 'refused', command: 'admit', kind: null, why: 'full' },
    { type: 'violation', code: 64, leaf: 3 },
    { type: 'code', digits: '0'.repeat(30) },
    { type: 'compare', comparison },
  ];
  for (const event of events) worker.say({ type: 'event', event });
  assert.deepEqual(heard, [
    ['send', frame],
    ['goodbye', frame],
    ['reconnect'],
    ['state', { name: 'out', reason: 'refused' }],
    ['gate', ['noProof']],
    ['roster', []],
    ['policy', policy(['admit'])],
    ['app', event],
    ['lobby', []],
    ['words', 2, [1, 2]],
    ['note', 'soon'],
    ['invite', 'i'.repeat(22)],
    ['topic', 'Voortgang'],
    ['refused', 'send', 17, null],
    ['refused', 'admit', null, 'full'],
    ['violation', 64, 3],
    ['code', '0'.repeat(30)],
    ['comparison', comparison],
  ]);
  engine.close();
  worker.say({ type: 'event', event: { type: 'reconnect' } });
  assert.equal(heard.length, events.length, 'nothing is heard of a worker that was ended');
});

Deno.test('commands go to the engine worker, in their order; a frame of the server is given away', () => {
  const { engine, worker } = page();
  engine.connected();
  const frame = new ArrayBuffer(1);
  engine.wire(frame);
  engine.admit();
  engine.refuse('h', 'no');
  engine.message('h', 'soon');
  engine.eject('k');
  engine.lock(true);
  engine.setAdmission('open');
  engine.compare();
  engine.compared(false);
  const body = new Uint8Array([1]);
  engine.say(19, body);
  engine.sayTo(['k'], 16, body);
  engine.setFeatures(['chat']);
  engine.makeCohost('k');
  engine.withdrawCohost('k');
  engine.rename('Anna');
  engine.disconnected();
  assert.deepEqual(worker.told.map(({ id, request }) => [id, request.command ?? request]), [
    [0, { type: 'connected' }],
    [0, { type: 'wire', frame }],
    [0, { type: 'admit', hashes: [] }],
    [0, { type: 'refuse', hash: 'h', note: 'no' }],
    [0, { type: 'message', hash: 'h', text: 'soon' }],
    [0, { type: 'eject', key: 'k' }],
    [0, { type: 'lock', isLocked: true }],
    [0, { type: 'setAdmission', admission: 'open' }],
    [0, { type: 'compare' }],
    [0, { type: 'compared', isEqual: false }],
    [0, { type: 'send', kind: 19, body, leaves: [] }],
    [0, { type: 'direct', keys: ['k'], kind: 16, body }],
    [0, { type: 'setFeatures', features: ['chat'] }],
    [0, { type: 'makeCohost', key: 'k' }],
    [0, { type: 'withdrawCohost', key: 'k' }],
    [0, { type: 'rename', name: 'Anna' }],
    [0, { type: 'disconnected' }],
  ]);
});

Deno.test('what is asked waits for its own answer; a worker that says nothing is no answer', async () => {
  const { engine, worker, clock } = page();
  const link = engine.inviteLink();
  const leaving = engine.leave();
  const [first, second] = worker.told;
  worker.say({ type: 'answer', id: second.id, answer: { type: 'done' } });
  worker.say({ type: 'answer', id: first.id, answer: { type: 'link', link: 'https://meet.test/m/x#y' } });
  assert.equal(await link, 'https://meet.test/m/x#y');
  await leaving;
  const entering = assert.rejects(engine.enter('Anna'));
  await clock.pass(30_000);
  await entering;
});

Deno.test('a worker that dies is dead for the page, and no key is in use', () => {
  const { engine, worker, heard } = page();
  worker.dispatchEvent(new Event('error'));
  assert.deepEqual(heard, [['fault', 'dead'], ['armed', null]]);
  assert.equal(engine.isAlive, false);
});

Deno.test('a new media worker begins without a key, whatever the one before had said', async () => {
  const { engine, worker, media, second, heard } = page();
  media.say({ type: 'armed', epoch: 7 });
  media.dispatchEvent(new Event('error'));
  assert.deepEqual([engine.isAlive, engine.isMediaDead, media.isEnded], [true, true, true]);
  heard.length = 0;
  const replaced = engine.replaceMedia();
  assert.deepEqual(heard, [['armed', null]], 'before anybody could arm with an epoch of the dead worker');
  const { id } = worker.told.at(-1);
  second.say({ type: 'started' });
  worker.say({ type: 'answer', id, answer: { type: 'done' } });
  await replaced;
  assert.equal(engine.isMediaDead, false);
  media.say({ type: 'armed', epoch: 8 });
  assert.deepEqual(heard, [['armed', null]], 'nobody listens to the dead');
  second.say({ type: 'armed', epoch: 9 });
  assert.deepEqual(heard.at(-1), ['armed', 9]);
});
