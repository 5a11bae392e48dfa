/// <reference lib="deno.ns" />
/** @import { Keys } from '../e2ee/frames/keyring.js' @import { MediaEpoch } from '../e2ee/engine/forms.js' @import { RosterEntry } from '../state/meeting.d.ts' */
import assert from 'node:assert/strict';
import { MediaKeys } from '../e2ee/engine/keys.js';
import { sendersOf, sharersOf } from '../e2ee/engine/sharers.js';
import { run } from './hex.js';

/** A port that remembers. */
function port() {
  /** @type {Keys[]} */
  const sent = [];
  return {
    sent,
    isClosed: false,
    postMessage: (/** @type {Keys} */ keys) => void sent.push(keys),
    close() {
      this.isClosed = true;
    },
  };
}

/** @param {Partial<MediaEpoch>} change @returns {MediaEpoch} */
function epoch(change = {}) {
  const leaves = [{ leaf: 0, id: 'anna' }, { leaf: 3, id: 'bram' }];
  return { epoch: 1, leafBits: 2, own: 3, added: [], removed: [], leaves, baseKey: run(1, 16), ...change };
}

/** What of a message can be compared. @param {Keys} keys */
function facts({ epoch, leafBits, own, leaves, mayEncrypt }) {
  return { epoch, leafBits, own, leaves: leaves.map(({ leaf, id }) => `${leaf} ${id}`), mayEncrypt };
}

const nobody = { epoch: 0, leafBits: 0, own: null, leaves: [], mayEncrypt: false };

function giver() {
  const media = port();
  /** @type {unknown[]} */
  const failures = [];
  return { media, failures, keys: new MediaKeys(media, (error) => void failures.push(error)) };
}

Deno.test('an epoch goes out with one key for everybody, which can derive and never comes out; its bytes are gone', async () => {
  const { media, keys } = giver();
  const first = epoch();
  keys.begin(first);
  keys.gate(true);
  await keys.settled();
  assert.equal(media.sent.length, 1);
  const [sent] = media.sent;
  assert.ok(sent);
  assert.deepEqual(facts(sent), { epoch: 1, leafBits: 2, own: 3, leaves: ['0 anna', '3 bram'], mayEncrypt: true });
  assert.equal(new Set(sent.leaves.map(({ key }) => key)).size, 1);
  const key = sent.leaves[0]?.key;
  assert.equal(key?.extractable, false);
  assert.deepEqual([...key?.usages ?? []].sort(), ['deriveBits', 'deriveKey']);
  assert.deepEqual([...first.baseKey], new Array(16).fill(0));
});

Deno.test('the gate is said again with the same keys, and nothing is said twice', async () => {
  const { media, keys } = giver();
  keys.begin(epoch());
  await keys.settled();
  keys.gate(true);
  keys.gate(true);
  keys.gate(false);
  assert.deepEqual(media.sent.map(({ mayEncrypt }) => mayEncrypt), [false, true, false]);
  assert.equal(media.sent[0]?.leaves[0]?.key, media.sent[2]?.leaves[0]?.key);
});

Deno.test('whose screens are opened goes with the keys, and once more when it changes', async () => {
  const { media, keys } = giver();
  const share = (/** @type {string[]} */ ...sharers) => keys.share({ voices: [], faces: [], sharers });
  share('anna');
  assert.equal(media.sent.length, 0, 'nothing to say it with');
  keys.begin(epoch());
  await keys.settled();
  share('anna');
  share('anna', 'bram');
  share();
  assert.deepEqual(media.sent.map(({ sharers }) => sharers), [['anna'], ['anna', 'bram'], []]);
});

Deno.test('screens are of everybody or of those who lead, by the word of the group, and never of a service', () => {
  const one = { leaf: 0, name: '', own: false, hand: false, silent: false, service: null };
  /** @type {RosterEntry[]} */
  const roster = [
    { ...one, key: 'host', role: 'host', label: 'host' },
    { ...one, key: 'cohost', role: 'cohost', label: 'guest' },
    { ...one, key: 'acting', role: 'participant', label: 'actingHost' },
    { ...one, key: 'guest', role: 'participant', label: 'guest' },
    { ...one, key: 'recorder', role: 'recorder', label: 'service' },
  ];
  assert.deepEqual(sharersOf(roster, ['screen', 'hostsScreen']), ['host', 'cohost', 'acting', 'guest']);
  assert.deepEqual(sharersOf(roster, ['hostsScreen']), ['host', 'cohost', 'acting']);
  assert.deepEqual(sharersOf(roster, ['chat']), []);
});

Deno.test('of machines nothing is opened but the voice of a telephone', async () => {
  const one = { leaf: 0, name: '', own: false, hand: false, silent: false, label: /** @type {const} */ ('service') };
  const info = /** @type {const} */ ({ owner: 'host', purposes: [], place: 'participant', consent: 'unasked' });
  const machines = /** @type {const} */ (['recorder', 'stream', 'captions', 'gateway']).map((role) => (
    { ...one, key: role, role, service: { ...info, role } }
  ));
  const anna = {
    ...one,
    key: 'anna',
    label: /** @type {const} */ ('guest'),
    role: /** @type {const} */ ('participant'),
  };
  const senders = sendersOf([...machines, { ...anna, service: null }], ['screen']);
  assert.deepEqual(senders, { voices: ['anna', 'gateway'], faces: ['anna'], sharers: ['anna'] });
  const { media, keys } = giver();
  keys.begin(epoch());
  await keys.settled();
  keys.share(senders);
  keys.share({ ...senders });
  assert.deepEqual(media.sent.map(({ voices, faces }) => [voices.length, faces.length]), [[0, 0], [2, 1]]);
});

Deno.test('of two epochs in one step only the last may send; a gate that closes meanwhile holds for it', async () => {
  const { media, keys } = giver();
  keys.gate(true);
  keys.begin(epoch());
  keys.begin(epoch({ epoch: 2, baseKey: run(2, 16) }));
  await keys.settled();
  assert.deepEqual(media.sent.map(({ epoch, mayEncrypt }) => [epoch, mayEncrypt]), [[1, false], [2, true]]);
  keys.begin(epoch({ epoch: 3, baseKey: run(3, 16) }));
  keys.gate(false);
  await keys.settled();
  assert.deepEqual(media.sent.at(-1)?.epoch, 3);
  assert.ok(media.sent.slice(2).every(({ mayEncrypt }) => !mayEncrypt));
});

Deno.test('forgetting is heard at once, and a key that was on its way comes no more', async () => {
  const { media, keys } = giver();
  keys.gate(true);
  keys.begin(epoch());
  await keys.settled();
  keys.begin(epoch({ epoch: 2, baseKey: run(2, 16) }));
  keys.forget();
  await keys.settled();
  assert.deepEqual(media.sent.map(facts).slice(1), [nobody]);
  keys.gate(false);
  keys.gate(true);
  assert.equal(media.sent.length, 2, 'a gate without keys is nothing to say');
});

Deno.test('an epoch that does not come after the one before is of another group', async () => {
  const { media, keys } = giver();
  keys.begin(epoch({ epoch: 5 }));
  await keys.settled();
  keys.begin(epoch({ epoch: 5, baseKey: run(2, 16) }));
  await keys.settled();
  assert.deepEqual(media.sent.map(({ epoch, leaves }) => [epoch, leaves.length]), [[5, 2], [0, 0], [5, 2]]);
});

Deno.test('another media worker gets nothing of the running epoch: its counters would begin again', async () => {
  const { media, keys } = giver();
  keys.gate(true);
  keys.begin(epoch());
  await keys.settled();
  const next = port();
  keys.replace(next);
  keys.gate(false);
  keys.gate(true);
  assert.equal(media.isClosed, true);
  assert.deepEqual(next.sent.map(facts), [nobody]);
  keys.begin(epoch({ epoch: 2, baseKey: run(2, 16) }));
  await keys.settled();
  assert.deepEqual(next.sent.map(({ epoch, mayEncrypt }) => [epoch, mayEncrypt]), [[0, false], [2, true]]);
});

Deno.test('a key that cannot be imported shuts everything and is said', async () => {
  const { media, failures, keys } = giver();
  keys.gate(true);
  keys.begin(epoch());
  await keys.settled();
  keys.begin(epoch({ epoch: 2, baseKey: /** @type {any} */ ({ fill() {} }) }));
  await keys.settled();
  assert.equal(failures.length, 1);
  assert.deepEqual(media.sent.map(facts).at(-1), nobody);
});
