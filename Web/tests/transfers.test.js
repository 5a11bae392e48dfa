/// <reference lib="deno.ns" />
/** @import { FileRef } from '../state/said.d.ts' */
import assert from 'node:assert/strict';
import { concat } from '../e2ee/bytes.js';
import { FileFault, layoutOf } from '../e2ee/files/format.js';
import { BlobFault, transport } from '../protocol/blobs.js';
import { download, Gate, Unreadable, upload } from '../transfers.js';
import { answer, Shelf } from './shelf.js';

/** A clock on which every pause is over at once. */
const hasty = {
  now: () => 0,
  setTimeout: (/** @type {() => void} */ task) => {
    queueMicrotask(task);
    return 0;
  },
  clearTimeout: () => {},
};

/** @param {Shelf} shelf */
function way(shelf) {
  const stop = new AbortController();
  const progress = /** @type {number[]} */ ([]), cuts = /** @type {boolean[]} */ ([]);
  return {
    stop,
    signal: stop.signal,
    gate: new Gate(),
    clock: hasty,
    transport: transport(shelf.ask),
    progress: (/** @type {number} */ done, /** @type {number} */ total) => void progress.push(done / total),
    cut: (/** @type {boolean} */ isCut) => void cuts.push(isCut),
    seen: progress,
    cuts,
  };
}

/** @param {number} size */
function content(size) {
  return new Uint8Array(size).map((_, at) => at * 7 + (at >> 8));
}

/** @param {Shelf} shelf */
const create = (shelf) => (/** @type {number} */ size) => {
  shelf.size = size;
  return Promise.resolve({ blob: 'blob', token: shelf.token });
};

/** @param {Shelf} shelf @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<FileRef>} */
async function shelved(shelf, bytes) {
  const ref = await upload(new Blob([bytes]), create(shelf), way(shelf));
  return { ...ref, name: 'plan.pdf', type: '', expires: 0 };
}

/** @param {Shelf} shelf @param {FileRef} ref @param {ReturnType<typeof way>} [how] */
async function fetched(shelf, ref, how = way(shelf)) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const written = [];
  const sink = { write: (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => Promise.resolve(void written.push(bytes)) };
  const open = () => Promise.resolve({ blob: ref.blob, token: shelf.token });
  await download(ref, open, sink, how).catch((error) => {
    throw Object.assign(error, { written: written.length });
  });
  return concat(...written);
}

Deno.test('a file goes up in parts and comes down as it was, whatever its size', async () => {
  for (const size of [0, 1, 65_536, 65_537, 1_200_000]) {
    const shelf = new Shelf(), bytes = content(size);
    const ref = await shelved(shelf, bytes);
    assert.equal(shelf.object.length, layoutOf(size).objectLength);
    const how = way(shelf);
    assert.deepEqual(await fetched(shelf, ref, how), bytes, `${size}`);
    assert.equal(how.seen.at(-1), 1);
    assert.deepEqual(how.seen, how.seen.toSorted((a, b) => a - b));
  }
});

Deno.test('an upload goes on where it was cut, also where the answer alone was lost', async () => {
  const shelf = new Shelf(), bytes = content(1_200_000), how = way(shelf);
  let count = 0;
  shelf.trouble = (request) => {
    count += request.startsWith('POST') ? 1 : 0;
    return count === 2 ? 'lost' : count === 3 ? 'lost' : count === 5 ? 'unanswered' : count === 7 ? answer(503) : null;
  };
  const ref = await upload(new Blob([bytes]), create(shelf), how);
  shelf.trouble = () => null;
  assert.deepEqual(await fetched(shelf, { ...ref, name: '', type: '', expires: 0 }), bytes);
  assert.ok(how.cuts.includes(true) && how.cuts.at(-1) === false);
});

Deno.test('a download goes on where it was cut, in both passes', async () => {
  const shelf = new Shelf(), bytes = content(400_000);
  const ref = await shelved(shelf, bytes);
  shelf.cuts = [1, 100_000, 300_000, Infinity, 200_000];
  shelf.asked = [];
  assert.deepEqual(await fetched(shelf, ref), bytes);
  assert.equal(shelf.asked.length, 6);
  assert.ok(shelf.asked.filter((request) => request.endsWith('bytes=0-')).length === 2, shelf.asked.join());
});

Deno.test('what was altered is not written, not even in part', async () => {
  const shelf = new Shelf(), ref = await shelved(shelf, content(200_000));
  const whole = shelf.object;
  /** @param {Uint8Array<ArrayBuffer>} object @param {string} reason */
  const refused = async (object, reason) => {
    shelf.object = object;
    const error = await fetched(shelf, ref).then(() => null, (caught) => caught);
    assert.ok(error instanceof FileFault && error.reason === reason, String(error));
    assert.equal(/** @type {any} */ (error).written, 0);
  };
  await refused(whole.map((byte, at) => at === 150_000 ? byte ^ 1 : byte), 'altered');
  await refused(concat(whole, [0]), 'altered');
  await refused(content(whole.length), 'altered');
  await assert.rejects(fetched(shelf, { ...ref, size: 2 ** 50 }), FileFault);
});

Deno.test('another object between the passes is not opened', async () => {
  const shelf = new Shelf(), ref = await shelved(shelf, content(200_000));
  const whole = shelf.object;
  let reads = 0;
  shelf.trouble = () => {
    if (++reads === 2) shelf.object = whole.map((byte, at) => at === 150_000 ? byte ^ 1 : byte);
    return null;
  };
  const error = await fetched(shelf, ref).then(() => null, (caught) => caught);
  assert.ok(error instanceof FileFault && error.reason === 'altered');
});

Deno.test('a server that is full is not asked again', async () => {
  const shelf = new Shelf(), how = way(shelf);
  shelf.trouble = () => answer(507);
  const going = upload(new Blob([content(10)]), create(shelf), how);
  await assert.rejects(going, (error) => error instanceof BlobFault && error.reason === 'full');
  assert.deepEqual([shelf.asked.length, how.cuts], [1, []]);
});

Deno.test('a token that died gets one successor, and a file that is gone is gone', async () => {
  const shelf = new Shelf(), bytes = content(100_000), ref = await shelved(shelf, bytes);
  shelf.cuts = [50_000];
  let reads = 0;
  shelf.trouble = () => {
    if (++reads === 2) shelf.token = 'other';
    return null;
  };
  assert.deepEqual(await fetched(shelf, ref), bytes);
  shelf.trouble = () => answer(401);
  await assert.rejects(fetched(shelf, ref), (error) => error instanceof BlobFault && error.reason === 'denied');
  await assert.rejects(
    upload(new Blob([bytes]), create(new Shelf()), way(shelf)),
    (error) => error instanceof BlobFault && error.reason === 'denied',
  );
});

Deno.test('one that waits asks for nothing, goes on when it may, and ends when it is called off', async () => {
  const shelf = new Shelf(), bytes = content(1_200_000), how = way(shelf);
  how.gate.pause();
  const going = upload(new Blob([bytes]), create(shelf), how);
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  assert.deepEqual(shelf.asked, []);
  how.gate.resume();
  await going;
  const other = new Shelf(), called = way(other);
  called.gate.pause();
  const stopped = upload(new Blob([bytes]), create(other), called);
  called.stop.abort();
  await assert.rejects(stopped, { name: 'AbortError' });
  const lost = way(other);
  other.trouble = () => 'lost';
  const trying = upload(new Blob([bytes]), create(other), lost);
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
  lost.stop.abort();
  await assert.rejects(trying, { name: 'AbortError' });
});

Deno.test('a file that the disk does not give is said to be so', async () => {
  const shelf = new Shelf();
  const file = { size: 10, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) };
  await assert.rejects(upload(file, create(shelf), way(shelf)), Unreadable);
});
