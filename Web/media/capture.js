/** @typedef {'microphone' | 'camera'} Source */

/** @type {readonly Source[]} */
export const sources = ['microphone', 'camera'];

/** @param {boolean | MediaTrackConstraints} constraints @param {string} id */
const withDevice = (constraints, id) =>
  id === '' ? constraints : { .../** @type {any} */ (constraints), deviceId: { exact: id } };

/** What the browser does to the sound of the microphone. @typedef {{ readonly echo: boolean, readonly noise: boolean, readonly gain: boolean }} Treatments */

/** @param {Treatments} treatments */
const microphone = ({ echo, noise, gain }) => ({
  echoCancellation: echo,
  noiseSuppression: noise,
  autoGainControl: gain,
  channelCount: { ideal: 1 },
});
const camera = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };

/**
 * Opens the microphone or the camera, after an act of the person and never before (`entry.muted`). Rejects with the
 * browser's own error, whose name says what is wrong. An empty `id` is the default of the system.
 * @param {Source} source @param {string} id @param {Treatments} treatments of a microphone @returns {Promise<MediaStreamTrack>}
 */
export async function openDevice(source, id, treatments) {
  const stream = await navigator.mediaDevices.getUserMedia(
    source === 'camera' ? { video: withDevice(camera, id) } : { audio: withDevice(microphone(treatments), id) },
  );
  const track = stream.getTracks()[0];
  if (!track) throw new DOMException('no track', 'NotFoundError');
  return track;
}

/**
 * Other treatments for a microphone that is open. False: this browser changes nothing on a running track, so another one
 * has to take its place.
 * @param {MediaStreamTrack} track @param {Treatments} treatments
 */
export async function retune(track, treatments) {
  const { channelCount: _, ...wanted } = microphone(treatments);
  await track.applyConstraints(microphone(treatments)).catch(() => {});
  const now = /** @type {Readonly<Record<string, unknown>>} */ (track.getSettings());
  return Object.entries(wanted).every(([name, value]) => now[name] === undefined || Boolean(now[name]) === value);
}

/** What the browser lists; before permission it tells little. */
export async function listDevices() {
  return await navigator.mediaDevices.enumerateDevices();
}

/** @param {() => void} changed @param {AbortSignal} signal */
export function onDeviceChange(changed, signal) {
  navigator.mediaDevices.addEventListener('devicechange', changed, { signal });
}
