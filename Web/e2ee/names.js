/** What strangers wrote, made safe to show. */
import { utf8 } from './bytes.js';

const longestName = 120;
const longestNote = 500;
const longestTopic = 512;
const longestText = 8192;

/**
 * Controls, the marks that turn the direction of text, and what takes no room: a name must not rearrange the page around
 * it, nor look like another or like none. Joiners stay, as some scripts and emoji need them.
 */
const unwanted =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;
/** Something to see: more than white space and marks that join or vary. */
const visible = /[^\s\u200c\u200d\ufe00-\ufe0f]/u;

/** @param {string} name @returns {string} at most 60 characters and 120 bytes; may be empty */
export function cleanName(name) {
  return clean(name, 60, longestName);
}

/** One line. @param {string} note @returns {string} at most 500 bytes; may be empty */
export function cleanNote(note) {
  return clean(note.replace(/\s+/gu, ' '), longestNote, longestNote);
}

/** One line. @param {string} topic @returns {string} at most 120 characters and 512 bytes; may be empty */
export function cleanTopic(topic) {
  return clean(topic.replace(/\s+/gu, ' '), 120, longestTopic);
}

/** Lines and tabs stay. @param {string} text @returns {string} at most 8,192 bytes; may be empty */
export function cleanText(text) {
  const lines = text.normalize('NFC').replace(/\r\n?/gu, '\n').split('\n');
  const clean = lines.map((line) => line.split('\t').map((part) => part.replace(unwanted, '')).join('\t')).join('\n');
  if (!visible.test(clean)) return '';
  let cut = clean.trim();
  while (utf8(cut).length > longestText) {
    cut = [...cut].slice(0, -Math.max(1, (utf8(cut).length - longestText) >> 2)).join('');
  }
  return cut;
}

/** @param {string} text @param {number} characters @param {number} bytes @returns {string} */
function clean(text, characters, bytes) {
  let clean = '';
  for (const character of [...text.normalize('NFC').replace(unwanted, '').trim()].slice(0, characters)) {
    if (utf8(clean + character).length > bytes) break;
    clean += character;
  }
  return visible.test(clean) ? clean.trim() : '';
}
