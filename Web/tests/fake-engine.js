/**
 * An engine that remembers what it was asked for and says what a test wants: both workers without a thread.
 * @import { Engine, EngineListener } from '../e2ee/engine.js'
 * @import { MemberState, Policy } from '../state/meeting.d.ts'
 */

/** What a meeting's rules are for whoever has these rights. @param {Policy['rights']} rights @returns {Policy} */
export function policy(rights) {
  return {
    isLocked: false,
    admission: 'waiting',
    rights,
    features: ['chat', 'microphone', 'camera'],
    featuresMax: ['chat', 'direct', 'files', 'microphone', 'camera'],
    membersMax: 300,
    isWithoutServices: true,
  };
}

export class FakeEngine {
  /** Every call, by its name and what came with it. @type {unknown[][]} */
  asked = [];
  isStarted = false;
  isAlive = true;
  isMediaDead = false;
  /** What `open` answers. @type {import('../e2ee/engine/host.js').Opened} */
  opened = { fault: null, kind: 'guest', invite: 'i'.repeat(22) };
  /** What `enter` throws, if anything. @type {Error | null} */
  refusal = null;
  /** @type {EngineListener} */
  on = /** @type {any} */ (null);

  /** What `GroupDoor` and `Call` start instead of two workers. @returns {typeof Engine.start} */
  get start() {
    return (on) => {
      this.on = on;
      this.isStarted = true;
      return Promise.resolve(/** @type {Engine} */ (/** @type {unknown} */ (this)));
    };
  }

  /** The names of the calls so far. */
  get names() {
    return this.asked.map(([name]) => name);
  }

  /** @param {MemberState['name']} name @param {MemberState['reason']} [reason] */
  become(name, reason) {
    this.on.state(reason ? { name, reason } : { name });
  }

  open() {
    return this.#note('open', Promise.resolve(this.opened));
  }

  /** @param {string} name @param {string} note @param {string} language */
  enter(name, note, language) {
    return this.#note('enter', this.refusal ? Promise.reject(this.refusal) : Promise.resolve(), name, note, language);
  }

  replaceMedia() {
    this.isMediaDead = false;
    return this.#note('replaceMedia', Promise.resolve());
  }

  leave() {
    return this.#note('leave', Promise.resolve());
  }

  close() {
    this.isAlive = false;
    this.#note('close', undefined);
  }

  connected() {
    this.#note('connected', undefined);
  }

  disconnected() {
    this.#note('disconnected', undefined);
  }

  /** @param {string} key */
  eject(key) {
    this.#note('eject', undefined, key);
  }

  /** @param {string} key @param {import('../state/meeting.d.ts').ServiceFacts} service @param {boolean} given @param {string} text */
  consent(key, service, given, text) {
    this.#note('consent', undefined, key, service, given, text);
  }

  /** @param {string} name */
  rename(name) {
    this.#note('rename', undefined, name);
  }

  /** @template Answer @param {string} name @param {Answer} answer @param {...unknown} parts */
  #note(name, answer, ...parts) {
    this.asked.push([name, ...parts]);
    return answer;
  }
}
