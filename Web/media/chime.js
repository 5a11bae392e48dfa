const rate = 24000;

/** Soft notes after each other: when each begins (seconds) and how high it is (hertz). */
const tunes = {
  test: /** @type {const} */ ([[0, 523.25], [0.45, 659.25]]),
  knock: /** @type {const} */ ([[0, 392], [0.22, 392]]),
};

/** The notes as samples from -1 to 1. @param {keyof typeof tunes} tune */
function notes(tune) {
  const samples = new Float32Array(rate * 1.4);
  for (const [start, pitch] of tunes[tune]) {
    for (let at = Math.floor(start * rate); at < samples.length; at++) {
      const time = at / rate - start;
      const envelope = Math.min(1, time / 0.02) * Math.exp(-4 * time);
      samples[at] = (samples[at] ?? 0) + 0.3 * envelope * Math.sin(2 * Math.PI * pitch * time);
    }
  }
  return samples;
}

/** The samples as a WAV file: 16 bit, one channel. @param {Float32Array} samples */
function wav(samples) {
  const bytes = new DataView(new ArrayBuffer(44 + samples.length * 2));
  /** @param {number} at @param {string} text */
  const mark = (at, text) => [...text].forEach((letter, i) => bytes.setUint8(at + i, letter.charCodeAt(0)));
  mark(0, 'RIFF');
  bytes.setUint32(4, 36 + samples.length * 2, true);
  mark(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, rate, true);
  bytes.setUint32(28, rate * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  mark(36, 'data');
  bytes.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) => bytes.setInt16(44 + i * 2, Math.round(sample * 32767), true));
  return new Blob([bytes.buffer], { type: 'audio/wav' });
}

/** Plays it through the speaker chosen, the way the meeting will. @param {string} speaker @param {keyof typeof tunes} tune */
export async function playChime(speaker, tune) {
  const address = URL.createObjectURL(wav(notes(tune)));
  const audio = new Audio(address);
  audio.addEventListener('ended', () => URL.revokeObjectURL(address));
  if (speaker !== '' && 'setSinkId' in audio) await audio.setSinkId(speaker).catch(() => {});
  await audio.play();
}
