/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { Keyring } from '../e2ee/frames/keyring.js';
import { decodeOutput, encodeCommand } from '../e2ee/engine/forms.js';
import { frame, hello, links, parse, types, worker } from './recording.js';

const entry = { name: 'Anna', note: '', language: 'nl' };

/** Anna, who opened the host link and is in, alone. */
async function inside() {
  const anna = worker();
  anna.host.open(links.path, links.host);
  anna.host.enter(entry);
  anna.host.connected();
  anna.host.wire(hello);
  anna.answer();
  anna.pass(1000);
  await anna.keys.settled();
  return anna;
}

Deno.test('a link tells its kind and its invite; a damaged one and a newer one are told apart', () => {
  const { host } = worker();
  const meeting = 'AAECAwQFBgcICQoLDA0ODw';
  const common = 'ARAREhMUFRYXGBkaGxwdHh95ZVhzPdwKbqA9iLXTxxg2';
  const invite = 'xXNckNi4a-Q45MdtjN4cLQ';
  const opened = host.open(meeting, common);
  assert.ok(opened.fault === null);
  assert.equal(opened.kind, 'guest');
  assert.equal(opened.invite, invite);
  const own = host.open(meeting, 'AhAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw');
  assert.deepEqual(own, { fault: null, kind: 'host', invite: opened.invite });
  assert.equal(host.inviteLink('https://meet.test'), `https://meet.test/m/${meeting}#${common}`);
  for (const fragment of ['', common.slice(0, -1), `${common}A`, `${common}=`, ` ${common}`, 'A'.repeat(44)]) {
    assert.deepEqual(host.open(meeting, fragment), { fault: 'damaged' }, fragment);
  }
  assert.deepEqual(host.open('short', common), { fault: 'damaged' });
  assert.deepEqual(host.open(meeting, `BR${common.slice(2)}`), { fault: 'newer' });
});

Deno.test('Hello is answered by a question for the descriptors, and a guest then knocks', () => {
  const bram = worker();
  const opened = bram.host.open(links.path, links.guest);
  assert.ok(opened.fault === null && opened.kind === 'guest');
  bram.host.enter({ ...entry, name: 'Bram' });
  bram.host.connected();
  assert.deepEqual(bram.sent, [], 'nothing is said before the server greets');
  bram.host.wire(hello);
  assert.deepEqual(bram.sent.map(({ type, body }) => [type, body[0]]), [[types.get, 1]]);
  bram.answer();
  assert.deepEqual(bram.states, ['checking', 'knocking']);
  assert.deepEqual(bram.sent.map(({ type }) => type), [types.get, types.knock]);
  assert.ok(!bram.given.some(({ own, mayEncrypt }) => own !== null || mayEncrypt), 'no key for who waits');
  assert.equal(bram.last('roster'), undefined);
});

Deno.test('a host founds the meeting: keys go to the media worker, the page hears who may do what', async () => {
  const anna = await inside();
  assert.deepEqual(anna.states, ['checking', 'unproven', 'live']);
  assert.deepEqual(anna.last('gate')?.reasons, []);
  const [me] = anna.last('roster')?.roster ?? [];
  assert.deepEqual([me?.leaf, me?.name, me?.role, me?.own], [0, 'Anna', 'host', true]);
  const policy = anna.last('policy')?.policy;
  assert.deepEqual([policy?.isLocked, policy?.admission], [false, 'waiting']);
  assert.deepEqual(policy?.rights.slice(0, 3), ['admit', 'eject', 'policy']);
  assert.ok(policy?.features.includes('chat') && policy.featuresMax.includes('direct'));
  assert.ok(!policy.features.includes('direct') && policy.isWithoutServices, 'that is for a host to open');
  assert.deepEqual([me?.label, me?.hand], ['host', false]);
  assert.match(anna.last('code')?.digits ?? '', /^\d{30}$/);
  const goodbye = anna.last('goodbye')?.frame;
  assert.equal(goodbye && parse(goodbye).type, types.propose, 'what a page says that has no time to ask');

  const keys = anna.given.at(-1);
  assert.ok(keys);
  assert.deepEqual([keys.epoch, keys.own, keys.mayEncrypt], [0, 0, true]);
  assert.deepEqual(keys.leaves.map(({ leaf, id }) => [leaf, id]), [[0, me?.key]]);
  assert.equal(keys.leaves[0]?.key.extractable, false);
  const ring = new Keyring();
  ring.install(keys, 0);
  assert.ok(await ring.sending(0));
  assert.deepEqual(anna.failures, []);
});

Deno.test('whoever leaves says goodbye first; then there is no key, no engine and no link', async () => {
  const anna = await inside();
  anna.events.length = 0;
  anna.host.leave();
  assert.deepEqual(anna.sent.map(({ type }) => type), [types.propose]);
  assert.deepEqual(anna.last('state')?.state, { name: 'out', reason: 'left' });
  const keys = anna.given.at(-1);
  assert.deepEqual([keys?.own, keys?.leaves.length, keys?.mayEncrypt], [null, 0, false]);
  assert.equal(anna.host.inviteLink('https://meet.test'), '');
  anna.events.length = 0;
  anna.host.wire(hello);
  anna.pass(1000);
  assert.deepEqual(anna.events, []);
});

Deno.test('for another media worker one comes in anew, by the same link, under another key', async () => {
  const anna = await inside();
  const before = anna.last('roster')?.roster[0]?.key;
  anna.host.restart();
  anna.host.enter(entry);
  anna.host.connected();
  anna.host.wire(hello);
  anna.answer();
  anna.pass(1000);
  assert.deepEqual(anna.states.slice(-3), ['checking', 'unproven', 'live']);
  assert.notEqual(anna.last('roster')?.roster[0]?.key, before);
});

Deno.test('what cannot be done is said, and a key that is none is no command', async () => {
  const anna = await inside();
  anna.host.command({ type: 'eject', key: 'short' });
  assert.equal(anna.last('refused')?.command, 'eject');
  anna.host.command({ type: 'refuse', hash: 'A'.repeat(43), note: 'no' });
  assert.equal(anna.last('refused')?.command, 'refuse');
  const waiting = worker();
  waiting.host.command({ type: 'lock', isLocked: true });
  assert.equal(waiting.last('refused')?.command, 'lock', 'without an engine');
});

Deno.test('a connection that breaks closes nothing by itself, and the leaf is shown on the next one', async () => {
  const anna = await inside();
  const { length } = anna.given;
  anna.host.disconnected();
  anna.events.length = 0;
  anna.host.connected();
  anna.host.wire(hello);
  assert.ok(anna.sent.some(({ type }) => type === types.bind));
  assert.equal(anna.given.length, length);
});

Deno.test('junk of the server is a violation and nothing else', async () => {
  const anna = await inside();
  const { length } = anna.given;
  anna.host.wire(new Uint8Array(0));
  anna.host.wire(frame(0x43, 0, new Uint8Array(100).fill(255)));
  assert.deepEqual(anna.last('violation')?.leaf, null);
  assert.equal(anna.given.length, length);
});

Deno.test('an output that the engine does not write is refused', () => {
  const refused = [[], [0], [2, 0], [3], [3, 10], [3, 9, 11], [6, 4, 0], [8, 0, 5, 0, 0], [7, 0], [15], [13, 22]];
  for (const bytes of refused) assert.throws(() => decodeOutput(new Uint8Array(bytes)), RangeError, bytes.join());
  assert.deepEqual(decodeOutput(new Uint8Array([6, 0, 9])), { type: 'gate', reasons: ['noProof', 'unhosted'] });
});

Deno.test('who waits has marks: from this link, and in before; a new link has an id', () => {
  const waiting = [9, 1, 7, 1, 65, 0, 0];
  const entry = { hash: 'Bw', name: 'A', note: '', words: null };
  for (const [mark, isFromLink, wasIn] of [[0, false, false], [1, true, false], [2, false, true], [3, true, true]]) {
    assert.deepEqual(decodeOutput(new Uint8Array([...waiting, Number(mark), 0])), {
      type: 'lobby',
      lobby: [{ ...entry, isFromLink, wasIn, service: null }],
    });
  }
  const info = [16, ...Array.from({ length: 32 }, () => 0), 0, 3, 3];
  const recorder = decodeOutput(new Uint8Array([...waiting, 1, 1, ...info]));
  assert.ok(recorder.type === 'lobby');
  assert.deepEqual(recorder.lobby[0]?.service, {
    role: 'recorder',
    owner: 'A'.repeat(43),
    purposes: ['record', 'publish'],
    place: 'elsewhere',
  });
  const short = [...waiting, 1, 1, ...info.slice(0, -1)], person = [...waiting, 1, 1, 1, ...info.slice(1)];
  for (
    const bytes of [[...waiting, 4, 0], [...waiting, 1], [...waiting, 1, 3], [...waiting, 1, 16], short, person, [
      20,
      1,
    ]]
  ) {
    assert.throws(() => decodeOutput(new Uint8Array(bytes)), RangeError, bytes.join());
  }
  assert.deepEqual(decodeOutput(new Uint8Array([20, ...Array.from({ length: 16 }, () => 0)])), {
    type: 'invite',
    invite: 'A'.repeat(22),
  });
  // What it is about is somebody's own words: a line without signs that turn others, or nothing.
  const about = new TextEncoder().encode(' Les \u202e3\n en 4 ');
  assert.deepEqual(decodeOutput(new Uint8Array([21, ...about])), { type: 'topic', topic: 'Les 3 en 4' });
  assert.deepEqual(decodeOutput(new Uint8Array([21, 0xff])), { type: 'topic', topic: '' });
  assert.deepEqual(decodeOutput(new Uint8Array([13, 14])), {
    type: 'refused',
    command: 'rotateLink',
    kind: null,
    why: null,
  });
});

Deno.test('the rules say what is on and what can be; a switch without a name is none', () => {
  const rules = [8, 1, 2, 0, 0x25, 0, 0, 0x18, 1, 0, 0, 0x1f, 0xff, 1, 0x2c, 0, 0];
  assert.deepEqual(decodeOutput(new Uint8Array(rules)), {
    type: 'policy',
    policy: {
      isLocked: true,
      admission: 'open',
      rights: ['admit', 'policy', 'moderate'],
      features: ['chat', 'hostsChat', 'hostsScreen'],
      featuresMax: [
        'chat',
        'direct',
        'files',
        'reactions',
        'polls',
        'board',
        'rename',
        'screen',
        'microphone',
        'camera',
        'localRecording',
        'hostsChat',
        'hostsScreen',
      ],
      membersMax: 300,
      isWithoutServices: true,
    },
  });
  const withServices = decodeOutput(new Uint8Array([...rules.slice(0, -1), 1]));
  assert.ok(withServices.type === 'policy' && !withServices.policy.isWithoutServices);
  const refused = [rules.slice(0, -1), [...rules, 0], rules.map((byte, at) => at === 7 ? 0x38 : byte)];
  for (const bytes of refused) assert.throws(() => decodeOutput(new Uint8Array(bytes)), RangeError, bytes.join());
});

Deno.test('a service says what it is for and for whom, and the person has an answer or none', () => {
  const zeros = Array.from({ length: 32 }, () => 0);
  const head = [7, 0, 0, 0, 5, 32, ...zeros, 0, 18, 0, 4, 0, 1];
  const service = [18, ...zeros, 0, 0x48, 1];
  for (const [number, consent] of [[0, 'unasked'], [1, 'yes'], [2, 'no']]) {
    const output = decodeOutput(new Uint8Array([...head, ...service, Number(number)]));
    assert.ok(output.type === 'roster');
    assert.deepEqual(output.roster[0]?.service, {
      role: 'captions',
      owner: 'A'.repeat(43),
      purposes: ['transcribe', 'storeSpeechText'],
      place: 'participant',
      consent,
    });
  }
  // Nobody can say yes to what has no name: the engine sees to that, and the page says it.
  const later = decodeOutput(new Uint8Array([...head, 16, ...zeros, 0x80, 1, 2, 0]));
  assert.ok(later.type === 'roster');
  assert.deepEqual(later.roster[0]?.service?.purposes, ['record', 'other15']);
  const refused = [
    [...head, ...service, 3],
    [...head, ...service],
    [...head, 1, ...service.slice(1), 0],
    [...head, 0, ...service.slice(1), 0],
    [...head, ...service.slice(0, -1), 4, 0],
    [...head.slice(0, -1), 2, ...service, 0],
  ];
  for (const bytes of refused) assert.throws(() => decodeOutput(new Uint8Array(bytes)), RangeError, bytes.join());
});

Deno.test('an answer about a service has its key, what was shown of it, and the very words that were read', () => {
  const zeros = Array.from({ length: 32 }, () => 0), key = 'A'.repeat(43);
  const service = /** @type {const} */ ({
    role: 'captions',
    owner: key,
    purposes: ['transcribe', 'storeSpeechText'],
    place: 'server',
  });
  const command = encodeCommand({ type: 'consent', key, service, given: true, text: ' Hé ' });
  const shown = [18, ...zeros, 0, 0x48, 2];
  assert.deepEqual([...command], [21, ...zeros, ...shown, 1, 5, 0x20, 0x48, 0xc3, 0xa9, 0x20]);
  assert.equal(encodeCommand({ type: 'consent', key, service, given: false, text: '' })[69], 0);
  assert.throws(() => encodeCommand({ type: 'consent', key: 'A', service, given: true, text: '' }), RangeError);
});

Deno.test('a hand stands in the list of those who are in; what is said says to whom', () => {
  const key = Array.from({ length: 32 }, () => 0), id = Array.from({ length: 16 }, () => 0);
  const person = [7, 0, 0, 0, 5, 32, ...key, 1, 65, 1, 0, 0];
  for (const hand of [false, true]) {
    assert.deepEqual(decodeOutput(new Uint8Array([...person, Number(hand), 0])), {
      type: 'roster',
      roster: [{
        leaf: 5,
        key: 'A'.repeat(43),
        name: 'A',
        role: 'participant',
        own: false,
        label: 'guest',
        hand,
        silent: false,
        service: null,
      }],
    });
  }
  const silent = decodeOutput(new Uint8Array([...person, 2, 0]));
  assert.ok(silent.type === 'roster' && silent.roster[0]?.silent === true && !silent.roster[0].hand);
  assert.throws(() => decodeOutput(new Uint8Array([...person, 4, 0])), RangeError, 'a mark of a later version');
  assert.throws(() => decodeOutput(new Uint8Array(person)), RangeError);
  const said = [12, 0, 0, 0, 5, 32, ...key, 19, 16, ...id, 0, 0, 0, 0, 0, 0, 0, 9];
  const event = { leaf: 5, key: 'A'.repeat(43), kind: 19, id: 'A'.repeat(22), sent: 9 };
  for (const to of [[], ['A'.repeat(43)]]) {
    const bytes = [...said, 32 * to.length, ...(to.length ? key : []), 1, 1];
    assert.deepEqual(decodeOutput(new Uint8Array(bytes)), {
      type: 'app',
      event: { ...event, to, body: new Uint8Array([1]) },
    });
  }
  assert.throws(() => decodeOutput(new Uint8Array([...said, 1, 0, 1, 1])), RangeError, 'half a key');
});

Deno.test('wishes of members and hosts, as the engine reads them', () => {
  const key = 'A'.repeat(43), zeros = Array.from({ length: 32 }, () => 0);
  assert.deepEqual([...encodeCommand({ type: 'setFeatures', features: ['hostsScreen', 'chat'] })], [15, 0, 0, 0x10, 1]);
  assert.deepEqual([...encodeCommand({ type: 'withdrawCohost', key })], [16, ...zeros]);
  assert.deepEqual([...encodeCommand({ type: 'revokeTicket', key })], [19, ...zeros]);
  // A name that is none becomes no other one.
  const features = /** @type {any} */ (['chat', 'telepathy']);
  assert.throws(() => encodeCommand({ type: 'setFeatures', features }), RangeError);
  assert.throws(() => encodeCommand({ type: 'setAdmission', admission: /** @type {any} */ ('ajar') }), RangeError);
  const body = new Uint8Array([3]);
  assert.deepEqual([...encodeCommand({ type: 'direct', keys: [key], kind: 16, body })], [17, 32, ...zeros, 16, 1, 3]);
  assert.deepEqual([...encodeCommand({ type: 'rename', name: ' Zo\u202eë ' })], [18, 4, 0x5a, 0x6f, 0xc3, 0xab]);
  assert.throws(() => encodeCommand({ type: 'direct', keys: ['short'], kind: 16, body }), RangeError);
  for (const [number, command] of [[15, 'setFeatures'], [16, 'withdrawCohost'], [18, 'rename']]) {
    assert.deepEqual(decodeOutput(new Uint8Array([13, Number(number)])), {
      type: 'refused',
      command,
      kind: null,
      why: null,
    });
  }
  // Of what was to be said it is told what it was.
  for (const [number, command] of [[10, 'send'], [17, 'direct']]) {
    assert.deepEqual(decodeOutput(new Uint8Array([13, Number(number), 32])), {
      type: 'refused',
      command,
      kind: 32,
      why: null,
    });
    assert.throws(() => decodeOutput(new Uint8Array([13, Number(number)])), RangeError);
  }
  // Where a person can do something about it they are told why.
  for (const [number, command] of [[2, 'admit'], [19, 'revokeTicket']]) {
    for (const [reason, why] of [[0, null], [1, 'full'], [2, 'inUse']]) {
      const event = { type: 'refused', command, kind: null, why };
      assert.deepEqual(decodeOutput(new Uint8Array([13, Number(number), Number(reason)])), event);
    }
    for (const rest of [[], [3], [0, 0]]) {
      assert.throws(() => decodeOutput(new Uint8Array([13, Number(number), ...rest])), RangeError);
    }
  }
});

Deno.test('a code is thirty digits, a round seven of 64 pictures and whole keys, or nothing', () => {
  const digits = [...'090606058512110636351516066685'].map((digit) => digit.charCodeAt(0));
  assert.deepEqual(decodeOutput(new Uint8Array([15, ...digits])), {
    type: 'code',
    digits: '090606058512110636351516066685',
  });
  const key = Array.from({ length: 32 }, () => 0);
  const shown = [16, 2, 7, 0, 63, 5, 5, 7, 8, 9, 1, 32, ...key];
  assert.deepEqual(decodeOutput(new Uint8Array(shown)), {
    type: 'compare',
    comparison: { phase: 'shown', pictures: [0, 63, 5, 5, 7, 8, 9], isEqual: true, people: ['A'.repeat(43)] },
  });
  const refused = [
    [15, ...digits.slice(1)],
    [15, ...digits.slice(1), 0x61],
    [16, 4, 0, 0, 0],
    [16, 2, 1, 64, 0, 0],
    [16, 2, 0, 3, 0],
    [16, 2, 0, 0, 31, ...key.slice(1)],
  ];
  for (const bytes of refused) assert.throws(() => decodeOutput(new Uint8Array(bytes)), RangeError, bytes.join());
});

Deno.test('in a new meeting the screens of those who lead are opened, and the media worker hears it with the keys', async () => {
  const anna = await inside();
  const own = anna.last('roster')?.roster.find((one) => one.own)?.key;
  assert.ok(own && anna.last('policy')?.policy.features.includes('hostsScreen'));
  const { voices, faces, sharers } = anna.given.at(-1) ?? {};
  assert.deepEqual([voices, faces, sharers], [[own], [own], [own]]);
});
