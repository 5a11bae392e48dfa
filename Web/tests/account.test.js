/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { AccountClient, AccountError } from '../protocol/account.js';

/** @typedef {{ method: string, path: string, body: unknown, headers: Record<string, string>, init: RequestInit }} Asked */

/** A network that gives these answers, one after another, and keeps what it was asked. @param {...(Response | Error)} answers */
function network(...answers) {
  /** @type {Asked[]} */
  const asked = [];
  /** @type {typeof fetch} */
  const ask = (input, init = {}) => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const headers = /** @type {Record<string, string>} */ (init.headers);
    asked.push({ method: String(init.method), path: String(input), body, headers, init });
    const answer = answers.shift() ?? new Error('asked too often');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { asked, client: new AccountClient(ask) };
}

/** @param {number} status @param {unknown} [body] @param {Record<string, string>} [headers] */
const answer = (status, body, headers = {}) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status, headers });

/** @param {Promise<unknown>} work @returns {Promise<AccountError>} */
async function refused(work) {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof AccountError);
    return error;
  }
  return assert.fail('it was not refused');
}

const anna = { account: 'a', email: 'anna@example.org', name: 'Anna', roles: ['host'], passkeys: 0, confirmed: true };

Deno.test('who is signed in is a person or nobody', async () => {
  const { asked, client } = network(answer(200, anna), answer(204));
  assert.deepEqual(await client.session(), anna);
  assert.equal(await client.session(), null);
  assert.deepEqual(asked.map(({ method, path, body }) => [method, path, body]), [
    ['GET', '/api/v1/account/session', undefined],
    ['GET', '/api/v1/account/session', undefined],
  ]);
});

Deno.test('every question stays with this server, brings its cookie along and is kept nowhere', async () => {
  const { asked, client } = network(answer(202, { step: 's' }), answer(204));
  assert.deepEqual(await client.signIn('anna@example.org', 'correct horse battery'), { step: 's' });
  await client.signOut();
  for (const { path, init } of asked) {
    assert.ok(path.startsWith('/api/v1/'), path);
    assert.equal(init.credentials, 'same-origin');
    assert.equal(init.cache, 'no-store');
    assert.equal(init.redirect, 'error');
    assert.ok(init.signal);
  }
});

Deno.test('what changes something says that it is JSON, and what has a token shows it', async () => {
  const { asked, client } = network(answer(204), answer(204), answer(204));
  await client.register('m', 't', { inviteID: 'i', capacity: 8, descriptor: 'd', lobby: 'l' });
  await client.addTickets('m', 't', ['c']);
  await client.revokeTicket('m', 't', 'h');
  assert.deepEqual(asked.map(({ method, path, body }) => [method, path, body]), [
    ['PUT', '/api/v1/meetings/m/invite', { inviteID: 'i', capacity: 8, descriptor: 'd', lobby: 'l' }],
    ['POST', '/api/v1/meetings/m/tickets', { tickets: ['c'] }],
    ['DELETE', '/api/v1/meetings/m/tickets/h', undefined],
  ]);
  assert.deepEqual(asked.map(({ headers }) => headers['authorization']), ['Bearer t', 'Bearer t', 'Bearer t']);
  for (const { headers, body } of asked) {
    assert.equal(headers['content-type'], body === undefined ? undefined : 'application/json');
  }
});

Deno.test('a token of a one-time link is in the body and never in the path', async () => {
  const token = 'lJ-qtcDL1uHs9wINGCMuOURPWmVwe4aRnKeyvcjT3uk';
  const { asked, client } = network(answer(201, anna), answer(204));
  await client.create({ token, email: 'anna@example.org', name: 'Anna', password: 'correct horse battery' });
  await client.renew(token, 'correct horse battery');
  for (const { path, body, headers } of asked) {
    assert.ok(!path.includes(token));
    assert.ok(!JSON.stringify(headers).includes(token));
    assert.equal(/** @type {{ token: string }} */ (body).token, token);
  }
});

Deno.test('lists go on behind what was read', async () => {
  const { asked, client } = network(
    answer(200, { accounts: [] }),
    answer(200, { links: [] }),
    answer(200, { meetings: [] }),
  );
  await client.accounts();
  await client.links('x');
  await client.planned('y');
  assert.deepEqual(asked.map(({ path }) => path), [
    '/api/v1/accounts',
    '/api/v1/accounts/links?after=x',
    '/api/v1/account/meetings?after=y',
  ]);
});

Deno.test('a refusal has the word of the server and how long to wait', async () => {
  const { client, asked } = network(
    answer(429, { error: 'tooFast' }, { 'retry-after': '30' }),
    answer(403, { error: 'confirmationNeeded' }),
    answer(422, { error: 'passwordTooShort' }),
  );
  const paused = await refused(client.signIn('anna@example.org', 'x'));
  assert.deepEqual([paused.word, paused.retrySeconds], ['tooFast', 30]);
  const again = await refused(client.invite(['host']));
  assert.deepEqual([again.word, again.retrySeconds], ['confirmationNeeded', null]);
  assert.equal((await refused(client.renew('t', 'short'))).word, 'passwordTooShort');
  assert.equal(asked.length, 3, 'nothing is tried twice');
});

Deno.test('what is no answer of the server has a word all the same', async () => {
  const { client } = network(
    new Response('<h1>Bad gateway</h1>', { status: 502 }),
    answer(503, { error: 'no such word' }, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }),
    answer(429, null, { 'retry-after': '999999' }),
    new TypeError('network'),
    new Response('<h1>Sign in to the hotel</h1>', { status: 200 }),
    answer(200, 'text'),
  );
  assert.equal((await refused(client.session())).word, 'failed');
  const busy = await refused(client.signIn('a', 'b'));
  assert.deepEqual([busy.word, busy.retrySeconds], ['busy', null]);
  const long = await refused(client.signIn('a', 'b'));
  assert.deepEqual([long.word, long.retrySeconds], ['tooFast', 3_600]);
  assert.equal((await refused(client.session())).word, 'offline');
  assert.equal((await refused(client.session())).word, 'offline');
  assert.equal((await refused(client.session())).word, 'offline');
});
