/// <reference lib="deno.ns" />
/** What the worker of an installed program keeps, answers and leaves alone: its script is run with a browser made of a few lines. */
import assert from 'node:assert/strict';

const script = await Deno.readTextFile(new URL('../sw.js', import.meta.url));
const site = 'https://meet.test';

/** @typedef {{ integrity?: string, credentials?: string, redirect?: string, signal?: AbortSignal }} How */
/** @typedef {{ waitUntil(work: Promise<unknown>): void, respondWith(answer: Promise<Response>): void, request?: unknown, data?: unknown, ports?: unknown[] }} FakeEvent */

/** @param {string} name */
const release = (name) => ({
  name,
  page: 'sha384-page',
  pages: ['/', '/m/{id}', '/privacy', '/account'],
  files: { 'app.js': 'sha384-app', 'styles/base.css': 'sha384-base', 'e2ee/engine/e2ee.wasm': 'sha384-engine' },
});

/** What Cache Storage does as far as it is used: a shelf that was taken away is not written to any more. */
class Shelves {
  /** @type {Map<string, Map<string, Response>>} */
  all = new Map();

  /** @param {string} name */
  open(name) {
    const shelf = this.all.get(name) ?? new Map();
    this.all.set(name, shelf);
    return Promise.resolve({
      /** @param {string} path @param {Response} response */
      put: (path, response) => Promise.resolve(void shelf.set(path, response)),
    });
  }

  keys() {
    return Promise.resolve([...this.all.keys()]);
  }

  /** @param {string} name */
  delete(name) {
    return Promise.resolve(this.all.delete(name));
  }

  /** @param {string} path @param {{ cacheName: string }} where */
  match(path, { cacheName }) {
    return Promise.resolve(this.all.get(cacheName)?.get(path));
  }
}

/**
 * A browser with the worker of this release in it.
 * @param {string} name @param {Shelves} caches @param {(path: string, how: How) => Promise<Response>} [network]
 */
function browser(name, caches, network = () => Promise.resolve(new Response('from the network'))) {
  /** @type {Map<string, (event: FakeEvent) => void>} */
  const listeners = new Map();
  /** @type {{ path: string, how: How }[]} */
  const asked = [];
  /** @type {{ url: string }[]} */
  const windows = [];
  let hasTakenOver = false;
  /** @type {{ installing: object | null, waiting: object | null }} */
  const registration = { installing: null, waiting: null };
  const self = {
    release: release(name),
    registration,
    location: { origin: site },
    /** @param {string} type @param {(event: FakeEvent) => void} listener */
    addEventListener: (type, listener) => listeners.set(type, listener),
    skipWaiting: () => Promise.resolve(void (hasTakenOver = true)),
    clients: { matchAll: () => Promise.resolve(windows) },
  };
  /** @param {string | Request} what @param {How} [how] */
  const fetch = (what, how = {}) => {
    const path = typeof what === 'string' ? what : what.url;
    asked.push({ path, how });
    return network(path, how);
  };
  new Function('self', 'caches', 'fetch', script)(self, caches, fetch);
  /** Gives the worker an event; what it does then, and what it answers, if it does. @param {string} type @param {object} event */
  const give = (type, event = {}) => {
    /** @type {Promise<unknown>[]} */
    const work = [];
    /** @type {Promise<Response>[]} */
    const answers = [];
    listeners.get(type)?.({ waitUntil: (one) => work.push(one), respondWith: (one) => answers.push(one), ...event });
    return { done: Promise.all(work), answer: answers[0] ?? null };
  };
  /** What it answers to a request; null: it leaves it to the browser. @param {string} url @param {object} [how] */
  const answer = (url, how = {}) => give('fetch', { request: { method: 'GET', mode: 'cors', url, ...how } }).answer;
  return { asked, windows, registration, give, answer, listeners, hasTakenOver: () => hasTakenOver };
}

Deno.test('it keeps the page and the files of one release, each by its hash and asked for by nobody in particular', async () => {
  const caches = new Shelves(), { asked, give } = browser('one', caches);
  await give('install').done;
  assert.deepEqual([...caches.all.keys()], ['shell one']);
  const kept = [...caches.all.get('shell one')?.keys() ?? []].sort();
  assert.deepEqual(kept, ['/', '/a/one/app.js', '/a/one/e2ee/engine/e2ee.wasm', '/a/one/styles/base.css']);
  assert.deepEqual(
    Object.fromEntries(asked.map(({ path, how }) => [path, how.integrity])),
    {
      '/': 'sha384-page',
      '/a/one/app.js': 'sha384-app',
      '/a/one/styles/base.css': 'sha384-base',
      '/a/one/e2ee/engine/e2ee.wasm': 'sha384-engine',
    },
  );
  for (const { how } of asked) assert.deepEqual([how.credentials, how.redirect], ['omit', 'error']);
});

Deno.test('it keeps nothing when a file is missing, is another one, or does not come', async () => {
  const faults = [
    () => Promise.resolve(new Response('', { status: 404 })),
    () => Promise.reject(new TypeError('hash')),
  ];
  for (const fault of faults) {
    const caches = new Shelves();
    const { give } = browser(
      'one',
      caches,
      (path) => path.endsWith('.css') ? fault() : Promise.resolve(new Response()),
    );
    await assert.rejects(give('install').done);
    assert.equal(caches.all.size, 0);
  }
});

Deno.test('it stops keeping when the program is taken away meanwhile, and does not begin after that', async () => {
  const caches = new Shelves();
  /** @type {(path: string, how: How) => Promise<Response>} */
  const never = (_, { signal }) =>
    new Promise((_, reject) => {
      if (signal?.aborted) reject(signal.reason);
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  for (const isLate of [false, true]) {
    const { asked, give } = browser('one', caches, never);
    const { done } = give('install');
    if (isLate) await new Promise((resolve) => setTimeout(resolve)); // it has begun to ask
    assert.equal(asked.length > 0, isLate);
    give('message', { data: 'forget', ports: [] });
    await assert.rejects(done);
    assert.equal(caches.all.size, 0);
    await assert.rejects(give('install').done);
    assert.equal(caches.all.size, 0);
  }
});

const pages = ['/', '/m/AAAAAAAAAAAAAAAAAAAAAA', '/m/AA-_#a-secret', '/privacy', '/account', '/?source=app'];

Deno.test('without the server it answers for the page at each of its addresses, from what it keeps', async () => {
  let isThere = true;
  const caches = new Shelves();
  const { answer, give } = browser(
    'one',
    caches,
    () => isThere ? Promise.resolve(new Response()) : Promise.reject(new TypeError('offline')),
  );
  await give('install').done;
  isThere = false;
  for (const path of pages) {
    assert.equal(await answer(site + path, { mode: 'navigate' }), caches.all.get('shell one')?.get('/'), path);
  }
  caches.all.clear();
  await assert.rejects(answer(`${site}/`, { mode: 'navigate' }) ?? Promise.resolve(), TypeError);
  assert.equal(caches.all.size, 0);
});

Deno.test('a page comes from the server where that is there, so that no link is opened with an old release', async () => {
  const caches = new Shelves(), { answer, asked, give } = browser('one', caches);
  await give('install').done;
  for (const path of pages) {
    const before = asked.length, kept = caches.all.get('shell one')?.get('/');
    const page = await answer(site + path, { mode: 'navigate' });
    assert.deepEqual([page?.status, page === kept, asked.length - before], [200, false, 1], path);
  }
  assert.equal(caches.all.get('shell one')?.size, 4);
});

Deno.test('its own files it takes from what it keeps, without asking', async () => {
  const caches = new Shelves(), { answer, asked, give } = browser('one', caches);
  await give('install').done;
  const before = asked.length;
  assert.equal(await answer(`${site}/a/one/app.js`), caches.all.get('shell one')?.get('/a/one/app.js'));
  assert.equal(asked.length, before);
});

Deno.test('P-017 it leaves everything else to the browser, and keeps nothing more while it serves', async () => {
  const caches = new Shelves(), { answer, asked, give } = browser('one', caches);
  await give('install').done;
  const [before, kept] = [asked.length, caches.all.get('shell one')?.size];
  const others = [
    '/api/v1/account/session',
    '/api/v1/blobs/AAAA',
    '/healthz',
    '/sw.js',
    '/manifest.webmanifest',
    '/a/',
    '/a/one/',
    '/a/one/other.js',
    '/a/one/toString',
    '/a/one/app.js?1',
  ];
  for (const path of others) assert.equal(answer(site + path), null, path);
  for (const path of ['/nowhere', '/m/', '/m/a/b', '/api/v1/openapi.json', '/a/one/app.js?1']) {
    assert.equal(answer(site + path, { mode: 'navigate' }), null, path);
  }
  assert.equal(answer(`${site}/`, { method: 'POST', mode: 'navigate' }), null);
  assert.equal(answer('https://other.test/', { mode: 'navigate' }), null);
  assert.equal(answer('https://other.test/a/one/app.js'), null);
  assert.equal(asked.length, before);
  assert.equal(caches.all.get('shell one')?.size, kept);
  assert.equal(caches.all.size, 1);
});

Deno.test('what is gone it fetches, and does not keep', async () => {
  const caches = new Shelves(), { answer, give } = browser('one', caches);
  await give('install').done;
  caches.all.clear();
  assert.equal(await (await answer(`${site}/a/one/app.js`))?.text(), 'from the network');
  assert.equal(await (await answer(`${site}/`, { mode: 'navigate' }))?.text(), 'from the network');
  assert.equal(caches.all.size, 0);
});

Deno.test('another release lies beside the one before until nobody works with that', async () => {
  const caches = new Shelves(), old = browser('one', caches), next = browser('two', caches);
  await old.give('install').done;
  await old.give('activate').done;
  await next.give('install').done;
  assert.deepEqual([...caches.all.keys()], ['shell one', 'shell two']);
  await next.give('activate').done;
  assert.deepEqual([...caches.all.keys()], ['shell two']);
});

Deno.test('what took over beside a window answers it with the files that it began with, and keeps them until it has gone', async () => {
  const caches = new Shelves(), old = browser('one', caches), next = browser('two', caches);
  await old.give('install').done;
  await next.give('install').done;
  const kept = caches.all.get('shell one')?.get('/a/one/app.js'), before = next.asked.length;
  next.windows.push({ url: `${site}/` });
  await next.give('activate').done;
  assert.equal(await next.answer(`${site}/a/one/app.js`), kept);
  assert.equal(next.asked.length, before);
  await next.give('message', { data: { runs: 'one' }, ports: [] }).done; // the page stayed
  assert.equal(await next.answer(`${site}/a/one/app.js`), kept);
  next.windows.push({ url: `${site}/m/AAAA` });
  await next.give('message', { data: { runs: 'two' }, ports: [] }).done; // loaded again, and another is open
  assert.equal(await next.answer(`${site}/a/one/app.js`), kept);
  next.windows.pop();
  await next.give('message', { data: { runs: 'two' }, ports: [] }).done;
  assert.deepEqual([...caches.all.keys()], ['shell two']);
  assert.equal(await (await next.answer(`${site}/a/one/app.js`))?.text(), 'from the network');
  assert.equal(caches.all.size, 1);
});

Deno.test('what runs lets a newer one that waits keep its files', async () => {
  const caches = new Shelves(), old = browser('one', caches);
  await old.give('install').done;
  await browser('two', caches).give('install').done;
  for (const state of /** @type {const} */ (['installing', 'waiting'])) {
    old.registration[state] = {};
    await old.give('message', { data: { runs: 'one' }, ports: [] }).done;
    assert.deepEqual([...caches.all.keys()], ['shell one', 'shell two'], state);
    old.registration[state] = null;
  }
});

Deno.test('it says which release it is', () => {
  /** @type {unknown[]} */
  const said = [];
  const port = { postMessage: (/** @type {unknown} */ words) => said.push(words) };
  browser('two', new Shelves()).give('message', { data: 'release', ports: [port] });
  assert.deepEqual(said, ['two']);
});

Deno.test('it takes over when it is asked, and not while another window is open: a meeting may be in it', async () => {
  const { give, windows, hasTakenOver } = browser('two', new Shelves());
  /** @type {unknown[]} */
  const said = [];
  const asker = { postMessage: (/** @type {unknown} */ words) => said.push(words) };
  windows.push({ url: `${site}/` }, { url: `${site}/m/AAAA` });
  await give('message', { data: 'use', ports: [asker] }).done;
  assert.deepEqual([said, hasTakenOver()], [[false], false]);
  windows.pop();
  await give('message', { data: 'use', ports: [asker] }).done;
  assert.deepEqual([said, hasTakenOver()], [[false, true], true]);
  await give('message', { data: 'anything', ports: [asker] }).done;
  assert.equal(said.length, 2);
});

Deno.test('it listens to nothing but what it needs, and is a script that every browser takes', () => {
  const { listeners } = browser('one', new Shelves());
  assert.deepEqual([...listeners.keys()].sort(), ['activate', 'fetch', 'install', 'message']);
  assert.doesNotMatch(script, /^\s*(?:import|export)\b/m);
});

Deno.test('the manifest names the start page and icons that are there', async () => {
  const manifest = JSON.parse(await Deno.readTextFile(new URL('../manifest.webmanifest', import.meta.url)));
  assert.deepEqual([manifest.start_url, manifest.scope, manifest.id], ['/', '/', '/']);
  assert.equal(manifest.icons.length, 2);
  for (const { src, sizes, type } of manifest.icons) {
    assert.deepEqual([sizes, type], ['any', 'image/svg+xml']);
    const icon = await Deno.readTextFile(new URL(`../${src.replace('/a/release/', '')}`, import.meta.url));
    assert.match(icon, /^<svg/);
  }
});
