/**
 * What of a screen is shared is chosen in the browser's own picker. What comes out of it stays here until it is published.
 * @typedef {{ picture: MediaStreamTrack, sound: MediaStreamTrack | null }} Capture
 */

/**
 * What the browser is asked for (Promise P-043): a window or a tab before a whole screen, this page not at all.
 * @param {{ readonly [name: string]: boolean | undefined }} known constraints of this browser
 */
export function displayOptions(known) {
  const isOwnSoundLeftOut = known['restrictOwnAudio'] === true ? { restrictOwnAudio: true } : {};
  return {
    video: { displaySurface: 'window', frameRate: { max: 30 } },
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, ...isOwnSoundLeftOut },
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    systemAudio: 'include',
    monitorTypeSurfaces: 'include',
  };
}

/** Phones have none. */
export function canShare() {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/** Only from an act of the person. Rejects when nothing was chosen or the system does not allow it. @returns {Promise<Capture>} */
export async function pickScreen() {
  const known = /** @type {any} */ (navigator.mediaDevices.getSupportedConstraints());
  const stream = await navigator.mediaDevices.getDisplayMedia(/** @type {any} */ (displayOptions(known)));
  const [picture] = stream.getVideoTracks();
  const [sound = null] = stream.getAudioTracks();
  if (picture) return { picture, sound };
  sound?.stop();
  throw new DOMException('no picture', 'NotFoundError');
}

/** @param {Capture} capture */
export function endCapture({ picture, sound }) {
  picture.stop();
  sound?.stop();
}
