/**
 * How tiles share the stage. Pure numbers: no element, no style.
 *
 * @typedef {{ columns: number, rows: number, width: number, height: number }} Grid
 */

/** A new division must cover this much more before tiles change places: faces should stand still. */
const worthMoving = 1.1;

/**
 * The largest tile at this number of columns. A tile is never wider than 16:9 and never narrower than 4:3 on a wide
 * stage, 3:4 on a tall one.
 * @param {number} columns @param {number} n @param {number} width @param {number} height @param {number} gap @returns {Grid}
 */
function divide(columns, n, width, height, gap) {
  const narrowest = width >= height ? 4 / 3 : 3 / 4;
  const rows = Math.ceil(n / columns);
  const w = Math.max(0, (width - gap * (columns - 1)) / columns);
  const h = Math.max(0, (height - gap * (rows - 1)) / rows);
  const aspect = Math.min(16 / 9, Math.max(narrowest, h > 0 ? w / h : narrowest));
  const tile = Math.min(w, h * aspect);
  return { columns, rows, width: tile, height: tile / aspect };
}

/**
 * For every count of columns the largest tile that fits; the division with the biggest tile wins.
 * @param {number} n tiles, at least 1 @param {number} width @param {number} height @param {number} [gap] @returns {Grid}
 */
export function grid(n, width, height, gap = 12) {
  /** @type {Grid} */
  let best = { columns: 1, rows: Math.max(1, n), width: 0, height: 0 };
  for (let columns = 1; columns <= n; columns++) {
    const next = divide(columns, n, width, height, gap);
    if (next.width * next.height > best.width * best.height) best = next;
  }
  return best;
}

/**
 * As `grid`, but keeps the number of columns people are used to while another would cover less than 10 % more.
 * @param {number} n @param {number} width @param {number} height @param {number | null} columns the count in use
 * @param {number} [gap] @returns {Grid}
 */
export function calmGrid(n, width, height, columns, gap = 12) {
  const best = grid(n, width, height, gap);
  if (columns === null || columns > n || columns === best.columns) return best;
  const kept = divide(columns, n, width, height, gap);
  return best.width * best.height < kept.width * kept.height * worthMoving ? kept : best;
}
