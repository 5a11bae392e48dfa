/**
 * Runs the engine for one meeting: inputs go through its doors, outputs go to the page and, where they are keys, to the
 * media worker. It has no clock and no port of its own.
 * @import { Bytes } from '../bytes.js'
 * @import { Command, EngineEvent, Feature, GateReason, MemberState, OutReason, RosterEntry } from '../../state/meeting.d.ts'
 * @import { EngineModule } from './module.js'
 * @import { MediaKeys } from './keys.js'
 *
 * @typedef {'damaged' | 'newer'} LinkFault `newer`: made by a client that knows a later version
 * @typedef {{ fault: LinkFault } | { fault: null, kind: 'guest' | 'host' | 'personal', invite: string }} Opened `invite`: base64url
 * @typedef {{ monotonic: number, unix: number }} Moment milliseconds
 * @typedef {object} HostParts
 * @property {Pick<EngineModule, 'call'>} engine
 * @property {Pick<MediaKeys, 'begin' | 'gate' | 'share' | 'forget'>} keys
 * @property {(event: EngineEvent) => void} tell
 * @property {() => Moment} now
 */
import { textOf } from '../bytes.js';
import { decodeLink, decodeOutput, encodeCommand, encodeEntry, encodeLink } from './forms.js';
import { EngineRefusal } from './module.js';
import { sendersOf } from './sharers.js';

/** Number of `E2EEError.Reason.unsupported`. */
const unsupported = 7;

/** Whoever is out for one of these does not come back through this page. @type {ReadonlySet<OutReason>} */
const finalReasons = new Set(['badLink', 'tooOld', 'refused', 'ejected', 'left', 'ended']);

export class MeetingHost {
  #parts;
  #hasEngine = false;
  #meeting = '';
  /** @type {MemberState} */
  #state = { name: 'idle' };
  /** Closed until the engine says otherwise. @type {readonly GateReason[]} */
  #reasons = ['noProof'];
  /** @type {readonly RosterEntry[]} */
  #roster = [];
  /** @type {readonly Feature[]} */
  #features = [];
  /** What follows from both. */
  #senders = sendersOf([], []);

  /** @param {HostParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {string} meeting @param {string} fragment @returns {Opened} */
  open(meeting, fragment) {
    const link = encodeLink(meeting, fragment);
    try {
      const opened = decodeLink(this.#parts.engine.call('engine_open', link));
      this.#stop();
      this.#meeting = meeting;
      return { fault: null, ...opened };
    } catch (error) {
      if (!(error instanceof EngineRefusal)) throw error;
      return { fault: error.reason === unsupported ? 'newer' : 'damaged' };
    } finally {
      link.fill(0);
    }
  }

  /** Finds the way in under a name, with a new engine: no key of one before is ever used again. @param {{ name: string, note: string, language: string }} entry */
  enter(entry) {
    this.#stop();
    this.#input('engine_enter', encodeEntry(entry), true);
  }

  connected() {
    this.#input('engine_connected');
  }

  disconnected() {
    this.#input('engine_disconnected');
  }

  tick() {
    this.#input('engine_tick');
  }

  /** @param {Bytes} frame */
  wire(frame) {
    this.#input('engine_wire', frame);
  }

  /** @param {Command} command */
  command(command) {
    let bytes;
    try {
      bytes = encodeCommand(command);
    } catch {
      // The page asked for what no engine can do: a key that is none.
      return this.#refuse(command);
    }
    if (!this.#input('engine_command', bytes)) this.#refuse(command);
  }

  /** @param {Command} command */
  #refuse(command) {
    this.#parts.tell({
      type: 'refused',
      command: command.type,
      kind: 'kind' in command ? command.kind : null,
      why: null,
    });
  }

  /** Says goodbye, but keeps the link: another engine follows. */
  restart() {
    this.#input('engine_command', encodeCommand({ type: 'leave' }), false, false);
    this.#stop();
  }

  /** Says goodbye and forgets the link too. */
  leave() {
    this.#input('engine_command', encodeCommand({ type: 'leave' }));
    this.#stop();
    this.#parts.engine.call('engine_forget');
  }

  /** The common link, the one to pass on; empty once the link is forgotten. @param {string} origin */
  inviteLink(origin) {
    try {
      const fragment = textOf(this.#parts.engine.call('engine_guest_fragment'));
      return `${origin}/m/${this.#meeting}#${fragment}`;
    } catch (error) {
      if (error instanceof EngineRefusal) return '';
      throw error;
    }
  }

  #stop() {
    this.#hasEngine = false;
    this.#state = { name: 'idle' };
    this.#reasons = ['noProof'];
    this.#roster = [];
    this.#features = [];
    this.#senders = sendersOf([], []);
    this.#parts.keys.gate(false);
    this.#parts.keys.forget();
  }

  /**
   * One input, then all that comes of it. False: there is no engine, or it refused.
   * @param {string} door @param {Bytes} [bytes] @param {boolean} [makesEngine] @param {boolean} [forgets]
   */
  #input(door, bytes, makesEngine = false, forgets = true) {
    if (!this.#hasEngine && !makesEngine) return false;
    const { monotonic, unix } = this.#parts.now();
    try {
      this.#parts.engine.call(door, bytes, BigInt(Math.floor(monotonic)), BigInt(Math.floor(unix)));
    } catch (error) {
      if (error instanceof EngineRefusal) return false;
      throw error;
    }
    this.#hasEngine = true;
    this.#drain();
    if (this.#state.name === 'out') {
      this.#hasEngine = false;
      if (forgets && this.#state.reason && finalReasons.has(this.#state.reason)) {
        this.#parts.engine.call('engine_forget');
      }
    }
    return true;
  }

  #drain() {
    for (;;) {
      const bytes = this.#parts.engine.call('engine_next');
      if (bytes.length === 0) break;
      this.#carryOut(bytes);
    }
    // Once all is known: keys, rights and gate of one step belong together.
    this.#parts.keys.share(this.#senders);
    this.#parts.keys.gate(this.#state.name === 'live' && this.#reasons.length === 0);
  }

  /** @param {Bytes} bytes */
  #carryOut(bytes) {
    const output = decodeOutput(bytes);
    switch (output.type) {
      case 'mediaEpoch':
        return this.#parts.keys.begin(output.epoch);
      case 'wipe':
        // Who is in a place that was lost is not who is in the next one, before that is told.
        this.#roster = [];
        this.#features = [];
        this.#senders = sendersOf([], []);
        return this.#parts.keys.forget();
      case 'state':
        this.#state = output.state;
        break;
      case 'gate':
        this.#reasons = output.reasons;
        break;
      case 'roster':
        this.#roster = output.roster;
        this.#senders = sendersOf(this.#roster, this.#features);
        break;
      case 'policy':
        this.#features = output.policy.features;
        this.#senders = sendersOf(this.#roster, this.#features);
        break;
    }
    this.#parts.tell(output);
  }
}
