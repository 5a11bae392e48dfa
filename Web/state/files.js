/**
 * Files that people give each other, as they stand in the chat and before it is sent. The rest is bytes.
 * @import { Words } from './audience.js'
 * @import { Args } from './notices.js'
 * @import { FileRef } from './said.d.ts'
 *
 * How a file is doing; nothing: it lies there.
 * @typedef {{ readonly phase: 'going' | 'paused' | 'offline', readonly percent: number, readonly left: Words | null }
 *   | { readonly phase: 'waiting' | 'ready' | 'saved' | 'gone' }
 *   | { readonly phase: 'failed', readonly fault: Words }} FileState
 *
 * @typedef {'drop' | 'get' | 'retract' | 'pause' | 'resume' | 'cancel'} FileAct
 *
 * What is seen of one.
 * @typedef {object} FileView
 * @property {string} name
 * @property {readonly Words[]} words beside the name
 * @property {number | null} percent
 * @property {boolean} isBad do the words say that something went wrong?
 * @property {readonly FileAct[]} acts
 */

/** Bytes of the largest file: where it can be written as it comes, and where it has to be held in memory. */
const largest = { written: 1e9, held: 1e8 };

/** With one message. */
export const mostFiles = 8;

/** Milliseconds before a speed is one. */
const calm = 2000;

/**
 * What a file is known by. Its id alone is the server's word, which may give one id to two people; what opens and names the
 * file is its author's.
 * @param {Pick<FileRef, 'blob' | 'key' | 'hash' | 'size' | 'name'>} file
 */
export function fileKey({ blob, key, hash, size, name }) {
  return [blob, key, hash, size, name].join(' ');
}

/** @param {boolean} isWritten @returns {number} */
export function limitOf(isWritten) {
  return isWritten ? largest.written : largest.held;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return Math.ceil(bytes / 1e6);
}

/** @param {number} bytes @returns {Words} */
export function sizeWords(bytes) {
  if (bytes < 1e6) return { text: 'chat.file.kb', args: { n: Math.ceil(bytes / 1000) } };
  return { text: 'chat.file.mb', args: { n: megabytes(bytes) } };
}

/** @param {number} done @param {number} total */
export function percentOf(done, total) {
  return total === 0 ? 100 : Math.min(100, Math.floor(done / total * 100));
}

/** How long it may still take; null while nobody can know. @param {number} done @param {number} total @param {number} milliseconds since it began @returns {Words | null} */
export function leftWords(done, total, milliseconds) {
  if (done <= 0 || milliseconds < calm) return null;
  const seconds = Math.ceil((total - done) / done * milliseconds / 1000);
  if (seconds < 60) return { text: 'chat.file.seconds', args: { n: seconds } };
  return { text: 'chat.file.minutes', args: { n: Math.ceil(seconds / 60) } };
}

/** A name in so many characters that keeps its ending, by which programs know a file. @param {string} name @param {number} longest */
export function shortened(name, longest) {
  const characters = [...name];
  if (characters.length <= longest) return name;
  const ending = /\.[^.\s]{1,10}$/u.exec(name)?.[0] ?? '';
  return `${characters.slice(0, longest - [...ending].length - 1).join('')}…${ending}`;
}

/** What a disk takes as a name: no folder, nothing hidden, nothing that a system gives a meaning. @param {string} name @param {string} nameless */
export function savedName(name, nameless) {
  // deno-lint-ignore no-control-regex
  const plain = name.replace(/[\u0000-\u001f\u007f\\/:*?"<>|]/g, '_').replace(/^[.\s]+|[.\s]+$/g, '');
  return plain === '' ? nameless : plain;
}

/** One that is to go out with a message. @param {string} name @param {number} size @param {FileState | undefined} state @returns {FileView} */
export function outgoingView(name, size, state) {
  const resting = { name, words: [sizeWords(size)], percent: null, isBad: false };
  if (!state) return { ...resting, acts: ['drop'] };
  switch (state.phase) {
    case 'saved':
    case 'gone':
      return { ...resting, acts: ['drop'] };
    case 'ready':
      return { ...resting, words: [sizeWords(size), { text: 'chat.file.ready', args: {} }], acts: ['drop'] };
    case 'waiting':
      return { ...resting, words: [sizeWords(size), { text: 'chat.file.waiting', args: {} }], acts: ['cancel'] };
    case 'failed':
      return { ...resting, words: [state.fault], isBad: true, acts: ['drop'] };
    default:
      return underway(name, state);
  }
}

/** One in a message. @param {string} name @param {number} size @param {boolean} own @param {FileState | undefined} state @returns {FileView} */
export function messageView(name, size, own, state) {
  /** @type {readonly FileAct[]} */
  const acts = own ? ['get', 'retract'] : ['get'];
  const resting = { name, words: [sizeWords(size)], percent: null, isBad: false, acts };
  if (!state) return resting;
  switch (state.phase) {
    case 'ready':
    case 'waiting':
      return resting;
    case 'saved':
      return { ...resting, words: [sizeWords(size), { text: 'chat.file.saved', args: {} }] };
    case 'gone':
      return { ...resting, words: [{ text: 'err.file.gone', args: {} }], isBad: true, acts: [] };
    case 'failed':
      return { ...resting, words: [state.fault], isBad: true };
    default:
      return underway(name, state);
  }
}

/** @param {string} name @param {Extract<FileState, { percent: number }>} state @returns {FileView} */
function underway(name, { phase, percent, left }) {
  const args = { n: percent };
  switch (phase) {
    case 'going': {
      const words = [{ text: 'chat.file.going', args }, ...left ? [left] : []];
      return { name, words, percent, isBad: false, acts: ['pause', 'cancel'] };
    }
    case 'paused':
      return {
        name,
        words: [{ text: 'chat.file.paused', args }],
        percent,
        isBad: false,
        acts: ['resume', 'cancel'],
      };
    case 'offline':
      return { name, words: [{ text: 'chat.file.offline', args: {} }], percent, isBad: false, acts: ['cancel'] };
  }
}
