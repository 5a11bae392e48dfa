/**
 * @import { BlobID, FileCommand, FileEvent, FileFailure } from './protocol/messages.d.ts'
 * @import { BlobReason, Place, Transport } from './protocol/blobs.js'
 * @import { Clock } from './protocol/clock.d.ts'
 * @import { Words } from './state/audience.js'
 * @import { Message } from './state/chat.js'
 * @import { FileAct, FileState } from './state/files.js'
 * @import { FileRef } from './state/said.d.ts'
 * @import { Rights } from './state/waiting.js'
 * @import { Way } from './transfers.js'
 *
 * @typedef {{ readonly id: string, readonly file: File, readonly name: string, ref: FileRef | null }} Picked
 * @typedef {{ readonly stop: AbortController, readonly gate: Gate, readonly since: number, state: Extract<FileState, { percent: number }> }} Running
 * @typedef {{ readonly blob: BlobID | null, readonly signal: AbortSignal, resolve(place: Place & { size?: number }): void, reject(error: Error): void }} Asked
 *
 * What a message with files waits for.
 * @typedef {object} Parcel
 * @property {(files: readonly FileRef[]) => boolean} deliver did it go out?
 * @property {() => void} giveBack it does not go out now
 *
 * @typedef {object} FilesActs
 * @property {(command: FileCommand) => boolean} file false: not connected
 * @property {(words: Words) => void} note
 */
import { FileFault, layoutOf } from './e2ee/files/format.js';
import { cleanName } from './e2ee/names.js';
import { BlobFault, transport } from './protocol/blobs.js';
import { Saver } from './saving.js';
import {
  fileKey,
  leftWords,
  limitOf,
  megabytes,
  mostFiles,
  outgoingView,
  percentOf,
  savedName,
  shortened,
} from './state/files.js';
import { t } from './strings/translate.js';
import { download, Gate, Unreadable, upload } from './transfers.js';

/** Characters of a name. */
const longestName = 60;

/** Milliseconds between two looks at how far it is. */
const glance = 250;

/** The server said no. */
class Refusal extends Error {
  /** @param {FileFailure} failure */
  constructor(failure) {
    super(failure.type);
    this.failure = failure;
  }
}

/** Files that one gives to others, and gets of them: what is chosen, what is on its way, and what became of it. */
export class Files {
  #panel;
  #acts;
  #clock;
  #transport;
  #saver;
  #isOpen = false;
  #isOffered = false;
  /** @type {readonly Message[]} */
  #messages = [];
  /** @type {readonly Picked[]} */
  #picked = [];
  /** @type {Parcel | null} */
  #parcel = null;
  /** By id of what is chosen, and by `fileKey`. @type {Map<string, FileState>} */
  #states = new Map();
  /** @type {Map<string, Running>} */
  #running = new Map();
  /** Questions to the server that it has not answered; of creates it answers the first. @type {Asked[]} */
  #asked = [];
  /** @type {(() => void)[]} */
  #waiting = [];
  #lastID = 0;

  /** @param {import('./elements/chat/b-chat.js').ChatPanel} panel @param {FilesActs} acts @param {Clock} clock @param {{ transport?: Transport, saver?: Saver }} [parts] what a test puts in place of a browser */
  constructor(panel, acts, clock, parts = {}) {
    this.#panel = panel;
    this.#acts = acts;
    this.#clock = clock;
    this.#transport = parts.transport ?? transport();
    this.#saver = parts.saver ?? new Saver(clock);
    this.#wire();
  }

  /** What was on its way outside goes nowhere, and nothing of it is kept. @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    if (!isOpen) this.#end();
    this.#show();
  }

  #end() {
    for (const { stop } of this.#running.values()) stop.abort();
    this.#running.clear();
    this.lost();
    this.#parcel = null;
    this.#picked = [];
    this.#states.clear();
    this.#saver.close();
  }

  /** @param {Rights['features']} features */
  set features(features) {
    this.#isOffered = features.includes('files') && (features.includes('chat') || features.includes('hostsChat'));
    this.#show();
  }

  /** @param {readonly Message[]} messages */
  set messages(messages) {
    if (messages === this.#messages) return;
    this.#messages = messages;
    this.#show();
  }

  /** May files go with a message? */
  get isOffered() {
    return this.#isOffered;
  }

  /** Is there something that goes with the next message? */
  get isPicked() {
    return this.#picked.length > 0 && this.#parcel === null;
  }

  /** Brings everything that is chosen, and then lets the message go. @param {Parcel} parcel */
  send(parcel) {
    this.#parcel = parcel;
    for (const { id, ref } of this.#picked) this.#states.set(id, { phase: ref ? 'ready' : 'waiting' });
    this.#show();
    void this.#bringNext();
  }

  /** @param {FileEvent} event */
  heard(event) {
    switch (event.type) {
      case 'created': {
        const asked = this.#answered(null);
        // Nobody waits for it any more.
        if (!asked || asked.signal.aborted) this.#acts.file({ area: 'file', type: 'retract', blob: event.blob });
        return asked?.resolve(event);
      }
      case 'opened':
        return this.#answered(event.blob)?.resolve(event);
      case 'retracted':
        return this.#gone(event.blob);
      case 'failed': {
        const asked = this.#answered(event.blob ?? null);
        if (asked) return asked.reject(new Refusal(event.failure));
        if (event.blob === undefined) return;
        if (event.failure.type === 'gone') return this.#gone(event.blob);
        return this.#acts.note(words(new Refusal(event.failure), this.#filesOf(event.blob)[0]?.size ?? 0));
      }
    }
  }

  /** The server is away: what was asked is not answered any more. */
  lost() {
    for (const { reject } of this.#asked.splice(0)) reject(new BlobFault('cut'));
    for (const go of this.#waiting.splice(0)) go();
  }

  /** It is back. */
  back() {
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Nobody gets it any more. @param {FileRef} file */
  takeBack({ blob }) {
    this.#acts.file({ area: 'file', type: 'retract', blob });
  }

  #wire() {
    const { log, shared, composer } = this.#panel;
    composer.attach.addEventListener('choose', (event) => this.#choose(/** @type {CustomEvent} */ (event).detail));
    for (const place of [log, shared, composer]) {
      place.addEventListener('file', (event) => {
        const { act, key } = /** @type {CustomEvent} */ (event).detail;
        this.#act(act, key);
      });
    }
  }

  /** @param {readonly File[]} files */
  #choose(files) {
    if (!this.#isOffered || this.#parcel) return;
    const limit = limitOf(this.#saver.isWriting);
    for (const file of files) {
      if (file.size > limit) {
        this.#acts.note(tooLarge(file.size));
      } else if (this.#picked.length >= mostFiles) {
        this.#acts.note({ text: 'chat.file.many', args: { n: mostFiles } });
        break;
      } else {
        const name = cleanName(shortened(file.name, longestName)) || t('chat.file.nameless');
        this.#picked = [...this.#picked, { id: `own ${++this.#lastID}`, file, name, ref: null }];
      }
    }
    this.#show();
  }

  /** @param {FileAct} act @param {string} key */
  #act(act, key) {
    const running = this.#running.get(key);
    switch (act) {
      case 'drop':
        return this.#drop(key);
      case 'pause':
        running?.gate.pause();
        return this.#look(key, { phase: 'paused' });
      case 'resume':
        running?.gate.resume();
        return this.#look(key, { phase: 'going' });
      case 'cancel':
        if (running) return running.stop.abort();
        return this.#drop(key);
      case 'get':
        return void this.#get(key);
      case 'retract': {
        const file = this.#file(key);
        return file && this.takeBack(file);
      }
    }
  }

  /** A message that waited for this one only goes without it; with nothing in it, it does not go. @param {string} key */
  #drop(key) {
    const dropped = this.#picked.find(({ id }) => id === key);
    if (!dropped) return;
    if (dropped.ref) this.takeBack(dropped.ref);
    this.#picked = this.#picked.filter((one) => one !== dropped);
    this.#states.delete(key);
    if (this.#parcel && this.#picked.length === 0) this.#giveBack();
    this.#show();
  }

  /** One after the other: so each gets there as soon as it can. */
  async #bringNext() {
    const parcel = this.#parcel;
    for (let next = this.#next; next && this.#parcel === parcel; next = this.#next) await this.#bring(next);
    if (parcel === null || this.#parcel !== parcel) return;
    const refs = this.#picked.flatMap(({ ref }) => ref ? [ref] : []);
    this.#parcel = null;
    if (refs.length > 0 && parcel.deliver(refs)) {
      for (const { id } of this.#picked) this.#states.delete(id);
      this.#picked = [];
    }
    this.#show();
  }

  get #next() {
    return this.#picked.find(({ ref }) => ref === null);
  }

  /** @param {Picked} picked */
  async #bring(picked) {
    /** @type {Place | null} */
    let place = null;
    const { id, file, name } = picked;
    const outcome = await this.#run(id, file.size, async (way) => {
      const create = async (/** @type {number} */ size) => {
        const created = await this.#ask({ area: 'file', type: 'create', size }, way.signal);
        if (this.#isKnown(created.blob)) throw new BlobFault('refused');
        return place = created;
      };
      const brought = await onceMore(() => upload(file, create, way));
      picked.ref = { ...brought, name, type: file.type, expires: 0 };
    });
    if (outcome === 'done') return this.#states.set(id, { phase: 'ready' });
    if (place) this.#acts.file({ area: 'file', type: 'retract', blob: /** @type {Place} */ (place).blob });
    if (outcome === 'stopped') return this.#drop(id);
    this.#giveBack();
  }

  /** It stays before the person, with what is already there. */
  #giveBack() {
    const parcel = this.#parcel;
    this.#parcel = null;
    for (const { id } of this.#picked) if (this.#states.get(id)?.phase === 'waiting') this.#states.delete(id);
    parcel?.giveBack();
    this.#show();
  }

  /** @param {string} key */
  async #get(key) {
    const file = this.#file(key);
    if (!file || this.#running.has(key)) return;
    if (file.size > limitOf(this.#saver.isWriting)) {
      this.#states.set(key, { phase: 'failed', fault: tooLarge(file.size) });
      return this.#show();
    }
    const outcome = await this.#run(key, file.size, async (way) => {
      const target = await this.#saver.open(savedName(file.name, t('chat.file.nameless')));
      if (!target) return way.stop();
      const open = async () => {
        const place = await this.#ask({ area: 'file', type: 'open', blob: file.blob }, way.signal);
        if (place.size !== layoutOf(file.size).objectLength) throw new FileFault('length');
        return place;
      };
      try {
        await download(file, open, target, way);
        await target.done();
      } catch (error) {
        await target.drop().catch(() => {}); // what is not saved needs no dropping
        throw error;
      }
    });
    if (outcome === 'done') this.#states.set(key, { phase: 'saved' });
    if (outcome === 'stopped' && this.#states.get(key)?.phase !== 'gone') this.#states.delete(key);
    this.#show();
  }

  /** @param {string} key @param {number} size @param {(way: Way & { stop(): void }) => Promise<void>} task @returns {Promise<'done' | 'stopped' | 'failed'>} */
  async #run(key, size, task) {
    const stop = new AbortController(), gate = new Gate();
    const state = /** @type {const} */ ({ phase: 'going', percent: 0, left: null });
    const running = { stop, gate, since: this.#clock.now(), state };
    this.#running.set(key, running);
    this.#look(key, {});
    let seen = -Infinity;
    const way = {
      signal: stop.signal,
      gate,
      clock: this.#clock,
      transport: this.#transport,
      stop: () => stop.abort(),
      progress: (/** @type {number} */ done, /** @type {number} */ total) => {
        const now = this.#clock.now();
        if (now - seen < glance) return;
        seen = now;
        this.#look(key, { percent: percentOf(done, total), left: leftWords(done, total, now - running.since) });
      },
      cut: (/** @type {boolean} */ isCut) => {
        const { phase } = this.#running.get(key)?.state ?? state;
        if (phase !== 'paused' && isCut !== (phase === 'offline')) {
          this.#look(key, { phase: isCut ? 'offline' : 'going' });
        }
      },
    };
    try {
      await task(way);
      return stop.signal.aborted ? 'stopped' : 'done';
    } catch (error) {
      if (stop.signal.aborted) return 'stopped';
      const fault = words(error, size);
      this.#states.set(key, { phase: 'failed', fault });
      this.#acts.note(fault);
      return 'failed';
    } finally {
      if (this.#running.get(key) === running) this.#running.delete(key);
    }
  }

  /** @param {string} key @param {Partial<Running['state']>} more */
  #look(key, more) {
    const running = this.#running.get(key);
    if (!running) return;
    running.state = { ...running.state, ...more };
    this.#states.set(key, running.state);
    this.#show();
  }

  /** Asks as often as the connection is cut meanwhile. @param {Extract<FileCommand, { type: 'create' | 'open' }>} command @param {AbortSignal} signal @returns {Promise<Place & { size?: number }>} */
  async #ask(command, signal) {
    for (;;) {
      signal.throwIfAborted();
      if (this.#acts.file(command)) {
        const blob = command.type === 'open' ? command.blob : null;
        // Called off, it keeps its turn: answers come in the order of the questions.
        const answer = new Promise((resolve, reject) => {
          this.#asked.push({ blob, signal, resolve, reject });
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
        const place = await answer.catch((error) => {
          if (error instanceof BlobFault) return null;
          throw error;
        });
        if (place) return place;
      } else {
        await new Promise((resolve) => {
          this.#waiting.push(() => resolve(undefined));
          signal.addEventListener('abort', () => resolve(undefined), { once: true });
        });
      }
    }
  }

  /** @param {BlobID | null} blob */
  #answered(blob) {
    const place = this.#asked.findIndex((asked) => asked.blob === blob);
    return place < 0 ? null : this.#asked.splice(place, 1)[0] ?? null;
  }

  /** @param {string} blob */
  #gone(blob) {
    for (const file of this.#filesOf(blob)) {
      const key = fileKey(file);
      this.#states.set(key, { phase: 'gone' });
      this.#running.get(key)?.stop.abort();
    }
    this.#show();
  }

  get #given() {
    return this.#messages.flatMap(({ files }) => files);
  }

  /** @param {string} key */
  #file(key) {
    return this.#given.find((file) => fileKey(file) === key);
  }

  /** All that are said to lie there. @param {string} blob */
  #filesOf(blob) {
    return this.#given.filter((file) => file.blob === blob);
  }

  /** A new id that another file has is none: what is taken back under it would be the other's. @param {string} blob */
  #isKnown(blob) {
    return this.#filesOf(blob).length > 0 || this.#picked.some(({ ref }) => ref?.blob === blob);
  }

  #show() {
    const { log, shared, composer } = this.#panel;
    composer.attach.show({
      isOffered: this.#isOpen && this.#isOffered,
      isBusy: this.#parcel !== null,
      limit: megabytes(limitOf(this.#saver.isWriting)),
      rows: this.#picked.map(({ id, file, name }) => {
        return { key: id, view: outgoingView(name, file.size, this.#states.get(id)) };
      }),
    });
    log.files = this.#states;
    const own = this.#messages.filter((message) => message.own).flatMap(({ files }) => files);
    const there = own.filter((file) => this.#states.get(fileKey(file))?.phase !== 'gone');
    shared.show(there, this.#states);
  }
}

/**
 * What stood still for too long, or whose owner was away for too long, lies there no more: it goes up anew, once. The file
 * itself is not gone, whatever the server says of what lies there.
 * @template Outcome @param {() => Promise<Outcome>} bring
 */
async function onceMore(bring) {
  for (let isAgain = false;; isAgain = true) {
    try {
      return await bring();
    } catch (error) {
      if (!(error instanceof BlobFault) || error.reason !== 'denied') throw error;
      if (isAgain) throw new BlobFault('refused');
    }
  }
}

/** @param {number} size @returns {Words} */
function tooLarge(size) {
  return { text: 'err.file.large', args: { n: megabytes(size) } };
}

/** Where it is not that it failed. @type {Readonly<Partial<Record<BlobReason, string>>>} */
const faultTexts = { denied: 'err.file.gone', full: 'err.file.quota' };

/** What a person reads of a file of so many bytes. @param {unknown} error @param {number} size @returns {Words} */
function words(error, size) {
  if (error instanceof Refusal) return refused(error.failure, size);
  const text = error instanceof FileFault
    ? 'err.file.altered'
    : error instanceof BlobFault
    ? faultTexts[error.reason] ?? 'err.file.failed'
    : error instanceof Unreadable
    ? 'err.file.read'
    : 'err.file.save';
  return { text, args: {} };
}

/** @param {FileFailure} failure @param {number} size @returns {Words} */
function refused(failure, size) {
  switch (failure.type) {
    case 'tooLarge':
      return tooLarge(size);
    case 'quota':
      return { text: 'err.file.quota', args: {} };
    case 'gone':
      return { text: 'err.file.gone', args: {} };
    case 'notAllowed':
      return { text: 'err.file.not', args: {} };
    case 'tooFast':
      return { text: 'err.file.often', args: { n: Math.ceil(failure.retrySeconds / 60) } };
  }
}
