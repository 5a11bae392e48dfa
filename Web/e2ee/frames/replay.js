/** Which of the last 64 counters of one key have been opened. A frame older than that, or seen, is not opened again. */
export class ReplayWindow {
  #highest = -1;
  /** Counter last seen at each place modulo 64. */
  #seen = new Float64Array(64).fill(-1);

  /** @param {number} counter */
  isFresh(counter) {
    return counter > this.#highest - 64 && this.#seen[counter % 64] !== counter;
  }

  /** Only after the frame opened: else anybody could close the window. False = it was seen meanwhile. @param {number} counter */
  mark(counter) {
    if (!this.isFresh(counter)) return false;
    this.#seen[counter % 64] = counter;
    this.#highest = Math.max(this.#highest, counter);
    return true;
  }
}
