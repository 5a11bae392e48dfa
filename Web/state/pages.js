/** Which people are in view when they do not all fit: pages of tiles. */

/** Below this width a face is no longer a face. */
const narrowestTile = 160;

/**
 * How many tiles a page may hold.
 * @param {number} width of the stage @param {number} height @param {boolean} small a phone, or a window as small as one
 */
export function pageSize(width, height, small) {
  const most = !small ? 25 : width > height ? 6 : 8;
  const across = Math.max(1, Math.floor(width / narrowestTile));
  return Math.max(1, Math.min(most, across * Math.max(1, Math.floor(height / (narrowestTile * 0.6)))));
}

/**
 * Brings somebody who speaks elsewhere into the first page, in the place of the person there who was silent longest.
 * Nobody else moves. `spoke` says when each person was last heard (larger = later; absent = never).
 * @param {readonly string[]} order @param {number} size @param {string} speaker @param {ReadonlyMap<string, number>} spoke
 * @param {readonly (string | undefined)[]} [still] never moved: oneself, looked for in one place, and who is put first
 * @returns {readonly string[]}
 */
export function bringForward(order, size, speaker, spoke, still = []) {
  const from = order.indexOf(speaker);
  if (from < size || still.includes(speaker)) return order;
  /** @type {string | undefined} */
  let quietest;
  for (const candidate of order.slice(0, size)) {
    if (still.includes(candidate)) continue;
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

/** Those who are put first, in the order they are named, before all others. @param {readonly string[]} order @param {readonly string[]} first @returns {string[]} */
export function putFirst(order, first) {
  const here = first.filter((one, place) => order.includes(one) && first.indexOf(one) === place);
  return [...here, ...order.filter((one) => !here.includes(one))];
}

/**
 * One page of a list whose first few stand on every page.
 * @template Item
 * @param {readonly Item[]} all @param {number} kept how many of the first stay @param {number} size of a page @param {number} page from 0; one that is not there is the nearest
 * @returns {{ shown: readonly Item[], page: number, pages: number }}
 */
export function pageOf(all, kept, size, page) {
  // On a page of one nobody could be reached behind somebody who stays.
  const first = all.slice(0, Math.max(0, Math.min(kept, size - 1)));
  const rest = all.slice(first.length), room = Math.max(1, size - first.length);
  const pages = Math.max(1, Math.ceil(rest.length / room));
  const here = Math.min(Math.max(0, page), pages - 1);
  return { shown: [...first, ...rest.slice(here * room, (here + 1) * room)], page: here, pages };
}
