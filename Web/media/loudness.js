/** Reads how loud the own microphone is. It listens beside the call, never in the way of what is heard. */
export class Loudness {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {AnalyserNode | null} */
  #analyser = null;
  /** @type {MediaStreamAudioSourceNode | null} */
  #source = null;
  #samples = new Float32Array(1024);

  /** @param {MediaStreamTrack | null} track */
  listen(track) {
    this.#source?.disconnect();
    this.#source = null;
    if (!track) {
      this.#context?.suspend().catch(() => {});
      return;
    }
    this.#context ??= new AudioContext();
    this.#context.resume().catch(() => {});
    this.#analyser ??= new AnalyserNode(this.#context, { fftSize: this.#samples.length });
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
  }

  /** 0 to 1 on the scale of the ear: a whisper moves it, a shout fills it. */
  read() {
    if (!this.#source || !this.#analyser) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    const decibel = 10 * Math.log10(power + 1e-10);
    return Math.min(1, Math.max(0, (decibel + 60) / 50));
  }

  close() {
    this.listen(null);
    this.#context?.close().catch(() => {});
    this.#context = null;
    this.#analyser = null;
  }
}
