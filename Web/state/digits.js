/** A passcode as a client makes it: eight digits, each as likely as any other. */

const count = 8;

/** A byte from here on would make the low digits likelier. */
const fair = 250;

/** @param {(count: number) => Uint8Array} random @returns {string} */
export function eightDigits(random) {
  let digits = '';
  while (digits.length < count) {
    for (const byte of random(2 * count)) {
      if (byte < fair && digits.length < count) digits += String(byte % 10);
    }
  }
  return digits;
}

/** As it is shown and read aloud: in groups of four. @param {string} code */
export function inFours(code) {
  return code.replace(/(.{4})(?=.)/gu, '$1 ');
}
