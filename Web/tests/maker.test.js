/// <reference lib="deno.ns" />
/** @import { Bytes } from '../e2ee/bytes.js' @import { Draft, JobTerms } from '../e2ee/maker.js' */
import assert from 'node:assert/strict';
import { base64url, concat, fromBase64url, utf8 } from '../e2ee/bytes.js';
import {
  decodeDrafted,
  decodeJob,
  decodePersonal,
  encodeDraft,
  encodeJob,
  encodePersonal,
  makeDraft,
  makeJob,
  makePersonal,
} from '../e2ee/engine/drafts.js';
import { encodeLink } from '../e2ee/engine/forms.js';
import { EngineModule, EngineRefusal } from '../e2ee/engine/module.js';
import { Reader, vector } from '../e2ee/engine/reader.js';
import { Maker } from '../e2ee/maker.js';
import { Made } from '../made.js';
import { profiles, stricter } from '../state/profiles.js';
import { StillClock } from './clock.js';
import { run } from './hex.js';
import { compiled, worker } from './recording.js';
import { Seeded } from './trials.js';

/** @type {Draft} */
const draft = {
  meeting: 'AAECAwQFBgcICQoLDA0ODw',
  admission: 'waiting',
  features: ['chat', 'camera', 'microphone'],
  membersMax: 2,
  notBefore: 1_799_990_000,
  notAfter: 1_800_600_000,
  profile: 'coaching',
  profileHash: new Uint8Array(32).fill(9),
  title: 'Overleg 🌱',
  hostName: 'Zoë',
  agenda: '',
  language: 'nl',
  start: 1_800_000_000,
  minutes: 45,
};

const terms = { mayEnter: true, notBefore: 10, notAfter: 20 };
/** @type {JobTerms} */
const jobTerms = {
  service: { role: 'captions', owner: 'A'.repeat(43), purposes: ['transcribe', 'storeSpeechText'], place: 'server' },
  notBefore: 10,
  notAfter: 20,
};
const host = 'AhAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw';

Deno.test('a meeting that is wanted is written as docs/wasm.md says', () => {
  const reader = new Reader(encodeDraft({ ...draft, admission: 'open' }));
  assert.deepEqual([...reader.part(16)], Array.from({ length: 16 }, (_, index) => index));
  assert.deepEqual([reader.u32(), reader.u8(), reader.u32(), reader.u16()], [0, 2, 0x301, 2]);
  assert.deepEqual([reader.u64(), reader.u64()], [draft.notBefore, draft.notAfter]);
  assert.deepEqual(reader.vector(), utf8('coaching'));
  assert.deepEqual(reader.part(32), new Uint8Array(32).fill(9));
  const texts = [reader.vector(), reader.vector(), reader.vector(), reader.vector()];
  assert.deepEqual(texts, [draft.title, draft.hostName, draft.agenda, draft.language].map(utf8));
  assert.deepEqual([reader.u64(), reader.u32(), reader.isAtEnd], [draft.start, 45, true]);
});

Deno.test('what no engine would read is not even written', () => {
  /** @type {Partial<Record<keyof Draft, any>>[]} */
  const wrong = [
    { meeting: 'short' },
    { meeting: `${draft.meeting}A` },
    { admission: 'ajar' },
    { features: ['chat', 'telepathy'] },
    { features: ['__proto__'] },
    { membersMax: 65_536 },
    { membersMax: -1 },
    { membersMax: 2.5 },
    { notBefore: NaN },
    { notAfter: 2 ** 53 },
    { start: -1 },
    { minutes: 2 ** 32 },
    { profileHash: new Uint8Array(31) },
  ];
  for (const change of wrong) {
    assert.throws(() => encodeDraft({ ...draft, ...change }), RangeError, JSON.stringify(change));
  }
  assert.throws(() => encodePersonal(draft.meeting, host, { ...terms, notAfter: Infinity }), RangeError);
});

Deno.test('a job says what the service is, and no other than there is', () => {
  const reader = new Reader(encodeJob(draft.meeting, host, jobTerms));
  assert.deepEqual([reader.u32(), reader.u8()], [0, 18]);
  assert.deepEqual(reader.part(32), new Uint8Array(32));
  assert.deepEqual([reader.u16(), reader.u8(), reader.u64(), reader.u64()], [0x48, 2, 10, 20]);
  assert.deepEqual(reader.vector(), utf8(draft.meeting));
  assert.deepEqual([reader.vector(), reader.isAtEnd], [utf8(host), true]);
  /** @type {Partial<Record<keyof JobTerms['service'], any>>[]} */
  const wrong = [{ role: 'host' }, { role: 'x' }, { owner: 'A' }, { purposes: ['x'] }, { place: 'moon' }];
  for (const change of wrong) {
    const terms = { ...jobTerms, service: { ...jobTerms.service, ...change } };
    assert.throws(() => encodeJob(draft.meeting, host, terms), RangeError, JSON.stringify(change));
  }
});

/** @param {string} text */
const characters = (text) => utf8(text);

Deno.test('what was made is read to its last byte, and a fragment has the characters of one', () => {
  const guest = 'g'.repeat(44), own = 'h'.repeat(66), personal = 'p'.repeat(87);
  const id = new Uint8Array(16).fill(1), parts = [vector(new Uint8Array([2])), vector(new Uint8Array([3, 4]))];
  const answer = concat(id, ...parts, characters(guest), characters(own));
  assert.deepEqual(decodeDrafted(answer), {
    hostFragment: own,
    guestFragment: guest,
    inviteID: base64url(id),
    descriptor: 'Ag',
    lobby: 'AwQ',
  });
  const [hash, key] = [new Uint8Array(32).fill(5), new Uint8Array(32).fill(6)];
  const link = concat(hash, key, vector(new Uint8Array([7])), characters(personal));
  assert.deepEqual(decodePersonal(link), {
    fragment: personal,
    certificate: 'Bw',
    hash: base64url(hash),
    key: base64url(key),
  });
  const job = concat(key, characters('j'.repeat(374)));
  assert.deepEqual(decodeJob(job), { fragment: 'j'.repeat(374), key: base64url(key) });
  const answers = /** @type {const} */ ([[decodeDrafted, answer], [decodePersonal, link], [decodeJob, job]]);
  for (const [decode, whole] of answers) {
    for (let count = 0; count < whole.length; count++) {
      assert.throws(() => decode(whole.slice(0, count)), Error, String(count));
    }
    assert.throws(() => decode(concat(whole, [65])), RangeError);
    for (const byte of [0, 0x20, 0x2b, 0x3d, 0xff]) {
      const changed = whole.slice();
      changed[whole.length - 1] = byte;
      assert.throws(() => decode(changed), Error, String(byte));
    }
  }
});

Deno.test('answers of any bytes are read or refused, and nothing else happens', () => {
  const seeded = new Seeded(29);
  for (let round = 0; round < 2_000; round++) {
    const bytes = seeded.bytes(seeded.below(300));
    for (const decode of [decodeDrafted, decodePersonal, decodeJob]) {
      try {
        decode(bytes);
      } catch (error) {
        assert.ok(error instanceof RangeError || error instanceof TypeError, String(error));
      }
    }
  }
});

Deno.test('of an order and of its answer no copy stays, whether it was refused or not', () => {
  /** @type {Bytes[]} */
  const seen = [];
  const refusing = {
    /** @param {string} _door @param {Bytes} [bytes] @returns {Bytes} */
    call: (_door, bytes) => {
      if (bytes) seen.push(bytes);
      throw new EngineRefusal(0x0104, new Uint8Array(0));
    },
  };
  assert.throws(() => makeDraft(refusing, draft), EngineRefusal);
  assert.throws(() => makePersonal(refusing, draft.meeting, host, terms), EngineRefusal);
  assert.throws(() => makeJob(refusing, draft.meeting, host, jobTerms), EngineRefusal);
  const answer = concat(new Uint8Array(64), [0], characters('p'.repeat(87)));
  const answering = {
    /** @param {string} door @param {Bytes} [bytes] */
    call: (door, bytes) => {
      assert.equal(door, 'engine_personal');
      if (bytes) seen.push(bytes);
      return answer;
    },
  };
  assert.equal(makePersonal(answering, draft.meeting, host, terms).fragment, 'p'.repeat(87));
  assert.equal(seen.length, 4);
  for (const bytes of [...seen, answer]) assert.ok(bytes.length > 0 && bytes.every((byte) => byte === 0));
});

Deno.test('the engine makes a meeting whose links open, and personal links under it', () => {
  const engine = new EngineModule(compiled);
  const made = makeDraft(engine, draft), again = makeDraft(engine, draft);
  assert.notEqual(made.hostFragment, again.hostFragment);
  const { host } = worker();
  const own = host.open(draft.meeting, made.hostFragment);
  assert.deepEqual(own, { fault: null, kind: 'host', invite: made.inviteID });
  assert.equal(host.inviteLink('https://meet.test'), `https://meet.test/m/${draft.meeting}#${made.guestFragment}`);
  assert.deepEqual(host.open(draft.meeting, made.guestFragment), { fault: null, kind: 'guest', invite: made.inviteID });
  assert.ok((fromBase64url(made.descriptor)?.length ?? 0) > 200 && (fromBase64url(made.lobby)?.length ?? 0) > 1_700);

  for (const mayEnter of [true, false]) {
    const personal = makePersonal(engine, draft.meeting, made.hostFragment, { ...terms, mayEnter });
    const opened = host.open(draft.meeting, personal.fragment);
    assert.deepEqual(opened, { fault: null, kind: 'personal', invite: made.inviteID });
    const certificate = fromBase64url(personal.certificate);
    assert.equal(certificate?.length, 179);
    assert.ok(certificate && base64url(certificate.slice(53, 85)) === personal.key, 'the subject of the certificate');
  }
});

Deno.test('beside a link that was renewed a host has their own seed and its secret', () => {
  const engine = new EngineModule(compiled);
  const { hostFragment, guestFragment, inviteID } = makeDraft(engine, draft);
  const { host } = worker();
  const bytes = fromBase64url(guestFragment) ?? assert.fail();
  bytes.set(run(100, 16), 1); // nothing else of a link is another one then
  const renewed = base64url(bytes);
  const opened = host.open(draft.meeting, renewed);
  assert.ok(opened.fault === null && opened.invite !== inviteID);
  const when = { meeting: draft.meeting, start: 0, minutes: 60, isNow: true };
  const secrets = { hostFragment, guestFragment, token: 't', passcode: null, isAsked: false };
  /** @type {import('../state/bundle.js').Bundle} */
  const bundle = {
    ...secrets,
    title: '',
    profile: { name: 'coaching', options: [] },
    expected: [],
    personal: [],
    revoked: [],
    wasRenewed: false,
  };
  const accounts = { addTickets: () => assert.fail(), revokeTicket: () => assert.fail(), safety: () => assert.fail() };
  const parts = { accounts, startMaker: () => assert.fail(), keep: () => assert.fail() };
  const made = new Made(when, stricter(profiles.coaching, new Set()), 'Anna', bundle, {
    ...parts,
    lasting: 'tab',
    required: [],
    letGo: () => {},
    ended: () => Promise.resolve(),
  });
  const beside = made.hostFragmentBeside(renewed);
  assert.deepEqual(host.open(draft.meeting, beside), { ...opened, kind: 'host' });
  assert.equal(
    host.inviteLink('https://meet.test'),
    `https://meet.test/m/${draft.meeting}#${renewed}`,
    'the same authority',
  );
  for (const same of [guestFragment, '', 'A', hostFragment]) assert.equal(made.hostFragmentBeside(same), hostFragment);
});

Deno.test('the engine makes a job for a service, which is no link for a page', () => {
  const engine = new EngineModule(compiled);
  const made = makeDraft(engine, draft);
  const job = makeJob(engine, draft.meeting, made.hostFragment, jobTerms);
  assert.equal(fromBase64url(job.key)?.length, 32);
  const { host } = worker();
  assert.deepEqual(host.open(draft.meeting, job.fragment), { fault: 'newer' });
  const nothing = { ...jobTerms, service: { ...jobTerms.service, purposes: [] } };
  assert.throws(() => makeJob(engine, draft.meeting, made.hostFragment, nothing), { owner: 'codec', reason: 4 });
  assert.throws(() => makeJob(engine, draft.meeting, made.guestFragment, jobTerms), { owner: 'usage', reason: 7 });
});

Deno.test('the hash of a personal link is SHA-256 of its key', async () => {
  const engine = new EngineModule(compiled);
  const { hostFragment } = makeDraft(engine, draft);
  const { hash, key } = makePersonal(engine, draft.meeting, hostFragment, terms);
  const digest = await crypto.subtle.digest('SHA-256', fromBase64url(key) ?? new Uint8Array(0));
  assert.equal(hash, base64url(new Uint8Array(digest)));
});

Deno.test('the engine refuses what no meeting can be, and can be asked again', () => {
  const engine = new EngineModule(compiled);
  /** @type {Partial<Draft>[]} */
  const wrong = [
    { membersMax: 0 },
    { membersMax: 501 },
    { notAfter: draft.notBefore },
    { title: 'a'.repeat(513) },
    { agenda: 'a'.repeat(8_193) },
    { admission: /** @type {any} */ ('closed') },
  ];
  for (const change of wrong) assert.throws(() => makeDraft(engine, { ...draft, ...change }), EngineRefusal);
  const { guestFragment } = makeDraft(engine, draft);
  assert.throws(() => makePersonal(engine, draft.meeting, guestFragment, terms), { owner: 'usage', reason: 7 });
  assert.throws(() => makePersonal(engine, draft.meeting, host.slice(1), terms), { owner: 'codec', reason: 4 });
  assert.throws(() => engine.call('engine_personal', encodeLink(draft.meeting, host)), EngineRefusal);
  assert.equal(engine.call('check').length, 0);
});

/** A worker that remembers what it was told, and says what a test wants. */
class FakeWorker extends EventTarget {
  /** @type {any[]} */
  told = [];
  isEnded = false;

  /** @param {unknown} message */
  postMessage(message) {
    this.told.push(message);
  }

  /** Answers the last request. @param {unknown} answer */
  answer(answer) {
    const data = { type: 'answer', id: this.told.at(-1).id, answer };
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  terminate() {
    this.isEnded = true;
  }
}

function making() {
  const worker = new FakeWorker(), clock = new StillClock();
  return { worker, clock, maker: new Maker(/** @type {any} */ (worker), clock) };
}

Deno.test('the page asks its worker, and gets what it made', async () => {
  const { worker, maker } = making();
  const loaded = maker.load('sha384-x');
  assert.deepEqual(worker.told, [{ id: 1, request: { type: 'make', integrity: 'sha384-x' } }]);
  worker.answer({ type: 'done' });
  await loaded;
  const drafted = maker.draft(draft);
  assert.deepEqual(worker.told.at(-1), { id: 2, request: { type: 'draft', draft } });
  worker.dispatchEvent(new MessageEvent('message', { data: { type: 'beat' } }));
  worker.answer({ type: 'drafted', drafted: { hostFragment: 'h' } });
  assert.deepEqual(await drafted, { hostFragment: 'h' });
  const personal = maker.personal(draft.meeting, host, terms);
  const request = { type: 'personal', meeting: draft.meeting, fragment: host, terms };
  assert.deepEqual(worker.told.at(-1), { id: 3, request });
  worker.answer({ type: 'personal', personal: { fragment: 'p' } });
  assert.deepEqual(await personal, { fragment: 'p' });
  maker.close();
  assert.ok(worker.isEnded);
});

Deno.test('what cannot be made, a worker that dies, and one that is silent reject; after that there is no worker', async () => {
  const refused = making();
  const draft1 = refused.maker.draft(draft);
  refused.worker.answer(null);
  await assert.rejects(draft1, /draft/);
  assert.ok(!refused.worker.isEnded, 'it may be asked again');

  const broken = making();
  const loading = broken.maker.load('sha384-x');
  broken.worker.answer(null);
  await assert.rejects(loading);
  assert.ok(broken.worker.isEnded);
  await assert.rejects(broken.maker.draft(draft));

  const dead = making();
  const draft2 = dead.maker.draft(draft);
  dead.worker.dispatchEvent(new Event('error'));
  await assert.rejects(draft2);
  assert.ok(dead.worker.isEnded);

  const silent = making();
  const draft3 = silent.maker.draft(draft);
  const rejected = assert.rejects(draft3);
  await silent.clock.pass(30_000);
  await rejected;
});
