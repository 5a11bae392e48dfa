/**
 * What somebody writes along of what is said, line by line. Values from values; nothing of it is kept.
 *
 * @import { Person } from './people.js'
 * @import { Caption } from './said.d.ts'
 *
 * @typedef {object} CaptionLine
 * @property {number} number counted up
 * @property {string | { word: string }} name of whoever spoke, at that moment
 * @property {string} text
 *
 * @typedef {'small' | 'usual' | 'large' | 'huge'} CaptionSize
 */
import { nameOf } from './people.js';

/** Three are in view; a few more are there for whoever looks back. */
const kept = 20;

/** @type {readonly CaptionSize[]} */
export const captionSizes = ['small', 'usual', 'large', 'huge'];

/** @type {CaptionSize} */
export const usualSize = 'usual';

/** A leaf may be another's later, so who it is is read now. @param {readonly CaptionLine[]} lines @param {Caption} caption @param {readonly Person[]} people @returns {readonly CaptionLine[]} */
export function withCaption(lines, { text, about }, people) {
  const speaker = people.find(({ leaf, label }) => leaf === about && label !== 'service');
  const name = speaker ? nameOf(speaker) : { word: 'chat.nameless' };
  const number = (lines.at(-1)?.number ?? 0) + 1;
  return [...lines, { number, name, text }].slice(-kept);
}
