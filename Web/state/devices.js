/** Which device is used and offered. */

/** @typedef {'microphone' | 'camera' | 'speaker'} Kind */
/** @typedef {{ readonly id: string, readonly label: string }} Choice */
/** @typedef {Readonly<Record<Kind, readonly Choice[]>>} Choices */
/** @typedef {'denied' | 'noDevice' | 'inUse'} Trouble */

/** @typedef {{ readonly kind: string, readonly deviceId: string, readonly label: string }} Listed */

/** @type {Readonly<Record<string, Kind>>} */
const kindOf = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' };

/** @type {readonly Kind[]} */
export const kinds = ['microphone', 'camera', 'speaker'];

/**
 * What the browser lists, ready to be offered. Entries without an id (before permission) and the doubles some browsers
 * add for "default" and "communications" are left out: the first choice of each list is the default anyway.
 * @param {readonly Listed[]} listed @returns {Choices}
 */
export function choices(listed) {
  /** @type {Record<Kind, Choice[]>} */
  const found = { microphone: [], camera: [], speaker: [] };
  for (const device of listed) {
    const kind = kindOf[device.kind];
    if (!kind || device.deviceId === '' || device.deviceId === 'default' || device.deviceId === 'communications') {
      continue;
    }
    if (found[kind].some((one) => one.id === device.deviceId)) continue;
    found[kind].push({ id: device.deviceId, label: device.label });
  }
  return found;
}

/**
 * Is the chosen device gone? An empty choice (the default) never is, and where the browser does not name its devices
 * nothing is known.
 * @param {readonly Listed[]} listed @param {Kind} kind @param {string} id
 */
export function vanished(listed, kind, id) {
  const alike = listed.filter((device) => kindOf[device.kind] === kind);
  return id !== '' && !alike.some(({ deviceId }) => deviceId === id || deviceId === '');
}

/** The first device that is there now and was not, of a kind of which others were known. @param {Choices} before @param {Choices} now @returns {Choice | null} */
export function arrived(before, now) {
  for (const kind of kinds) {
    const fresh = before[kind].length === 0
      ? undefined
      : now[kind].find(({ id }) => before[kind].every((one) => one.id !== id));
    if (fresh) return fresh;
  }
  return null;
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
