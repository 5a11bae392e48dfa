/** @typedef {import('./media/capture.js').Source} Source */

/**
 * @typedef {object} Places where the person meets their own devices
 * @property {import('./screens/prejoin.js').Prejoin} prejoin
 * @property {import('./screens/wait.js').Wait} wait
 * @property {import('./screens/meeting.js').Meeting} meeting
 * @property {import('./elements/dialogs/b-settings.js').Settings} settings
 * @property {import('./elements/dialogs/b-link.js').Link} link
 */

/** How the person's own devices look on every screen: what is on, what is on offer, how loud, and mirrored or not. */
export class Looks {
  #own;
  #places;
  #stop = new AbortController();
  #timer;

  /** @param {import('./own.js').Own} own @param {Places} places */
  constructor(own, places) {
    this.#own = own;
    this.#places = places;
    const { prejoin, wait, settings, meeting, link } = places;
    const { signal } = this.#stop;
    for (const place of [prejoin, settings, meeting, link]) {
      place.addEventListener('audioOnly', (event) => own.isAudioOnly = /** @type {CustomEvent} */ (event).detail, {
        signal,
      });
    }
    for (const devices of [prejoin.devices, settings.devices]) {
      devices.addEventListener('pick', (event) => {
        const { kind, id } = /** @type {CustomEvent} */ (event).detail;
        own.choose(kind, id);
      }, { signal });
      devices.addEventListener('test', () => own.test(), { signal });
    }
    for (const screen of [prejoin, wait]) {
      screen.addEventListener('device', (event) => own.toggle(/** @type {CustomEvent} */ (event).detail), { signal });
    }
    settings.addEventListener('hear', (event) => {
      const { part, isOn } = /** @type {CustomEvent} */ (event).detail;
      own.hear(part, isOn);
    }, { signal });
    settings.addEventListener('sounds', (event) => own.hasSounds = /** @type {CustomEvent} */ (event).detail, {
      signal,
    });
    settings.sounds = own.hasSounds;
    settings.addEventListener('mirror', (event) => this.#mirror(/** @type {CustomEvent} */ (event).detail), { signal });
    this.#mirror(true);
    this.#timer = setInterval(() => {
      const level = own.loudness.read();
      for (const place of [prejoin, wait, settings]) place.level.level = level;
    }, 80);
  }

  show() {
    const { prejoin, wait, meeting, settings, link } = this.#places;
    const [microphone, camera] = [this.#own.track('microphone'), this.#own.track('camera')];
    const opening = { microphone: this.#own.opening('microphone'), camera: this.#own.opening('camera') };
    for (const place of [prejoin, wait, meeting.small]) {
      place.microphone.on = microphone !== null;
      place.camera.on = camera !== null;
      place.microphone.busy = opening.microphone;
      place.camera.busy = opening.camera;
      place.camera.barred = this.#own.reason('camera');
    }
    meeting.small.microphone.barred = this.#own.reason('microphone');
    for (const screen of [prejoin, wait]) {
      screen.preview.track = camera;
      screen.preview.opening = opening.camera;
    }
    meeting.controls.microphone = microphone !== null;
    meeting.controls.camera = camera !== null;
    meeting.controls.busy('microphone', opening.microphone);
    meeting.controls.busy('camera', opening.camera);
    meeting.controls.bar('microphone', this.#own.reason('microphone'));
    meeting.controls.bar('camera', this.#own.reason('camera'));
    for (const place of [prejoin, settings, meeting, link]) place.audioOnly = this.#own.isAudioOnly;
    meeting.ownTrack = camera;
    settings.hearing = this.#own.hearing;
    for (const devices of [prejoin.devices, settings.devices]) {
      devices.choices = this.#own.choices;
      devices.chosen = this.#own.chosen;
    }
  }

  close() {
    this.#stop.abort();
    clearInterval(this.#timer);
  }

  /** @param {boolean} mirrored */
  #mirror(mirrored) {
    const { prejoin, wait, meeting, settings } = this.#places;
    settings.mirrored = mirrored;
    prejoin.preview.mirrored = mirrored;
    wait.preview.mirrored = mirrored;
    meeting.mirrored = mirrored;
  }
}
