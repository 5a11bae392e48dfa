import { make, say } from '../dom.js';

/** `isSignedOut`: to sign in anew is what helps. @typedef {import('../../state/audience.js').Words & { readonly isSignedOut?: boolean }} Mishap */

/**
 * Puts down what went wrong. Whoever has to sign in anew finds the way there, on which the page keeps what it knows.
 * @param {HTMLElement} place @param {Mishap} mishap
 */
export function sayTrouble(place, { text, args, isSignedOut = false }) {
  const words = make('span');
  say(words, text, args);
  place.replaceChildren(words);
  if (isSignedOut) place.append(' ', make('a', { href: '/sign-in', 'data-page': true, t: 'account.toSignIn' }));
}
