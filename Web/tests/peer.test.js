/// <reference lib="deno.ns" />
/**
 * The own sections of a connection, without a browser: when something is on a sender, and when not.
 * @import { TransformOptions } from '../state/frames.d.ts'
 */
import assert from 'node:assert/strict';

/** Does the browser say that it sends nothing without a transform? */
let isHeldBack = true;

/** @type {FakeTransceiver[]} */
let made = [];

class FakeTransceiver {
  sender;
  receiver = { track: {}, transform: null };
  mid = null;
  isStopped = false;

  /** @param {string} kind @param {RTCRtpTransceiverInit} init */
  constructor(kind, init) {
    this.kind = kind;
    this.init = init;
    this.sender = {
      /** @type {unknown} */
      track: null,
      transform: null,
      /** @type {unknown[]} */
      had: [],
      getParameters: () => ({ encodings: [] }),
      setParameters: () => Promise.resolve(),
      /** @param {unknown} track */
      replaceTrack(track) {
        this.track = track;
        this.had.push(track);
        return Promise.resolve();
      },
    };
  }

  stop() {
    this.isStopped = true;
  }
}

const globals = /** @type {any} */ (globalThis);
globals.RTCRtpScriptTransform = class {};
globals.RTCPeerConnection = class extends EventTarget {
  close() {}

  /** @param {object} configuration */
  constructor(configuration) {
    super();
    made = [];
    this.getConfiguration = () => isHeldBack ? configuration : {};
  }

  /** @param {string} kind @param {RTCRtpTransceiverInit} init */
  addTransceiver(kind, init) {
    const transceiver = new FakeTransceiver(kind, init);
    made.push(transceiver);
    return transceiver;
  }
};

const { Peer } = await import('../media/peer.js');
const { MediaPath } = await import('../media/path.js');

/** @type {TransformOptions[]} */
let transforms = [];
const engine = /** @type {any} */ ({
  transform: (/** @type {TransformOptions} */ options) => {
    transforms.push(options);
    return options;
  },
});

const own = () => made.slice(0, 4).map(({ sender }) => sender);

function peer() {
  transforms = [];
  return new Peer(engine, 'desktop', { ice() {} });
}

Deno.test('screen and its sound have their sections from the first moment, sendonly, with a transform and without a track', () => {
  peer();
  assert.deepEqual(made.slice(0, 4).map(({ kind, init }) => `${kind} ${init.direction}`), [
    'audio sendonly',
    'video sendonly',
    'video sendonly',
    'audio sendonly',
  ]);
  const kinds = transforms.slice(0, 4).map((options) => 'kind' in options ? options.kind : '');
  assert.deepEqual(kinds, ['microphone', 'camera', 'screen', 'screenAudio']);
  assert.ok(own().every(({ transform, had }) => transform !== null && had.length === 0));
  assert.equal(made[2]?.init.sendEncodings?.length, 1);
});

Deno.test('a screen is on its sender only while the gate is open, and on no other', async () => {
  const one = peer(), screen = /** @type {any} */ ({});
  await one.setTrack('screen', screen);
  assert.deepEqual(own().map(({ track }) => track), [null, null, null, null]);
  await one.arm(true);
  assert.deepEqual(own().map(({ track }) => track), [null, null, screen, null]);
  const closing = one.arm(false);
  assert.equal(own()[2]?.track, null, 'at once');
  await closing;
  await one.arm(true);
  await one.setTrack('screen', null);
  assert.deepEqual(own()[2]?.had.at(-1), null);
});

Deno.test('a section that is stopped lets go of its screen first', async () => {
  const one = peer(), screen = /** @type {any} */ ({});
  await one.arm(true);
  await one.setTrack('screen', screen);
  await one.stop('screen');
  assert.deepEqual([own()[2]?.track, made[2]?.isStopped], [null, true]);
});

/** @param {boolean} [isPaused] @param {Map<any, any>} [tracks] */
function path(isPaused = false, tracks = new Map()) {
  const parts = /** @type {any} */ ({ engine, slots: { bind() {} }, device: 'desktop', clock: {}, on: {} });
  return new MediaPath(parts, tracks, isPaused);
}

Deno.test('where each sender has to be proven, that of a screen is when one is shared, and not before', async () => {
  const standIn = (/** @type {string} */ kind) => ({ getTracks: () => [{ kind, stop() {} }] });
  globals.document = { createElement: () => ({ getContext: () => null, captureStream: () => standIn('stand-in') }) };
  globals.AudioContext = class {
    resume = () => Promise.resolve();
    close = () => Promise.resolve();
    createMediaStreamDestination = () => ({ stream: standIn('stand-in') });
  };
  isHeldBack = false;
  const one = path();
  isHeldBack = true;
  await one.arm(true);
  const kinds = () => own().map(({ track }) => /** @type {any} */ (track)?.kind ?? null);
  assert.deepEqual(kinds(), ['stand-in', 'stand-in', null, null]);
  const screen = /** @type {any} */ ({ kind: 'the person’s' });
  await one.setTrack('screen', screen);
  assert.deepEqual(kinds(), ['stand-in', 'stand-in', 'stand-in', null]);
  assert.ok(!own()[2]?.had.includes(screen));
  one.close();
});

Deno.test('a pause takes screen and sound off, keeps the camera, and outlasts a new connection', async () => {
  const [camera, screen, sound] = [{}, {}, {}].map((track) => /** @type {any} */ (track));
  const one = path();
  await one.arm(true);
  await one.setTrack('camera', camera);
  await one.setTrack('screen', screen);
  await one.setTrack('screenAudio', sound);
  assert.deepEqual(own().map(({ track }) => track), [null, camera, screen, sound]);
  await one.pause(true);
  assert.deepEqual(own().map(({ track }) => track), [null, camera, null, null]);
  assert.ok(one.sends('screen'), 'it stays published');
  await one.pause(false);
  assert.deepEqual(own().map(({ track }) => track), [null, camera, screen, sound]);
  const other = path(true, new Map([['camera', camera], ['screen', screen]]));
  await other.arm(true);
  assert.deepEqual(own().map(({ track }) => track), [null, camera, null, null]);
  await Promise.all([other.setTrack('screen', null), other.pause(false)]);
  assert.ok(!own()[2]?.had.includes(screen), 'what ends while it is paused does not come through');
});
