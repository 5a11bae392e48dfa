/**
 * What a site can leave in a browser, counted; null where the browser does not let itself be asked.
 *
 * @typedef {object} Residue
 * @property {number | null} cookies
 * @property {number | null} storage
 * @property {number | null} databases
 * @property {number | null} caches
 * @property {number | null} workers
 */

/** Is anything there? @param {Residue} residue */
export function anyLeft(residue) {
  return Object.values(residue).some((count) => count !== null && count > 0);
}
