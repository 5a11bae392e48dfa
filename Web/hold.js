/**
 * @typedef {object} HeldMicrophone
 * @property {() => boolean} isOn or on its way to be
 * @property {() => boolean} mayTurnOn is the person in the meeting, and does nobody forbid it?
 * @property {() => unknown} on
 * @property {() => void} off
 */

/** The microphone is on as long as a key is held: one sentence of somebody who is muted. */
export class Hold {
  #isHeld = false;
  #microphone;
  #show;

  /** @param {HeldMicrophone} microphone @param {(isHeld: boolean) => void} show */
  constructor(microphone, show) {
    this.#microphone = microphone;
    this.#show = show;
  }

  /** The key went down. False: it does nothing here. */
  press() {
    if (this.#microphone.isOn() || !this.#microphone.mayTurnOn()) return false;
    this.#become(true);
    this.#microphone.on();
    return true;
  }

  /** The key went up, or nobody can know whether it did. */
  release() {
    if (!this.#isHeld) return;
    this.#become(false);
    this.#microphone.off();
  }

  /** Something happened to the microphone. Whoever else turned it off has ended this: it does not come back while the key is down. */
  look() {
    if (this.#isHeld && !this.#microphone.isOn()) this.#become(false);
  }

  /** @param {boolean} isHeld */
  #become(isHeld) {
    this.#isHeld = isHeld;
    this.#show(isHeld);
  }
}
