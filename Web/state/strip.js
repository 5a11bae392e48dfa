/** One person or screen large and a strip of the others beside or below. Pure numbers: no element, no style. */
import { grid } from './grid.js';

/** @typedef {{ readonly width: number, readonly height: number }} Size */

/**
 * @typedef {object} Strip
 * @property {'beside' | 'below'} where
 * @property {number} places how many stand in it
 * @property {Size} small a tile of the strip
 * @property {Size} large whoever has the stage, in the shape of a camera
 * @property {Size} area all that the strip leaves, for what has a shape of its own
 */

const mostPlaces = 6;

/** Below this width a face is no longer a face; above the other it takes room the stage could use. */
const narrowest = 160;
const widest = 240;

/** What the stage keeps of the length that it shares with the strip. */
const least = 0.7;

/**
 * The strip stands where it leaves the larger picture; where it has no room for a face it is not there.
 * @param {number} others how many are not on the stage @param {number} width @param {number} height @param {number} [gap] @returns {Strip}
 */
export function strip(others, width, height, gap = 12) {
  const [beside, below] = [besideOf(others, width, height, gap), belowOf(others, width, height, gap)];
  if (beside.places === 0) return below;
  if (below.places === 0) return beside;
  return beside.large.width * beside.large.height > below.large.width * below.large.height ? beside : below;
}

/** @param {number} others @param {number} width @param {number} height @param {number} gap @returns {Strip} */
function besideOf(others, width, height, gap) {
  const places = placesIn(others, height, narrowest * 9 / 16, gap);
  const tall = Math.min(widest * 9 / 16, room(places, height, gap), (width * (1 - least) - gap) * 9 / 16);
  const small = { width: tall * 16 / 9, height: tall };
  if (places === 0 || small.width < narrowest) return { where: 'beside', ...alone(width, height) };
  return { where: 'beside', places, small, ...left(width - small.width - gap, height) };
}

/** @param {number} others @param {number} width @param {number} height @param {number} gap @returns {Strip} */
function belowOf(others, width, height, gap) {
  const places = placesIn(others, width, narrowest, gap);
  const wide = Math.min(widest, room(places, width, gap), (height * (1 - least) - gap) * 16 / 9);
  const small = { width: wide, height: wide * 9 / 16 };
  if (places === 0 || small.width < narrowest) return { where: 'below', ...alone(width, height) };
  return { where: 'below', places, small, ...left(width, height - small.height - gap) };
}

/** With a gap at both ends as well. @param {number} others @param {number} length @param {number} tile @param {number} gap */
function placesIn(others, length, tile, gap) {
  return Math.max(0, Math.min(mostPlaces, others, Math.floor((length - gap) / (tile + gap))));
}

/** @param {number} places @param {number} length @param {number} gap */
function room(places, length, gap) {
  return (length - gap * (places + 1)) / Math.max(1, places);
}

/** @param {number} width @param {number} height */
function alone(width, height) {
  return { places: 0, small: { width: 0, height: 0 }, ...left(width, height) };
}

/** @param {number} width @param {number} height @returns {{ large: Size, area: Size }} */
function left(width, height) {
  const area = { width: Math.max(0, width), height: Math.max(0, height) };
  const one = grid(1, area.width, area.height);
  return { large: { width: one.width, height: one.height }, area };
}
