/**
 * Accounts over HTTP (`docs/protocol.md` 8): one method for each thing the server does, and no second try of its own, for
 * nobody wants an act done twice. The cookie goes along by itself; no script reads it.
 * @import {
 *   AccountCreation, AccountList, CodeOffer, Invitation, InviteRegistration, LinkList, LinkMade, MeetingCreated,
 *   MeetingPlan, MeetingSafety, PasskeyAssertion, PasskeyCreation, PasskeyList, PasskeyRegistration, PasskeyRequest, PlannedMeeting,
 *   PlannedMeetings, Problem, RecoveryCodes, SecondStep, SessionInfo,
 * } from './messages.d.ts'
 * @typedef {Problem['error'] | 'offline'} AccountWord offline: the server was not reached, or what came was not its answer
 */

/** Milliseconds; the longest queue for looking at passwords is shorter. */
const patience = 30_000;

/** Seconds that anybody is asked to wait, at most: the server's own longest pause is fifteen minutes. */
const longestWait = 3_600;

/** @type {Readonly<Record<number, AccountWord>>} */
const words = { 401: 'unauthorized', 403: 'forbidden', 404: 'notFound', 409: 'conflict', 429: 'tooFast', 503: 'busy' };

/** Every word that a server of this release says. @type {ReadonlySet<string>} */
const known = new Set(
  /** @type {readonly AccountWord[]} */ ([
    'notFound',
    'methodNotAllowed',
    'malformed',
    'tooLarge',
    'outOfRange',
    'forbidden',
    'unauthorized',
    'confirmationNeeded',
    'notAnAddress',
    'passwordTooShort',
    'passwordTooLong',
    'passwordIsAddress',
    'conflict',
    'measure',
    'upgradeRequired',
    'tooFast',
    'busy',
    'failed',
  ]),
);

/** Why something was not done. */
export class AccountError extends Error {
  /** @param {AccountWord} word @param {number | null} [retrySeconds] after how long another try may help @param {unknown} [measure] what a meeting lacks, with `measure` */
  constructor(word, retrySeconds = null, measure = null) {
    super(word);
    this.name = 'AccountError';
    this.word = word;
    this.retrySeconds = retrySeconds;
    this.measure = measure;
  }
}

/** What the server does for whoever has an account, or is to get one. Every method throws an `AccountError`. */
export class AccountClient {
  #ask;

  /** @param {typeof fetch} [ask] what a test puts in place of the network */
  constructor(ask = (input, init) => fetch(input, init)) {
    this.#ask = ask;
  }

  // Before one is signed in

  /** Who is signed in here; null: nobody. @returns {Promise<SessionInfo | null>} */
  session() {
    return this.#send('GET', '/account/session');
  }

  /** Makes an account with a one-time link; one is signed in then. @param {AccountCreation} creation @returns {Promise<SessionInfo>} */
  create(creation) {
    return this.#send('POST', '/account', creation);
  }

  /** A new password with a one-time link. @param {string} token @param {string} password @returns {Promise<void>} */
  renew(token, password) {
    return this.#send('POST', '/account/renewal', { token, password });
  }

  /** `step` is for `secondStep`. @param {string} email @param {string} password @returns {Promise<SessionInfo | SecondStep>} */
  signIn(email, password) {
    return this.#send('POST', '/account/session', { email, password });
  }

  /** The code of an app, or a recovery code. @param {string} step @param {string} code @returns {Promise<SessionInfo>} */
  secondStep(step, code) {
    return this.#send('POST', '/account/session/code', { step, code });
  }

  /** What a passkey has to sign. @returns {Promise<PasskeyRequest>} */
  passkeyRequest() {
    return this.#send('POST', '/account/session/passkey/options', {});
  }

  /** @param {PasskeyAssertion} assertion @returns {Promise<SessionInfo>} */
  signInByPasskey(assertion) {
    return this.#send('POST', '/account/session/passkey', assertion);
  }

  // Oneself

  /** @returns {Promise<void>} */
  signOut() {
    return this.#send('DELETE', '/account/session');
  }

  /** @returns {Promise<void>} */
  signOutEverywhere() {
    return this.#send('DELETE', '/account/sessions');
  }

  /** Gives the password again: for five minutes dangerous things may be done. @param {string} password @returns {Promise<void>} */
  confirm(password) {
    return this.#send('POST', '/account/session/password', { password });
  }

  /** Signs every other browser out. @param {string} current @param {string} next @returns {Promise<SessionInfo>} */
  changePassword(current, next) {
    return this.#send('PUT', '/account/password', { current, new: next });
  }

  /** Closes the account; nothing of it is left. @returns {Promise<void>} */
  close() {
    return this.#send('DELETE', '/account');
  }

  // What keeps others out

  /** What an app makes its codes from; it counts after `confirmCodes`. @returns {Promise<CodeOffer>} */
  offerCodes() {
    return this.#send('POST', '/account/codes', {});
  }

  /** A first code of the app; the recovery codes are told this once. @param {string} code @returns {Promise<RecoveryCodes>} */
  confirmCodes(code) {
    return this.#send('PUT', '/account/codes', { code });
  }

  /** A password is enough again. @returns {Promise<void>} */
  dropCodes() {
    return this.#send('DELETE', '/account/codes');
  }

  /** @returns {Promise<PasskeyList>} */
  passkeys() {
    return this.#send('GET', '/account/passkeys');
  }

  /** What a browser needs to make a passkey. @returns {Promise<PasskeyCreation>} */
  passkeyCreation() {
    return this.#send('POST', '/account/passkeys/options', {});
  }

  /** @param {PasskeyRegistration} registration @returns {Promise<PasskeyList>} */
  addPasskey(registration) {
    return this.#send('POST', '/account/passkeys', registration);
  }

  /** @param {string} id @returns {Promise<void>} */
  removePasskey(id) {
    return this.#send('DELETE', `/account/passkeys/${id}`);
  }

  // Meetings

  /** @param {string | null} [after] the id behind which the list goes on @returns {Promise<PlannedMeetings>} */
  planned(after = null) {
    return this.#send('GET', `/account/meetings${behind(after)}`);
  }

  /** @param {MeetingPlan} plan @returns {Promise<PlannedMeeting>} */
  plan(plan) {
    return this.#send('POST', '/account/meetings', plan);
  }

  /** @param {string} id @param {MeetingPlan} plan @returns {Promise<void>} */
  change(id, plan) {
    return this.#send('PUT', `/account/meetings/${id}`, plan);
  }

  /** @param {string} id @returns {Promise<void>} */
  cancel(id) {
    return this.#send('DELETE', `/account/meetings/${id}`);
  }

  /** What keeps a planned meeting safe. @param {string} id @returns {Promise<MeetingSafety>} */
  safety(id) {
    return this.#send('GET', `/meetings/${id}/safety`);
  }

  /** Makes a meeting joinable. @param {string} id @param {string} token @param {InviteRegistration} registration @returns {Promise<void>} */
  register(id, token, registration) {
    return this.#send('PUT', `/meetings/${id}/invite`, registration, token);
  }

  /** More personal links. @param {string} id @param {string} token @param {readonly string[]} tickets certificates @returns {Promise<void>} */
  addTickets(id, token, tickets) {
    return this.#send('POST', `/meetings/${id}/tickets`, { tickets }, token);
  }

  /** @param {string} id @param {string} token @param {string} hash of the ticket's key @returns {Promise<void>} */
  revokeTicket(id, token, hash) {
    return this.#send('DELETE', `/meetings/${id}/tickets/${hash}`, undefined, token);
  }

  // Others, for admins

  /** @param {string | null} [after] @returns {Promise<AccountList>} */
  accounts(after = null) {
    return this.#send('GET', `/accounts${behind(after)}`);
  }

  /** A one-time link by which somebody makes an account. @param {Invitation['roles']} roles @returns {Promise<LinkMade>} */
  invite(roles) {
    return this.#send('POST', '/accounts/invitations', { roles });
  }

  /** A one-time link by which somebody chooses a new password. @param {string} account @returns {Promise<LinkMade>} */
  renewalLink(account) {
    return this.#send('POST', `/accounts/${account}/renewal`, {});
  }

  /** @param {string | null} [after] @returns {Promise<LinkList>} */
  links(after = null) {
    return this.#send('GET', `/accounts/links${behind(after)}`);
  }

  /** @param {string} id @returns {Promise<void>} */
  removeLink(id) {
    return this.#send('DELETE', `/accounts/links/${id}`);
  }

  /** @param {string} account @returns {Promise<void>} */
  closeAccount(account) {
    return this.#send('DELETE', `/accounts/${account}`);
  }

  /**
   * Asks once. An answer without a body is null.
   * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method @param {string} path behind the interface's own @param {object} [body] @param {string} [token]
   * @returns {Promise<any>} what the caller says it is: the server is of this release, as this page is
   */
  async #send(method, path, body, token) {
    /** @type {Record<string, string>} */
    const headers = { accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    /** @type {RequestInit} */
    const how = { method, headers, cache: 'no-store', credentials: 'same-origin', redirect: 'error' };
    if (body !== undefined) how.body = JSON.stringify(body);
    how.signal = AbortSignal.timeout(patience);
    const answer = await this.#ask(`/api/v1${path}`, how).catch(() => null);
    if (answer === null) throw new AccountError('offline');
    if (!answer.ok) throw await refusal(answer);
    if (answer.status === 204) return null;
    const said = await answer.json().catch(() => null);
    if (typeof said !== 'object' || said === null) throw new AccountError('offline');
    return said;
  }
}

/** @param {string | null} id */
function behind(id) {
  return id === null ? '' : `?after=${id}`;
}

/** Something between may answer in the server's place: then the status has to do. @param {Response} answer @returns {Promise<AccountError>} */
async function refusal(answer) {
  const body = await answer.json().catch(() => null);
  const said = /** @type {unknown} */ (body?.error);
  const isKnown = typeof said === 'string' && known.has(said);
  const word = isKnown ? /** @type {AccountWord} */ (said) : words[answer.status] ?? 'failed';
  const seconds = /^\d{1,6}$/.exec(answer.headers.get('retry-after') ?? '')?.[0];
  const wait = seconds === undefined ? null : Math.min(longestWait, Number(seconds));
  return new AccountError(word, wait, word === 'measure' ? body?.measure : null);
}
