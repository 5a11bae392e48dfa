/**
 * The door to both workers. The page asks the engine worker by messages and tells the media worker little; keys pass from one
 * to the other over their own port and are never seen here.
 * @import { Answer, EngineMessage, Request } from './engine-worker.js'
 * @import { PageCommand, WorkerEvent } from './media-worker.js'
 * @import { CodecName, Counts, Label, TransformOptions, WayOut } from '../state/frames.d.ts'
 * @import { Admission, AppEvent, Command, CommandName, Comparison, EngineEvent, Feature, GateReason, LobbyEntry, MemberState, Policy, RefusalReason, RosterEntry } from '../state/meeting.d.ts'
 * @import { Opened } from './engine/host.js'
 * @import { Clock } from '../protocol/clock.d.ts'
 * @import { Bytes } from './bytes.js'
 *
 * @typedef {object} EngineListener
 * @property {(frame: ArrayBuffer) => void} send put it on the socket, as one binary message
 * @property {(frame: ArrayBuffer) => void} goodbye keep it, instead of the one before, and send it if the page closes
 * @property {() => void} reconnect the connection is of no use
 * @property {(state: MemberState) => void} state
 * @property {(reasons: readonly GateReason[]) => void} gate why nothing may be sent; empty when all may
 * @property {(roster: readonly RosterEntry[]) => void} roster everybody who is in, oneself too
 * @property {(policy: Policy) => void} policy
 * @property {(lobby: readonly LobbyEntry[]) => void} lobby
 * @property {(wordlist: number, words: readonly number[]) => void} words of our own knock; list 1 is English, 2 Dutch
 * @property {(text: string) => void} note a word of the host while we wait
 * @property {(event: AppEvent) => void} app
 * @property {(digits: string) => void} code the meeting code of a new epoch
 * @property {(comparison: Comparison) => void} comparison how a round goes
 * @property {(invite: string) => void} invite another link is in force: what proves it to the server
 * @property {(topic: string) => void} topic what the meeting is about; empty: nobody said
 * @property {(command: CommandName, kind: number | null, why: RefusalReason | null) => void} refused it could not be carried out; `kind` of
 *   what was to be said; `why` where a person can do something about it
 * @property {(code: number, leaf: number | null) => void} violation somebody broke a rule
 * @property {(epoch: number | null) => void} armed null: nothing may be sent
 * @property {(label: Label) => void} label answer with `labelled`
 * @property {(stream: string) => void} undecryptable
 * @property {() => void} keyFrameWanted
 * @property {(way: WayOut) => void} proven the media worker has taken a frame of this stream, and holds back all until `release`
 * @property {(fault: 'silent' | 'back' | 'dead') => void} fault `silent`: no sign of a worker for two seconds; `back`: there it is again;
 *   `dead`: it will not come back
 */
import { unreachable } from '../protocol/unreachable.js';
import { engineBinary, engineGraph, mediaGraph } from './graphs.js';
import { checkFiles, integrityOf, startWorker } from './integrity.js';

const longestSilence = 2000;
/** Starting a worker takes half a second, and much longer on a machine that is busy with other things. */
const patience = 30_000;

/** The files on the server are not the ones the page came with. */
export class FilesError extends Error {}

export class Engine {
  /** @type {Map<number, (answer: Answer | null) => void>} */
  #waiting = new Map();
  /** @type {Map<number, (streams: Record<string, Counts>) => void>} */
  #counting = new Map();
  #lastRequest = 0;
  #engine;
  #media;
  #integrity;
  #on;
  #clock;
  #beats = { engine: 0, media: 0 };
  #isMediaDead = false;
  #lastLook = 0;
  #isSilent = false;
  #isClosed = false;
  #timer = 0;
  #startMedia;

  /**
   * Both workers run and answered before this resolves.
   * @param {EngineListener} on @param {Clock} clock @returns {Promise<Engine>}
   */
  static async start(on, clock) {
    await checkFiles([...engineGraph, engineBinary, ...mediaGraph]).catch((error) => {
      throw new FilesError(String(error));
    });
    return new Engine(
      startWorker('engine-worker.js'),
      startWorker('media-worker.js'),
      integrityOf(engineBinary),
      on,
      clock,
    );
  }

  /**
   * @param {Worker} engine @param {Worker} media @param {string} integrity of the engine's file @param {EngineListener} on
   * @param {Clock} clock @param {() => Worker} [startMedia] another one in place of `media`
   */
  constructor(engine, media, integrity, on, clock, startMedia = () => startWorker('media-worker.js')) {
    this.#engine = engine;
    this.#media = media;
    this.#startMedia = startMedia;
    this.#integrity = integrity;
    this.#on = on;
    this.#clock = clock;
    engine.addEventListener('message', (event) => this.#heardEngine(event.data));
    engine.addEventListener('error', () => this.#dead('engine'));
    this.#hear(media);
  }

  /** The engine worker was not ended: without it the link is gone, and only opening it again helps. */
  get isAlive() {
    return !this.#isClosed;
  }

  /** The media worker failed: `replaceMedia` comes before the next `enter`. */
  get isMediaDead() {
    return this.#isMediaDead;
  }

  /** Hands over the fragment; it is not kept here. @param {string} meeting @param {string} fragment @returns {Promise<Opened>} */
  async open(meeting, fragment) {
    const [media, started] = this.#connectMedia();
    const integrity = this.#integrity;
    const asked = this.#ask({ type: 'open', meeting, fragment, integrity, media }, [media]);
    const [answer] = await Promise.all([asked, started]);
    this.#watch();
    if (answer.type !== 'open') throw new TypeError('a wrong answer');
    return answer.opened;
  }

  /** A new media worker instead of one that died or failed; the engine says goodbye to the group, and `enter` has to follow. */
  async replaceMedia() {
    this.#on.armed(null); // the new one has no key, and need not say so
    this.#media.terminate();
    this.#counting.clear();
    this.#media = this.#startMedia();
    this.#isMediaDead = false;
    this.#hear(this.#media);
    const [media, started] = this.#connectMedia();
    await Promise.all([this.#ask({ type: 'media', media }, [media]), started]);
  }

  /** @returns {[MessagePort, Promise<void>]} the engine's end of the port for keys, and when the worker has taken the other */
  #connectMedia() {
    const { port1, port2 } = new MessageChannel();
    /** @type {Promise<void>} */
    const started = new Promise((resolve, reject) => {
      const timer = this.#clock.setTimeout(() => reject(new Error('the media worker does not start')), patience);
      this.#started = () => {
        this.#clock.clearTimeout(timer);
        resolve();
      };
    });
    this.#command({ type: 'start', keys: port1 }, [port1]);
    return [port2, started];
  }

  /** @type {() => void} */
  #started = () => {};

  /**
   * Looks for the way in under this name, with keys that nobody had before. It begins when the connection stands.
   * @param {string} name @param {string} [note] what a host reads beside the name @param {string} [language] BCP 47
   */
  async enter(name, note = '', language = 'en') {
    await this.#ask({ type: 'enter', name, note, language });
  }

  /** The server's Hello comes next. */
  connected() {
    this.#say({ type: 'connected' });
  }

  disconnected() {
    this.#say({ type: 'disconnected' });
  }

  /** A binary message of the server; the buffer is given away. @param {ArrayBuffer} frame */
  wire(frame) {
    this.#say({ type: 'wire', frame }, [frame]);
  }

  /** Lets people in by the hashes of their requests; everybody when there are none, but no service. @param {readonly string[]} [hashes] */
  admit(hashes = []) {
    this.#want({ type: 'admit', hashes });
  }

  /** @param {string} hash @param {string} [note] */
  refuse(hash, note = '') {
    this.#want({ type: 'refuse', hash, note });
  }

  /** A word to somebody who waits, and goes on waiting. @param {string} hash @param {string} text */
  message(hash, text) {
    this.#want({ type: 'message', hash, text });
  }

  /** Removes somebody for good. @param {string} key */
  eject(key) {
    this.#want({ type: 'eject', key });
  }

  /** Removes somebody, who may knock again. @param {string} key */
  sendBack(key) {
    this.#want({ type: 'sendBack', key });
  }

  /** @param {boolean} isLocked */
  lock(isLocked) {
    this.#want({ type: 'lock', isLocked });
  }

  /** Who comes in without being looked at. @param {Admission} admission */
  setAdmission(admission) {
    this.#want({ type: 'setAdmission', admission });
  }

  /** Says something to everybody. @param {number} kind @param {Bytes} body */
  say(kind, body) {
    this.#want({ type: 'send', kind, body, leaves: [] });
  }

  /** Says something to these alone; nobody else can read it. @param {readonly string[]} keys @param {number} kind @param {Bytes} body */
  sayTo(keys, kind, body) {
    this.#want({ type: 'direct', keys, kind, body });
  }

  /** What may be done here, all of it. @param {readonly Feature[]} features */
  setFeatures(features) {
    this.#want({ type: 'setFeatures', features });
  }

  /** @param {string} key */
  makeCohost(key) {
    this.#want({ type: 'makeCohost', key });
  }

  /** @param {string} key */
  withdrawCohost(key) {
    this.#want({ type: 'withdrawCohost', key });
  }

  /**
   * The person's answer about a service: it may have everything of them, or nothing is sent while it is here.
   * @param {string} key of the service @param {import('../state/meeting.d.ts').ServiceFacts} service what they were shown of it
   * @param {boolean} given @param {string} text what they read, exactly
   */
  consent(key, service, given, text) {
    this.#want({ type: 'consent', key, service, given, text });
  }

  /** Before the door: what the others will see. @param {string} name */
  rename(name) {
    this.#want({ type: 'rename', name });
  }

  /** Lets nobody in by this personal link any more; refused while somebody is in by it. @param {string} key of its ticket (`Personal.key`) */
  revokeTicket(key) {
    this.#want({ type: 'revokeTicket', key });
  }

  /** The secret of the link is made anew: who has the old one stands at the door like a stranger. */
  rotateLink() {
    this.#want({ type: 'rotateLink' });
  }

  /** Goes on without a host. */
  continueUnhosted() {
    this.#want({ type: 'continueUnhosted' });
  }

  /** Begins a comparison round: admission waits meanwhile. */
  compare() {
    this.#want({ type: 'compare' });
  }

  /** What the person says about the pictures. @param {boolean} isEqual */
  compared(isEqual) {
    this.#want({ type: 'compared', isEqual });
  }

  /** The common link; empty once it is forgotten. */
  async inviteLink() {
    const answer = await this.#ask({ type: 'link' });
    return answer.type === 'link' ? answer.link : '';
  }

  /** Says goodbye to the group, whose frame comes by `send` before this resolves. No key, no frame, no link after it. */
  async leave() {
    await this.#ask({ type: 'leave' });
  }

  /** @param {TransformOptions} options */
  transform(options) {
    return new RTCRtpScriptTransform(this.#media, options);
  }

  /** @param {readonly (readonly [number, CodecName])[]} payloads */
  payloads(payloads) {
    this.#command({ type: 'payloads', payloads });
  }

  /** The tile bears the name; its frames may pass. @param {Label} label */
  labelled({ stream, number }) {
    this.#command({ type: 'labelled', stream, number });
  }

  /** Asks the encoders for a picture that stands alone. */
  keyFrame() {
    this.#command({ type: 'keyFrame' });
  }

  /** The stand-in is gone from this sender: its frames may leave. @param {WayOut} way */
  release({ stream, connection }) {
    this.#command({ type: 'release', stream, connection });
  }

  /** What the media worker has counted, asked from now on. Rejects when it does not answer. @returns {Promise<Record<string, Counts>>} */
  counts() {
    const id = ++this.#lastRequest;
    this.#command({ type: 'count', id });
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimeout(() => {
        this.#counting.delete(id);
        reject(new Error('no counts'));
      }, longestSilence);
      this.#counting.set(id, (streams) => {
        this.#clock.clearTimeout(timer);
        this.#counting.delete(id);
        resolve(streams);
      });
    });
  }

  close() {
    this.#isClosed = true;
    this.#clock.clearTimeout(this.#timer);
    this.#engine.terminate();
    this.#media.terminate();
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
    this.#started(); // nobody waits for it any more
  }

  /** @param {PageCommand} command @param {Transferable[]} [transfer] */
  #command(command, transfer = []) {
    this.#media.postMessage(command, transfer);
  }

  /** @param {Command} command */
  #want(command) {
    this.#say({ type: 'command', command });
  }

  /** Nobody waits for an answer. @param {Request} request @param {Transferable[]} [transfer] */
  #say(request, transfer = []) {
    this.#engine.postMessage({ id: 0, request }, transfer);
  }

  /** @param {Request} request @param {Transferable[]} [transfer] @returns {Promise<Answer>} */
  async #ask(request, transfer = []) {
    const id = ++this.#lastRequest;
    const timer = this.#clock.setTimeout(() => this.#answered(id, null), patience);
    /** @type {Answer | null} */
    const answer = await new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#engine.postMessage({ id, request }, transfer);
    });
    this.#clock.clearTimeout(timer);
    if (!answer) throw new Error(`the engine did not answer ${request.type}`);
    return answer;
  }

  /** @param {number} id @param {Answer | null} answer */
  #answered(id, answer) {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  /** @param {EngineMessage} message */
  #heardEngine(message) {
    if (this.#isClosed) return;
    this.#beats.engine = this.#clock.now();
    if (message.type === 'answer') this.#answered(message.id, message.answer);
    else if (message.type === 'event') this.#pass(message.event);
  }

  /** @param {EngineEvent} event */
  #pass(event) {
    switch (event.type) {
      case 'send':
        return this.#on.send(event.frame);
      case 'goodbye':
        return this.#on.goodbye(event.frame);
      case 'reconnect':
        return this.#on.reconnect();
      case 'state':
        return this.#on.state(event.state);
      case 'gate':
        return this.#on.gate(event.reasons);
      case 'roster':
        return this.#on.roster(event.roster);
      case 'policy':
        return this.#on.policy(event.policy);
      case 'lobby':
        return this.#on.lobby(event.lobby);
      case 'words':
        return this.#on.words(event.wordlist, event.words);
      case 'note':
        return this.#on.note(event.text);
      case 'app':
        return this.#on.app(event.event);
      case 'invite':
        return this.#on.invite(event.invite);
      case 'topic':
        return this.#on.topic(event.topic);
      case 'refused':
        return this.#on.refused(event.command, event.kind, event.why);
      case 'violation':
        return this.#on.violation(event.code, event.leaf);
      case 'code':
        return this.#on.code(event.digits);
      case 'compare':
        return this.#on.comparison(event.comparison);
      default:
        return unreachable(event);
    }
  }

  /** @param {Worker} media */
  #hear(media) {
    this.#beats.media = this.#clock.now();
    media.addEventListener('message', (event) => {
      if (media === this.#media) this.#heard(event.data);
    });
    media.addEventListener('error', () => {
      if (media === this.#media) this.#dead('media');
    });
  }

  /** @param {WorkerEvent} event */
  #heard(event) {
    this.#beats.media = this.#clock.now();
    switch (event.type) {
      case 'started':
        return this.#started();
      case 'beat':
        return;
      case 'counts':
        return this.#counting.get(event.id)?.(event.streams);
      case 'proven':
        return this.#on.proven(event);
      case 'armed':
        return this.#on.armed(event.epoch);
      case 'disarmed':
        return this.#on.armed(null);
      case 'label':
        return this.#on.label(event.label);
      case 'undecryptable':
        return this.#on.undecryptable(event.stream);
      case 'keyFrameWanted':
        return this.#on.keyFrameWanted();
      default:
        return unreachable(event);
    }
  }

  /** Every half second; after a pause of the page itself the workers get a moment to be heard first. */
  #watch() {
    const now = this.#clock.now();
    const pageSlept = now - this.#lastLook > 1500;
    this.#lastLook = now;
    const isSilent = now - Math.min(this.#beats.engine, this.#beats.media) > longestSilence;
    if (isSilent !== this.#isSilent && !(isSilent && pageSlept)) {
      this.#isSilent = isSilent;
      this.#on.fault(isSilent ? 'silent' : 'back');
    }
    if (!this.#isClosed) this.#timer = this.#clock.setTimeout(() => this.#watch(), 500);
  }

  /** A worker that failed is ended: half of one is worse than none. @param {'engine' | 'media'} which */
  #dead(which) {
    if (this.#isClosed) return;
    if (which === 'engine') this.close();
    else {
      this.#isMediaDead = true;
      this.#media.terminate();
    }
    this.#on.fault('dead');
    this.#on.armed(null);
  }
}
