/** The only file that may touch what a browser can keep for a site. For a guest it only counts: Promise P-017. */

/** @typedef {import('./state/residue.js').Residue} Residue */

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
