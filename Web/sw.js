/// <reference lib="webworker" />
/**
 * Keeps the program in the browser of an account holder who installed it, so that it starts without a network: the page and
 * the files of one release, equal for everybody and each as its hash says. Never an answer of the API, and nothing of any
 * meeting: of an address only the path is looked at, and what stands behind # not even that. What comes in while it serves is
 * not kept. Edge writes `self.release` in a line before it, so another release is another script, which a browser notices by
 * itself; it waits until nobody works with the one before. A page comes from the server where that can be reached, so that whoever
 * opens a link runs what the server has now. A classic script, since not every browser takes a module here.
 *
 * @typedef {object} Release
 * @property {string} name
 * @property {string} page what the page must hash to
 * @property {readonly string[]} pages where the page stands; {id} varies
 * @property {Readonly<Record<string, string>>} files what each file below `/a/` must hash to
 */
const worker = /** @type {ServiceWorkerGlobalScope & { release: Release }} */ (/** @type {unknown} */ (self));
const { release } = worker;
const folder = `/a/${release.name}/`;
const shelf = `shell ${release.name}`; // Shelf of `storage.js`

/** A meeting may be going on meanwhile: its own traffic goes first. */
const atOnce = 4;

/** Whoever takes the program away does not wait until it is there. */
const stop = new AbortController();

worker.addEventListener('install', (event) => event.waitUntil(keep()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOthers(0)));

worker.addEventListener('fetch', (event) => {
  const { request } = event, kept = keptAt(request);
  if (kept !== null) event.respondWith(request.mode === 'navigate' ? answerPage(request) : answer(kept, request));
});

worker.addEventListener('message', (event) => {
  const { data, ports } = event;
  if (data === 'forget') stop.abort();
  if (data === 'use') event.waitUntil(use(ports[0]));
  if (data === 'release') ports[0]?.postMessage(release.name);
  if (data?.runs === release.name) event.waitUntil(dropOthers(1)); // the window that says so
});

/** All of it or nothing. */
async function keep() {
  stop.signal.throwIfAborted();
  const cache = await caches.open(shelf);
  const files = Object.entries(release.files).map(([file, hash]) => /** @type {const} */ ([folder + file, hash]));
  const waiting = [/** @type {const} */ (['/', release.page]), ...files].values();
  const take = async () => {
    for (const [path, integrity] of waiting) await keepOne(cache, path, integrity);
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, take));
  } catch (error) {
    stop.abort();
    await caches.delete(shelf);
    throw error;
  }
}

/** @param {Cache} cache @param {string} path @param {string} integrity */
async function keepOne(cache, path, integrity) {
  const response = await fetch(path, { integrity, credentials: 'omit', redirect: 'error', signal: stop.signal });
  if (!response.ok) throw new Error(`${path} is missing`);
  await cache.put(path, response);
}

/** Where more windows are open than are known to run this release, one may still need the files of another; and a newer one that waits keeps its own. @param {number} known */
async function dropOthers(known) {
  const names = await caches.keys(), open = await windows();
  const { installing, waiting } = worker.registration;
  if (open.length > known || installing || waiting) return;
  await Promise.all(names.filter((name) => name !== shelf).map((name) => caches.delete(name)));
}

/** @typedef {{ readonly path: string, readonly shelf: string }} Kept */

/** Where the answer to this lies; null: it is none of ours. @param {Request} request @returns {Kept | null} */
function keptAt({ method, mode, url }) {
  const { origin, pathname, search } = new URL(url);
  if (method !== 'GET' || origin !== worker.location.origin) return null;
  if (mode === 'navigate') return isPage(pathname) ? { path: '/', shelf } : null;
  const name = search === '' ? /^\/a\/([^/]+)\/./.exec(pathname)?.[1] : undefined;
  if (name === undefined) return null;
  // A page that began with another release goes on with that: what it has, its shelf knows.
  const mayBeFile = name !== release.name || Object.hasOwn(release.files, pathname.slice(folder.length));
  return mayBeFile ? { path: pathname, shelf: `shell ${name}` } : null;
}

/** @param {string} path */
function isPage(path) {
  return release.pages.some((template) => {
    const [start = '', varies] = template.split('{');
    return varies === undefined ? path === start : path.startsWith(start) && /^[\w-]+$/.test(path.slice(start.length));
  });
}

/** A file never changes. Looking makes no shelf where there is none: what was taken away stays away. @param {Kept} kept @param {Request} request */
async function answer({ path, shelf }, request) {
  return await caches.match(path, { cacheName: shelf }) ?? await fetch(request);
}

/** What is kept only where the server cannot be reached: a meeting is not opened with an old release. @param {Request} request */
async function answerPage(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match('/', { cacheName: shelf });
    if (kept) return kept;
    throw error;
  }
}

function windows() {
  return worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
}

/** Takes over, unless another window is open: a meeting may be going on there. @param {MessagePort | undefined} asker */
async function use(asker) {
  const isAlone = (await windows()).length < 2;
  asker?.postMessage(isAlone);
  if (isAlone) await worker.skipWaiting();
}
