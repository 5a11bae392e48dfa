/** The invitation link, as far as the page itself looks at it. Whether its key is right is for the engine to say. */

const meetingPath = /^\/m\/([A-Za-z0-9_-]{22})$/;
const fragmentLengths = new Set([44, 66, 87]);

/**
 * @param {string} path of an address @returns {string | null} the meeting it names
 */
export function meetingOf(path) {
  return meetingPath.exec(path)?.[1] ?? null;
}

/**
 * What somebody pasted on the home screen.
 * @param {string} text @param {string} origin of this server
 * @returns {{ type: 'here', address: string } | { type: 'elsewhere' } | { type: 'broken' }}
 */
export function readLink(text, origin) {
  let url;
  try {
    url = new URL(text.trim());
  } catch {
    return { type: 'broken' };
  }
  const fragment = url.hash.slice(1);
  const whole = meetingOf(url.pathname) !== null && fragmentLengths.has(fragment.length) && /^[\w-]+$/.test(fragment);
  if (!whole) return { type: 'broken' };
  if (url.origin !== origin) return { type: 'elsewhere' };
  return { type: 'here', address: `${url.pathname}#${fragment}` };
}
