/// <reference lib="deno.ns" />
/** The person's own devices, between a browser that pretends and a page that listens. */
import assert from 'node:assert/strict';

/** A device that is used: it can be unplugged. */
class FakeTrack extends EventTarget {
  enabled = true;
  readyState = 'live';
  /** @type {any[]} */
  applied = [];
  /** @type {Record<string, unknown>} */
  #settings;

  /** @param {string} kind @param {any} constraints */
  constructor(kind, constraints) {
    super();
    this.kind = kind;
    this.constraints = constraints;
    this.label = `${kind} ${constraints.deviceId?.exact ?? 'default'}`;
    this.#settings = { ...constraints };
  }

  getSettings() {
    return this.#settings;
  }

  /** @param {any} constraints */
  applyConstraints(constraints) {
    this.applied.push(constraints);
    if (browser.adapts) this.#settings = { ...constraints };
    return Promise.resolve();
  }

  stop() {
    this.readyState = 'ended';
  }

  vanish() {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

const device = (/** @type {string} */ kind, /** @type {string} */ deviceId) => {
  return { kind, deviceId, label: deviceId && `Label ${deviceId}` };
};

/** What the browser has and does. */
const browser = {
  /** Does a running track take other constraints? */
  adapts: true,
  /** @type {FakeTrack[]} */
  tracks: [],
  listed: [device('audioinput', 'm1'), device('videoinput', 'c1'), device('audiooutput', 's1')],
  media: Object.assign(new EventTarget(), {
    getUserMedia: (/** @type {any} */ { audio, video }) => {
      const track = new FakeTrack(audio ? 'audio' : 'video', audio ?? video);
      browser.tracks.push(track);
      return Promise.resolve({ getTracks: () => [track] });
    },
    enumerateDevices: () => Promise.resolve(browser.listed),
  }),
};

Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: browser.media });
const globals = /** @type {any} */ (globalThis);
globals.MediaStream = class {};
globals.AnalyserNode = class {};
globals.AudioContext = class {
  resume() {
    return Promise.resolve();
  }
  suspend() {
    return Promise.resolve();
  }
  close() {
    return Promise.resolve();
  }
  createMediaStreamSource() {
    return { connect() {}, disconnect() {} };
  }
};

const { Own } = await import('../own.js');

function setUp({ adapts = true } = {}) {
  browser.adapts = adapts;
  browser.tracks = [];
  browser.listed = [device('audioinput', 'm1'), device('videoinput', 'c1'), device('audiooutput', 's1')];
  /** @type {string[]} */
  const told = [];
  /** @type {Record<string, MediaStreamTrack | null>} */
  const sent = {};
  const own = new Own({
    changed: () => {},
    track: (source, track) => void (sent[source] = track),
    trouble: (source, trouble) => void (trouble && told.push(`${source} ${trouble}`)),
    speaker: (id) => told.push(`speaker ${id}`),
    barred: (source) => told.push(`barred ${source}`),
    audioOnly: (isOn) => told.push(`audio only ${isOn}`),
    unseen: () => told.push('unseen'),
    gone: (label) => told.push(`gone ${label}`),
    arrived: (label) => told.push(`new ${label}`),
  });
  own.inMeeting = true;
  return { own, told, sent };
}

/** Whatever waits gets its turn. */
async function settled() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

Deno.test('audio only lets the camera go, keeps it off and says why; it does not come back by itself', async () => {
  const { own, told, sent } = setUp();
  await own.on('camera');
  await own.on('microphone');
  own.isAudioOnly = true;
  assert.deepEqual(told, ['audio only true']);
  assert.equal(sent['camera'], null);
  assert.equal(browser.tracks[0]?.readyState, 'ended');
  assert.ok(sent['microphone'], 'sound goes on');
  assert.equal(own.reason('camera'), 'av.audioOnly.camera');
  assert.equal(own.reason('microphone'), null);
  await own.on('camera');
  assert.deepEqual([told.at(-1), browser.tracks.length], ['unseen', 2]);
  own.isAudioOnly = false;
  assert.deepEqual([own.reason('camera'), own.track('camera')], [null, null]);
  await own.on('camera');
  assert.ok(sent['camera']);
  own.close();
});

Deno.test('another visit in place of this one finds the devices as they were, and opens none by itself', async () => {
  const before = setUp();
  await before.own.choose('camera', 'c1');
  await before.own.choose('speaker', 's1');
  await before.own.hear('music', true);
  await before.own.on('microphone');
  void before.own.on('camera');
  const { habits } = before.own;
  before.own.close();
  assert.deepEqual(habits.on, ['microphone', 'camera'], 'also what is being opened');
  const { own, told } = setUp();
  own.habits = habits;
  await settled();
  assert.equal(browser.tracks.length, 0);
  assert.deepEqual([own.chosen, own.hearing.echo, told], [habits.chosen, false, ['speaker s1']]);
  for (const source of habits.on) await own.on(source);
  assert.deepEqual(browser.tracks.map(({ label }) => label), ['audio default', 'video c1']);
  own.isAudioOnly = true;
  const quiet = setUp();
  quiet.own.habits = own.habits;
  assert.deepEqual([quiet.own.isAudioOnly, quiet.told], [true, ['audio only true', 'speaker s1']]);
});

Deno.test('a camera that is still being opened is let go of, too', async () => {
  const { own, sent } = setUp();
  const opening = own.on('camera');
  own.isAudioOnly = true;
  await opening;
  assert.equal(sent['camera'] ?? null, null);
  assert.equal(browser.tracks[0]?.readyState, 'ended');
  own.close();
});

Deno.test('what a host forbids is said before what one chose', () => {
  const { own } = setUp();
  own.isAudioOnly = true;
  own.bar('camera', true);
  assert.equal(own.reason('camera'), 'av.camera.barred');
  own.close();
});

const treatments = (/** @type {any} */ { echoCancellation, noiseSuppression, autoGainControl }) => {
  return [echoCancellation, noiseSuppression, autoGainControl];
};

Deno.test('each treatment has its switch, and music turns all of them off and gives them back', async () => {
  const { own, sent } = setUp();
  await own.hear('noise', false);
  await own.on('microphone');
  assert.deepEqual(treatments(browser.tracks[0]?.constraints), [true, false, true]);
  await own.hear('music', true);
  assert.deepEqual(own.hearing, { echo: false, noise: false, gain: false, music: true });
  assert.deepEqual(treatments(browser.tracks[0]?.applied.at(-1)), [false, false, false]);
  await own.hear('music', false);
  assert.deepEqual(own.hearing, { echo: true, noise: false, gain: true, music: false });
  await own.hear('music', true);
  await own.hear('gain', true);
  assert.deepEqual(own.hearing, { echo: false, noise: false, gain: true, music: false }, 'the others stay as seen');
  assert.equal(browser.tracks.length, 1, 'it is the same track all along');
  assert.equal(sent['microphone'], browser.tracks[0]);
  own.close();
});

Deno.test('where a running track takes nothing else, another one of the same microphone takes its place, muted or not', async () => {
  const { own, sent } = setUp({ adapts: false });
  await own.choose('microphone', 'm1');
  await own.on('microphone');
  await own.hear('echo', false);
  const [first, second] = browser.tracks;
  assert.deepEqual(treatments(second?.constraints), [false, true, true]);
  assert.deepEqual(second?.constraints.deviceId, { exact: 'm1' });
  assert.deepEqual([first?.readyState, sent['microphone']], ['ended', second]);
  own.off('microphone');
  await own.hear('echo', true);
  const third = browser.tracks[2];
  assert.deepEqual([third?.enabled, sent['microphone']], [false, null], 'muted it stays');
  await own.on('microphone');
  assert.equal(sent['microphone'], third);
  own.close();
});

Deno.test('of two changes at once the last one holds', async () => {
  const { own, sent } = setUp({ adapts: false });
  await own.on('microphone');
  await Promise.all([own.hear('echo', false), own.hear('noise', false)]);
  const last = browser.tracks.at(-1);
  assert.deepEqual(treatments(last?.constraints), [false, false, true]);
  assert.equal(sent['microphone'], last);
  assert.equal(browser.tracks.filter(({ readyState }) => readyState === 'live').length, 1);
  own.close();
});

Deno.test('a change while the microphone is being opened holds for it', async () => {
  const { own, sent } = setUp();
  const opening = own.on('microphone');
  await own.hear('noise', false);
  await opening;
  assert.deepEqual(treatments(browser.tracks[0]?.getSettings()), [true, false, true]);
  assert.equal(sent['microphone'], browser.tracks[0]);
  own.close();
});

Deno.test('a device that is unplugged is followed by the default, and named', async () => {
  const { own, told, sent } = setUp();
  await own.on('microphone'); // from here on the browser names its devices
  await own.choose('microphone', 'm1');
  browser.listed = browser.listed.filter(({ deviceId }) => deviceId !== 'm1');
  browser.listed.push(device('audioinput', 'm0'));
  browser.tracks.at(-1)?.vanish();
  browser.media.dispatchEvent(new Event('devicechange'));
  await settled();
  assert.ok(told.includes('gone audio m1'));
  assert.equal(told.filter((one) => one.startsWith('gone')).length, 1, 'said once');
  assert.equal(own.chosen.microphone, '');
  assert.equal(sent['microphone'], browser.tracks.at(-1));
  assert.equal(browser.tracks.at(-1)?.constraints.deviceId, undefined);
  own.close();
});

Deno.test('a chosen device that vanishes unused, and a speaker, make way for the default too', async () => {
  const { own, told } = setUp();
  await own.on('microphone');
  await own.choose('camera', 'c1');
  await own.choose('speaker', 's1');
  browser.listed = [device('audioinput', 'm1')];
  browser.media.dispatchEvent(new Event('devicechange'));
  await settled();
  assert.deepEqual(told, ['speaker s1', 'gone Label c1', 'speaker ', 'gone Label s1']);
  assert.deepEqual([own.chosen.camera, own.chosen.speaker], ['', '']);
  assert.equal(browser.tracks.length, 1, 'no camera was opened');
  own.close();
});

Deno.test('a device that arrives is offered, and nothing uses it', async () => {
  const { own, told, sent } = setUp();
  await own.on('microphone');
  browser.listed = [...browser.listed, device('audioinput', 'm2'), device('audiooutput', 's2')];
  browser.media.dispatchEvent(new Event('devicechange'));
  await settled();
  assert.deepEqual(told, ['new Label m2']);
  assert.deepEqual(own.choices.microphone.map(({ id }) => id), ['m1', 'm2']);
  assert.equal(sent['microphone'], browser.tracks[0]);
  browser.media.dispatchEvent(new Event('devicechange'));
  await settled();
  assert.deepEqual(told.length, 1, 'said once');
  own.close();
});
