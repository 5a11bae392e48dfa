/** Who speaks, from how loud each voice is. A pause between two words is not silence. */

/** About -34 dB: above the noise of a quiet room. */
const loudness = 0.02;
const hold = 500;

export class Speakers {
  /** @type {Map<string, number>} */
  #spokeAt = new Map();
  #last = '';

  /** The new set if it changed, else null. @param {Iterable<readonly [string, number]>} levels participant, 0…1 @param {number} now @returns {ReadonlySet<string> | null} */
  heard(levels, now) {
    for (const [participant, level] of levels) if (level >= loudness) this.#spokeAt.set(participant, now);
    for (const [participant, at] of this.#spokeAt) if (now - at > hold) this.#spokeAt.delete(participant);
    const speaking = [...this.#spokeAt.keys()].sort().join(' ');
    if (speaking === this.#last) return null;
    this.#last = speaking;
    return new Set(this.#spokeAt.keys());
  }
}
