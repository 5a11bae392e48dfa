/// <reference lib="webworker" />
/**
 * Everything that must know a secret lives here: the link, and the engine with the keys of the group. The page gets names
 * and states back, never a key; the link only when a person copies it. Keys of frames go to the media worker over a port of
 * their own.
 * @import { Command, EngineEvent } from '../state/meeting.d.ts'
 * @import { Opened } from './engine/host.js'
 * @import { EngineModule } from './engine/module.js'
 * @import { Draft, Drafted, Job, JobTerms, Personal, Terms } from './maker.js'
 *
 * @typedef {{ type: 'open', meeting: string, fragment: string, integrity: string, media: MessagePort } | { type: 'enter', name: string, note: string, language: string }
 *   | { type: 'connected' } | { type: 'disconnected' } | { type: 'wire', frame: ArrayBuffer } | { type: 'command', command: Command }
 *   | { type: 'link' } | { type: 'leave' } | { type: 'media', media: MessagePort } | { type: 'make', integrity: string } | { type: 'draft', draft: Draft }
 *   | { type: 'personal', meeting: string, fragment: string, terms: Terms }
 *   | { type: 'job', meeting: string, fragment: string, terms: JobTerms }} Request `make` comes before `draft`, `personal` and `job`, and needs no link
 * @typedef {{ type: 'open', opened: Opened } | { type: 'link', link: string } | { type: 'done' } | { type: 'drafted', drafted: Drafted }
 *   | { type: 'personal', personal: Personal } | { type: 'job', job: Job }} Answer
 * @typedef {{ type: 'answer', id: number, answer: Answer | null } | { type: 'event', event: EngineEvent } | { type: 'beat' }} EngineMessage
 */
import { makeDraft, makeJob, makePersonal } from './engine/drafts.js';
import { MediaKeys } from './engine/keys.js';
import { loadEngine } from './engine/module.js';
import { MeetingHost } from './engine/host.js';

/** Milliseconds: time is told to the engine this often. */
const tick = 250;

/** @type {{ host: MeetingHost, keys: MediaKeys } | null} */
let meeting = null;
/** An engine that is in no meeting, and makes some. @type {EngineModule | null} */
let maker = null;
let hasFailed = false;

/** @param {EngineMessage} message @param {Transferable[]} [transfer] */
function post(message, transfer = []) {
  self.postMessage(message, { transfer });
}

/** @param {EngineEvent} event */
function tell(event) {
  post({ type: 'event', event }, 'frame' in event ? [event.frame] : []);
}

/**
 * A worker whose engine or keys failed is in no state anybody knows: nothing is sent any more, and the page hears that it
 * died. @param {unknown} error
 */
function fail(error) {
  if (hasFailed) return;
  hasFailed = true;
  meeting?.keys.forget();
  setTimeout(() => {
    throw error;
  }, 0);
}

/** @param {string} integrity @returns {Promise<EngineModule>} */
async function load(integrity) {
  const engine = await loadEngine(new URL('engine/e2ee.wasm', import.meta.url), integrity);
  // Compilers of WebAssembly have faults too: two members meet before anybody's key is at stake.
  engine.call('check');
  return engine;
}

/** @param {Request & { type: 'open' }} request @returns {Promise<Opened>} */
async function open({ meeting: id, fragment, integrity, media }) {
  const engine = await load(integrity);
  const keys = new MediaKeys(media, fail);
  const now = () => ({ monotonic: performance.now(), unix: Date.now() });
  const host = new MeetingHost({ engine, keys, tell, now });
  const opened = host.open(id, fragment);
  meeting = { host, keys };
  return opened;
}

/** @param {Request & { type: 'draft' | 'personal' | 'job' }} request @returns {Answer} */
function make(request) {
  if (!maker) throw new Error('no engine yet');
  if (request.type === 'draft') return { type: 'drafted', drafted: makeDraft(maker, request.draft) };
  const { meeting, fragment } = request;
  if (request.type === 'job') return { type: 'job', job: makeJob(maker, meeting, fragment, request.terms) };
  return { type: 'personal', personal: makePersonal(maker, meeting, fragment, request.terms) };
}

/** @param {Request} request @returns {Promise<Answer>} */
async function answer(request) {
  if (hasFailed) throw new Error('the engine stopped');
  switch (request.type) {
    case 'open':
      return { type: 'open', opened: await open(request) };
    case 'make':
      maker = await load(request.integrity);
      return { type: 'done' };
    case 'draft':
    case 'personal':
    case 'job':
      return make(request);
  }
  if (!meeting) throw new Error('no link yet');
  const { host, keys } = meeting;
  switch (request.type) {
    case 'enter':
      host.enter(request);
      break;
    case 'connected':
      host.connected();
      break;
    case 'disconnected':
      host.disconnected();
      break;
    case 'wire':
      host.wire(new Uint8Array(request.frame));
      break;
    case 'command':
      host.command(request.command);
      break;
    case 'link':
      return { type: 'link', link: host.inviteLink(self.location.origin) };
    case 'leave':
      host.leave();
      break;
    case 'media':
      host.restart();
      keys.replace(request.media);
      break;
  }
  return { type: 'done' };
}

/** One request after the other: no frame overtakes the one before it. */
let turn = Promise.resolve();

self.addEventListener('message', (/** @type {MessageEvent<{ id: number, request: Request }>} */ event) => {
  const { id, request } = event.data;
  turn = turn.then(async () => {
    try {
      const result = await answer(request);
      if (id !== 0) post({ type: 'answer', id, answer: result });
    } catch (error) {
      if (id !== 0) post({ type: 'answer', id, answer: null });
      if (meeting) fail(error);
    }
  });
});

setInterval(() => {
  if (hasFailed) return;
  try {
    meeting?.host.tick();
  } catch (error) {
    fail(error);
  }
}, tick);

/** A sign of life. */
setInterval(() => post({ type: 'beat' }), 1000);
