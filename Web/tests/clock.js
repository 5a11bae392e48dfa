/** A clock that stands still until a test moves it. @implements {Clock} @import { Clock } from '../protocol/clock.d.ts' */
export class StillClock {
  #now = 0;
  #last = 0;
  /** @type {Map<number, { at: number, task: () => void }>} */
  #timers = new Map();

  now() {
    return this.#now;
  }

  /** @param {() => void} task @param {number} milliseconds */
  setTimeout(task, milliseconds) {
    this.#timers.set(++this.#last, { at: this.#now + milliseconds, task });
    return this.#last;
  }

  /** @param {number} timer */
  clearTimeout(timer) {
    this.#timers.delete(timer);
  }

  /** Lets time pass, timers in their order, and gives promises their turn after each. @param {number} milliseconds */
  async pass(milliseconds) {
    const end = this.#now + milliseconds;
    for (;;) {
      await settled();
      const due = [...this.#timers].filter(([, { at }]) =>
        at <= end
      ).sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].task();
    }
    this.#now = end;
    await settled();
  }

  get timers() {
    return this.#timers.size;
  }
}

async function settled() {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
