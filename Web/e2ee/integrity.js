/** Fetches the files of a worker and compares them with the hashes that the page came with. */

/** @returns {Record<string, string>} absolute address → hash, from the page's import map */
function hashes() {
  const map = document.querySelector('script[type="importmap"]')?.textContent;
  if (!map) return {};
  const { integrity = {} } = /** @type {{ integrity?: Record<string, string> }} */ (JSON.parse(map));
  return Object.fromEntries(
    Object.entries(integrity).map(([path, hash]) => [new URL(path, document.baseURI).href, hash]),
  );
}

/** What this file must hash to; throws when the page does not say. @param {string} file relative to this folder @returns {string} */
export function integrityOf(file) {
  const integrity = hashes()[new URL(file, import.meta.url).href];
  if (!integrity) throw new Error(`no hash for ${file}`);
  return integrity;
}

/**
 * Throws unless every file has a hash and keeps to it. The browser's cache then holds exactly these bytes for the worker.
 * @param {readonly string[]} files relative to this folder
 */
export async function checkFiles(files) {
  await Promise.all(files.map(async (file) => {
    const response = await fetch(new URL(file, import.meta.url).href, { integrity: integrityOf(file) });
    if (!response.ok) throw new Error(`${file} is missing`);
    await response.arrayBuffer();
  }));
}

/** @type {{ createScriptURL(url: string): any } | null} */
let policy = null;

/** The worker that keeps the program for whoever installs it: at the root, since it answers for the pages. */
export function programWorker() {
  return trusted(new URL('/sw.js', location.origin).href);
}

/** The only two addresses a worker may start from here. @param {'engine-worker.js' | 'media-worker.js'} file @returns {Worker} */
export function startWorker(file) {
  const url = new URL(file, import.meta.url);
  return new Worker(trusted(url.href), { type: 'module' });
}

/** @param {string} url @returns {any} */
function trusted(url) {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  policy ??= types?.createPolicy('beraad', { createScriptURL }) ?? { createScriptURL };
  return policy?.createScriptURL(url);
}

/** @param {string} url */
function createScriptURL(url) {
  const admitted = ['engine-worker.js', 'media-worker.js'].map((file) => new URL(file, import.meta.url).href);
  admitted.push(new URL('/sw.js', location.origin).href);
  if (!admitted.includes(url)) throw new TypeError('not a worker of this page');
  return url;
}
