/**
 * Why nothing is sent, in words. The engine's gate decides (e2ee.md 7.5); here it only gets its sentence and its way on.
 * @import { Notice } from './notices.js'
 */
import { encryptNotice } from './notices.js';

/** Seconds without a sign of a host after which the engine closes the gate. */
const silence = 20;

/** Reasons that need no patience: they do not pass by themselves. */
const lasting = new Set(['consent', 'unhosted', 'stranger', 'compareFail', 'watchdog']);

/** Own devices are off then, which is not a failure. */
const quiet = new Set(['muted']);

/** @type {Readonly<Record<string, string>>} */
const families = {
  noProof: 'proof',
  restored: 'proof',
  behind: 'behind',
  epoch: 'behind',
  consent: 'consent',
  unhosted: 'host',
  stranger: 'stranger',
  compareFail: 'stranger',
  watchdog: 'encrypt',
};

/** @type {Readonly<Record<string, Omit<Notice, 'id'>>>} */
const plans = {
  proof: { text: 'err.noProof', args: { seconds: silence }, acts: ['leave'], tone: 'urgent' },
  behind: { text: 'err.behind', args: {}, acts: ['leave'], tone: 'care' },
  consent: { text: 'service.held', args: {}, acts: [], tone: 'care' },
  host: { text: 'err.noHost', args: {}, acts: ['people', 'goOn', 'leave'], tone: 'urgent' },
  stranger: { text: 'err.stranger', args: {}, acts: ['keys', 'leave'], tone: 'urgent' },
  encrypt: encryptNotice(),
  held: { text: 'err.held', args: {}, acts: ['leave'], tone: 'care' },
};

/** Does the gate stay shut for these reasons until somebody acts? @param {string} reason */
export function isLasting(reason) {
  return lasting.has(reason);
}

/** Is sending stopped, other than by somebody's own wish? @param {readonly string[]} reasons */
export function isShut(reasons) {
  return reasons.some((reason) => !quiet.has(reason));
}

/** A notice for each sort of reason, once; a reason not known here still says that nothing is sent. @param {readonly string[]} reasons @returns {readonly Notice[]} */
export function gateNotices(reasons) {
  const sorts = new Set(reasons.filter((reason) => !quiet.has(reason)).map((reason) => families[reason] ?? 'held'));
  // Who does not belong here weighs more than who is missing.
  if (sorts.has('stranger')) sorts.delete('behind');
  return [...sorts].flatMap((sort) => {
    const plan = plans[sort];
    return plan ? [{ ...plan, id: `gate.${sort}` }] : [];
  });
}
