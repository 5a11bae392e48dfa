/**
 * @import { Door, Failure, Knock, Rights } from './media/types.d.ts'
 * @import { Clock } from './protocol/clock.d.ts'
 * @import { Label, WayOut } from './state/frames.d.ts'
 * @import { Admission, AppEvent, CommandName, Comparison, Feature, LobbyEntry, MemberState, OutReason, Policy, RefusalReason, RosterEntry, StateName } from './state/meeting.d.ts'
 * @import { Caption, ConsentSaid, Said, SaidEvent } from './state/said.d.ts'
 *
 * @typedef {object} GroupDoorListener
 * @property {(frame: ArrayBuffer) => void} send put it on the socket
 * @property {() => void} reconnect this socket is of no use
 * @property {(door: Door) => void} waiting before the door: at first, and again for whoever lost the place inside
 * @property {(members: readonly RosterEntry[]) => void} members everybody who is in
 * @property {() => void} placeLost out of the group: media and seat are of no use any more
 * @property {() => void} again an engine began anew, and wants a socket that knows nothing of the one before
 * @property {(reason: 'over' | 'removed') => void} over
 * @property {(failure: Failure) => void} refused not let in
 * @property {(detail: string) => void} failed the engine cannot go on
 * @property {(lobby: readonly Knock[]) => void} lobby
 * @property {(rights: Rights) => void} rights
 * @property {(reasons: readonly string[]) => void} gate
 * @property {(digits: string) => void} code
 * @property {(comparison: Comparison) => void} comparison
 * @property {(event: SaidEvent) => void} said
 * @property {(caption: Caption) => void} caption
 * @property {(consent: ConsentSaid) => void} consented what we answered about a service has gone out
 * @property {() => void} renewed another link is in force, or the one before is again
 * @property {(topic: string) => void} topic what the meeting is about; empty: nobody said
 * @property {(command: CommandName, said: Said['type'] | null, why: RefusalReason | null) => void} commandRefused `said`: what was to be said
 * @property {(epoch: number | null) => void} armed
 * @property {(label: Label) => void} label
 * @property {(stream: string) => void} undecryptable
 * @property {() => void} keyFrameWanted
 * @property {(way: WayOut) => void} proven
 * @property {(fault: 'silent' | 'back' | 'dead') => void} fault
 *
 * @typedef {object} GroupDoorParts
 * @property {string} meeting
 * @property {string} fragment
 * @property {Clock} clock
 * @property {GroupDoorListener} on
 * @property {typeof Engine.start} [start]
 * @property {() => 'nl' | 'en'} [language] of the page
 * @property {(wordlist: number) => Promise<readonly string[] | null>} [words]
 */
import { decodeSaid, encodeSaid, readCaption, readConsent, saidType } from './e2ee/engine/bodies.js';
import { Engine, FilesError } from './e2ee/engine.js';
import { CallError } from './media/failures.js';
import { unreachable } from './protocol/unreachable.js';
import { wordsOf } from './state/words.js';
import { language as spoken } from './strings/translate.js';
import { languageOf, loadWords, wordlistOf } from './strings/words.js';

/** Numbers of `e2ee.md` 8: lines that a captions service writes, and our own answers about services. */
const captionKind = 25, consentKind = 33;

/** Milliseconds the engine gets for its goodbye. */
const goodbyePatience = 500;
/** A socket that is back within this time was not worth a word. */
const offlinePatience = 2000;
/** Whoever was in and knocks again is let in within this time by a host's client that remembers them, or waits like everybody. */
const quietPatience = 8000;

/** The states of somebody who has a leaf: only then does a seat mean that the group let us in. @type {ReadonlySet<StateName>} */
const inGroup = new Set(['unproven', 'live', 'paused', 'behind', 'resync']);

/**
 * Where we stand with the group: the engine, the link it holds, and what the page hears of both. It knows no socket, no
 * seat and no picture: `Call` carries its frames and sends the media.
 */
export class GroupDoor {
  /** @type {Engine | null} */
  #engine = null;
  /** A link's holder is what the link says. @type {'guest' | 'host' | 'personal'} */
  kind = 'guest';
  invite = '';
  /** Who is in: the group says so, and nobody else. @type {readonly RosterEntry[]} */
  members = [];
  /** Given to the engine worker and forgotten. */
  #fragment;
  #meeting;
  /** What hosts read at the door. */
  #name = '';
  /** What the others are to see: Promise P-039. */
  #shown = '';
  /** What is written beside the name at the door. */
  #note = '';
  #isClosed = false;
  /** @type {StateName} */
  #member = 'idle';
  /** @type {Door} */
  #door = { state: 'checking', words: null, note: null, why: 'first' };
  #isBefore = false;
  /** @type {Rights | null} */
  #rights = null;
  /** The invite in force, since the engine said that it is another one. */
  #renewed = '';
  /** The list that our engine reads word codes from, whatever the page speaks later. */
  #wordlist = 1;
  /** Number of our stay before the door: words of the one before are not ours any more. */
  #stay = 0;
  #lobbyTurn = 0;
  #offline = 0;
  /** Time for whoever was in to be let in again without a word. */
  #quiet = 0;
  /** Words that came meanwhile. @type {[number, readonly number[]] | null} */
  #quietWords = null;
  /** What takes us out of the keys, for a page that is closed without a moment to spare. @type {ArrayBuffer | null} */
  #lastWord = null;
  #clock;
  #on;
  #start;
  #language;
  #words;

  /** @param {GroupDoorParts} parts */
  constructor({ meeting, fragment, clock, on, start = Engine.start, language = spoken, words = loadWords }) {
    this.#meeting = meeting;
    this.#fragment = fragment;
    this.#clock = clock;
    this.#on = on;
    this.#start = start;
    this.#language = language;
    this.#words = words;
  }

  /** The link is still known; without it only opening it again helps. */
  get isAlive() {
    return this.#engine?.isAlive === true;
  }

  /** We have a leaf. */
  get isIn() {
    return inGroup.has(this.#member);
  }

  /** Before the meeting, in the eyes of the group: for the first time, or again. Whoever is not has a leaf or a pass to show. */
  get isBefore() {
    return this.#isBefore;
  }

  /** The invite of which we are to tell the server; empty when it knows, or others tell it. */
  get renewed() {
    return this.#rights?.eject ? this.#renewed : '';
  }

  /** The part of the engine that media need. */
  get frames() {
    return this.#engine;
  }

  /** Starts both workers and reads the link. Rejects with a `CallError`; no worker runs then. */
  async open() {
    const fragment = this.#fragment;
    this.#fragment = '';
    try {
      if (this.#isClosed) throw new Error('closed before');
      const engine = await this.#start(this.#listener(), this.#clock);
      this.#engine = engine;
      if (this.#isClosed) throw new Error('closed meanwhile');
      const opened = await engine.open(this.#meeting, fragment);
      if (this.#isClosed) throw new Error('closed meanwhile');
      if (opened.fault !== null) throw new CallError({ id: opened.fault === 'newer' ? 'err.old' : 'err.link' });
      this.kind = opened.kind;
      this.invite = opened.invite;
    } catch (error) {
      this.close();
      if (error instanceof CallError) throw error;
      throw new CallError({ id: error instanceof FilesError ? 'err.files' : 'err.encrypt', detail: String(error) });
    }
  }

  /**
   * Looks for the way in under this name, with keys that nobody had before.
   * @param {string} name @param {Door['why']} why @param {string} [note] beside it, for hosts; the one before, if there is none
   */
  async enter(name, why, note = this.#note) {
    const engine = this.#engine;
    if (!engine) throw new Error('open comes first');
    this.#name = name;
    this.#note = note;
    if (why === 'first' || why === 'again') this.#shown = name;
    this.#renewed = '';
    this.#member = 'checking';
    this.#stayBefore(why);
    if (engine.isMediaDead) await engine.replaceMedia();
    const language = this.#language();
    this.#wordlist = wordlistOf(language);
    await engine.enter(name, note, language);
    if (this.#shown !== name) engine.rename(this.#shown);
  }

  /** Another media worker. The engine says goodbye to the group; `enter` has to follow. */
  async replaceMedia() {
    await this.#engine?.replaceMedia();
  }

  /** A socket that is at the door. */
  connected() {
    this.#clock.clearTimeout(this.#offline);
    this.#engine?.connected();
    if (this.#isBefore && this.#door.state === 'offline') this.#tell({ state: stateBefore(this.#member) });
  }

  /** Whoever waits reads that nobody can see it, if it lasts. */
  disconnected() {
    this.#engine?.disconnected();
    this.#clock.clearTimeout(this.#offline);
    this.#offline = this.#clock.setTimeout(() => {
      if (this.#isBefore) this.#tell({ state: 'offline' });
    }, offlinePatience);
  }

  /** @param {ArrayBuffer} frame */
  wire(frame) {
    this.#engine?.wire(frame);
  }

  /** Says goodbye to the group, whose frame comes by `send` before this resolves, or time is over. */
  async goodbye() {
    const goodbye = this.#engine?.leave().catch(() => {});
    if (!goodbye) return;
    /** @type {Promise<void>} */
    const time = new Promise((resolve) => this.#clock.setTimeout(() => resolve(), goodbyePatience));
    await Promise.race([goodbye, time]);
  }

  /** The goodbye that was made beforehand, once. */
  takeLastWord() {
    const word = this.#lastWord;
    this.#lastWord = null;
    return word;
  }

  close() {
    this.#isClosed = true;
    this.#lastWord = null;
    this.#fragment = '';
    this.#clock.clearTimeout(this.#offline);
    this.#endQuiet();
    this.#engine?.close();
    this.#engine = null;
  }

  // What a person wants

  /** The common link, for whoever copies it; kept nowhere. */
  async inviteLink() {
    return await this.#engine?.inviteLink() ?? '';
  }

  /** @param {readonly string[]} hashes */
  admit(hashes) {
    this.#engine?.admit(hashes);
  }

  /** @param {string} hash @param {string} note */
  refuse(hash, note) {
    this.#engine?.refuse(hash, note);
  }

  /** @param {string} hash @param {string} text */
  message(hash, text) {
    this.#engine?.message(hash, text);
  }

  /** @param {string} key */
  remove(key) {
    this.#engine?.eject(key);
  }

  /** @param {string} key */
  sendBack(key) {
    this.#engine?.sendBack(key);
  }

  /** @param {boolean} isLocked */
  lock(isLocked) {
    this.#engine?.lock(isLocked);
  }

  /** @param {Admission} admission */
  setAdmission(admission) {
    this.#engine?.setAdmission(admission);
  }

  /** @param {Said} said @param {readonly string[]} [to] keys of those whom alone it is said to */
  say(said, to = []) {
    const { kind, body } = encodeSaid(said);
    if (to.length === 0) this.#engine?.say(kind, body);
    else this.#engine?.sayTo(to, kind, body);
  }

  /** What may be done here, all of it. @param {readonly Feature[]} features */
  setFeatures(features) {
    this.#engine?.setFeatures(features);
  }

  /** @param {string} key @param {boolean} isCohost */
  setCohost(key, isCohost) {
    if (isCohost) this.#engine?.makeCohost(key);
    else this.#engine?.withdrawCohost(key);
  }

  /** Another name for the others. Before the door it is for them alone: hosts have read the one one came with. @param {string} name */
  rename(name) {
    this.#shown = name;
    if (!this.#isBefore) this.#name = name;
    this.#engine?.rename(name);
  }

  rotateLink() {
    this.#engine?.rotateLink();
  }

  /** Of a personal link; the server is told beside it. @param {string} key */
  revokeTicket(key) {
    this.#engine?.revokeTicket(key);
  }

  goOn() {
    this.#engine?.continueUnhosted();
  }

  compare() {
    this.#engine?.compare();
  }

  /** @param {boolean} isEqual */
  compared(isEqual) {
    this.#engine?.compared(isEqual);
  }

  /**
   * Whether a service may have what is ours; `service` and `text` are exactly what was shown.
   * @param {string} key @param {import('./state/meeting.d.ts').ServiceFacts} service @param {boolean} given @param {string} text
   */
  consent(key, service, given, text) {
    this.#engine?.consent(key, service, given, text);
  }

  // What the workers say

  /** @returns {import('./e2ee/engine.js').EngineListener} */
  #listener() {
    const on = this.#on;
    return {
      send: (frame) => on.send(frame),
      goodbye: (frame) => this.#lastWord = frame,
      reconnect: () => on.reconnect(),
      state: (state) => this.#became(state),
      gate: (reasons) => on.gate(reasons),
      roster: (members) => this.#meet(members),
      policy: (policy) => {
        this.#rights = rightsOf(policy);
        on.rights(this.#rights);
      },
      lobby: (lobby) => void this.#tellLobby(lobby),
      words: (wordlist, words) => {
        if (this.#quiet) this.#quietWords = [wordlist, words];
        else void this.#tellWords(wordlist, words);
      },
      note: (text) => {
        if (this.#quiet) this.#waitOpenly();
        this.#tell({ note: text });
      },
      app: (event) => this.#heard(event),
      code: (digits) => on.code(digits),
      comparison: (comparison) => on.comparison(comparison),
      invite: (invite) => {
        this.#renewed = invite;
        on.renewed();
      },
      topic: (topic) => on.topic(topic),
      refused: (command, kind, why) => on.commandRefused(command, saidType(kind), why),
      violation: () => {}, // refused by the engine, and told to the others by it
      armed: (epoch) => on.armed(epoch),
      label: (label) => on.label(label),
      undecryptable: (stream) => on.undecryptable(stream),
      keyFrameWanted: () => on.keyFrameWanted(),
      proven: (way) => on.proven(way),
      fault: (fault) => on.fault(fault),
    };
  }

  /** What it cannot read it does not hear. @param {AppEvent} event */
  #heard({ kind, body, key, id, sent, to }) {
    if (kind === captionKind) {
      const caption = readCaption(body);
      if (caption) this.#on.caption(caption);
    } else if (kind === consentKind) {
      const consent = readConsent(body);
      if (consent) this.#on.consented(consent);
    } else {
      const said = decodeSaid(kind, body);
      if (said) this.#on.said({ key, id, sent, to, said });
    }
  }

  /** @param {MemberState} state */
  #became({ name, reason }) {
    this.#member = name;
    switch (name) {
      case 'knocking':
        if (this.#isBefore) return this.#tell({ state: 'waiting' });
        // After a restart of the server whoever was in is let in again by the host's client, and nobody has to be asked.
        this.#quiet ||= this.#clock.setTimeout(() => this.#waitOpenly(), quietPatience);
        return;
      case 'checking':
      case 'joining':
        // Whoever was in looks for a lost place without a word: it takes a moment.
        if (this.#isBefore) this.#tell({ state: name });
        return;
      case 'unproven':
      case 'live':
      case 'paused':
      case 'behind':
      case 'resync':
        this.#endQuiet();
        this.#isBefore = false;
        return;
      case 'out':
        return this.#out(reason ?? 'fault');
      case 'idle':
        return;
      default:
        return unreachable(name);
    }
  }

  /** It took too long: the place is lost, and somebody has to be asked. */
  #waitOpenly() {
    const words = this.#quietWords;
    this.#endQuiet();
    if (this.#isClosed || this.#isBefore || this.#member !== 'knocking') return;
    this.#on.placeLost();
    this.#stayBefore('lost');
    this.#tell({ state: 'waiting' });
    if (words) void this.#tellWords(...words);
  }

  #endQuiet() {
    this.#clock.clearTimeout(this.#quiet);
    this.#quiet = 0;
    this.#quietWords = null;
  }

  /** @param {OutReason} reason */
  #out(reason) {
    if (this.#quiet) {
      this.#on.placeLost();
      this.#stayBefore('lost');
    }
    switch (reason) {
      case 'left':
        return;
      case 'sentBack':
      case 'lost':
        return this.#knockAgain(reason);
      case 'ejected':
        return this.#on.over('removed');
      case 'ended':
        return this.#isBefore ? this.#on.refused({ id: 'err.unknown' }) : this.#on.over('over');
      case 'refused':
        return this.#on.refused({ id: 'err.refused', ...(this.#door.note && { note: this.#door.note }) });
      case 'denied':
        return this.#on.refused({ id: 'err.blocked' });
      case 'badLink':
        return this.#on.refused({ id: 'err.link' });
      case 'tooOld':
        return this.#on.refused({ id: 'err.old' });
      case 'badServer':
      case 'fault':
        return this.#on.failed(`engine ${reason}`);
      default:
        return unreachable(reason);
    }
  }

  /** At the door again, with keys that nobody had before. @param {'sentBack' | 'lost'} why */
  #knockAgain(why) {
    this.#on.placeLost();
    this.enter(this.#name, why).then(() => this.#on.again(), (error) => {
      if (!this.#isClosed) this.#on.failed(String(error));
    });
  }

  /** @param {Door['why']} why */
  #stayBefore(why) {
    this.#endQuiet();
    this.#stay++;
    this.#lobbyTurn++;
    this.#lastWord = null;
    this.#isBefore = true;
    this.members = [];
    this.#tell({ state: 'checking', words: null, note: null, why });
  }

  /** @param {Partial<Door>} change */
  #tell(change) {
    this.#door = { ...this.#door, ...change };
    this.#on.waiting(this.#door);
  }

  /** @param {readonly RosterEntry[]} members */
  #meet(members) {
    this.members = members;
    this.#on.members(members);
  }

  /** @param {number} wordlist @param {readonly number[]} indices */
  async #tellWords(wordlist, indices) {
    const stay = this.#stay;
    const words = await this.#code(wordlist, indices);
    if (stay === this.#stay && this.#isBefore && words) this.#tell({ words });
  }

  /** @param {readonly LobbyEntry[]} lobby */
  async #tellLobby(lobby) {
    const turn = ++this.#lobbyTurn;
    const knocks = await Promise.all(lobby.map(async ({ hash, name, note, words, isFromLink, service }) => {
      const code = words && await this.#code(this.#wordlist, words);
      return { hash, name, note: note || null, words: code, isFromLink, ...(service && { service }) };
    }));
    if (turn === this.#lobbyTurn) this.#on.lobby(knocks);
  }

  /**
   * Null: half a code, a list that we do not have, or one that did not come.
   * @param {number} wordlist @param {readonly number[]} indices @returns {Promise<import('./state/waiting.js').WordCode | null>}
   */
  async #code(wordlist, indices) {
    const all = await this.#words(wordlist).catch(() => null);
    const list = all && wordsOf(all, indices);
    return list && { list, lang: languageOf(wordlist) };
  }
}

/** @param {Policy} policy @returns {Rights} */
function rightsOf({ isLocked, rights, admission, features, featuresMax, membersMax, isWithoutServices }) {
  const [admit, eject, lock] = [rights.includes('admit'), rights.includes('eject'), rights.includes('policy')];
  const [moderate, delegate] = [rights.includes('moderate'), rights.includes('delegate')];
  const here = { isLocked, admission, features, featuresMax, membersMax, isWithoutServices };
  return { admit, eject, lock, moderate, delegate, compare: lock, ...here };
}

/** What is awaited before the door. @param {StateName} member @returns {Door['state']} */
function stateBefore(member) {
  return member === 'knocking' ? 'waiting' : member === 'joining' ? 'joining' : 'checking';
}
