/** @typedef {'microphone' | 'camera'} Source */

/** @param {boolean | MediaTrackConstraints} constraints @param {string} id */
const withDevice = (constraints, id) =>
  id === '' ? constraints : { .../** @type {any} */ (constraints), deviceId: { exact: id } };

const microphone = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: { ideal: 1 },
};
const camera = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };

/**
 * Opens the microphone or the camera, after an act of the person and never before (`entry.muted`). Rejects with the
 * browser's own error, whose name says what is wrong. An empty `id` is the default of the system.
 * @param {Source} source @param {string} id @returns {Promise<MediaStreamTrack>}
 */
export async function openDevice(source, id) {
  const stream = await navigator.mediaDevices.getUserMedia(
    source === 'camera' ? { video: withDevice(camera, id) } : { audio: withDevice(microphone, id) },
  );
  const track = stream.getTracks()[0];
  if (!track) throw new DOMException('no track', 'NotFoundError');
  return track;
}

/** What the browser lists; before permission it tells little. */
export async function listDevices() {
  return await navigator.mediaDevices.enumerateDevices();
}

/** @param {() => void} changed @param {AbortSignal} signal */
export function onDeviceChange(changed, signal) {
  navigator.mediaDevices.addEventListener('devicechange', changed, { signal });
}
