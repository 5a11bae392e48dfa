/// <reference lib="deno.ns" />
/** @import { Received, Sent, Snapshot } from '../media/health/statistics.js' */
import assert from 'node:assert/strict';
import { figuresOf } from '../media/health/figures.js';
import { Quality } from '../media/health/quality.js';
import { snapshot } from '../media/health/statistics.js';
import { Watchdog } from '../media/health/watchdog.js';
import { linesOf, numbersOf } from '../state/figures.js';

/** @param {Partial<Snapshot>} change @returns {Snapshot} */
function look(change) {
  return {
    at: 0,
    rtt: 0.02,
    remoteLoss: 0,
    bytesReceived: 0,
    sent: new Map(),
    received: new Map(),
    ...change,
  };
}

/** @param {number} packets @param {number} lost @returns {ReadonlyMap<string, Received>} */
function received(packets, lost, jitter = 0.005) {
  return new Map([['4', { framesDecoded: 0, packets, lost, jitter, isSound: true, height: 0 }]]);
}

Deno.test('a connection is as good as its worst figure', () => {
  const judged = (/** @type {Partial<Snapshot>} */ change) => {
    const quality = new Quality();
    quality.judge(look({ received: received(1000, 0) }), true);
    return quality.judge(look({ at: 1000, bytesReceived: 9, received: received(1100, 0), ...change }), true);
  };
  assert.equal(judged({}), 'good');
  assert.equal(judged({ rtt: 0.4 }), 'fair');
  assert.equal(judged({ rtt: 0.9 }), 'poor');
  assert.equal(judged({ remoteLoss: 0.05 }), 'fair');
  assert.equal(judged({ received: received(1100, 20) }), 'poor');
  assert.equal(judged({ received: received(1005, 4) }), 'good', 'too few packets to tell');
  assert.equal(judged({ received: received(1100, 0, 0.3) }), 'poor');
});

Deno.test('two silent seconds are a loss, but only while somebody sends', () => {
  const quality = new Quality();
  for (
    const [at, bytes, sends, word] of /** @type {const} */ ([
      [0, 100, true, 'good'],
      [1000, 200, true, 'good'],
      [2000, 200, true, 'good'],
      [3000, 200, true, 'lost'],
      [4000, 201, true, 'good'],
      [5000, 201, false, 'good'],
      [9000, 201, false, 'good'],
      [10_000, 201, true, 'good'],
      [11_500, 201, true, 'lost'],
    ])
  ) assert.equal(quality.judge(look({ at, bytesReceived: bytes }), sends), word, `at ${at}`);
});

Deno.test('frames that went round the media worker are noticed, and frames on their way are not', () => {
  const streams = new Map([
    ['camera', { mid: '1', sound: false, direction: /** @type {const} */ ('send') }],
    ['microphone', { mid: '0', sound: true, direction: /** @type {const} */ ('send') }],
    ['video 0', { mid: '12', sound: false, direction: /** @type {const} */ ('receive') }],
    ['audio 0', { mid: '4', sound: true, direction: /** @type {const} */ ('receive') }],
  ]);
  /** @param {number} frames @param {number} packets @param {number} decoded */
  const stats = (frames, packets, decoded, heard = 0) => {
    /** @type {ReadonlyMap<string, Sent>} */
    const sent = new Map([
      ['1', { framesEncoded: frames, packets: frames, bytes: frames }],
      ['0', { framesEncoded: 0, packets, bytes: packets }],
    ]);
    const received = new Map([
      ['12', { framesDecoded: decoded, packets: 0, lost: 0, jitter: 0, isSound: false, height: 0 }],
      ['4', { framesDecoded: 0, packets: heard, lost: 0, jitter: 0, isSound: true, height: 0 }],
    ]);
    return look({ sent, received });
  };
  /** @param {number} taken */
  const count = (taken) => ({ taken, given: taken, dropped: {} });
  const calm = new Watchdog();
  for (let second = 0; second < 5; second++) {
    const worked = { camera: count(30 * second), microphone: count(50 * second), 'video 0': count(30 * second) };
    assert.equal(calm.look(stats(30 * second + 14, 50 * second + 49, 30 * second + 15), worked, streams), null);
  }
  assert.equal(new Watchdog().look(stats(16, 0, 0), {}, streams), 'camera');
  assert.equal(new Watchdog().look(stats(0, 51, 0), {}, streams), 'microphone');
  assert.equal(new Watchdog().look(stats(0, 0, 16), {}, streams), 'video 0');
  assert.equal(new Watchdog().look(stats(0, 0, 0, 51), {}, streams), 'audio 0');
  const refused = { 'audio 0': { taken: 50, given: 0, dropped: { unopened: 50 } } };
  assert.equal(new Watchdog().look(stats(0, 0, 0, 51), refused, streams), null, 'what was refused came by');
  assert.equal(new Watchdog().look(stats(15, 50, 15, 50), {}, streams), null);
});

Deno.test('the statistics of both browsers come out in one shape', () => {
  const report = new Map(Object.entries({
    a: { type: 'outbound-rtp', mid: '1', framesEncoded: 30, packetsSent: 90, bytesSent: 9000 },
    b: {
      type: 'inbound-rtp',
      kind: 'audio',
      mid: '4',
      packetsReceived: 50,
      packetsLost: 2,
      jitter: 0.01,
      bytesReceived: 4000,
    },
    c: { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.03 },
    d: { type: 'transport', bytesReceived: 5000 },
    e: { type: 'remote-inbound-rtp', fractionLost: 0.04, roundTripTime: 0.05 },
  }));
  const now = snapshot(/** @type {any} */ (report), 7);
  assert.deepEqual([now.at, now.bytesReceived, now.remoteLoss], [7, 5000, 0.04]);
  assert.deepEqual(now.sent.get('1'), { framesEncoded: 30, packets: 90, bytes: 9000 });
  assert.deepEqual(now.received.get('4'), {
    framesDecoded: 0,
    packets: 50,
    lost: 2,
    jitter: 0.01,
    isSound: true,
    height: 0,
  });
});

Deno.test('the figures are of what came since the look before', () => {
  /** @param {number} packets @param {number} lost @param {number} frames @returns {ReadonlyMap<string, Received>} */
  const both = (packets, lost, frames) =>
    new Map([
      ['4', { framesDecoded: 0, packets, lost, jitter: 0.02, isSound: true, height: 0 }],
      ['5', { framesDecoded: 0, packets: 7, lost: 0, jitter: 0.9, isSound: true, height: 0 }],
      ['12', { framesDecoded: frames, packets, lost: 0, jitter: 0.5, isSound: false, height: 360 }],
      ['13', { framesDecoded: 3, packets, lost: 0, jitter: 0, isSound: false, height: 720 }],
    ]);
  const before = look({ received: both(100, 0, 10) });
  const now = look({ rtt: 0.034, remoteLoss: 0.02, received: both(190, 10, 40) });
  assert.deepEqual(figuresOf(before, now), {
    voices: 1,
    pictures: 1,
    height: 360,
    delay: 34,
    lossIn: 10 / 280,
    lossOut: 0.02,
    lossOfSound: 0.1,
    jitter: 20,
  });
  assert.deepEqual(figuresOf(now, look({ rtt: 0, received: both(190, 10, 40) })).delay, null);
});

Deno.test('the connection is told in words, and what is copied has numbers and no names', () => {
  const figures = {
    voices: 2,
    pictures: 1,
    height: 720,
    delay: 34.4,
    lossIn: 0.002,
    lossOut: 0.001,
    lossOfSound: 0,
    jitter: 4,
  };
  /** @param {Partial<typeof figures>} change @param {boolean} [isAudioOnly] */
  const words = (change, isAudioOnly = false) => {
    return linesOf({ ...figures, ...change }, isAudioOnly).map(({ text }) => text);
  };
  assert.deepEqual(words({}), ['link.sound.1', 'link.picture.some', 'link.delay.1', 'link.loss.1']);
  assert.deepEqual(words({ voices: 0, pictures: 0, delay: 400, lossOut: 0.2 }), [
    'link.sound.none',
    'link.picture.none',
    'link.delay.2',
    'link.loss.3',
  ]);
  assert.equal(words({ jitter: 90 })[0], 'link.sound.2');
  assert.equal(words({ lossOfSound: 0.1 })[0], 'link.sound.3');
  assert.equal(words({}, true)[1], 'link.picture.off');
  assert.ok(linesOf(null, false).every(({ text }) => text === 'link.unknown'));
  assert.deepEqual(linesOf({ ...figures, lossIn: 0.042 }, false)[3], {
    term: 'link.loss',
    text: 'link.loss.2',
    args: { n: 4 },
  });
  assert.equal(
    numbersOf(figures),
    'delay 34 ms; jitter 4 ms; loss in 0.2 %, out 0.1 %, sound 0 %; sounds 2; pictures 1, 720 lines',
  );
});
