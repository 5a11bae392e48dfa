/**
 * What a delivery service says to whoever comes to the door, recorded from the real one, and its refusals. Enough for a host
 * who is alone and for a guest who waits; no second delivery service.
 * @import { Bytes } from '../e2ee/bytes.js' @import { EngineEvent } from '../state/meeting.d.ts' @import { Keys } from '../e2ee/frames/keyring.js'
 */
import { readFileSync } from 'node:fs';
import { concat } from '../e2ee/bytes.js';
import { MediaKeys } from '../e2ee/engine/keys.js';
import { MeetingHost } from '../e2ee/engine/host.js';
import { EngineModule } from '../e2ee/engine/module.js';
import { Reader, u32, vector } from '../e2ee/engine/reader.js';
import { fromHex } from './hex.js';

const file = new URL('../../Tests/Vectors/engine/door.json', import.meta.url);

/** @type {{ path: string, host: string, guest: string, hello: string, descriptors: string, unix: string }} */
const recorded = JSON.parse(readFileSync(file, 'utf8'));

export const links = { path: recorded.path, host: recorded.host, guest: recorded.guest };

/** Unix milliseconds of the recording. */
export const unix = Number(recorded.unix);

export const hello = fromHex(recorded.hello);

/** Types of frames from a client. */
export const types = { create: 1, knock: 2, propose: 7, app: 8, get: 9, bind: 15 };

/** @param {number} type @param {number} request @param {Bytes} body @returns {Bytes} */
export function frame(type, request, body) {
  return concat([type], u32(request), vector(body));
}

/** @param {ArrayBuffer} bytes */
export function parse(bytes) {
  const reader = new Reader(new Uint8Array(bytes));
  const type = reader.u8(), request = reader.u32();
  return { type, request, body: reader.vector() };
}

/** What the server says to a frame of a client; nothing to what needs no answer. @param {ArrayBuffer} bytes @returns {Bytes | null} */
export function answerTo(bytes) {
  const { type, request, body } = parse(bytes);
  switch (type) {
    case types.create:
    case types.knock:
    case types.bind:
      return frame(0x41, request, new Uint8Array(0));
    case types.get:
      break;
    default:
      return null;
  }
  switch (body[0]) {
    case 1:
      return frame(0x48, request, fromHex(recorded.descriptors));
    case 2:
      return frame(0x42, request, new Uint8Array([0, 8]));
    case 4: {
      const reader = new Reader(body.subarray(1));
      reader.vector();
      const next = reader.part(8);
      // The number of the last message stands one before the next: there is nothing new.
      const last = next.slice();
      new DataView(last.buffer).setBigUint64(0, new DataView(next.slice().buffer).getBigUint64(0) - 1n);
      return frame(0x48, request, concat([4], next, last, [0]));
    }
    default:
      return null;
  }
}

export const compiled = new WebAssembly.Module(
  readFileSync(new URL('../e2ee/engine/e2ee.wasm', import.meta.url)),
);

/** A worker's engine with a page, a media worker and a clock that remember and stand still. */
export function worker() {
  /** @type {EngineEvent[]} */
  const events = [];
  /** @type {Keys[]} */
  const given = [];
  /** @type {unknown[]} */
  const failures = [];
  const clock = { monotonic: 1000, unix };
  const engine = new EngineModule(compiled);
  const port = { postMessage: (/** @type {Keys} */ keys) => void given.push(keys), close() {} };
  const keys = new MediaKeys(port, (error) => void failures.push(error));
  const host = new MeetingHost({ engine, keys, tell: (event) => void events.push(event), now: () => clock });
  let answered = 0;
  return {
    engine,
    host,
    keys,
    events,
    given,
    failures,
    clock,
    /** Frames that were sent. */
    get sent() {
      return events.flatMap((event) => event.type === 'send' ? [parse(event.frame)] : []);
    },
    /** The newest of each sort of event. @template {EngineEvent['type']} Type @param {Type} type */
    last(type) {
      const found = events.filter((event) => event.type === type).at(-1);
      return /** @type {Extract<EngineEvent, { type: Type }> | undefined} */ (found);
    },
    /** States, in order. */
    get states() {
      return events.flatMap((event) => event.type === 'state' ? [event.state.name] : []);
    },
    /** Answers what was sent, until nothing new is. */
    answer() {
      for (; answered < events.length; answered++) {
        const event = events[answered];
        const answer = event?.type === 'send' ? answerTo(event.frame) : null;
        if (answer) host.wire(answer);
      }
    },
    /** Time passes in ticks. @param {number} milliseconds */
    pass(milliseconds) {
      for (let left = milliseconds; left > 0; left -= 250) {
        clock.monotonic += 250;
        clock.unix += 250;
        host.tick();
        this.answer();
      }
    },
  };
}

/** What a page asks for when it makes a meeting for two. @param {string} meeting @returns {import('../e2ee/maker.js').Draft} */
export function draftOf(meeting) {
  return {
    meeting,
    admission: 'waiting',
    features: ['chat', 'camera'],
    membersMax: 2,
    notBefore: 1,
    notAfter: 2,
    profile: 'coaching',
    profileHash: new Uint8Array(32),
    title: 'Overleg',
    hostName: 'Anna',
    agenda: '',
    language: 'nl',
    start: 3,
    minutes: 45,
  };
}
