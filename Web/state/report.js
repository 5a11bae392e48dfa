/**
 * What somebody takes along of a meeting in a file of their own: a report of misuse, and what was counted after it. No link,
 * no id, no key: whoever gets the file cannot come in with it. A guest's receipt code is their own, and opens no meeting.
 * @import { Message } from './chat.js'
 * @import { Residue } from './residue.js'
 *
 * @typedef {object} Report
 * @property {number} at Unix milliseconds
 * @property {string} text what the person wrote
 * @property {string} about a name; empty: nobody in particular
 * @property {readonly Message[]} messages chosen ones
 * @property {string} you what one's own messages are signed with
 */

import { shownReceipt } from './receipt.js';

/** Of more nobody reads a choice. */
const mostMessages = 50;

/** The last messages that still say something. @param {readonly Message[]} messages @returns {readonly Message[]} */
export function reportable(messages) {
  return messages.filter(({ takenBack }) => takenBack === null).slice(-mostMessages);
}

/** Is there anything in it? @param {Pick<Report, 'text' | 'messages'>} report */
export function isEmpty({ text, messages }) {
  return text.trim() === '' && messages.length === 0;
}

/** @param {Report} report */
export function reportFile({ at, text, about, messages, you }) {
  return file({
    kind: 'beraad-report',
    savedAt: new Date(at).toISOString(),
    about: about === '' ? null : about,
    text: text.trim(),
    messages: messages.map((message) => ({
      sentAt: new Date(message.at).toISOString(),
      from: message.own ? you : message.name,
      toEveryone: message.to.length === 0,
      text: message.text,
      files: message.files.map(({ name }) => name),
    })),
  });
}

/** What was counted in this browser. @param {Residue} residue @param {number} at Unix milliseconds @param {string} site @param {string | null} code the receipt code, for guests */
export function receiptFile(residue, at, site, code) {
  const more = code === null ? {} : { code: shownReceipt(code) };
  return file({ kind: 'beraad-receipt', countedAt: new Date(at).toISOString(), site, left: residue, ...more });
}

/** The day, for a file's name. @param {number} at Unix milliseconds */
export function dayOf(at) {
  return new Date(at).toISOString().slice(0, 10);
}

/** @param {Record<string, unknown>} content */
function file(content) {
  return `${JSON.stringify({ ...content, version: 1 }, null, 2)}\n`;
}
