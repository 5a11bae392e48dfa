/**
 * Bytes of sealed files over HTTP (`docs/protocol.md` 9).
 * @import { BlobStanding } from './messages.d.ts'
 * @typedef {{ readonly blob: string, readonly token: string }} Place where a file lies, and what opens it
 * @typedef {'cut' | 'busy' | 'full' | 'misplaced' | 'denied' | 'refused'} BlobReason
 *
 * @typedef {object} Transport
 * @property {(place: Place, offset: number, part: Uint8Array<ArrayBuffer>, signal: AbortSignal) => Promise<BlobStanding>} bring a part; an empty one asks how far it has come
 * @property {(place: Place, offset: number, signal: AbortSignal) => Promise<Reading>} fetch from there to the end
 *
 * @typedef {object} Reading
 * @property {() => Promise<Uint8Array<ArrayBuffer> | null>} next null: the end
 * @property {() => void} stop
 */

/** Why bytes did not come or go. */
export class BlobFault extends Error {
  /** @param {BlobReason} reason */
  constructor(reason) {
    super(reason);
    this.name = 'BlobFault';
    this.reason = reason;
  }
}

/** @type {Readonly<Record<number, BlobReason>>} */
const reasons = { 401: 'denied', 409: 'misplaced', 429: 'busy', 503: 'busy', 507: 'full' };

/** @param {typeof fetch} [ask] what a test puts in place of the network @returns {Transport} */
export function transport(ask = (input, init) => fetch(input, init)) {
  return {
    bring: async ({ blob, token }, offset, part, signal) => {
      const how = { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: part, signal };
      const answer = await asked(ask, `/api/v1/blobs/${blob}?offset=${offset}`, how);
      return standing(await answer.json().catch(() => null));
    },
    fetch: async ({ blob, token }, offset, signal) => {
      const headers = { authorization: `Bearer ${token}`, range: `bytes=${offset}-` };
      const answer = await asked(ask, `/api/v1/blobs/${blob}`, { headers, signal });
      if (answer.status !== 206 || !answer.body) throw new BlobFault('refused');
      const reader = answer.body.getReader();
      return {
        next: async () => {
          const { done, value } = await reader.read().catch(() => broken(signal));
          return done ? null : value;
        },
        stop: () => void reader.cancel().catch(() => {}),
      };
    },
  };
}

/** @param {typeof fetch} ask @param {string} path @param {RequestInit} how */
async function asked(ask, path, how) {
  const quiet = /** @type {const} */ ({ cache: 'no-store', credentials: 'omit', redirect: 'error' });
  const answer = await ask(path, { ...how, ...quiet }).catch(() => broken(how.signal));
  if (answer.ok) return answer;
  answer.body?.cancel().catch(() => {});
  throw new BlobFault(reasons[answer.status] ?? 'refused');
}

/** Taken back by us, or by the network. @param {AbortSignal | null | undefined} signal @returns {never} */
function broken(signal) {
  signal?.throwIfAborted();
  throw new BlobFault('cut');
}

/** @param {unknown} answer @returns {BlobStanding} */
function standing(answer) {
  const { offset, size } = /** @type {Partial<BlobStanding>} */ (answer ?? {});
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(size)) throw new BlobFault('refused');
  return { offset: Number(offset), size: Number(size) };
}
