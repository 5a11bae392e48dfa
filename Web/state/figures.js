/** How the connection is, in words, from what was measured in the last second. */

/**
 * @typedef {object} Figures
 * @property {number} voices sounds that came in
 * @property {number} pictures moving pictures that came in
 * @property {number} height of the tallest of them, in lines
 * @property {number | null} delay there and back, in milliseconds; null: not measured yet
 * @property {number} lossIn share of what should have come, 0 to 1
 * @property {number} lossOut share of what we sent, 0 to 1
 * @property {number} lossOfSound share of the sound that should have come, 0 to 1
 * @property {number} jitter of the sound, in milliseconds
 */

/** @typedef {{ readonly term: string, readonly text: string, readonly args: Readonly<Record<string, number>> }} Line keys of texts */

/** From where on something is worth a word, and from where on it hurts; as the one word for it all has them. */
const limits = { delay: [300, 800], loss: [0.03, 0.1], jitter: [60, 200] };

/** @param {readonly number[]} limit @param {number} value @returns {0 | 1 | 2} */
function grade([bad = 0, worse = 0], value) {
  return value >= worse ? 2 : value >= bad ? 1 : 0;
}

const sounds = ['link.sound.1', 'link.sound.2', 'link.sound.3'];
const delays = ['link.delay.1', 'link.delay.2', 'link.delay.3'];
const losses = ['link.loss.1', 'link.loss.2', 'link.loss.3'];

/** Sound, picture, delay and loss. @param {Figures | null} figures null: nothing is known now @param {boolean} isAudioOnly @returns {readonly Line[]} */
export function linesOf(figures, isAudioOnly) {
  const unknown = { text: 'link.unknown', args: {} };
  return [
    { term: 'link.sound', ...(figures ? soundOf(figures) : unknown) },
    { term: 'link.picture', ...pictureOf(figures, isAudioOnly) },
    { term: 'link.delay', ...(figures?.delay != null ? delayOf(figures.delay) : unknown) },
    { term: 'link.loss', ...(figures ? lossOf(Math.max(figures.lossIn, figures.lossOut)) : unknown) },
  ];
}

/** @param {Figures} figures */
function soundOf({ voices, lossOfSound, jitter }) {
  if (voices === 0) return { text: 'link.sound.none', args: {} };
  const worst = Math.max(grade(limits.loss, lossOfSound), grade(limits.jitter, jitter));
  return { text: sounds[worst] ?? '', args: {} };
}

/** @param {Figures | null} figures @param {boolean} isAudioOnly */
function pictureOf(figures, isAudioOnly) {
  if (isAudioOnly) return { text: 'link.picture.off', args: {} };
  if (!figures) return { text: 'link.unknown', args: {} };
  if (figures.pictures === 0) return { text: 'link.picture.none', args: {} };
  return { text: 'link.picture.some', args: { n: figures.pictures, m: figures.height } };
}

/** @param {number} delay */
function delayOf(delay) {
  return { text: delays[grade(limits.delay, delay)] ?? '', args: { n: Math.round(delay) } };
}

/** @param {number} loss */
function lossOf(loss) {
  return { text: losses[grade(limits.loss, loss)] ?? '', args: { n: Math.round(loss * 100) } };
}

/** Per cent, with one decimal. @param {number} share */
function percent(share) {
  return Math.round(share * 1000) / 10;
}

/** The figures themselves, for somebody who helps from afar: numbers, and nothing of who or where. @param {Figures} figures */
export function numbersOf({ voices, pictures, height, delay, lossIn, lossOut, lossOfSound, jitter }) {
  return [
    `delay ${delay === null ? '?' : Math.round(delay)} ms`,
    `jitter ${Math.round(jitter)} ms`,
    `loss in ${percent(lossIn)} %, out ${percent(lossOut)} %, sound ${percent(lossOfSound)} %`,
    `sounds ${voices}`,
    `pictures ${pictures}, ${height} lines`,
  ].join('; ');
}
