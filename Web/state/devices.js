/** Which device is used and offered. */

/** @typedef {'microphone' | 'camera' | 'speaker'} Kind */
/** @typedef {{ readonly id: string, readonly label: string }} Choice */
/** @typedef {Readonly<Record<Kind, readonly Choice[]>>} Choices */
/** @typedef {'denied' | 'noDevice' | 'inUse'} Trouble */

/** @type {Record<string, Kind>} */
const kinds = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' };

/**
 * What the browser lists, ready to be offered. Entries without an id (before permission) and the doubles some browsers
 * add for "default" and "communications" are left out: the first choice of each list is the default anyway.
 * @param {readonly { kind: string, deviceId: string, label: string }[]} listed @returns {Choices}
 */
export function choices(listed) {
  /** @type {Record<Kind, Choice[]>} */
  const found = { microphone: [], camera: [], speaker: [] };
  for (const device of listed) {
    const kind = kinds[device.kind];
    if (!kind || device.deviceId === '' || device.deviceId === 'default' || device.deviceId === 'communications') {
      continue;
    }
    if (found[kind].some((one) => one.id === device.deviceId)) continue;
    found[kind].push({ id: device.deviceId, label: device.label });
  }
  return found;
}

/** Is the chosen device still there? An empty choice (the default) always is. @param {Choices} all @param {Kind} kind @param {string} id */
export function stillThere(all, kind, id) {
  return id === '' || all[kind].some((one) => one.id === id);
}

/** What is wrong, by the name of the error a refused request carries. @param {string} errorName @returns {Trouble} */
export function deviceTrouble(errorName) {
  switch (errorName) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'noDevice';
    case 'NotReadableError':
    case 'AbortError':
      return 'inUse';
    default:
      return 'denied';
  }
}
