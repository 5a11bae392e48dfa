/**
 * Makes meetings and personal links, in an engine worker of its own: secrets are drawn there, and what is signed is signed
 * there. Who asked gets the fragments, for they have to hand them on; no server ever does.
 * @import { Answer, EngineMessage, Request } from './engine-worker.js'
 * @import { Feature, Service } from '../state/meeting.d.ts'
 * @import { Clock } from '../protocol/clock.d.ts'
 *
 * @typedef {object} Draft a meeting that is wanted; times in Unix seconds
 * @property {string} meeting its id, as the server gave it
 * @property {0} [instance]
 * @property {'waiting' | 'open'} admission `open`: whoever has the link comes in, also without a host
 * @property {readonly Feature[]} features what may ever be switched on
 * @property {number} membersMax people at once, hosts included: 1 to 500; with 2 it is a session for two for ever
 * @property {number} notBefore
 * @property {number} notAfter
 * @property {string} profile name of the privacy profile
 * @property {Uint8Array} profileHash SHA-256 of its settings file
 * @property {string} title
 * @property {string} hostName
 * @property {string} agenda
 * @property {string} language BCP 47
 * @property {number} start
 * @property {number} minutes
 *
 * @typedef {{ hostFragment: string, guestFragment: string, inviteID: string, descriptor: string, lobby: string }} Drafted base64url
 * @typedef {{ mayEnter: boolean, notBefore: number, notAfter: number }} Terms `mayEnter`: they need not wait
 * @typedef {{ fragment: string, certificate: string, hash: string, key: string }} Personal base64url; `key`: of the ticket, by which
 *   `revokeTicket` names it; `hash`: SHA-256 of that, by which the server does
 * @typedef {{ service: Omit<Service, 'consent'>, notBefore: number, notAfter: number }} JobTerms `owner`: key of a leaf that is in the meeting
 * @typedef {{ fragment: string, key: string }} Job `fragment`: for the service's own program, no link for a page; `key`: of its leaf, base64url
 */
import { FilesError } from './engine.js';
import { engineBinary, engineGraph } from './graphs.js';
import { checkFiles, integrityOf, startWorker } from './integrity.js';

/** Milliseconds. Starting a worker takes half a second, and much longer on a machine that is busy with other things. */
const patience = 30_000;

export class Maker {
  /** @type {Map<number, (answer: Answer | null) => void>} */
  #waiting = new Map();
  #lastRequest = 0;
  #isClosed = false;
  #worker;
  #clock;

  /** Throws a `FilesError` when the files on the server are not the page's. @param {Clock} clock @returns {Promise<Maker>} */
  static async start(clock) {
    await checkFiles([...engineGraph, engineBinary]).catch((error) => {
      throw new FilesError(String(error));
    });
    const maker = new Maker(startWorker('engine-worker.js'), clock);
    await maker.load(integrityOf(engineBinary));
    return maker;
  }

  /** @param {Worker} worker @param {Clock} clock */
  constructor(worker, clock) {
    this.#worker = worker;
    this.#clock = clock;
    worker.addEventListener('message', (event) => this.#heard(event.data));
    worker.addEventListener('error', () => this.close());
  }

  /** Before anything is made; what cannot be loaded leaves no worker behind. @param {string} integrity of the engine's file */
  async load(integrity) {
    try {
      await this.#ask({ type: 'make', integrity });
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** A new meeting's links, and what the server is to know of it. @param {Draft} draft @returns {Promise<Drafted>} */
  async draft(draft) {
    const answer = await this.#ask({ type: 'draft', draft });
    if (answer.type !== 'drafted') throw new TypeError('a wrong answer');
    return answer.drafted;
  }

  /**
   * A personal link under the host's link.
   * @param {string} meeting @param {string} hostFragment @param {Terms} terms @returns {Promise<Personal>}
   */
  async personal(meeting, hostFragment, { mayEnter, notBefore, notAfter }) {
    const terms = { mayEnter, notBefore, notAfter };
    const answer = await this.#ask({ type: 'personal', meeting, fragment: hostFragment, terms });
    if (answer.type !== 'personal') throw new TypeError('a wrong answer');
    return answer.personal;
  }

  /**
   * A job for a service under the host's link: what its program needs to come in.
   * @param {string} meeting @param {string} hostFragment @param {JobTerms} terms @returns {Promise<Job>}
   */
  async job(meeting, hostFragment, { service, notBefore, notAfter }) {
    const terms = { service, notBefore, notAfter };
    const answer = await this.#ask({ type: 'job', meeting, fragment: hostFragment, terms });
    if (answer.type !== 'job') throw new TypeError('a wrong answer');
    return answer.job;
  }

  /** Whoever still waits for something hears that it does not come. */
  close() {
    this.#isClosed = true;
    this.#worker.terminate();
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }

  /** @param {Request} request @returns {Promise<Answer>} */
  async #ask(request) {
    if (this.#isClosed) throw new Error('the engine is gone');
    const id = ++this.#lastRequest;
    const timer = this.#clock.setTimeout(() => this.#answered(id, null), patience);
    /** @type {Answer | null} */
    const answer = await new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({ id, request });
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
  #heard(message) {
    if (message.type === 'answer') this.#answered(message.id, message.answer);
  }
}
