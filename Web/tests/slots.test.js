/// <reference lib="deno.ns" />
/** Who is heard through which element, without a browser. */
import assert from 'node:assert/strict';

class FakeElement extends EventTarget {
  volume = 1;
  muted = false;
  autoplay = false;
  /** @type {unknown} */
  srcObject = null;

  play() {
    return Promise.resolve();
  }

  remove() {}
}

class FakeAudio extends FakeElement {}
class FakeVideo extends FakeElement {
  requestVideoFrameCallback() {}
}

const globals = /** @type {any} */ (globalThis);
globals.HTMLAudioElement = FakeAudio;
globals.HTMLVideoElement = FakeVideo;
globals.MediaStream = class {};
globals.document = {
  createElement: (/** @type {string} */ name) => name === 'audio' ? new FakeAudio() : new FakeVideo(),
};

const { Slots } = await import('../media/slots.js');

/** @param {string} stream @param {string} id @param {number} leaf @returns {any} */
const label = (stream, id, leaf) => ({ stream, id, leaf, kind: 'microphone', timestamp: 0, number: 1 });

Deno.test('a volume is a person’s, whichever element plays them', () => {
  const slots = new Slots({ changed() {}, silenced() {} });
  slots.bind(['one', 'two'].map((name) => ({
    name,
    media: /** @type {const} */ ('audio'),
    transceiver: /** @type {any} */ ({ receiver: { track: {} } }),
  })));
  const volumes = () => slots.places.map(({ element }) => element.volume);
  slots.label(label('one', 'anna', 1));
  slots.label(label('two', 'bram', 2));
  slots.setVolume('anna', 0.3);
  assert.deepEqual(volumes(), [0.3, 1]);
  slots.label(label('two', 'anna', 1));
  assert.deepEqual(volumes()[1], 0.3, 'she moved');
  slots.label(label('one', 'bram', 2));
  assert.deepEqual(volumes(), [1, 0.3], 'he took her place, and is as loud as ever');
  slots.setVolume('chris', 0.5);
  slots.label(label('one', 'chris', 3));
  assert.deepEqual(volumes(), [0.5, 0.3], 'set before anything was heard');
});

Deno.test('a picture rests when none came for a while, and moves again with the next one', () => {
  let changes = 0;
  const slots = new Slots({ changed: () => changes++, silenced() {} });
  slots.bind([{
    name: 'one',
    media: /** @type {const} */ ('video'),
    transceiver: /** @type {any} */ ({ receiver: { track: {} } }),
  }]);
  const at = (/** @type {number} */ now, /** @type {number} */ frames) => {
    slots.decoded(new Map([['one', frames]]), now);
    return slots.places[0]?.isResting;
  };
  assert.equal(at(9000, 0), false, 'nobody is in it');
  slots.label({ ...label('one', 'anna', 1), kind: 'screen' });
  assert.equal(at(99_000, 0), false, 'it has not moved yet');
  assert.deepEqual([at(100_000, 1), at(103_000, 1), at(104_000, 1)], [false, false, true]);
  const before = changes;
  assert.deepEqual([at(105_000, 1), at(106_000, 2)], [true, false]);
  assert.equal(changes, before + 1);
});

Deno.test('the sound of a screen is heard only of whoever shares one', () => {
  const slots = new Slots({ changed() {}, silenced() {} });
  slots.bind(['one', 'two'].map((name) => ({
    name,
    media: /** @type {const} */ ('audio'),
    transceiver: /** @type {any} */ ({ receiver: { track: {} } }),
  })));
  const muted = () => slots.places.map(({ element }) => element.muted);
  slots.label(label('one', 'anna', 1));
  slots.label({ ...label('two', 'anna', 1), kind: 'screenAudio' });
  assert.deepEqual(muted(), [false, true], 'a second voice');
  slots.sharers = new Set(['bram']);
  assert.deepEqual(muted(), [false, true], 'somebody else shares');
  slots.sharers = new Set(['anna']);
  assert.deepEqual(muted(), [false, false]);
  slots.again(1, 'screenAudio');
  assert.deepEqual(muted(), [false, false]);
  slots.sharers = new Set();
  assert.deepEqual(muted(), [false, true], 'the screen is over');
  slots.label({ ...label('two', 'bram', 2), kind: 'screenAudio' });
  slots.sharers = new Set(['bram']);
  assert.deepEqual(muted(), [false, false], 'he shares, in her place');
});

Deno.test('of a page that is hidden a picture counts as shown after a second of its own frames', () => {
  const slots = new Slots({ changed() {}, silenced() {} });
  slots.bind([{
    name: 'one',
    media: /** @type {const} */ ('video'),
    transceiver: /** @type {any} */ ({ receiver: { track: {} } }),
  }]);
  const count = (/** @type {number} */ frames) => {
    slots.decoded(new Map([['one', frames]]), frames);
    return slots.places[0]?.isShowing;
  };
  slots.label({ ...label('one', 'anna', 1), kind: 'camera' });
  assert.deepEqual([count(10), count(20)], [false, false], 'in sight the first painted frame says it');
  globals.document.hidden = true;
  assert.deepEqual([count(30), count(30), count(31)], [false, false, true]);
  slots.label({ ...label('one', 'bram', 2), kind: 'camera' });
  assert.deepEqual([count(60), count(61)], [false, true], 'what was decoded before may be hers');
  globals.document.hidden = false;
});
