/// <reference lib="deno.ns" />
/**
 * Sharing a screen, between a browser that gives what a test wants and a call that remembers (Promise P-043).
 * @import { Person } from '../state/people.js'
 * @import { Rights } from '../state/waiting.js'
 */
import assert from 'node:assert/strict';
import { displayOptions } from '../media/share.js';
import { onStage, screenLine, sharersOf, surfaceNews } from '../state/sharing.js';
import { mayShare } from '../state/sharing.js';
import { noRights } from '../state/waiting.js';
import { StillClock } from './clock.js';

const globals = /** @type {any} */ (globalThis);
globals.HTMLElement ??= class extends EventTarget {};
globals.customElements ??= { define() {} };
globals.document ??= {};
const { Sharing } = await import('../sharing.js');

const off = { microphone: false, camera: false, away: false, name: '' };
/** @type {Person} */
const me = { ...off, participant: 'me', me: true, role: 'participant', label: 'guest' };
/** @type {Person} */
const anna = { ...off, participant: 'anna', me: false, name: 'Anna', role: 'host', label: 'host' };
/** @type {Person} */
const bram = { ...off, participant: 'bram', me: false, name: 'Bram', role: 'participant', label: 'guest' };
/** @type {Rights} */
const open = { ...noRights, features: ['screen'] };

class FakeTrack extends EventTarget {
  isStopped = false;
  /** @type {MediaTrackSettings} */
  settings = { displaySurface: 'window', width: 1280, height: 720 };

  stop() {
    this.isStopped = true;
  }

  getSettings() {
    return this.settings;
  }
}

class FakeDialog extends EventTarget {
  isOpen = false;
  /** @type {any} */
  shown = null;

  /** @param {any} what */
  show(what) {
    this.shown = what;
  }

  reset() {}

  open() {
    this.isOpen = true;
  }

  /** As the platform does: it is closed at once, and says so a moment later. */
  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    queueMicrotask(() => this.dispatchEvent(new CustomEvent('close')));
  }
}

/** @param {boolean} [isAudioOnly] */
function world(isAudioOnly = false) {
  const clock = new StillClock();
  const dialog = new FakeDialog();
  /** @type {any[]} */
  const sent = [];
  /** @type {string[]} */
  const said = [];
  /** @type {string[]} */
  const notices = [];
  /** @type {FakeTrack[]} */
  const tracks = [];
  const next = { hasSound: true, isRefused: false, surface: 'window' };
  /** @type {{ (): void }[]} */
  const held = [];
  const isHolding = { now: false };
  const controls = Object.assign(new EventTarget(), { share: { isOn: false, reason: /** @type {any} */ (null) } });
  const bar = Object.assign(new EventTarget(), { state: /** @type {any} */ (null) });
  const announcer = {
    polite: (/** @type {string} */ words) => said.push(words),
    urgent: (/** @type {string} */ words) => said.push(`! ${words}`),
  };
  const board = {
    put: (/** @type {{ text: string }} */ { text }) => void notices.push(text),
    take: () => void notices.splice(0),
  };
  const pick = async () => {
    if (isHolding.now) await new Promise((resolve) => held.push(() => resolve(null)));
    if (next.isRefused) throw new DOMException('no', 'NotAllowedError');
    const [picture, sound] = [new FakeTrack(), new FakeTrack()];
    picture.settings = { ...picture.settings, displaySurface: next.surface };
    tracks.push(picture, ...next.hasSound ? [sound] : []);
    return /** @type {any} */ ({ picture, sound: next.hasSound ? sound : null });
  };
  const acts = {
    setScreen: (/** @type {any} */ picture, /** @type {any} */ sound, /** @type {any} */ hint) => {
      sent.push(picture ? ['share', tracks.indexOf(picture), tracks.indexOf(sound), hint] : ['none']);
      return Promise.resolve();
    },
    pauseScreen: (/** @type {boolean} */ isPaused) => {
      sent.push([isPaused ? 'pause' : 'resume']);
      return Promise.resolve();
    },
    isAudioOnly: () => isAudioOnly,
    notSent() {},
    screenStopped: () => {
      said.push('stopped');
      sharing.off();
    },
  };
  const sharing = new Sharing(
    { announcer },
    board,
    { controls, sharing: bar },
    acts,
    { pick, can: () => true, clock },
    /** @type {any} */ (dialog),
  );
  sharing.people = [anna, bram, me];
  sharing.rights = open;
  sharing.isOpen = true;
  const settle = async () => {
    for (let turn = 0; turn < 6; turn++) await Promise.resolve();
  };
  return {
    ...{ sharing, clock, dialog, controls, bar, sent, said, notices, tracks, next, held, isHolding, settle },
    async choose() {
      controls.dispatchEvent(new CustomEvent('share'));
      await settle();
    },
    async publish(isWithSound = false, hint = 'text') {
      dialog.dispatchEvent(new CustomEvent('publish', { detail: { isWithSound, hint } }));
      await settle();
    },
    get stopped() {
      return tracks.map(({ isStopped }) => isStopped);
    },
  };
}

Deno.test('P-043 the browser is asked for a window or a tab, never for this page, and for sound as it is', () => {
  assert.deepEqual(displayOptions({ restrictOwnAudio: true }), {
    video: { displaySurface: 'window', frameRate: { max: 30 } },
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, restrictOwnAudio: true },
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    systemAudio: 'include',
    monitorTypeSurfaces: 'include',
  });
  assert.ok(!('restrictOwnAudio' in displayOptions({}).audio));
});

Deno.test('P-043 what is chosen is shown here, and on no sender before it is published', async () => {
  const { choose, publish, dialog, sent, controls, ...now } = world();
  await choose();
  assert.deepEqual([sent, dialog.isOpen, controls.share.isOn], [[], true, false]);
  assert.deepEqual([dialog.shown.surface, dialog.shown.hasSound], ['window', true]);
  await publish(true, 'motion');
  assert.deepEqual([sent, dialog.isOpen, controls.share.isOn], [[['share', 0, 1, 'motion']], false, true]);
  assert.deepEqual([now.bar.state, now.tracks.some((track) => track.isStopped)], [{ isPaused: false }, false]);
  assert.deepEqual(now.said, ['sharing.begun']);
});

Deno.test('P-043 turning back at any point ends what was chosen and sends nothing', async () => {
  const first = world();
  await first.choose();
  first.dialog.close();
  await first.settle();
  assert.deepEqual([first.sent, first.stopped, first.dialog.shown], [[], [true, true], null]);

  const second = world();
  second.next.isRefused = true;
  await second.choose();
  assert.deepEqual([second.sent, second.dialog.isOpen, second.notices], [[], false, ['err.share']]);

  const third = world();
  third.isHolding.now = true;
  await third.choose();
  third.sharing.isOpen = false; // out of the meeting while the picker of the browser is open
  third.held[0]?.();
  await third.settle();
  assert.deepEqual([third.sent, third.stopped, third.dialog.isOpen], [[], [true, true], false]);

  const fourth = world();
  await fourth.choose();
  fourth.tracks[0]?.dispatchEvent(new Event('ended'));
  await fourth.settle();
  assert.deepEqual([fourth.sent, fourth.stopped, fourth.dialog.isOpen], [[], [true, true], false]);
});

Deno.test('something else takes the place of what was chosen; without anything else that stays', async () => {
  const { choose, publish, dialog, sent, next, settle, tracks } = world();
  await choose();
  next.hasSound = false;
  next.surface = 'monitor';
  dialog.dispatchEvent(new CustomEvent('again'));
  await settle();
  assert.deepEqual(tracks.map(({ isStopped }) => isStopped), [true, true, false]);
  assert.deepEqual([dialog.shown.surface, dialog.shown.hasSound], ['monitor', false]);
  next.isRefused = true;
  dialog.dispatchEvent(new CustomEvent('again'));
  await settle();
  await publish(true);
  assert.deepEqual(sent, [['share', 2, -1, 'text']]);
});

Deno.test('what comes out of the picker after something was published is let go of', async () => {
  const { choose, publish, dialog, sent, settle, held, isHolding, tracks } = world();
  await choose();
  isHolding.now = true;
  dialog.dispatchEvent(new CustomEvent('again'));
  await publish();
  held[0]?.();
  await settle();
  assert.deepEqual([sent, dialog.isOpen], [[['share', 0, -1, 'text']], false]);
  assert.deepEqual(tracks.map(({ isStopped }) => isStopped), [false, true, true, true]);
});

Deno.test('sound that is not shared is not captured either', async () => {
  const { choose, publish, tracks } = world();
  await choose();
  await publish(false);
  assert.deepEqual(tracks.map(({ isStopped }) => isStopped), [false, true]);
});

Deno.test('P-043 a pause sends nothing, also when the device is locked, and only the person goes on', async () => {
  const { choose, publish, bar, sent, tracks, said } = world();
  await choose();
  await publish();
  bar.dispatchEvent(new CustomEvent('pause'));
  assert.deepEqual([sent.at(-1), bar.state], [['pause'], { isPaused: true }]);
  bar.dispatchEvent(new CustomEvent('pause'));
  assert.deepEqual([sent.at(-1), bar.state], [['resume'], { isPaused: false }]);
  tracks[0]?.dispatchEvent(new Event('mute'));
  tracks[0]?.dispatchEvent(new Event('unmute'));
  assert.deepEqual([sent.at(-1), bar.state], [['pause'], { isPaused: true }]);
  assert.deepEqual(said.slice(1), ['sharing.paused', 'sharing.resumed', 'sharing.paused']);
});

Deno.test('stopping ends everything, by the control, by the browser, and by leaving', async () => {
  for (const end of /** @type {const} */ (['control', 'bar', 'browser', 'leave'])) {
    const { choose, publish, bar, controls, sent, tracks, said, sharing } = world();
    await choose();
    await publish(true);
    if (end === 'control') controls.dispatchEvent(new CustomEvent('share'));
    else if (end === 'bar') bar.dispatchEvent(new CustomEvent('stop'));
    else if (end === 'browser') tracks[0]?.dispatchEvent(new Event('ended'));
    else sharing.isOpen = false;
    assert.deepEqual([sent.at(-1), bar.state, controls.share.isOn], [['none'], null, false], end);
    assert.deepEqual(tracks.map(({ isStopped }) => isStopped), [true, true], end);
    const words = { control: ['sharing.over'], bar: ['sharing.over'], browser: ['sharing.ended'], leave: [] };
    assert.deepEqual(said.slice(1), words[end]);
  }
});

Deno.test('who may not reads why, what runs ends, and nothing begins by itself', async () => {
  const { choose, publish, controls, notices, said, sharing, sent } = world();
  await choose();
  await publish();
  sharing.rights = { ...open, features: ['hostsScreen'] };
  assert.deepEqual([sent.at(-1), controls.share], [['none'], { isOn: false, reason: 'ctl.share.barred' }]);
  assert.deepEqual(said.slice(1), ['stopped']);
  await choose();
  assert.deepEqual([notices, sent.length], [['ctl.share.barred'], 2]);
  sharing.rights = open;
  assert.deepEqual([controls.share, said.at(-1), notices], [{ isOn: false, reason: null }, 'ctl.share.allowed', []]);
  assert.equal(sent.length, 2);
  await choose();
  sharing.people = [anna, bram, { ...me, may: { microphone: true, camera: true, screen: false, files: false } }];
  assert.equal(sent.length, 2, 'before it was published');
});

Deno.test('in a meeting where hosts alone share, a guest reads so and is not told', () => {
  const { sharing, controls, said } = world();
  sharing.isOpen = false;
  sharing.people = [anna, me];
  sharing.rights = { ...open, features: ['hostsScreen'] };
  sharing.isOpen = true;
  assert.deepEqual([controls.share.reason, said], ['ctl.share.barred', []]);
});

Deno.test('something else on what is shared goes on, and is said', async () => {
  const { choose, publish, clock, tracks, said, sent } = world();
  await choose();
  await publish();
  const [picture] = tracks;
  assert.ok(picture);
  picture.settings = { displaySurface: 'window', width: 640, height: 480 };
  await clock.pass(1000);
  picture.settings = { displaySurface: 'monitor', width: 640, height: 480 };
  await clock.pass(1000);
  picture.settings = { displaySurface: 'monitor', width: 1920, height: 1080 };
  await clock.pass(1000);
  picture.settings = { displaySurface: 'browser', width: 1920, height: 1080 };
  await clock.pass(1000);
  assert.deepEqual(said.slice(1), ['! sharing.monitor', 'sharing.resized', 'sharing.switched']);
  assert.equal(sent.length, 1);
});

Deno.test('that somebody else shares is said when it begins and ends, not to whoever comes later', () => {
  const { sharing, said } = world();
  sharing.people = [{ ...anna, screen: true }, bram, me];
  sharing.people = [{ ...anna, screen: true }, bram, { ...me, screen: true }];
  sharing.people = [anna, bram, me];
  assert.deepEqual(said, ['sharing.theirs', 'sharing.theirs.over']);
  sharing.people = [anna, bram, { ...bram, participant: 'new', screen: true }, me];
  assert.equal(said.length, 2);
});

Deno.test('everybody may share, or those who lead, or nobody; and the server may hold it back', () => {
  const host = { ...me, role: /** @type {const} */ ('host') };
  assert.deepEqual([mayShare(me, ['screen']), mayShare(host, ['screen'])], [true, true]);
  assert.deepEqual([mayShare(me, ['hostsScreen']), mayShare(host, ['hostsScreen'])], [false, true]);
  assert.deepEqual([mayShare(me, []), mayShare(host, [])], [false, false]);
  assert.equal(
    mayShare({ ...me, may: { microphone: true, camera: true, screen: false, files: false } }, ['screen']),
    false,
  );
});

Deno.test('the screen that began first has the stage until it ends or another one is chosen', () => {
  const sharing = (/** @type {readonly Person[]} */ ...people) => people.map((one) => ({ ...one, screen: true }));
  const first = sharersOf([], [anna, ...sharing(bram), me]);
  const both = sharersOf(first, sharing(anna, bram, me));
  assert.deepEqual([first, both], [['bram'], ['bram', 'anna']], 'one’s own is not among them');
  assert.deepEqual(onStage([], null), { shown: null, next: null });
  assert.deepEqual(onStage(first, null), { shown: 'bram', next: null });
  assert.deepEqual(onStage(both, null), { shown: 'bram', next: 'anna' });
  assert.deepEqual(onStage(both, 'anna'), { shown: 'anna', next: 'bram' });
  assert.deepEqual(onStage(['bram'], 'anna'), { shown: 'bram', next: null }, 'the chosen one ended');
  assert.deepEqual(sharersOf(both, [...sharing(anna), bram, me]), ['anna']);
});

Deno.test('why a screen does not move stands on it', () => {
  const seen = { shown: true, still: null, undecryptable: false };
  assert.equal(screenLine(anna, seen), null);
  assert.equal(screenLine(anna, { ...seen, still: 'paused' }), 'meet.screen.paused');
  assert.equal(screenLine(anna, { ...seen, still: 'lost' }), 'meet.tile.slow');
  assert.equal(screenLine(anna, { ...seen, shown: false }), 'meet.screen.waiting');
  assert.equal(screenLine({ ...anna, away: true }, seen), 'meet.tile.away');
  assert.equal(screenLine(anna, { ...seen, undecryptable: true }), 'meet.tile.secret');
  assert.equal(screenLine(anna, { ...seen, shown: false, unwanted: true }), 'meet.screen.unwanted');
});

Deno.test('a window that changes its size is no news; a whole screen that does is', () => {
  const window = { kind: /** @type {const} */ ('window'), width: 800, height: 600 };
  const monitor = { ...window, kind: /** @type {const} */ ('monitor') };
  assert.equal(surfaceNews(window, { ...window, width: 900 }), null);
  assert.equal(surfaceNews(window, monitor), 'sharing.monitor');
  assert.equal(surfaceNews(monitor, { ...monitor, height: 900 }), 'sharing.resized');
  assert.equal(surfaceNews(monitor, window), 'sharing.switched');
});

Deno.test('whoever chose audio only reads before sharing that a picture goes out all the same', async () => {
  for (const isAudioOnly of [false, true]) {
    const { choose, dialog } = world(isAudioOnly);
    await choose();
    assert.equal(dialog.shown.isAudioOnly, isAudioOnly);
  }
});
