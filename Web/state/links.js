/**
 * Addresses in what somebody wrote, found without ever reading it as markup.
 * @typedef {{ readonly text: string, readonly href: string | null }} Piece
 */

const address = /\bhttps?:\/\/[^\s<>"“”„«»]+/giu;

/** What stands behind an address and is not of it. */
const trailing = new Set(".,;:!?'’*_~");

/** Closing ones, and what opens them. */
const brackets = new Map([[')', '('], [']', '['], ['}', '{']]);

/** The text in pieces that make the whole again; those with an `href` lead there. @param {string} text @returns {readonly Piece[]} */
export function piecesOf(text) {
  /** @type {Piece[]} */
  const pieces = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const written = trimmed(found);
    const href = hrefOf(written);
    if (href === null) continue;
    if (index > done) pieces.push({ text: text.slice(done, index), href: null });
    pieces.push({ text: written, href });
    done = index + written.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), href: null });
  return pieces;
}

/** Without the full stop behind it, and without a bracket that was opened before it. @param {string} found */
function trimmed(found) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const sign of found) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1] ?? '';
    const open = brackets.get(last);
    const closed = counts.get(last) ?? 0;
    if (open !== undefined && closed > (counts.get(open) ?? 0)) counts.set(last, closed - 1);
    else if (!trailing.has(last)) break;
  }
  return found.slice(0, end);
}

/** Leads nowhere when the place it leads to is not the one that is read. @param {string} written @returns {string | null} */
function hrefOf(written) {
  let url;
  try {
    url = new URL(written);
  } catch {
    return null;
  }
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  const isAsRead = written.slice(url.protocol.length).toLowerCase().startsWith(`//${url.host}`);
  return isWeb && isAsRead && url.username === '' && url.password === '' ? url.href : null;
}
