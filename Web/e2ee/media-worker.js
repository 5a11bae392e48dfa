/// <reference lib="webworker" />
/**
 * The only place where frames are sealed and opened. Plain code over WebCrypto, so that everybody can read it; keys come
 * ready made from the engine worker and cannot be taken out. Whoever gets no key gets no frame.
 * @import { Keys } from './frames/keyring.js'
 * @import { CodecName, Counts, Label, TransformOptions, WayOut } from '../state/frames.d.ts'
 *
 * @typedef {{ type: 'start', keys: MessagePort } | { type: 'payloads', payloads: readonly (readonly [number, CodecName])[] }
 *   | { type: 'labelled', stream: string, number: number } | { type: 'keyFrame' } | { type: 'count', id: number }
 *   | WayOut & { type: 'release' }} PageCommand
 * @typedef {{ type: 'started' } | { type: 'beat' } | { type: 'counts', id: number, streams: Record<string, Counts> } | WayOut & { type: 'proven' } | { type: 'armed', epoch: number } | { type: 'disarmed' }
 *   | { type: 'label', label: Label } | { type: 'undecryptable', stream: string } | { type: 'keyFrameWanted' }} WorkerEvent
 */
import { keptAfter, Keyring } from './frames/keyring.js';
import { kinds } from './frames/mf1.js';
import { forget, payloads, Receiving, Sending } from './streams.js';

const keyring = new Keyring();
/** @type {Map<string, Sending>} */
const sending = new Map();
/** @type {Map<string, Receiving>} */
const receiving = new Map();
/** @type {Map<Sending, RTCRtpScriptTransformer>} of pictures */
const encoders = new Map();
/** @type {number | null} */
let armedEpoch = null;
let lastKeyFrame = -Infinity;
let isKeyFrameDue = false;

/** @param {WorkerEvent} event */
function tell(event) {
  self.postMessage(event);
}

/** Keys are installed one after the other, also while the ones before are still being derived. */
let installing = Promise.resolve();

/** @param {Keys} keys */
async function install(keys) {
  const added = keyring.install(keys, performance.now());
  setTimeout(() => keyring.expire(performance.now()), keptAfter);
  const epoch = keyring.sendingEpoch;
  if (epoch !== null) {
    await Promise.all(
      [...kinds.microphone.contexts, ...kinds.camera.contexts].map((context) => keyring.sending(context)),
    );
  }
  if (epoch !== armedEpoch) {
    armedEpoch = epoch;
    tell(epoch === null ? { type: 'disarmed' } : { type: 'armed', epoch });
  }
  for (const stream of receiving.values()) stream.wake();
  if (added) askForKeyFrame();
}

/** Keys that cannot be installed close the gate: none is better than those of before. @param {unknown} error */
function shut(error) {
  keyring.shut();
  armedEpoch = null;
  tell({ type: 'disarmed' });
  // For the page this worker has failed: it is ended, and the person told.
  setTimeout(() => {
    throw error;
  }, 0);
}

/** Who has just come sees the picture sooner. Once a second at most; who comes in between is served at its end. */
function askForKeyFrame() {
  if (isKeyFrameDue) return;
  isKeyFrameDue = true;
  setTimeout(askNow, Math.max(0, lastKeyFrame + 1000 - performance.now()));
}

function askNow() {
  isKeyFrameDue = false;
  lastKeyFrame = performance.now();
  for (const encoder of encoders.values()) generateKeyFrame(encoder);
}

/** @param {RTCRtpScriptTransformer} encoder */
function generateKeyFrame(encoder) {
  if (typeof encoder.generateKeyFrame !== 'function') tell({ type: 'keyFrameWanted' });
  else encoder.generateKeyFrame().catch(() => tell({ type: 'keyFrameWanted' }));
}

/** The pictures of the stand-in were held back, so the first real one has to stand alone. @param {WayOut} way */
function release({ stream: name, connection }) {
  const stream = sending.get(name);
  if (stream?.connection !== connection) return;
  stream.release();
  const encoder = encoders.get(stream);
  if (encoder) generateKeyFrame(encoder);
}

self.addEventListener('message', (/** @type {MessageEvent<PageCommand>} */ event) => {
  const command = event.data;
  switch (command.type) {
    case 'start':
      command.keys.onmessage = (/** @type {MessageEvent<Keys>} */ message) => {
        installing = installing.then(() => install(message.data)).catch(shut);
      };
      tell({ type: 'started' });
      break;
    case 'payloads':
      payloads.clear();
      for (const [type, codec] of command.payloads) payloads.set(type, codec);
      break;
    case 'labelled':
      receiving.get(command.stream)?.confirmed(command.number);
      break;
    case 'keyFrame':
      askForKeyFrame();
      break;
    case 'count':
      tell({ type: 'counts', id: command.id, streams: countsOfStreams() });
      break;
    case 'release':
      release(command);
      break;
  }
});

self.addEventListener('rtctransform', (/** @type {any} */ event) => {
  const transformer = /** @type {RTCTransformEvent} */ (event).transformer;
  const options = /** @type {TransformOptions} */ (transformer.options);
  const pipe = /** @type {import('./streams.js').Pipe} */ (/** @type {unknown} */ (transformer));
  if (options.direction === 'send') {
    const { stream: name, connection } = options;
    const stream = new Sending(options, pipe, keyring, {
      proven: () => tell({ type: 'proven', stream: name, connection }),
    });
    sending.set(name, stream);
    const isPicture = !kinds[options.kind].sound;
    if (isPicture) encoders.set(stream, transformer);
    stream.run().catch(() => stream.drop('fault')).finally(() => encoders.delete(stream));
  } else {
    const stream = new Receiving(options.stream, options.media, pipe, keyring, {
      label: (label) => tell({ type: 'label', label }),
      undecryptable: (name) => tell({ type: 'undecryptable', stream: name }),
      // The server asks the sender in the end; a browser that cannot ask gets the next one anyway.
      keyFrameNeeded: () => void transformer.sendKeyFrameRequest?.().catch(() => {}),
    });
    const before = receiving.get(options.stream);
    if (before) forget(before);
    receiving.set(options.stream, stream);
    stream.run().catch(() => stream.drop('fault'));
  }
});

/** What became of every frame. */
function countsOfStreams() {
  /** @type {Record<string, Counts>} */
  const streams = {};
  for (const { name, counts } of [...sending.values(), ...receiving.values()]) {
    if (counts.taken > 0) streams[name] = counts;
  }
  return streams;
}

/** A sign of life. */
setInterval(() => {
  keyring.expire(performance.now());
  tell({ type: 'beat' });
}, 1000);
