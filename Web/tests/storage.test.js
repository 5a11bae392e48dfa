/// <reference lib="deno.ns" />
/** Installing the program and taking it away, with a browser made of a few lines. */
import assert from 'node:assert/strict';
import { forgetProgram, isProgramKept, keepProgram, useRelease, watchReleases } from '../storage.js';

/** A worker of which a test says how it goes. */
class Working extends EventTarget {
  state;
  /** @type {unknown[]} */
  told = [];
  /** Answers a message. @type {(words: unknown, ports: readonly MessagePort[]) => void} */
  onTold = () => {};

  /** @param {string} state */
  constructor(state) {
    super();
    this.state = state;
  }

  /** @param {string} state */
  becomes(state) {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }

  /** @param {unknown} words @param {readonly MessagePort[]} ports */
  postMessage(words, ports = []) {
    this.told.push(words);
    this.onTold(words, ports);
  }
}

/** What a browser has of one site. */
class Browser extends EventTarget {
  /** @type {{ installing: Working | null, waiting: Working | null, active: Working | null } | null} */
  kept = null;
  registered = new Working('installing');
  /** @type {Set<string>} */
  shelves = new Set();
  /** @type {unknown} */
  controller = null;
  /** @type {unknown[]} */
  asked = [];
  #updates = new EventTarget();

  constructor() {
    super();
    const caches = {
      keys: () => Promise.resolve([...this.shelves]),
      delete: (/** @type {string} */ name) => Promise.resolve(this.shelves.delete(name)),
    };
    Object.defineProperty(globalThis, 'caches', { value: caches, configurable: true });
    Object.defineProperty(navigator, 'serviceWorker', { value: this, configurable: true });
  }

  #registration() {
    if (this.kept === null) return undefined;
    const unregister = () => Promise.resolve(void (this.kept = null));
    const listen = this.#updates.addEventListener.bind(this.#updates);
    return Object.assign(Object.create(this.kept), { unregister, addEventListener: listen });
  }

  /** @param {unknown} address @param {unknown} how */
  register(address, how) {
    this.asked.push([address, how]);
    this.kept = { installing: this.registered, waiting: null, active: null };
    return Promise.resolve(this.#registration());
  }

  getRegistration() {
    return Promise.resolve(this.#registration());
  }

  getRegistrations() {
    const one = this.#registration();
    return Promise.resolve(one ? [one] : []);
  }
}

/** Lets everything happen that needs no one. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

Deno.test('the program is kept once all of it is there', async () => {
  const browser = new Browser();
  assert.equal(await isProgramKept(), false);
  const keeping = keepProgram('/sw.js');
  await settle();
  browser.registered.becomes('installed');
  browser.kept = { installing: null, waiting: null, active: browser.registered };
  browser.registered.becomes('activated');
  assert.equal(await keeping, true);
  assert.equal(await isProgramKept(), true);
  assert.deepEqual(browser.asked, [['/sw.js', { updateViaCache: 'none' }]]);
});

Deno.test('of a program that did not come whole nothing is left', async () => {
  const browser = new Browser();
  browser.shelves.add('shell one');
  const keeping = keepProgram('/sw.js');
  await settle();
  browser.registered.becomes('redundant');
  assert.equal(await keeping, false);
  assert.deepEqual([browser.kept, browser.shelves.size], [null, 0]);
});

Deno.test('P-017 what is taken away leaves no worker and no shelf, and what was coming stops', async () => {
  const browser = new Browser(), coming = new Working('installing');
  browser.kept = { installing: coming, waiting: null, active: new Working('activated') };
  browser.shelves.add('shell one').add('shell two');
  await forgetProgram();
  assert.deepEqual([browser.kept, browser.shelves.size, coming.told], [null, 0, ['forget']]);
});

/** The release of `storage.js` in this test. */
const running = new URL(import.meta.url).pathname.split('/')[2] ?? '';

/** Kept and waiting, of this release. @param {string} name @param {string} [state] */
function releasing(name, state = 'installed') {
  const worker = new Working(state);
  worker.onTold = (words, [port]) => words === 'release' && port?.postMessage(name);
  return worker;
}

Deno.test('of a newer release only a page hears that has a kept one', async () => {
  const browser = new Browser(), active = new Working('activated');
  browser.kept = { installing: null, waiting: releasing('newer'), active };
  let times = 0;
  await watchReleases(() => times++);
  assert.deepEqual([times, active.told], [0, []]);
  browser.controller = active;
  await watchReleases(() => times++);
  assert.deepEqual([times, active.told], [1, [{ runs: running }]]);
});

Deno.test('a page that the server gave is newer than what was kept: then what waits takes over without a word', async () => {
  const browser = new Browser(), waiting = releasing(running);
  browser.kept = { installing: null, waiting, active: new Working('activated') };
  browser.controller = browser.kept.active;
  let times = 0;
  await watchReleases(() => times++);
  assert.deepEqual([times, waiting.told], [0, ['release', 'use']]);
});

Deno.test('a release that was on its way already when the page asked is not missed', async () => {
  const browser = new Browser(), coming = releasing('newer', 'installing');
  browser.kept = { installing: coming, waiting: null, active: new Working('activated') };
  browser.controller = browser.kept.active;
  let times = 0;
  await watchReleases(() => times++);
  assert.equal(times, 0);
  browser.kept.installing = null;
  browser.kept.waiting = coming;
  coming.becomes('installed');
  for (let turn = 0; turn < 20 && times === 0; turn++) await settle();
  assert.equal(times, 1);
});

Deno.test('a newer release takes over, unless another window of the site is open', async () => {
  const browser = new Browser(), next = new Working('installed');
  browser.kept = { installing: null, waiting: next, active: new Working('activated') };
  next.onTold = (_, [port]) => port?.postMessage(false);
  assert.equal(await useRelease(), false);
  next.onTold = (_, [port]) => {
    port?.postMessage(true);
    browser.dispatchEvent(new Event('controllerchange'));
  };
  assert.equal(await useRelease(), true);
  assert.deepEqual(next.told, ['use', 'use']);
});
