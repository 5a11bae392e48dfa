/**
 * Passcodes: what somebody typed, a new one, and how one is shown. They are asked for at the door and are no key: the server
 * looks at them (`docs/protocol.md` 3.1).
 *
 * @typedef {{ readonly type: 'first' } | { readonly type: 'wrong' } | { readonly type: 'wait', readonly seconds: number }} PasscodeAsk
 *   why one is asked for: it was not said yet, it was another one, or one has to wait before the next try
 * @typedef {{ type: 'good', code: string } | { type: 'empty' } | { type: 'none' }} Typed `none`: nothing that could be one
 */

/** So many digits are guessed by nobody in the tries that there are, and read aloud in one breath. */
const digits = 8;
const many = 10 ** digits;
/** The largest multiple that 32 bits hold: what is above would make low numbers likelier. */
const fair = Math.floor(2 ** 32 / many) * many;

/** Spaces are for reading. @param {string} text @returns {Typed} */
export function readPasscode(text) {
  const code = text.replaceAll(/\s/gu, '');
  if (code === '') return { type: 'empty' };
  return /^[A-Za-z0-9]{6,16}$/.test(code) ? { type: 'good', code } : { type: 'none' };
}

/** @param {() => number} random 32 bits, each as likely as any other */
export function newPasscode(random) {
  for (;;) {
    const number = random();
    if (number < fair) return String(number % many).padStart(digits, '0');
  }
}

/** In groups of four, as people read them. @param {string} code */
export function shownPasscode(code) {
  return code.replaceAll(/(.{4})(?=.)/gu, '$1 ');
}
