/// <reference lib="deno.ns" />
/**
 * What is kept of somebody without an account, between a network and a screen that say what a test wants.
 * @import { Args } from '../state/notices.js'
 */
import assert from 'node:assert/strict';
import { Mine } from '../mine.js';
import { ReceiptClient, ReceiptFault } from '../protocol/receipts.js';

/** @typedef {{ path: string, method: string, body: unknown, init: RequestInit }} Asked */

/** @param {...(Response | Error)} answers one after another */
function network(...answers) {
  /** @type {Asked[]} */
  const asked = [];
  /** @type {typeof fetch} */
  const ask = (input, init = {}) => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    asked.push({ path: String(input), method: String(init.method), body, init });
    const answer = answers.shift() ?? new Error('asked too often');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { asked, client: new ReceiptClient(ask) };
}

/** @param {unknown} body @param {number} [status] */
const answer = (body, status = 200) => new Response(JSON.stringify(body), { status });

class Screen extends EventTarget {
  /** @type {unknown} */
  places = null;
  /** @type {unknown} */
  findings = null;
  busy = false;
  /** @type {string[]} */
  complaints = [];

  /** @param {string} words */
  complain(words) {
    this.complaints.push(words);
  }
}

/** @param {ReceiptClient} client */
function mine(client) {
  const screen = new Screen();
  /** @type {string[]} */
  const said = [];
  const announcer = { polite: (/** @type {string} */ words, /** @type {Args} */ _args = {}) => void said.push(words) };
  return { screen, said, mine: new Mine(/** @type {any} */ (screen), announcer, client) };
}

const secret = () => Uint8Array.from({ length: 16 }, (_, at) => at);

/** @param {Promise<unknown>} work */
const fault = (work) => work.then(() => 'none', (error) => error instanceof ReceiptFault ? error.word : 'another');

Deno.test('where nothing of guests can be nothing is found, and that is said with the places', async () => {
  const places = { guests: [], accounts: ['account', 'session'] };
  const { asked, client } = network(answer(places), answer({ searched: [] }));
  const { screen, said, mine: page } = mine(client);
  await page.open();
  assert.deepEqual(screen.places, places);
  const bytes = secret();
  await page.search(bytes);
  assert.deepEqual(screen.findings, { searched: [] });
  assert.deepEqual([said, screen.complaints, screen.busy], [['mine.nothing'], [], false]);
  assert.deepEqual([...bytes], Array(16).fill(0), 'what the code was made of is overwritten');
  assert.deepEqual(asked.map(({ path, method, body }) => [path, method, body]), [
    ['/api/v1/mine', 'GET', undefined],
    ['/api/v1/mine', 'POST', { tags: [] }],
  ]);
  for (const { init } of asked) {
    assert.deepEqual([init.credentials, init.cache, init.redirect], ['omit', 'no-store', 'error']);
  }
});

Deno.test('a tag goes out for every table that the server names, and never the code', async () => {
  const searched = [{ table: 'registration', rows: 2 }, { table: 'statement', rows: 0 }];
  const { asked, client } = network(
    answer({ guests: ['registration', 'statement'], accounts: [] }),
    answer({ searched }),
  );
  const { screen, said, mine: page } = mine(client);
  screen.dispatchEvent(new CustomEvent('complaint', { detail: { words: 'mine.empty', args: {} } }));
  await page.search(secret());
  assert.deepEqual(screen.findings, { searched });
  assert.deepEqual(said, ['mine.empty', 'mine.found']);
  assert.deepEqual(asked[1]?.body, {
    tags: [
      { table: 'registration', tag: 'e7ZwPszibVUh_082JC59tQ' },
      { table: 'statement', tag: 'zC43OVIPHTF6z8F7ysC_Zg' },
    ],
  });
});

Deno.test('what could not be asked is said, and asked anew by the next search', async () => {
  const places = { guests: ['registration'], accounts: [] };
  const { client } = network(
    new Error('cut'),
    answer(places),
    answer({ error: 'tooFast' }, 429),
    new Error('cut'),
    answer(places),
    answer({ searched: [{ table: 'registration', rows: 0 }] }),
  );
  const { screen, mine: page } = mine(client);
  await page.open();
  assert.equal(screen.places, null);
  await page.search(secret());
  await page.search(secret());
  assert.deepEqual(screen.complaints, ['mine.tooFast', 'mine.failed']);
  assert.deepEqual([screen.findings, screen.busy], [null, false]);
  await page.search(secret());
  assert.deepEqual(screen.findings, { searched: [{ table: 'registration', rows: 0 }] });
});

Deno.test('an answer that leaves out a place, or is none, finds nothing and says nothing', async () => {
  const tags = [{ table: 'a', tag: 'x' }, { table: 'b', tag: 'y' }];
  const a = { table: 'a', rows: 0 }, b = { table: 'b', rows: 0 };
  for (
    const bad of [
      null,
      {},
      [],
      { searched: null },
      { searched: [] },
      { searched: [a] },
      { searched: [b, a] },
      { searched: [a, b, b] },
      { searched: [a, null] },
      { searched: [a, { table: 'b' }] },
      { searched: [a, { table: 'b', rows: -1 }] },
      { searched: [a, { table: 'b', rows: 0.5 }] },
    ]
  ) {
    assert.equal(await fault(network(answer(bad)).client.search(tags)), 'failed', JSON.stringify(bad));
  }
  assert.deepEqual(await network(answer({ searched: [a, b] })).client.search(tags), { searched: [a, b] });
  for (
    const bad of [null, { guests: [] }, { guests: [''], accounts: [] }, { guests: [], accounts: ['a b'] }, {
      guests: [7],
      accounts: [],
    }, { guests: Array(65).fill('a'), accounts: [] }]
  ) {
    assert.equal(await fault(network(answer(bad)).client.places()), 'failed', JSON.stringify(bad));
  }
  assert.equal(await fault(network(answer({ guests: [], accounts: [] }, 503)).client.places()), 'failed');
  assert.equal(await fault(network(new Response('<p>')).client.places()), 'failed');
});
