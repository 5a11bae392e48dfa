/** @import { Clock } from './clock.d.ts' */

/** The time of this page. @type {Clock} */
export const ownClock = {
  now: () => performance.now(),
  setTimeout: (task, milliseconds) => /** @type {number} */ (/** @type {unknown} */ (setTimeout(task, milliseconds))),
  clearTimeout: (timer) => clearTimeout(timer),
};
