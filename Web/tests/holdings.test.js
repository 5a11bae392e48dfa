/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { base64url } from '../e2ee/bytes.js';
import { Holdings } from '../holdings.js';
import { run } from './hex.js';

const [anna, bram] = [base64url(run(60, 16)), base64url(run(80, 16))];
const [first, second] = [base64url(run(1, 16)), base64url(run(2, 16))];

/** @param {CryptoKey | null} [kept] in the browser */
function setUp(kept = null) {
  return new Holdings({
    get: () => Promise.resolve(kept),
    keep: (key) => {
      kept = key;
      return Promise.resolve(true);
    },
  });
}

Deno.test('a page is lost with what only its key opens, until that is deleted', async () => {
  const holdings = setUp(), vault = holdings.vault(anna);
  assert.equal(holdings.vault(anna), vault, 'one for each account, whoever asks');
  assert.equal(await vault.prepare(false), 'tab');
  assert.equal(holdings.wouldLose, false, 'a key that opens nothing is no loss');
  for (const meeting of [first, second]) vault.hold(meeting);
  assert.equal(holdings.wouldLose, true);
  holdings.drop(anna, first);
  holdings.drop(bram, second);
  assert.deepEqual([holdings.wouldLose, vault.alone], [true, [second]]);
  holdings.drop(anna, second);
  assert.equal(holdings.wouldLose, false);
});

Deno.test('whoever signs out leaves nothing in the page', async () => {
  const holdings = setUp(), vault = holdings.vault(anna);
  await vault.prepare(false);
  vault.hold(first);
  holdings.clear();
  assert.deepEqual([holdings.wouldLose, holdings.vault(anna).hasTabKey], [false, false]);
});
