import { make } from './elements/dom.js';
import { programWorker } from './e2ee/integrity.js';
import { forgetProgram, isProgramKept, keepProgram, keepsPrograms } from './storage.js';

/** What some browsers offer: to put this site among the apps. @typedef {Event & { prompt(): Promise<{ outcome?: string } | undefined> }} Offer */

/** For as long as the page lives; taken up once. @type {Offer | null} */
let offer = null;
let isApp = matchMedia('(display-mode: standalone)').matches;
let heard = () => {};

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault(); // it is said on the page of the account, and nowhere else
  offer = /** @type {Offer} */ (event);
  heard();
});

/**
 * Only whoever has an account installs, so only for them does the page name its manifest: a guest's browser is not even
 * asked whether it would like to.
 */
function nameManifest() {
  if (document.querySelector('link[rel="manifest"]') !== null) return;
  document.head.append(make('link', { rel: 'manifest', href: '/manifest.webmanifest' }));
}

/** The program in this browser, as the page of an account shows it. */
export class Installing {
  #part;

  /** @param {import('./elements/account/b-install.js').Install} part */
  constructor(part) {
    this.#part = part;
    heard = () => void this.show();
  }

  async show() {
    if (!this.#part.isConnected) return; // they went on meanwhile
    if (keepsPrograms()) nameManifest();
    const state = !keepsPrograms() ? 'unable' : await isProgramKept() ? 'kept' : 'absent';
    this.#part.show({ state, canPrompt: offer !== null, isApp });
  }

  /** Browsers answer such a question only to whoever has just pressed a button, so it is asked first. @returns {Promise<boolean>} whether it is kept now */
  async install() {
    const asking = this.#prompt();
    const isKept = await isProgramKept() || await keepProgram(programWorker());
    void asking.then(() => this.show()); // an answer may take its time
    await this.show();
    return isKept;
  }

  async remove() {
    await forgetProgram();
    await this.show();
  }

  async #prompt() {
    const taken = offer;
    offer = null;
    try {
      const answer = await taken?.prompt();
      if (answer?.outcome === 'accepted') isApp = true;
    } catch {
      // An offer that was taken back: the browser's menu still leads there.
    }
  }
}
