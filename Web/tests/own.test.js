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
