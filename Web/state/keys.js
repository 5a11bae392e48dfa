/** The one list of keys: it drives the keyboard, `aria-keyshortcuts` and the help. */

/** @typedef {'mic' | 'camera' | 'share' | 'hand' | 'chat' | 'people' | 'waiting' | 'security' | 'keys' | 'view' | 'help' | 'leave'} KeyAct */

/**
 * @typedef {object} Key
 * @property {KeyAct} act
 * @property {string} text key of the words in the help
 * @property {string} code the physical key, for Alt+Shift (where the character depends on the layout)
 * @property {string | null} bare the character that acts alone; null = only with Alt+Shift
 */

/** @type {readonly Key[]} */
export const keys = [
  { act: 'mic', text: 'help.mic', code: 'KeyM', bare: 'm' },
  { act: 'camera', text: 'help.camera', code: 'KeyV', bare: 'v' },
  { act: 'share', text: 'help.share', code: 'KeyS', bare: 's' },
  { act: 'hand', text: 'help.hand', code: 'KeyH', bare: 'h' },
  { act: 'chat', text: 'help.chat', code: 'KeyC', bare: 'c' },
  { act: 'people', text: 'help.people', code: 'KeyP', bare: 'p' },
  { act: 'waiting', text: 'help.waiting', code: 'KeyW', bare: 'w' },
  { act: 'security', text: 'help.security', code: 'KeyY', bare: 'y' },
  { act: 'keys', text: 'help.encryption', code: 'KeyE', bare: 'e' },
  { act: 'view', text: 'help.view', code: 'KeyG', bare: 'g' },
  { act: 'help', text: 'help.help', code: 'Slash', bare: '?' },
  { act: 'leave', text: 'help.leave', code: 'KeyQ', bare: null },
];

/**
 * What a key press asks for, or null when it is none of ours.
 * @param {{ key: string, code: string, altKey: boolean, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, repeat: boolean }} press
 * @param {{ typing: boolean, bare: boolean }} where `typing`: the focus is in a field; `bare`: single keys are on
 * @returns {KeyAct | null}
 */
export function keyAct(press, where) {
  if (press.ctrlKey || press.metaKey || press.repeat) return null;
  if (press.altKey) return press.shiftKey ? keys.find((key) => key.code === press.code)?.act ?? null : null;
  if (where.typing || !where.bare) return null;
  return keys.find((key) => key.bare === press.key.toLowerCase())?.act ?? null;
}

/**
 * Is this the key that is held to talk? It is off with the other single keys.
 * @param {{ key: string, altKey: boolean, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean }} press
 * @param {{ onControl: boolean, bare: boolean }} where `onControl`: the focus is on something that takes the key itself
 */
export function isHoldKey(press, where) {
  const isAlone = !press.altKey && !press.shiftKey && !press.ctrlKey && !press.metaKey;
  return press.key === ' ' && isAlone && where.bare && !where.onControl;
}

/** What `aria-keyshortcuts` says. @param {KeyAct} act */
export function shortcuts(act) {
  const key = keys.find((one) => one.act === act);
  if (!key) return '';
  const letter = key.code === 'Slash' ? '?' : key.code.replace('Key', '');
  return [key.bare?.toUpperCase(), `Alt+Shift+${letter}`].filter(Boolean).join(' ');
}
