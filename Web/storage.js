/**
 * The only file that may touch what a browser can keep for a site. For a guest it only counts: Promise P-017. For somebody
 * with an account it keeps two things, which the catalogue names (`Catalogue+Browser.swift`): the key of their planned meetings, and a few preferences.
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
}
