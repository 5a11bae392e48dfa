/// <reference lib="deno.ns" />
/** @import { Keys } from '../e2ee/frames/keyring.js' @import { Frame } from '../e2ee/frames/sealer.js' @import { Opened } from '../e2ee/frames/opener.js' */
import assert from 'node:assert/strict';
import { Keyring } from '../e2ee/frames/keyring.js';
import { openFrame } from '../e2ee/frames/opener.js';
import { Sealer } from '../e2ee/frames/sealer.js';
import { shell } from '../e2ee/frames/shells.js';
import { run, toHex } from './hex.js';

/** @param {number} seed */
function base(seed) {
  return crypto.subtle.importKey('raw', run(seed, 16), 'HKDF', false, ['deriveKey', 'deriveBits']);
}

/** @param {Partial<Keys>} change @returns {Promise<Keys>} */
async function keys(change = {}) {
  const leaves = [{ leaf: 1, id: 'anna', key: await base(1) }, { leaf: 2, id: 'bram', key: await base(2) }];
  return {
    epoch: 0,
    leafBits: 8,
    own: 1,
    leaves,
    voices: ['anna', 'bram', 'cees'],
    faces: ['anna', 'bram', 'cees'],
    sharers: [],
    mayEncrypt: true,
    ...change,
  };
}

/** @param {Partial<Keys>} change */
async function keyring(change = {}) {
  const ring = new Keyring();
  ring.install(await keys(change), 0);
  return ring;
}

/** @param {Partial<Frame>} change @returns {Frame} */
function picture(change = {}) {
  return { data: run(1, 50), codec: 'VP8', key: true, ssrc: 7, mediaTime: 90000, width: 640, height: 360, ...change };
}

/** @param {Sealer} sealer @param {Frame} frame */
async function sealed(sealer, frame) {
  const bytes = await sealer.seal(frame);
  assert.ok(typeof bytes !== 'string', String(bytes));
  return bytes;
}

/** @param {Opened | string} opened @returns {Opened} */
function good(opened) {
  assert.ok(typeof opened !== 'string', String(opened));
  return opened;
}

Deno.test('what Anna seals Bram opens, and knows it is hers; once', async () => {
  const bram = await keyring({ own: 2 });
  const data = await sealed(new Sealer('camera', await keyring()), picture());
  assert.equal(toHex(data.subarray(0, 10)), '1000009d012a80026801');
  const frame = { data, codec: /** @type {const} */ ('VP8'), key: true };
  const opened = good(await openFrame(bram, frame, 'video'));
  assert.equal(toHex(opened.data), toHex(run(1, 50)));
  assert.deepEqual([opened.leaf, opened.id, opened.inner.kind, opened.inner.mediaTime], [1, 'anna', 'camera', 90000]);
  assert.equal(await openFrame(bram, frame, 'video'), 'seen');
});

Deno.test('sound comes out as it went in, whatever its length', async () => {
  const sealer = new Sealer('microphone', await keyring());
  const bram = await keyring({ own: 2 });
  for (const count of [1, 3, 119, 120, 121, 1280]) {
    const data = await sealed(sealer, picture({ data: run(9, count), codec: 'opus', key: false }));
    const opened = good(await openFrame(bram, { data, codec: 'opus', key: false }, 'audio'));
    assert.equal(toHex(opened.data), toHex(run(9, count)));
  }
  assert.equal(await sealer.seal(picture({ data: run(0, 1281), codec: 'opus', key: false })), 'tooLong');
});

Deno.test('nobody gets the same seat twice: neither counters nor windows start again', async () => {
  const ring = await keyring();
  const sealer = new Sealer('camera', ring);
  const first = await sealed(sealer, picture());
  // The server takes the seat away and gives it back, on this leaf or on another.
  ring.install(await keys({ leaves: [] }), 1);
  ring.install(await keys(), 2);
  const second = await sealed(sealer, picture());
  const header = (/** @type {Uint8Array} */ frame) => toHex(frame.subarray(10, 16));
  assert.notEqual(header(first), header(second), 'the counter goes on');
  const moved = await keys({ own: 7, leaves: [{ leaf: 7, id: 'anna', key: await base(1) }] });
  ring.install(moved, 3);
  assert.equal(await sealer.seal(picture()), 'gate', 'no second leaf for one id');

  const bram = await keyring({ own: 2 });
  const frame = { data: first, codec: /** @type {const} */ ('VP8'), key: true };
  good(await openFrame(bram, frame, 'video'));
  bram.install(await keys({ own: 2, leaves: [{ leaf: 2, id: 'bram', key: await base(2) }] }), 1);
  assert.equal(await openFrame(bram, frame, 'video'), 'foreign');
  bram.install(await keys({ own: 2 }), 2);
  assert.equal(await openFrame(bram, frame, 'video'), 'seen', 'not shown a second time');
});

Deno.test("two on one leaf: the first is believed, and nobody seals with another one's key", async () => {
  const leaves = [{ leaf: 1, id: 'anna', key: await base(1) }, { leaf: 1, id: 'mallory', key: await base(3) }];
  const ring = await keyring({ leaves });
  const data = await sealed(new Sealer('camera', ring), picture());
  const frame = { data, codec: /** @type {const} */ ('VP8'), key: true };
  assert.equal(good(await openFrame(await keyring({ own: 2 }), frame, 'video')).id, 'anna');
});

Deno.test('without a key, a seat or an open gate nothing is sealed', async () => {
  assert.equal(await new Sealer('camera', new Keyring()).seal(picture()), 'gate');
  assert.equal(await new Sealer('camera', await keyring({ own: null })).seal(picture()), 'gate');
  assert.equal(await new Sealer('camera', await keyring({ mayEncrypt: false })).seal(picture()), 'gate');
  assert.equal(await new Sealer('camera', await keyring({ leaves: [] })).seal(picture()), 'gate');
  assert.equal(await new Sealer('camera', await keyring()).seal(picture({ data: run(0, 0) })), 'empty');
});

Deno.test('no counter is used twice, also by two connections and after new keys for others', async () => {
  const ring = await keyring();
  const first = new Sealer('camera', ring);
  const second = new Sealer('camera', ring);
  const frames = await Promise.all(
    [first, second, first, second].map((sealer) => sealed(sealer, picture({ key: false }))),
  );
  ring.install(await keys({ leaves: [...(await keys()).leaves, { leaf: 3, id: 'cees', key: await base(3) }] }), 0);
  frames.push(await sealed(first, picture({ key: false })));
  const headers = frames.map((data) => toHex(data.subarray(3, 7)));
  assert.equal(new Set(headers).size, 5, headers.join(' '));
});

Deno.test('each stream of a camera has its own context, and a fourth takes the oldest one over', async () => {
  const sealer = new Sealer('camera', await keyring());
  const bram = await keyring({ own: 2 });
  /** @param {number} ssrc */
  const contextOf = async (ssrc) => {
    const data = await sealed(sealer, picture({ ssrc }));
    return good(await openFrame(bram, { data, codec: 'VP8', key: true }, 'video')).inner.context;
  };
  assert.deepEqual([await contextOf(7), await contextOf(8), await contextOf(9), await contextOf(7)], [1, 2, 3, 1]);
  assert.equal(await contextOf(10), 2);
});

Deno.test('a frame that is not what it seems is dropped', async () => {
  const bram = await keyring({ own: 2 });
  const sealer = new Sealer('camera', await keyring());
  /** @param {(data: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>} change */
  const changed = async (change, codec = /** @type {'VP8' | 'VP9'} */ ('VP8'), key = true) =>
    await openFrame(bram, { data: change(await sealed(sealer, picture({ key: true }))), codec, key }, 'video');
  assert.equal(await changed((data) => data.slice(0, 0)), 'empty');
  assert.equal(await changed((data) => data.slice(0, 9)), 'malformed');
  assert.equal(await changed((data) => data.slice(0, 30)), 'malformed');
  assert.equal(await changed((data) => data.slice(0, -1)), 'unopened');
  assert.equal(await changed((data) => data, 'VP8', false), 'mismatch', 'the outer frame says it is no key frame');
  assert.equal(await changed((data) => data.slice(10), 'VP9'), 'mismatch', 'another codec than was sealed');
  const data = await sealed(sealer, picture());
  assert.equal(
    await openFrame(bram, { data, codec: 'VP8', key: true }, 'audio'),
    'mismatch',
    'a picture in a slot for sound',
  );
  const plain = new Uint8Array([...shell('VP8', true, {}), ...run(1, 100)]);
  assert.ok(
    ['malformed', 'foreign', 'newer', 'gone', 'unopened'].includes(
      String(await openFrame(bram, { data: plain, codec: 'VP8', key: true }, 'video')),
    ),
  );
});

Deno.test('own frames that come back, and kinds nobody may send, are foreign', async () => {
  const anna = await keyring();
  const data = await sealed(new Sealer('camera', anna), picture());
  assert.equal(await openFrame(anna, { data, codec: 'VP8', key: true }, 'video'), 'foreign');
  const shared = await sealed(new Sealer('screen', anna), picture());
  assert.equal(
    await openFrame(await keyring({ own: 2 }), { data: shared, codec: 'VP8', key: true }, 'video'),
    'foreign',
  );
});

Deno.test('a screen and its sound open for whoever may share one, each in contexts of their own', async () => {
  const anna = await keyring(), bram = await keyring({ own: 2, sharers: ['anna'] });
  const shared = await sealed(new Sealer('screen', anna), picture());
  const opened = good(await openFrame(bram, { data: shared, codec: 'VP8', key: true }, 'video'));
  assert.deepEqual([opened.id, opened.inner.kind, opened.inner.context], ['anna', 'screen', 4]);
  const second = new Sealer('screen', anna);
  await sealed(second, picture());
  const data = await sealed(second, picture({ ssrc: 8 }));
  assert.equal(good(await openFrame(bram, { data, codec: 'VP8', key: true }, 'video')).inner.context, 7);
  const frame = { data: run(1, 80), codec: /** @type {const} */ ('opus'), key: false, ssrc: 9, mediaTime: 960 };
  const sound = { data: await sealed(new Sealer('screenAudio', anna), frame), codec: frame.codec, key: false };
  const heard = good(await openFrame(bram, sound, 'audio'));
  assert.deepEqual([heard.inner.kind, heard.inner.context, toHex(heard.data)], ['screenAudio', 5, toHex(frame.data)]);
  const other = await keyring({ own: 2, sharers: ['bram'] });
  assert.equal(await openFrame(other, sound, 'audio'), 'foreign');
  const camera = { data: await sealed(new Sealer('camera', anna), picture()), codec: frame.codec, key: true };
  assert.equal(good(await openFrame(other, { ...camera, codec: 'VP8' }, 'video')).inner.kind, 'camera');
});

Deno.test('a machine is neither heard nor seen, and a telephone heard alone', async () => {
  const anna = await keyring();
  const frame = { data: run(1, 80), codec: /** @type {const} */ ('opus'), key: false, ssrc: 9, mediaTime: 960 };
  const voice = { data: await sealed(new Sealer('microphone', anna), frame), codec: frame.codec, key: false };
  const face = {
    data: await sealed(new Sealer('camera', anna), picture()),
    codec: /** @type {const} */ ('VP8'),
    key: true,
  };
  const recorder = await keyring({ own: 2, voices: ['bram'], faces: [] });
  assert.equal(await openFrame(recorder, voice, 'audio'), 'foreign');
  assert.equal(await openFrame(recorder, face, 'video'), 'foreign');
  const telephone = await keyring({ own: 2, voices: ['anna'], faces: ['bram'] });
  assert.equal(good(await openFrame(telephone, voice, 'audio')).inner.kind, 'microphone');
  assert.equal(await openFrame(telephone, face, 'video'), 'foreign');
});

Deno.test('frames that come before their key can wait for it', async () => {
  const data = await sealed(new Sealer('camera', await keyring()), picture());
  const frame = { data, codec: /** @type {const} */ ('VP8'), key: true };
  const bram = new Keyring();
  assert.equal(await openFrame(bram, frame, 'video'), 'newer');
  bram.install(await keys({ own: 2 }), 0);
  good(await openFrame(bram, frame, 'video'));
});

Deno.test('a leaf that went to somebody else opens nothing of the one before', async () => {
  const data = await sealed(new Sealer('camera', await keyring()), picture());
  const bram = await keyring({ own: 2, leaves: [{ leaf: 1, id: 'cees', key: await base(3) }] });
  assert.equal(await openFrame(bram, { data, codec: 'VP8', key: true }, 'video'), 'unopened');
});

Deno.test('a frame of a leaf nobody sits on is dropped at once', async () => {
  const data = await sealed(new Sealer('camera', await keyring()), picture());
  const bram = await keyring({ own: 2, leaves: [{ leaf: 2, id: 'bram', key: await base(2) }] });
  assert.equal(await openFrame(bram, { data, codec: 'VP8', key: true }, 'video'), 'foreign');
});

Deno.test('who was removed is not heard in the old epoch either when somebody else got the leaf', async () => {
  const sealer = new Sealer('camera', await keyring());
  const [one, two] = [await sealed(sealer, picture()), await sealed(sealer, picture())];
  const bram = await keyring({ own: 2 });
  good(await openFrame(bram, { data: one, codec: 'VP8', key: true }, 'video'));
  const leaves = [{ leaf: 1, id: 'cees', key: await base(3) }, { leaf: 2, id: 'bram', key: await base(3) }];
  bram.install(await keys({ own: 2, epoch: 1, leaves }), 1000);
  assert.equal(await openFrame(bram, { data: two, codec: 'VP8', key: true }, 'video'), 'foreign');

  const cees = await keyring({ epoch: 1, leaves });
  const first = await sealed(new Sealer('camera', cees), picture());
  const opened = good(await openFrame(bram, { data: first, codec: 'VP8', key: true }, 'video'));
  assert.equal(opened.id, 'cees', 'and the new one begins with a window of their own');
});

Deno.test('nothing is nothing: no epoch opens or seals after it, not the old ones either', async () => {
  const sealer = new Sealer('camera', await keyring());
  const old = await sealed(sealer, picture());
  const bram = await keyring({ own: 2 });
  const own = new Sealer('camera', bram);
  bram.install(await keys({ own: 2, epoch: 1 }), 0);
  assert.equal(typeof await own.seal(picture()), 'object');
  assert.equal(bram.install({ ...await keys(), own: null, leaves: [], mayEncrypt: false }, 0), false);
  assert.equal(bram.sendingEpoch, null);
  assert.equal(await own.seal(picture()), 'gate');
  assert.equal(await openFrame(bram, { data: old, codec: 'VP8', key: true }, 'video'), 'newer');
  bram.install(await keys({ own: 2, epoch: 2 }), 0);
  assert.equal(await openFrame(bram, { data: old, codec: 'VP8', key: true }, 'video'), 'gone');
});

Deno.test('only somebody who came makes a picture for newcomers due', async () => {
  const ring = await keyring();
  const { leaves } = await keys();
  assert.equal(ring.install(await keys({ epoch: 1, leaves: leaves.slice(0, 1) }), 0), false, 'somebody left');
  assert.equal(ring.install(await keys({ epoch: 1, leaves: leaves.slice(0, 1), mayEncrypt: false }), 0), false);
  assert.equal(ring.install(await keys({ epoch: 2 }), 0), true, 'somebody came');
});

Deno.test('low bits of an epoch that is sixteen and more back do not bring it back', async () => {
  const data = await sealed(new Sealer('camera', await keyring({ epoch: 9 })), picture());
  const bram = await keyring({ own: 2, epoch: 9 });
  bram.install(await keys({ own: 2, epoch: 30 }), 0);
  assert.equal(await openFrame(bram, { data, codec: 'VP8', key: true }, 'video'), 'gone');
});

Deno.test('an old epoch opens for two seconds more, but not for those who were removed', async () => {
  const anna = await keyring();
  const sealer = new Sealer('camera', anna);
  const [one, two, three] = [
    await sealed(sealer, picture()),
    await sealed(sealer, picture()),
    await sealed(sealer, picture()),
  ];
  /** @param {Keyring} ring @param {Uint8Array<ArrayBuffer>} data */
  const opens = (ring, data) => openFrame(ring, { data, codec: 'VP8', key: true }, 'video');
  const bram = await keyring({ own: 2 });
  bram.install(await keys({ own: 2, epoch: 1 }), 1000);
  good(await opens(bram, one));
  bram.expire(2999);
  good(await opens(bram, two));
  bram.expire(3000);
  assert.equal(await opens(bram, three), 'gone');

  const cees = await keyring({ own: 2 });
  cees.install(await keys({ own: 2, epoch: 1, leaves: [] }), 1000);
  assert.notEqual(typeof await opens(cees, three), 'object');

  anna.install(await keys({ epoch: 1 }), 1000);
  const next = await sealed(sealer, picture());
  assert.equal(await opens(await keyring({ own: 2 }), next), 'newer', 'a receiver that is behind holds it');
  good(await opens(bram, next));
});
