/**
 * From the server's words to a sentence of the page.
 * @import { MediaFailure, MediaFailureNotAllowed, SessionFailure } from '../protocol/messages.d.ts'
 * @import { Failure } from './types.d.ts'
 */
import { unreachable } from '../protocol/unreachable.js';

/** A rejected `prepare` or `join`. */
export class CallError extends Error {
  /** @param {Failure} failure */
  constructor(failure) {
    super(failure.detail ?? failure.id);
    this.failure = failure;
  }
}

/** @param {SessionFailure} failure @returns {Failure} */
export function sessionFailure(failure) {
  switch (failure.type) {
    case 'unknown':
    case 'resumeUnknown':
      return { id: 'err.unknown' };
    case 'full':
      return { id: 'err.full', n: failure.capacity };
    case 'busy':
    case 'tooFast':
      return { id: 'err.busy', seconds: failure.retrySeconds };
    case 'clientTooOld':
      return { id: 'err.old' };
    case 'malformed':
    case 'passcode':
    case 'invalidNow':
      return { id: 'err.old', detail: `the server refused the message: ${failure.type}` };
    default:
      return unreachable(failure);
  }
}

/** What a host does not let one send is no failure of the way. @param {Exclude<MediaFailure, MediaFailureNotAllowed>} failure @returns {Failure} */
export function mediaFailure(failure) {
  switch (failure.type) {
    case 'capacity':
    case 'tooManySlots':
      return { id: 'err.busy', seconds: 60, detail: failure.type };
    case 'regionRefused':
      return { id: 'err.region' };
    case 'offerInconsistent':
    case 'noCommonCodec':
    case 'roleForbids':
    case 'timedOut':
    case 'fingerprintMismatch':
      return { id: 'err.network', detail: failure.type };
    default:
      return unreachable(failure);
  }
}
