/**
 * Hands the keys of an epoch to the media worker, and says with each of them whether anything may be sent.
 * @import { Keys, Leaf } from '../frames/keyring.js'
 * @import { MediaEpoch } from './forms.js'
 * @typedef {Pick<Keys, 'voices' | 'faces' | 'sharers'>} Senders whose frames of which kinds are opened
 * @typedef {{ postMessage(keys: Keys): void, close(): void }} KeyPort
 */

/** @type {Senders} */
const nobody = { voices: [], faces: [], sharers: [] };

/** @type {Keys} */
const nothing = { epoch: 0, leafBits: 0, own: null, leaves: [], ...nobody, mayEncrypt: false };

export class MediaKeys {
  /** What the media worker has: everything but the gate and the rights. @type {Omit<Keys, 'mayEncrypt' | keyof Senders> | null} */
  #current = null;
  /** The epoch of the engine; the media worker's may be one whose key is being imported yet. @type {number | null} */
  #newest = null;
  #isOpen = false;
  /** By the group's word. @type {Senders} */
  #senders = nobody;
  /** Grows when everything is forgotten: keys that are being imported then come too late. */
  #generation = 0;
  #turn = Promise.resolve();
  #port;
  #failed;

  /** @param {KeyPort} port @param {(error: unknown) => void} failed a key could not be handed over */
  constructor(port, failed) {
    this.#port = port;
    this.#failed = failed;
  }

  /** Another media worker. It gets the keys of the next epoch: with today's its counters would start again. @param {KeyPort} port */
  replace(port) {
    this.#port.close();
    this.#port = port;
    this.forget();
  }

  /** @param {MediaEpoch} epoch */
  begin({ epoch, leafBits, own, leaves, baseKey }) {
    // An epoch that does not come after the one before is of another group: nothing of before counts.
    if (this.#newest !== null && epoch <= this.#newest) this.forget();
    this.#newest = epoch;
    const generation = this.#generation;
    const imported = importKey(baseKey);
    this.#turn = this.#turn.then(async () => {
      const key = await imported;
      if (generation !== this.#generation) return;
      /** @type {Leaf[]} */
      const keyed = leaves.map(({ leaf, id }) => ({ leaf, id, key }));
      this.#current = { epoch, leafBits, own, leaves: keyed };
      this.#give();
    }).catch((error) => {
      this.forget();
      this.#failed(error);
    });
  }

  /** @param {boolean} isOpen */
  gate(isOpen) {
    if (isOpen === this.#isOpen) return;
    this.#isOpen = isOpen;
    if (this.#current) this.#give();
  }

  /** Whose voices, faces and screens are opened from now on; of all others they are dropped. @param {Senders} senders */
  share(senders) {
    if (senders === this.#senders || JSON.stringify(senders) === JSON.stringify(this.#senders)) return;
    this.#senders = senders;
    if (this.#current) this.#give();
  }

  /** The media worker seals nothing and opens nothing any more, of no epoch. */
  forget() {
    this.#generation++;
    this.#current = null;
    this.#newest = null;
    this.#port.postMessage(nothing);
  }

  /** All keys that were begun have been handed over. */
  settled() {
    return this.#turn;
  }

  #give() {
    if (!this.#current) return;
    const mayEncrypt = this.#isOpen && this.#current.epoch === this.#newest;
    this.#port.postMessage({ ...this.#current, ...this.#senders, mayEncrypt });
  }
}

/** A key that can only derive, and never comes out; of its bytes nothing is left. @param {import('../bytes.js').Bytes} bytes */
async function importKey(bytes) {
  try {
    return await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey', 'deriveBits']);
  } finally {
    bytes.fill(0);
  }
}
