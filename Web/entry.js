import { AccountError } from './protocol/account.js';
import { isStepOver, isToken, troubleOf } from './state/account.js';
import { make } from './elements/dom.js';
import { knowsPasskeys, PasskeyFault, showPasskey } from './passkeys.js';
import './screens/set-up.js';
import './screens/sign-in.js';

/** @typedef {import('./protocol/messages.d.ts').SessionInfo} SessionInfo */
/** @typedef {import('./state/account.js').Link} Link */
/** @typedef {import('./state/account.js').Trouble} Trouble */
/** @typedef {import('./state/account.js').Work} Work */

/**
 * @typedef {object} Ways
 * @property {(session: SessionInfo) => void} signedIn where to go on
 * @property {(note: string) => void} toSignIn a new password is there: sign in with it
 */

/** The ways in: a one-time link, address and password, a passkey. A token of a link lives here, in memory, until it is used. */
export class Entry {
  #page;
  #client;
  #ways;

  /** @param {import('./page.js').Page} page @param {import('./protocol/account.js').AccountClient} client @param {Ways} ways */
  constructor(page, client, ways) {
    this.#page = page;
    this.#client = client;
    this.#ways = ways;
  }

  /** @param {Link} link @param {string} token what stood behind # */
  open(link, token) {
    const screen = /** @type {import('./screens/set-up.js').SetUp} */ (make('b-set-up'));
    screen.link = link;
    this.#hear(screen);
    screen.addEventListener('send', (event) => {
      const { email, name, password } = /** @type {CustomEvent} */ (event).detail;
      this.#work(link, screen, async () => {
        if (link === 'renew') {
          await this.#client.renew(token, password);
          return this.#ways.toSignIn('account.renew.done');
        }
        this.#ways.signedIn(await this.#client.create({ token, email, name, password }));
      });
    });
    this.#page.show(screen);
    if (!isToken(token)) screen.complain({ text: 'account.link.broken', args: {}, place: 'link' });
  }

  /** @param {string | null} [note] key of why one is here */
  signIn(note = null) {
    const screen = /** @type {import('./screens/sign-in.js').SignIn} */ (make('b-sign-in'));
    screen.hasPasskeys = knowsPasskeys();
    screen.note = note;
    this.#hear(screen);
    /** The second step that is open, and how often it was tried. */
    let step = { token: '', tries: 0, since: 0 };
    screen.addEventListener('signIn', (event) => {
      const { email, password } = /** @type {CustomEvent} */ (event).detail;
      this.#work('signIn', screen, async () => {
        const answer = await this.#client.signIn(email, password);
        if (!('step' in answer)) return this.#ways.signedIn(answer);
        step = { token: answer.step, tries: 0, since: performance.now() };
        screen.askCode();
      });
    });
    screen.addEventListener('code', (event) => {
      this.#work('code', screen, async () => {
        step.tries += 1;
        this.#ways.signedIn(await this.#client.secondStep(step.token, /** @type {CustomEvent} */ (event).detail));
      }, (word) => {
        if (word !== 'unauthorized' || !isStepOver(step, performance.now())) return false;
        screen.askPassword('account.code.over');
        this.#page.announcer.urgent('account.code.over');
        return true;
      });
    });
    screen.addEventListener('passkey', () => {
      this.#work('passkey', screen, async () => {
        const assertion = await showPasskey(await this.#client.passkeyRequest());
        this.#ways.signedIn(await this.#client.signInByPasskey(assertion));
      });
    });
    this.#page.show(screen);
    if (note !== null) this.#page.announcer.polite(note);
  }

  /** @param {HTMLElement} screen */
  #hear(screen) {
    screen.addEventListener('complaint', (event) => {
      const { text, args } = /** @type {CustomEvent} */ (event).detail;
      this.#page.announcer.polite(text, args);
    });
  }

  /**
   * Does one thing at a time, and says beside the fields why it was not done.
   * @param {Work} work @param {HTMLElement & { busy: boolean, complain(trouble: Trouble): void }} screen @param {() => Promise<void>} act
   * @param {(word: string) => boolean} [settled] whether a refusal has been dealt with
   */
  async #work(work, screen, act, settled = () => false) {
    screen.busy = true;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof AccountError || error instanceof PasskeyFault)) throw error;
      if (settled(error.word)) return;
      screen.complain(troubleOf(work, error.word, error instanceof AccountError ? error.retrySeconds : null));
    } finally {
      screen.busy = false;
    }
  }
}
