import { make } from './elements/dom.js';
import { CallError } from './call.js';
import { minutes, missingWord } from './state/failures.js';
import './screens/failure.js';

/** @typedef {import('./media/types.d.ts').Failure} Failure */
/** @typedef {import('./screens/failure.js').FailureScreen} FailureScreen */

/** What a rejected `prepare` or `join` says; anything else is a failure of the network. @param {unknown} error @returns {Failure} */
export function failureOf(error) {
  return error instanceof CallError ? error.failure : { id: 'err.network', detail: String(error) };
}

/** What somebody has to ask of an administrator. @param {Failure} failure */
export function wayOut({ host, port }) {
  return { host: host ?? location.hostname, port: port ?? (location.port || '443') };
}

/** The screen for a failure, and its words to be said aloud. @param {Failure} failure */
export function refusal(failure) {
  const screen = /** @type {FailureScreen} */ (make('b-failure'));
  /** @type {import('./state/notices.js').Args} */
  const args = {
    ...wayOut(failure),
    n: failure.n ?? minutes(failure.seconds ?? 60),
    missing: { word: missingWord(failure.missing ?? '') },
  };
  screen.failure = { id: failure.id, args, detail: failure.detail, note: failure.note };
  return { screen, words: failure.id, args };
}
