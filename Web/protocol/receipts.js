/**
 * What is kept of whoever has no account, over HTTP (`docs/protocol.md` 10). Nothing here says who asks: no cookie goes along.
 * @import { ReceiptFinding, ReceiptFindings, ReceiptPlaces, TaggedTable } from './messages.d.ts'
 * @typedef {'tooFast' | 'failed'} ReceiptWord failed: the server was not reached, or what came was not its answer
 */

/** Milliseconds. */
const patience = 30_000;

const address = '/api/v1/mine';

/** As the server names tables. */
const isName = (/** @type {unknown} */ name) => typeof name === 'string' && /^[\w-]{1,48}$/.test(name);

/** Why nothing was heard. */
export class ReceiptFault extends Error {
  /** @param {ReceiptWord} word */
  constructor(word) {
    super(word);
    this.name = 'ReceiptFault';
    this.word = word;
  }
}

/** Every method throws a `ReceiptFault`. */
export class ReceiptClient {
  #ask;

  /** @param {typeof fetch} [ask] what a test puts in place of the network */
  constructor(ask = (input, init) => fetch(input, init)) {
    this.#ask = ask;
  }

  /** Where the server keeps what. @returns {Promise<ReceiptPlaces>} */
  async places() {
    const { guests, accounts } = await this.#send({ method: 'GET' });
    if (!areNames(guests) || !areNames(accounts)) throw new ReceiptFault('failed');
    return { guests, accounts };
  }

  /**
   * What lies under these tags. An answer that leaves one of them out is none: nobody is to be told that nothing is kept where
   * nobody looked.
   * @param {readonly TaggedTable[]} tags @returns {Promise<ReceiptFindings>}
   */
  async search(tags) {
    const headers = { 'content-type': 'application/json' };
    const { searched } = await this.#send({ method: 'POST', headers, body: JSON.stringify({ tags }) });
    const isWhole = Array.isArray(searched) && searched.length === tags.length &&
      tags.every(({ table }, at) => isFinding(searched[at], table));
    if (!isWhole) throw new ReceiptFault('failed');
    return { searched };
  }

  /** @param {RequestInit} what @returns {Promise<Record<string, unknown>>} */
  async #send(what) {
    /** @type {RequestInit} */
    const how = { ...what, cache: 'no-store', credentials: 'omit', redirect: 'error' };
    const answer = await this.#ask(address, { ...how, signal: AbortSignal.timeout(patience) }).catch(() => null);
    if (answer?.status === 429) throw new ReceiptFault('tooFast');
    const said = answer?.ok ? await answer.json().catch(() => null) : null;
    if (typeof said !== 'object' || said === null) throw new ReceiptFault('failed');
    return said;
  }
}

/** @param {unknown} names @returns {names is string[]} */
function areNames(names) {
  return Array.isArray(names) && names.length <= 64 && names.every(isName);
}

/** @param {unknown} finding @param {string} table */
function isFinding(finding, table) {
  const { table: name, rows } = /** @type {Partial<ReceiptFinding>} */ (finding ?? {});
  return name === table && Number.isSafeInteger(rows) && Number(rows) >= 0;
}
