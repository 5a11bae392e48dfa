/** Which people are in view when they do not all fit: pages of tiles. */

/** Below this width a face is no longer a face. */
const narrowestTile = 160;

/**
 * How many tiles a page may hold.
 * @param {number} width of the stage @param {number} height @param {boolean} small a phone, or a window as small as one
 */
export function pageSize(width, height, small) {
  if (!small) return 25;
  const most = width > height ? 6 : 8;
  const across = Math.max(1, Math.floor(width / narrowestTile));
  return Math.max(1, Math.min(most, across * Math.max(1, Math.floor(height / (narrowestTile * 0.6)))));
}

/**
 * Brings somebody who speaks elsewhere into the first page, in the place of the person there who was silent longest.
 * Nobody else moves. `spoke` says when each person was last heard (larger = later; absent = never).
 * @param {readonly string[]} order @param {number} size @param {string} speaker @param {ReadonlyMap<string, number>} spoke
 * @param {string} [me] never moved: people look for themselves in one place
 * @returns {readonly string[]}
 */
export function bringForward(order, size, speaker, spoke, me) {
  const from = order.indexOf(speaker);
  if (from < size || speaker === me) return order;
  /** @type {string | undefined} */
  let quietest;
  for (const candidate of order.slice(0, size)) {
    if (candidate === me) continue;
    if (quietest === undefined || (spoke.get(candidate) ?? -1) < (spoke.get(quietest) ?? -1)) quietest = candidate;
  }
  if (quietest === undefined) return order;
  return order.map((one) => one === speaker ? /** @type {string} */ (quietest) : one === quietest ? speaker : one);
}

/**
 * The order to show: those already shown keep their place, newcomers follow in order of arrival, oneself last.
 * @param {readonly string[]} shown @param {readonly string[]} present in order of arrival, own entry last @returns {string[]}
 */
export function keepOrder(shown, present) {
  const me = present.at(-1);
  const here = new Set(present);
  const kept = shown.filter((one) => here.has(one) && one !== me);
  const known = new Set(kept);
  const fresh = present.filter((one) => !known.has(one) && one !== me);
  return me === undefined ? [] : [...kept, ...fresh, me];
}
