import { base64url } from './e2ee/bytes.js';
import { ReceiptFault } from './protocol/receipts.js';
import { receiptTag } from './state/receipt.js';

/** @typedef {import('./protocol/messages.d.ts').ReceiptPlaces} ReceiptPlaces */
/** @typedef {import('./protocol/receipts.js').ReceiptClient} ReceiptClient */
/** @typedef {Pick<import('./screens/mine.js').MyData, 'places' | 'findings' | 'busy' | 'complain' | 'addEventListener'>} Screen */
/** @typedef {Pick<import('./elements/b-announcer.js').Announcer, 'polite'>} Announcer */

const troubles = { tooFast: 'mine.tooFast', failed: 'mine.failed' };

/** What is kept of somebody without an account: their code stays here, and the server is asked for the tags it makes. */
export class Mine {
  #screen;
  #announcer;
  #client;
  /** @type {ReceiptPlaces | null} */
  #places = null;

  /** @param {Screen} screen @param {Announcer} announcer @param {Pick<ReceiptClient, 'places' | 'search'>} client */
  constructor(screen, announcer, client) {
    this.#screen = screen;
    this.#announcer = announcer;
    this.#client = client;
    screen.addEventListener('complaint', (event) => {
      const { words, args } = /** @type {CustomEvent} */ (event).detail;
      announcer.polite(words, args);
    });
    screen.addEventListener('search', (event) => this.search(/** @type {CustomEvent} */ (event).detail));
  }

  /** Shows where is searched, before anybody types anything. Where that cannot be heard now, a search asks again. */
  async open() {
    await this.#learnPlaces().catch(() => {});
  }

  /** @param {Uint8Array<ArrayBuffer>} secret overwritten when it was used */
  async search(secret) {
    this.#screen.busy = true;
    try {
      const { guests } = this.#places ?? await this.#learnPlaces();
      const tags = await Promise.all(guests.map(async (table) => {
        return { table, tag: base64url(await receiptTag(secret, table)) };
      }));
      const findings = await this.#client.search(tags);
      this.#screen.findings = findings;
      this.#announcer.polite(findings.searched.some(({ rows }) => rows > 0) ? 'mine.found' : 'mine.nothing');
    } catch (error) {
      if (!(error instanceof ReceiptFault)) throw error;
      this.#places = null; // the server may be another one by now
      this.#screen.complain(troubles[error.word]);
    } finally {
      secret.fill(0);
      this.#screen.busy = false;
    }
  }

  async #learnPlaces() {
    const places = await this.#client.places();
    this.#places = places;
    this.#screen.places = places;
    return places;
  }
}
