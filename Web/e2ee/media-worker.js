/// <reference lib="webworker" />
/**
 * The only place where frames are sealed and opened. Plain code over WebCrypto, so that everybody can read it; keys come
 * ready made from the engine worker and cannot be taken out. Whoever gets no key gets no frame.
 * @import { Keys } from './frames/keyring.js'
 * @import { CodecName, Counts, Label, TransformOptions } from '../state/frames.d.ts'
 *
 * @typedef {{ type: 'start', keys: MessagePort } | { type: 'payloads', payloads: readonly (readonly [number, CodecName])[] }
 *   | { type: 'labelled', stream: string } | { type: 'keyFrame' } | { type: 'count' }} PageCommand
 * @typedef {{ type: 'started' } | { type: 'beat', streams: Record<string, Counts> } | { type: 'armed', epoch: number } | { type: 'disarmed' }
 *   | { type: 'label', label: Label } | { type: 'undecryptable', stream: string } | { type: 'keyFrameWanted' }} WorkerEvent
 */
import { Keyring } from './frames/keyring.js';
import { kinds } from './frames/mf1.js';
import { payloads, Receiving, Sending } from './streams.js';

const keyring = new Keyring();
/** @type {Map<string, Sending>} */
const sending = new Map();
/** @type {Map<string, Receiving>} */
const receiving = new Map();
/** @type {Set<RTCRtpScriptTransformer>} */
const encoders = new Set();
/** @type {number | null} */
let armedEpoch = null;
let lastKeyFrame = -Infinity;

/** @param {WorkerEvent} event */
function tell(event) {
  self.postMessage(event);
}

/** Keys are installed one after the other, also while the ones before are still being derived. */
let installing = Promise.resolve();

/** @param {Keys} keys */
async function install(keys) {
  const added = keyring.install(keys, performance.now());
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

/** Who has just come sees the picture sooner. Once a second at most. */
function askForKeyFrame() {
  const now = performance.now();
  if (now - lastKeyFrame < 1000) return;
  lastKeyFrame = now;
  for (const encoder of encoders) {
    if (typeof encoder.generateKeyFrame !== 'function') {
      tell({ type: 'keyFrameWanted' });
    } else encoder.generateKeyFrame().catch(() => tell({ type: 'keyFrameWanted' }));
  }
}

self.addEventListener('message', (/** @type {MessageEvent<PageCommand>} */ event) => {
  const command = event.data;
  switch (command.type) {
    case 'start':
      command.keys.onmessage = (/** @type {MessageEvent<Keys>} */ message) => {
        installing = installing.then(() => install(message.data));
      };
      tell({ type: 'started' });
      break;
    case 'payloads':
      payloads.clear();
      for (const [type, codec] of command.payloads) payloads.set(type, codec);
      break;
    case 'labelled':
      receiving.get(command.stream)?.confirmed();
      break;
    case 'keyFrame':
      askForKeyFrame();
      break;
    case 'count':
      beat();
      break;
  }
});

self.addEventListener('rtctransform', (/** @type {any} */ event) => {
  const transformer = /** @type {RTCTransformEvent} */ (event).transformer;
  const options = /** @type {TransformOptions} */ (transformer.options);
  const pipe = /** @type {import('./streams.js').Pipe} */ (/** @type {unknown} */ (transformer));
  if (options.direction === 'send') {
    const stream = new Sending(options.stream, options.kind, pipe, keyring);
    sending.set(options.stream, stream);
    const isPicture = !kinds[options.kind].sound;
    if (isPicture) encoders.add(transformer);
    stream.run().catch(() => stream.drop('fault')).finally(() => encoders.delete(transformer));
  } else {
    const stream = new Receiving(options.stream, options.media, pipe, keyring, {
      label: (label) => tell({ type: 'label', label }),
      undecryptable: (name) => tell({ type: 'undecryptable', stream: name }),
    });
    receiving.set(options.stream, stream);
    stream.run().catch(() => stream.drop('fault'));
  }
});

/** A sign of life, and what became of every frame. */
function beat() {
  keyring.expire(performance.now());
  /** @type {Record<string, Counts>} */
  const streams = {};
  for (const { name, counts } of [...sending.values(), ...receiving.values()]) {
    if (counts.taken > 0) streams[name] = counts;
  }
  tell({ type: 'beat', streams });
}

setInterval(beat, 1000);
