/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { arrived, choices, deviceTrouble, vanished } from '../state/devices.js';
import { failurePlan, minutes, missingWord } from '../state/failures.js';
import { isHoldKey, keyAct, shortcuts } from '../state/keys.js';
import { meetingOf, readLink } from '../state/link.js';
import { Board } from '../board.js';
import { gateNotices } from '../state/gate.js';
import { connectionNotice, deviceNotice, shownOf, silentNotice, withNotice, withoutNotice } from '../state/notices.js';
import { anyLeft } from '../state/residue.js';

const here = 'https://meet.test';
const meeting = 'AAAAAAAAAAAAAAAAAAAAAA';
const fragment = 'A'.repeat(44);

Deno.test('a pasted link opens when it is whole and of this server', () => {
  assert.deepEqual(readLink(` ${here}/m/${meeting}#${fragment}\n`, here), {
    type: 'here',
    address: `/m/${meeting}#${fragment}`,
  });
  assert.equal(readLink(`https://other.test/m/${meeting}#${fragment}`, here).type, 'elsewhere');
  for (const broken of ['', 'hallo', `${here}/m/${meeting}`, `${here}/m/kort#${fragment}`, `${here}/#${fragment}`]) {
    assert.equal(readLink(broken, here).type, 'broken', broken);
  }
  assert.equal(readLink('javascript:alert(1)', here).type, 'broken');
  assert.equal(meetingOf(`/m/${meeting}`), meeting);
  assert.equal(meetingOf('/m/'), null);
});

/** @param {Partial<Parameters<typeof keyAct>[0]>} press */
const press = (press) => ({
  key: '',
  code: '',
  altKey: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  repeat: false,
  ...press,
});

Deno.test('bare letters act outside fields and when they are on; Alt+Shift acts everywhere', () => {
  const free = { typing: false, bare: true };
  assert.equal(keyAct(press({ key: 'm' }), free), 'mic');
  assert.equal(keyAct(press({ key: '?', shiftKey: true }), free), 'help');
  assert.deepEqual(['p', 'w', 'y'].map((key) => keyAct(press({ key }), free)), ['people', 'waiting', 'security']);
  assert.equal(keyAct(press({ key: 'm' }), { typing: true, bare: true }), null);
  assert.equal(keyAct(press({ key: 'm' }), { typing: false, bare: false }), null);
  assert.equal(keyAct(press({ key: 'm', ctrlKey: true }), free), null);
  assert.equal(keyAct(press({ key: 'm', repeat: true }), free), null, 'a held key is one act');
  const held = press({ key: 'Â', code: 'KeyM', altKey: true, shiftKey: true });
  assert.equal(keyAct(held, { typing: true, bare: false }), 'mic');
  assert.equal(keyAct(press({ key: 'q', code: 'KeyQ' }), free), null, 'leaving takes two more keys');
  assert.equal(shortcuts('mic'), 'M Alt+Shift+M');
});

Deno.test('devices without a name or twice are not offered', () => {
  const listed = [
    { kind: 'audioinput', deviceId: '', label: '' },
    { kind: 'audioinput', deviceId: 'default', label: 'Default' },
    { kind: 'audioinput', deviceId: 'x', label: 'USB' },
    { kind: 'audioinput', deviceId: 'x', label: 'USB' },
    { kind: 'videoinput', deviceId: 'c', label: 'Cam' },
  ];
  const found = choices(listed);
  assert.deepEqual(found, {
    microphone: [{ id: 'x', label: 'USB' }],
    camera: [{ id: 'c', label: 'Cam' }],
    speaker: [],
  });
  assert.ok(vanished(listed, 'camera', 'gone'));
  for (const [kind, id] of /** @type {const} */ ([['camera', 'c'], ['speaker', ''], ['microphone', 'unnamed']])) {
    assert.ok(!vanished(listed, kind, id), `${kind} ${id}`);
  }
  const more = { ...found, microphone: [{ id: 'y', label: 'Headset' }, ...found.microphone] };
  assert.equal(arrived(found, more)?.label, 'Headset');
  assert.equal(arrived(more, found), null);
  assert.equal(arrived({ microphone: [], camera: [], speaker: [] }, more), null, 'only named now');
  assert.deepEqual(['NotAllowedError', 'NotFoundError', 'NotReadableError'].map(deviceTrouble), [
    'denied',
    'noDevice',
    'inUse',
  ]);
});

Deno.test('a notice takes the place of the one about the same thing', () => {
  const lost = connectionNotice({ type: 'lost', seconds: 0 });
  const list = withNotice(withNotice([], lost), deviceNotice('camera', 'denied'));
  const back = withNotice(list, connectionNotice({ type: 'back' }));
  assert.deepEqual(back.map(({ text }) => text), ['err.reconnecting.2', 'err.denied']);
  assert.deepEqual(withoutNotice(back, 'connection').map(({ id }) => id), ['device.camera']);
  assert.deepEqual(lost.acts, []);
  assert.deepEqual(connectionNotice({ type: 'lost', seconds: 30 }).acts, ['retry', 'leave'], 'after half a minute');
});

Deno.test('a failure has one next step; waiting time is rounded up', () => {
  assert.equal(failurePlan('err.full').act, 'retry');
  assert.equal(failurePlan('err.browser').act, 'copy');
  // The key was taken out of the address: what is loaded again has none.
  assert.deepEqual(['err.old', 'err.engine', 'err.blocked'].map((id) => failurePlan(id).act), ['none', 'none', 'none']);
  assert.deepEqual([1, 60, 61].map(minutes), [1, 1, 2]);
  assert.equal(missingWord('RTCRtpScriptTransform'), 'missing.transform');
  assert.equal(missingWord('import maps'), 'missing.page');
});

Deno.test('what cannot be counted is not called nothing left, nor something', () => {
  const none = { cookies: 0, storage: 0, databases: null, caches: 0, workers: 0 };
  assert.equal(anyLeft(none), false);
  assert.equal(anyLeft({ ...none, storage: 1 }), true);
});

Deno.test('a lost connection is one sentence: what follows from it is neither shown nor said, and is when it lasts', () => {
  /** @type {string[]} */
  const said = [];
  /** @type {readonly string[]} */
  let shown = [];
  /** @type {any} */
  const announcer = {
    urgent: (/** @type {string} */ text) => said.push(text),
    polite: (/** @type {string} */ text) => said.push(text),
  };
  const board = new Board(announcer, (list) => {
    shown = list.map((one) => one.id);
  });
  board.put(connectionNotice({ type: 'lost', seconds: 0 }));
  board.only('gate.', gateNotices(['noProof', 'behind']));
  board.put(deviceNotice('camera', 'denied'));
  board.put(connectionNotice({ type: 'lost', seconds: 30 }));
  assert.deepEqual(shown, ['connection', 'device.camera'], 'and they keep their places');
  board.only('gate.', gateNotices(['noProof', 'unhosted']));
  assert.deepEqual(shown, ['connection', 'device.camera', 'gate.host'], 'the line is not the cause of that');
  board.put(connectionNotice({ type: 'back' }));
  assert.deepEqual(said, ['err.reconnecting.1', 'err.denied', 'err.noHost', 'err.reconnecting.2']);
  board.only('gate.', gateNotices(['noProof']));
  board.take('connection');
  assert.deepEqual(shown, ['gate.proof', 'device.camera']);
  assert.equal(said.at(-1), 'err.noProof');
});

Deno.test('the space bar is held to talk where it has no other work, and is off with the other single keys', () => {
  const space = { key: ' ', altKey: false, shiftKey: false, ctrlKey: false, metaKey: false };
  assert.ok(isHoldKey(space, { onControl: false, bare: true }));
  assert.ok(!isHoldKey(space, { onControl: true, bare: true }));
  assert.ok(!isHoldKey(space, { onControl: false, bare: false }));
  assert.ok(!isHoldKey({ ...space, shiftKey: true }, { onControl: false, bare: true }));
  assert.ok(!isHoldKey({ ...space, key: 'm' }, { onControl: false, bare: true }));
});

Deno.test('a silent host is named, and not beside a connection that is lost', () => {
  const silent = silentNotice('anna', 'Anna');
  assert.deepEqual([silent.text, silent.args], ['err.silent', { name: 'Anna' }]);
  assert.deepEqual(shownOf([silent]), [silent]);
  const lost = connectionNotice({ type: 'lost', seconds: 0 });
  assert.deepEqual(shownOf([silent, lost]), [lost]);
});
