/**
 * The only file that may touch what a browser can keep for a site. For a guest it only counts: Promise P-017. For somebody
 * with an account it keeps two things, which the catalogue names (`Catalogue+Browser.swift`): the key of their planned meetings, and a few preferences.
 * Whoever installs the program has its files here, too; those the worker keeps (`sw.js`).
 */

/** @typedef {import('./state/residue.js').Residue} Residue */
/** @typedef {import('./state/profiles.js').ProfileName} ProfileName */
/** @typedef {{ readonly profile?: ProfileName }} Preferences */

/** @template T @param {() => T | Promise<T>} ask @returns {Promise<T | null>} */
async function asked(ask) {
  try {
    return await ask();
  } catch {
    return null;
  }
}

/** Counts everything a site can leave in a browser, now. @returns {Promise<Residue>} */
export async function countResidue() {
  const [cookies, storage, databases, cacheNames, workers] = await Promise.all([
    asked(() => document.cookie.split(';').filter((cookie) => cookie.trim() !== '').length),
    asked(() => localStorage.length + sessionStorage.length),
    asked(async () => (await indexedDB.databases()).length),
    asked(async () => (await caches.keys()).length),
    asked(async () => (await navigator.serviceWorker.getRegistrations()).length),
  ]);
  return { cookies, storage, databases, caches: cacheNames, workers };
}

/** What is kept, each in a database of its own with one entry. @typedef {'device' | 'preferences'} Place */
/** What the worker keeps: one for each release, with the release's name behind. @typedef {'shell'} Shelf */

const shelf = 'kept';

/** Milliseconds: what nobody used for so long is gone. */
const life = 90 * 86_400_000;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('storage failed'));
  });
}

/**
 * Runs `use` on the database. One that is not there is not made by looking for it: `makes` says whether it may be.
 * @template T @param {Place} place @param {boolean} makes @param {(store: IDBObjectStore) => Promise<T>} use @returns {Promise<T>}
 */
async function within(place, makes, use) {
  const opening = indexedDB.open(place, 1);
  opening.onupgradeneeded = () => {
    if (makes) opening.result.createObjectStore(shelf);
    else opening.transaction?.abort();
  };
  const database = await done(opening);
  database.onversionchange = () => database.close();
  try {
    const change = database.transaction(shelf, 'readwrite', { durability: 'strict' });
    const ended = new Promise((resolve, reject) => {
      change.oncomplete = () => resolve(null);
      change.onabort = () => reject(change.error ?? new Error('storage failed'));
    });
    const [answer] = await Promise.all([use(change.objectStore(shelf)), ended]);
    return answer;
  } finally {
    database.close();
  }
}

/** @typedef {{ readonly value: unknown, readonly used: number } | undefined} Entry */

/** @param {Entry} entry @param {number} now */
function isAlive(entry, now) {
  return entry !== undefined && now - entry.used <= life;
}

/** What lies there, and is used from now on; null: nothing, or nothing any more. @param {Place} place @param {number} now @returns {Promise<unknown>} */
async function read(place, now) {
  const entry = await asked(() =>
    within(place, false, async (store) => {
      const found = /** @type {Entry} */ (await done(store.get(0)));
      if (found !== undefined && isAlive(found, now)) await done(store.put({ ...found, used: now }, 0));
      return found;
    })
  );
  if (!entry) return null;
  if (isAlive(entry, now)) return entry.value;
  await forget(place);
  return null;
}

/** @param {Place} place */
async function forget(place) {
  await asked(() => done(indexedDB.deleteDatabase(place)));
}

/** The key of this device, which cannot be taken out of the browser; null where there is none. @param {number} [now] Unix milliseconds @returns {Promise<CryptoKey | null>} */
export async function deviceKey(now = Date.now()) {
  const value = await read('device', now);
  return value instanceof CryptoKey ? value : null;
}

/** From now on this is a device of its holder. A key that is there stays: another tab may have sealed with it. @param {CryptoKey} key @param {number} [now] @returns {Promise<boolean>} false: this browser keeps nothing, as in some private windows */
export async function keepDeviceKey(key, now = Date.now()) {
  await asked(() =>
    within('device', true, async (store) => {
      const found = /** @type {Entry} */ (await done(store.get(0)));
      if (!isAlive(found, now)) await done(store.put({ value: key, used: now }, 0));
    })
  );
  return await deviceKey(now) !== null;
}

/** @param {number} [now] @returns {Promise<Preferences>} */
export async function preferences(now = Date.now()) {
  const value = await read('preferences', now);
  return typeof value === 'object' && value !== null ? value : {};
}

/** @param {Preferences} changed @param {number} [now] */
export async function prefer(changed, now = Date.now()) {
  const value = { ...await preferences(now), ...changed };
  await asked(() => within('preferences', true, (store) => done(store.put({ value, used: now }, 0))));
}

/** Nothing of this person stays behind in this browser. */
export async function forgetDevice() {
  for (const place of /** @type {const} */ (['device', 'preferences'])) await forget(place);
  await forgetProgram();
}

/** Whether this browser can keep a program: not over plain http, and not in every private window. */
export function keepsPrograms() {
  return 'serviceWorker' in navigator;
}

/** What serves the pages of this site, if anything was installed. @returns {Promise<ServiceWorkerRegistration | null>} */
async function registration() {
  return await asked(() => navigator.serviceWorker.getRegistration()) ?? null;
}

export async function isProgramKept() {
  return Boolean((await registration())?.active);
}

/** Keeps the files of the program, all of them. @param {string} worker its address, as the browser takes it @returns {Promise<boolean>} false: not all came, or this browser keeps none */
export async function keepProgram(worker) {
  const made = await asked(() => navigator.serviceWorker.register(worker, { updateViaCache: 'none' }));
  const working = made?.installing ?? made?.waiting ?? made?.active;
  const isThere = working ? await endOf(working) === 'activated' : false;
  if (!isThere) await forgetProgram();
  return isThere;
}

/** @param {ServiceWorker} worker @returns {Promise<'activated' | 'redundant'>} */
function endOf(worker) {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state === 'activated' || worker.state === 'redundant') resolve(worker.state);
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

/** Takes the program out of this browser. Pages that are open go on, with the files of the server. */
export async function forgetProgram() {
  await asked(async () => {
    for (const one of await navigator.serviceWorker.getRegistrations()) {
      one.installing?.postMessage('forget');
      await one.unregister();
    }
  });
  await asked(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
}

/** Hears of a newer release than the one that runs here, if one is kept. @param {() => void} heard once it is kept, and waits */
export async function watchReleases(heard) {
  const controller = navigator.serviceWorker?.controller;
  if (!controller) return;
  const known = await registration();
  if (known === null) return;
  controller.postMessage({ runs: running }); // it may let go of what no window needs any more
  const look = async () => {
    const { waiting } = known;
    if (!waiting) return;
    // The server gave this page, so it may be the newer one already: then nobody has to be asked.
    if (await asks(waiting, 'release') === running) waiting.postMessage('use');
    else heard();
  };
  const follow = () => known.installing?.addEventListener('statechange', look);
  known.addEventListener('updatefound', follow);
  follow();
  await look();
}

/** The release of this page, as its address says it. */
const running = new URL(import.meta.url).pathname.split('/')[2];

/** @param {ServiceWorker} worker @param {string} words @returns {Promise<unknown>} what it answers */
async function asks(worker, words) {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => port1.onmessage = ({ data }) => resolve(data));
  worker.postMessage(words, [port2]);
  const said = await answer;
  port1.close();
  return said;
}

/** Asks the server whether there is a newer release, if this page is a kept one. */
export async function lookForRelease() {
  if (navigator.serviceWorker?.controller) await asked(async () => (await registration())?.update());
}

/** Has the release that waits take over; the page is to be loaded again then. @returns {Promise<boolean>} false: another window of this site is open: a meeting may be going on there */
export async function useRelease() {
  const waiting = (await registration())?.waiting;
  if (!waiting) return true; // it has taken over by itself
  const taken = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
  });
  if (!await asks(waiting, 'use')) return false;
  await taken;
  return true;
}
