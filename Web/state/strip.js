/**
 * How the stage is divided when something large stands on it: that first, the people in a strip beside or below. Pure numbers.
 *
 * @typedef {{ side: 'beside' | 'below', size: number, width: number, height: number }} Strip `size`: tiles it holds;
 *   width and height of one of them
 */

/** Below this width a face is no longer a face, and the strip takes no more of the stage than it needs. */
const narrowestTile = 160, widestTile = 256, mostTiles = 6;

/** @param {number} width of the stage, without its padding @param {number} height @param {number} [gap] @returns {Strip} */
export function strip(width, height, gap = 12) {
  const side = width >= height * 1.2 ? 'beside' : 'below';
  const wanted = side === 'beside' ? width / 5 : width / 4;
  const tile = Math.max(0, Math.min(width, widestTile, Math.max(narrowestTile, wanted)));
  const tall = tile * 9 / 16;
  const along = side === 'beside' ? (height + gap) / (tall + gap) : (width + gap) / (tile + gap);
  return { side, size: Math.max(1, Math.min(mostTiles, Math.floor(along))), width: tile, height: tall };
}
