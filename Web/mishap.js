import { FilesError } from './e2ee/engine.js';
import { isMeasure, notPlanned } from './state/safety.js';

/** @typedef {import('./elements/home/trouble.js').Mishap} Mishap */

/** Where the server does not know somebody any more. */
const signedOut = 'home.failed.session';

/** By the word of the server's refusal. @type {Readonly<Record<string, string>>} */
const texts = {
  offline: 'home.failed.offline',
  unauthorized: signedOut,
  forbidden: signedOut,
  conflict: 'home.failed.many',
};

/** Seconds, where the server does not say how many. */
const usualWait = 10;

/** What is said when a meeting could not be made, found or changed. @param {unknown} error @returns {Mishap} */
export function mishapOf(error) {
  if (error instanceof FilesError) return { text: 'err.files', args: {} };
  const { word, retrySeconds, measure } = /** @type {{ word?: unknown, retrySeconds?: unknown, measure?: unknown }} */ (
    typeof error === 'object' && error !== null ? error : {}
  );
  if (word === 'measure' && isMeasure(measure)) return notPlanned(measure);
  if (word === 'busy' || word === 'tooFast') {
    return { text: 'home.failed.busy', args: { n: typeof retrySeconds === 'number' ? retrySeconds : usualWait } };
  }
  const text = typeof word === 'string' ? texts[word] ?? 'home.failed' : 'home.failed';
  return { text, args: {}, isSignedOut: text === signedOut };
}
