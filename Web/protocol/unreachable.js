/** Ends every `switch` over a closed type: a case that is missing fails `deno check`. @param {never} value @returns {never} */
export function unreachable(value) {
  throw new TypeError(`unhandled case: ${JSON.stringify(value)}`);
}
