/// <reference lib="deno.ns" />
/** @import { Bytes } from '../e2ee/bytes.js' @import { Command, EngineEvent } from '../state/meeting.d.ts' */
import assert from 'node:assert/strict';
import { concat } from '../e2ee/bytes.js';
import { encodeSaid as bodyOf } from '../e2ee/engine/bodies.js';
import { encodeDraft, encodeJob, encodePersonal } from '../e2ee/engine/drafts.js';
import { encodeCommand, encodeEntry, encodeLink } from '../e2ee/engine/forms.js';
import { EngineModule, EngineRefusal } from '../e2ee/engine/module.js';
import { answerTo, compiled, draftOf, frame, hello, links, unix } from './recording.js';
import { Seeded } from './trials.js';

const key = 'A'.repeat(43);

/** @type {import('../state/meeting.d.ts').ServiceFacts} */
const shown = { role: 'recorder', owner: key, purposes: ['record'], place: 'participant' };

/** @type {Command[]} */
const commands = [
  { type: 'admit', hashes: [key, key] },
  { type: 'refuse', hash: key, note: 'no' },
  { type: 'eject', key },
  { type: 'sendBack', key },
  { type: 'makeCohost', key },
  { type: 'lock', isLocked: true },
  { type: 'setAdmission', admission: 'open' },
  { type: 'send', kind: 16, body: new Uint8Array(40), leaves: [1, 2] },
  { type: 'send', ...bodyOf({ type: 'chat', text: 'hallo', replyTo: '', files: [] }), leaves: [] },
  { type: 'send', ...bodyOf({ type: 'hand', isUp: true }), leaves: [] },
  { type: 'direct', keys: [key], ...bodyOf({ type: 'chat', text: 'psst', replyTo: '', files: [] }) },
  { type: 'setFeatures', features: ['chat', 'hostsScreen'] },
  { type: 'withdrawCohost', key },
  { type: 'revokeTicket', key },
  { type: 'rename', name: 'Anna' },
  { type: 'consent', key, service: shown, given: true, text: 'Mag dit?' },
  { type: 'continueUnhosted' },
];

const terms = { mayEnter: true, notBefore: 1, notAfter: 2 };

/** @type {import('../e2ee/maker.js').JobTerms} */
const job = {
  service: shown,
  notBefore: 1,
  notAfter: 2,
};

/** A byte changed, a length blown up, an end cut off, something hung on. @param {Bytes} input @param {Seeded} seeded */
function changed(input, seeded) {
  const copy = input.slice();
  for (let times = seeded.below(3); times >= 0; times--) {
    const at = seeded.below(Math.max(copy.length, 1));
    if (seeded.below(2) === 0) copy.fill(0xff, at, at + 1 + seeded.below(8));
    else copy.fill(seeded.below(256), at, at + 1);
  }
  switch (seeded.below(6)) {
    case 0:
      return copy.slice(0, seeded.below(copy.length + 1));
    case 1:
      return concat(copy, seeded.bytes(seeded.below(40)));
    default:
      return copy;
  }
}

/** Doors that take no time. */
const timeless = ['open', 'next', 'forget', 'guest_fragment', 'draft', 'personal', 'service'].map((door) =>
  `engine_${door}`
);

/** An engine between the hands of somebody who wants it to stop. */
class Victim {
  engine = new EngineModule(compiled);
  /** Frames of the server that were good, and ours, which a server may send back. @type {Bytes[]} */
  frames = [hello];
  refusals = 0;
  /** Keys that came out: the engine had got that far. */
  epochs = 0;
  #time = 1000n;

  /** @param {string} door @param {Bytes} [bytes] */
  call(door, bytes) {
    const needsTime = !timeless.includes(door);
    try {
      const numbers = needsTime ? [this.#time, BigInt(unix)] : [];
      const answer = this.engine.call(door, bytes, ...numbers);
      return answer;
    } catch (error) {
      if (!(error instanceof EngineRefusal)) throw error;
      this.refusals++;
      return new Uint8Array(0);
    }
  }

  /** Takes outputs, and gives the server's true answers. @param {boolean} isAnswered */
  drain(isAnswered) {
    for (let rounds = 0; rounds < 1000; rounds++) {
      const output = this.call('engine_next');
      if (output.length === 0) return;
      if (output[0] === 4) this.epochs++;
      if (output[0] !== 1) continue;
      const sent = output.slice(1);
      if (this.frames.length < 60) this.frames.push(sent);
      const answer = isAnswered ? answerTo(sent.buffer) : null;
      if (!answer) continue;
      if (this.frames.length < 60) this.frames.push(answer);
      this.call('engine_wire', answer);
    }
  }

  /** In, or waiting, as the link has it. @param {string} fragment */
  begin(fragment) {
    this.call('engine_open', encodeLink(links.path, fragment));
    this.call('engine_enter', encodeEntry({ name: 'Anna', note: '', language: 'en' }));
    this.call('engine_connected');
    this.call('engine_wire', hello);
    this.drain(true);
  }

  /** @param {bigint} milliseconds */
  pass(milliseconds) {
    this.#time += milliseconds;
    this.call('engine_tick');
  }
}

Deno.test('ten thousand changed inputs through every door stop no engine', () => {
  const seeded = new Seeded(13);
  const victim = new Victim();
  for (let round = 0; round < 100; round++) {
    victim.begin(round % 2 === 0 ? links.host : links.guest);
    for (let step = 0; step < 100; step++) {
      switch (seeded.below(11)) {
        case 0: {
          const command = commands[seeded.below(commands.length)];
          if (command) victim.call('engine_command', changed(encodeCommand(command), seeded));
          break;
        }
        case 1:
          victim.call('engine_enter', changed(encodeEntry({ name: 'Bo', note: 'hi', language: 'nl' }), seeded));
          break;
        case 2:
          victim.call('engine_open', changed(encodeLink(links.path, links.host), seeded));
          break;
        case 10:
          victim.call('engine_draft', changed(encodeDraft(draftOf(links.path)), seeded));
          victim.call('engine_personal', changed(encodePersonal(links.path, links.host, terms), seeded));
          victim.call('engine_service', changed(encodeJob(links.path, links.host, job), seeded));
          break;
        case 3:
          victim.call(['engine_connected', 'engine_disconnected'][seeded.below(2)] ?? '');
          victim.call('engine_wire', hello);
          break;
        case 4:
          victim.pass(BigInt(seeded.below(3000)));
          break;
        case 5:
          victim.call('engine_wire', frame(0x40 + seeded.below(12), seeded.below(40), seeded.bytes(seeded.below(200))));
          break;
        default: {
          const good = victim.frames[seeded.below(victim.frames.length)] ?? hello;
          const type = seeded.below(3) === 0 ? [0x40 + seeded.below(12)] : [];
          victim.call('engine_wire', changed(concat(type, good.slice(type.length)), seeded));
        }
      }
      victim.drain(seeded.below(2) === 0);
    }
  }
  assert.ok(victim.refusals > 100, 'the doors refuse what they cannot read');
  assert.ok(victim.epochs >= 50, 'half of the time somebody was in when it began');
  // And it still is an engine.
  victim.begin(links.host);
  victim.pass(250n);
  victim.call('engine_command', encodeCommand({ type: 'lock', isLocked: true }));
});

Deno.test('no time makes an engine stop', () => {
  const victim = new Victim();
  victim.begin(links.host);
  for (const monotonic of [0n, (1n << 53n) - 1n, 1n << 53n, (1n << 64n) - 1n, -1n]) {
    for (const moment of [0n, (1n << 53n) - 1n, 1n << 63n]) {
      for (const door of ['engine_tick', 'engine_connected', 'engine_disconnected']) {
        try {
          victim.engine.call(door, undefined, monotonic, moment);
        } catch (error) {
          assert.ok(error instanceof EngineRefusal, String(error));
        }
        victim.drain(true);
      }
    }
  }
});
