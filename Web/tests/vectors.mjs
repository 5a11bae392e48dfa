// The official vectors of MLS, HPKE and SFrame through the engine as WebAssembly, those of SFrame through the media
// worker's JavaScript too: node Web/tests/vectors.mjs [FILE…]. Without FILE all there are; then also the engine as the
// oracle of the JavaScript, and the fuzzers' corpus. Plain Node from version 18 on, no packages; ops/wasm.sh comes first.
// A case whose algorithms are missing is counted and named; a count that changes fails.
import { readdirSync, readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import { decodeHeader, encodeHeader, frameKey, nonce, open, seal, suites } from '../e2ee/frames/sframe.js';
import { textOf } from '../e2ee/bytes.js';
import { replay } from './corpus.js';
import { fromHex, toHex } from './hex.js';
import { compareFrames, compareSFrames } from './oracle.js';
import { trials } from './trials.js';

// @ts-ignore: Node 18 knows it only under this name.
globalThis.crypto ??= webcrypto;

/** @typedef {{ kid: bigint, ctr: bigint, encoded: string }} HeaderCase */
/** @typedef {{ cipher_suite: bigint, kid: bigint, ctr: bigint, base_key: string, sframe_salt: string, metadata: string, nonce: string, pt: string, ct: string }} FrameCase */

/** Numbers come as `bigint`: a header may hold any 64 bits, `JSON.parse` would round them. @param {string} text */
function parse(text) {
  return JSON.parse(
    text.replace(/([[:,]\s*)(\d+)/g, '$1"#$2"'),
    (_, value) => typeof value === 'string' && value.startsWith('#') ? BigInt(value.slice(1)) : value,
  );
}

/** @param {HeaderCase} item */
function headerHolds({ kid, ctr, encoded }) {
  const header = decodeHeader(fromHex(encoded));
  return toHex(encodeHeader(kid, ctr)) === encoded && header?.kid === kid && header.ctr === ctr;
}

/** @param {FrameCase} item @param {import('../e2ee/frames/sframe.js').Suite} suite */
async function frameHolds(item, suite) {
  const base = await crypto.subtle.importKey('raw', fromHex(item.base_key), 'HKDF', false, ['deriveKey', 'deriveBits']);
  const sending = await frameKey(base, item.kid, suite, 'encrypt');
  const receiving = await frameKey(base, item.kid, suite, 'decrypt');
  const metadata = fromHex(item.metadata);
  const frame = await seal(sending, item.kid, item.ctr, fromHex(item.pt), metadata);
  const header = decodeHeader(frame);
  const opened = header && await open(receiving, header, frame, metadata);
  return toHex(sending.salt) === item.sframe_salt && toHex(nonce(sending.salt, item.ctr)) === item.nonce &&
    toHex(frame) === item.ct && opened !== null && toHex(opened) === item.pt;
}

/**
 * Cases that hold and cases that are skipped, as the specification has them for suites 1 and 3 (`e2ee.md` 14). The engine
 * has more of SFrame than is asked for: AES in counter mode costs nothing where AES is.
 */
const expected = new Map(Object.entries({
  'crypto-basics.json': [2, 5],
  'deserialization.json': [14, 0],
  'hpke-pq.json': [2, 11],
  'key-schedule.json': [10, 25],
  'message-protection.json': [2, 5],
  'messages.json': [300, 0],
  'passive-client-handling-commit.json': [26, 65],
  'passive-client-welcome.json': [16, 40],
  'psk_secret.json': [77, 0],
  'secret-tree.json': [21, 0],
  'transcript-hashes.json': [7, 0],
  'tree-math.json': [10, 0],
  'tree-operations.json': [5, 0],
  'tree-validation.json': [28, 70],
  'treekem.json': [22, 55],
  'welcome.json': [2, 5],
  'test-vectors.json': [300, 0],
  'test-vectors-aes256.json': [3, 0],
  'test-vectors.json in JavaScript': [291, 9],
  'test-vectors-aes256.json in JavaScript': [0, 3],
  'frames of JavaScript and engine': [560, 0],
}));

let passed = 0, failed = 0, skipped = 0;

/** @param {boolean} holds @param {string} name */
function count(holds, name) {
  if (holds) return void passed++;
  failed++;
  console.log(`failed: ${name}`);
}

/** One part of the whole, and whether its counts are as ever. @param {string} name @param {() => unknown} body */
async function run(name, body) {
  const before = { passed, failed, skipped };
  await body();
  const [holds, left] = [passed - before.passed, skipped - before.skipped];
  console.log(`${name}: ${holds} passed, ${failed - before.failed} failed, ${left} skipped`);
  const [holdsElse, leftElse] = expected.get(name) ?? [holds, left];
  if (holds !== holdsElse || left !== leftElse) count(false, `${name} had ${holdsElse} passed, ${leftElse} skipped`);
}

/** The media worker's JavaScript. @param {string} text */
async function inWorker(text) {
  for (const [group, cases] of Object.entries(parse(text))) {
    for (const [index, item] of cases.entries()) {
      const suite = item.base_key === undefined ? undefined : Reflect.get(suites, String(item.cipher_suite));
      if (group === 'header') count(headerHolds(item), `${group} ${index}`);
      else if (suite) count(await frameHolds(item, suite), `${group} ${index}`);
      else {
        skipped++;
        console.log(`skipped: ${group} ${index}, suite ${item.cipher_suite} is not in WebCrypto`);
      }
    }
  }
}

/** The engine: the runner of native programs, compiled to WebAssembly. @param {Uint8Array<ArrayBuffer>} bytes */
function inEngine(bytes) {
  const left = [];
  for (const line of textOf(trials().call('vectors', bytes)).trimEnd().split('\n')) {
    const [outcome, sort, index] = line.split(' ');
    if (outcome === 'skipped') left.push(`${sort} ${index}`);
    else count(outcome === 'holds', `${sort} ${index}`);
  }
  skipped += left.length;
  if (left.length > 0) console.log(`skipped, for the engine lacks their algorithms: ${left.join(', ')}`);
}

/** @param {string} name */
function filesIn(name) {
  const folder = new URL(`../../Tests/Vectors/${name}/`, import.meta.url);
  return readdirSync(folder).filter((file) => file.endsWith('.json')).sort().map((file) => new URL(file, folder));
}

const given = process.argv.slice(2);
for (const file of given.length > 0 ? given : [...filesIn('mls'), ...filesIn('sframe')]) {
  const bytes = new Uint8Array(readFileSync(file));
  const name = String(file).split('/').pop() ?? '';
  await run(name, () => inEngine(bytes));
  // A list is of the group protocol, which the worker does not know.
  if (bytes[0] === 0x7b) await run(`${name} in JavaScript`, () => inWorker(textOf(bytes)));
}
if (given.length === 0) {
  await run('frames of JavaScript and engine', async () => {
    await compareSFrames(count);
    await compareFrames(count);
  });
  await run('corpus of the fuzzers', () => replay(count));
}

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
