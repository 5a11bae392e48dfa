import { language } from '../../strings/translate.js';
import { make } from '../dom.js';

/** A moment in words of the language now chosen, on a clock of 24 hours. @param {number} seconds of Unix time */
export function when(seconds) {
  const moment = new Date(seconds * 1000);
  const how = /** @type {const} */ ({
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const words = new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'nl', how).format(moment);
  return make('time', { datetime: moment.toISOString() }, words);
}
