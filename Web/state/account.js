/**
 * What the pages around accounts know by themselves: paths, one-time links, what may be typed, and the words for every
 * refusal.
 * @import { AccountWord } from '../protocol/account.js'
 * @import { Args } from './notices.js'
 */

/** @typedef {'host' | 'admin' | 'privacyOfficer' | 'operator'} Role */
/** @typedef {'setUp' | 'invited' | 'renew'} Link what a one-time link is for */
/** @typedef {Link | 'signIn' | 'account'} AccountPage */
/** @typedef {'email' | 'name' | 'password' | 'next' | 'code' | 'link'} Place what a trouble is about; link: all of it, the link opens nothing */
/** @typedef {{ readonly text: string, readonly args: Args, readonly place: Place | null }} Trouble place null: nothing that was typed */
/** @typedef {AccountWord | 'stopped' | 'known' | 'unfit'} Refusal the last three are the browser's, about passkeys */

/**
 * @typedef {{ readonly type: 'signOut' } | { readonly type: 'signOutEverywhere' } | { readonly type: 'close' }
 *   | { readonly type: 'changePassword', readonly current: string, readonly next: string }
 *   | { readonly type: 'offerCodes' } | { readonly type: 'confirmCodes', readonly code: string } | { readonly type: 'dropCodes' }
 *   | { readonly type: 'addPasskey' } | { readonly type: 'removePasskey', readonly id: string }
 *   | { readonly type: 'install' } | { readonly type: 'uninstall' }
 *   | { readonly type: 'invite', readonly roles: Role[] } | { readonly type: 'removeLink', readonly id: string }
 *   | { readonly type: 'renewalLink', readonly account: string } | { readonly type: 'closeOther', readonly account: string, readonly email: string }
 *   | { readonly type: 'moreAccounts' } | { readonly type: 'moreLinks' }} AccountAct what somebody does on the page of their account
 */

/** @typedef {AccountAct['type'] | Link | 'signIn' | 'code' | 'passkey' | 'confirm'} Work whatever a server may refuse */

/** @type {Readonly<Record<string, AccountPage>>} */
const pages = {
  '/setup': 'setUp',
  '/invited': 'invited',
  '/renew': 'renew',
  '/sign-in': 'signIn',
  '/account': 'account',
};

/** @param {string} path of an address @returns {AccountPage | null} */
export function accountPage(path) {
  return Object.hasOwn(pages, path) ? pages[path] ?? null : null;
}

/** Whether this can be what stands behind # of a one-time link: 32 bytes in base64url. @param {string} fragment */
export function isToken(fragment) {
  return /^[\w-]{43}$/.test(fragment);
}

/** A one-time link as its receiver needs it. @param {'invited' | 'renew'} link @param {string} origin @param {string} token */
export function oneTimeLink(link, origin, token) {
  return `${origin}/${link}#${token}`;
}

/** What a new password has, counted as the server counts: composed letters. */
export const passwordLength = Object.freeze({ least: 12, most: 128 });

/** Said at once instead of after a second. @param {string} password @param {string | null} email @returns {AccountWord | null} what is wrong with a new password */
export function passwordFault(password, email) {
  const composed = password.normalize('NFC');
  const length = [...composed].length;
  if (length < passwordLength.least) return 'passwordTooShort';
  if (length > passwordLength.most) return 'passwordTooLong';
  return email !== null && composed.toLowerCase() === email.trim().toLowerCase() ? 'passwordIsAddress' : null;
}

/** Whether it looks like an address; whether it is one is for the server to say. @param {string} text */
export function isAddress(text) {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}

/** A secret as one types it into an app. @param {string} secret */
export function inGroups(secret) {
  return secret.replace(/.{4}(?=.)/g, '$& ');
}

/** What an app on the same device opens, or reads as a picture. @param {string} secret in base 32 @param {string} email @param {string} host of this server */
export function appAddress(secret, email, host) {
  const label = `${encodeURIComponent(`Beraad ${host}`)}:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(`Beraad ${host}`)}`;
}

/** @param {string} text @param {Place | null} [place] @returns {Trouble} */
const told = (text, place = null) => ({ text, args: {}, place });

/** @type {Partial<Record<Refusal, Trouble>>} */
const passwords = {
  passwordTooShort: told('account.password.short', 'next'),
  passwordTooLong: told('account.password.long', 'next'),
  passwordIsAddress: told('account.password.isAddress', 'next'),
};

/** @type {Partial<Record<Refusal, Trouble>>} */
const creation = {
  ...passwords,
  notAnAddress: told('account.email.bad', 'email'),
  conflict: told('account.email.taken', 'email'),
};

/** @type {Partial<Record<Refusal, Trouble>>} */
const passkeys = {
  forbidden: told('account.passkey.notHere'),
  stopped: told('account.passkey.stopped'),
  unfit: told('account.passkey.notHere'),
};

const wrongCode = told('account.code.wrong', 'code');
const wrong = told('err.signIn.1', 'password');
const lastAdmin = told('account.close.last');

/** What a refusal means where it is about this work. @type {Readonly<Partial<Record<Work, Partial<Record<Refusal, Trouble>>>>>} */
const meanings = {
  setUp: { ...creation, unauthorized: told('err.signIn.3', 'link') },
  invited: { ...creation, unauthorized: told('account.invited.used', 'link') },
  renew: { ...passwords, unauthorized: told('account.renew.used', 'link') },
  signIn: { unauthorized: wrong, malformed: wrong },
  code: { unauthorized: wrongCode, malformed: wrongCode },
  passkey: { ...passkeys, unauthorized: told('account.passkey.unknown') },
  confirm: { unauthorized: told('account.current.wrong', 'password') },
  changePassword: { ...passwords, unauthorized: told('account.current.wrong', 'password') },
  confirmCodes: { unauthorized: wrongCode, malformed: wrongCode, conflict: told('account.codes.late') },
  addPasskey: {
    ...passkeys,
    unauthorized: told('account.passkey.refused'),
    conflict: told('account.passkey.full'),
    known: told('account.passkey.known'),
  },
  removePasskey: { notFound: told('account.gone') },
  removeLink: { notFound: told('account.gone') },
  invite: { conflict: told('account.links.full') },
  renewalLink: {
    conflict: told('account.renewal.conflict'),
    forbidden: told('account.renewal.forbidden'),
    notFound: told('account.gone'),
  },
  close: { conflict: lastAdmin },
  closeOther: { conflict: lastAdmin, notFound: told('account.gone') },
};

/** @type {Partial<Record<Refusal, Trouble>>} */
const everywhere = {
  offline: told('account.offline'),
  busy: told('account.busy'),
  tooFast: told('account.busy'),
  forbidden: told('account.forbidden'),
};

/**
 * What to say, and where.
 * @param {Work} work @param {Refusal} word @param {number | null} [seconds] after which another try may help @returns {Trouble}
 */
export function troubleOf(work, word, seconds = null) {
  const own = meanings[work]?.[word];
  if (own) return own;
  if (word === 'tooFast' && seconds !== null && seconds > 2) return { ...told('err.signIn.2'), args: { seconds } };
  return everywhere[word] ?? told('account.failed');
}

/** Whether somebody looks after the accounts of others. @param {{ readonly roles: readonly Role[] }} session */
export function isAdmin({ roles }) {
  return roles.includes('admin');
}

/** What this admin may invite others to be: a supervisor makes supervisors, and nobody else does. @param {readonly Role[]} own @returns {readonly Role[]} */
export function mayInvite(own) {
  return own.includes('privacyOfficer') ? ['host', 'admin', 'privacyOfficer', 'operator'] : ['host', 'admin'];
}

/** Tries at a second step, and for how long: afterwards the password is asked again. Milliseconds. */
const stepTries = 5, stepLife = 300_000;

/** Whether a second step leads nowhere any more. @param {{ readonly tries: number, readonly since: number }} step @param {number} now */
export function isStepOver({ tries, since }, now) {
  return tries >= stepTries || now - since >= stepLife;
}
