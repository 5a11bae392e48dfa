// The SFrame vectors of RFC 9605 through the code of the media worker: node Web/tests/vectors.mjs [FILE…]
// Plain Node from version 18 on, no packages. A case whose suite the browser does not have is counted and named.
import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { decodeHeader, encodeHeader, frameKey, nonce, open, seal, suites } from '../e2ee/frames/sframe.js';
import { fromHex, toHex } from './hex.js';

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

const folder = new URL('../../Tests/Vectors/sframe/', import.meta.url);
const standard = ['test-vectors.json', 'test-vectors-aes256.json'].map((name) => fileURLToPath(new URL(name, folder)));
const files = process.argv.length > 2 ? process.argv.slice(2) : standard;
let passed = 0, failed = 0, skipped = 0;

/** @param {boolean} holds @param {string} name */
function count(holds, name) {
  if (holds) return void passed++;
  failed++;
  console.log(`failed: ${name}`);
}

for (const file of files) {
  const groups = Object.entries(parse(readFileSync(file, 'utf8')));
  for (const [group, cases] of groups) {
    for (const [index, item] of cases.entries()) {
      const name = `${file.split('/').pop()} ${group} ${index}`;
      const suite = item.base_key === undefined ? undefined : Reflect.get(suites, String(item.cipher_suite));
      if (group === 'header') count(headerHolds(item), name);
      else if (suite) count(await frameHolds(item, suite), name);
      else {
        skipped++;
        console.log(`skipped: ${name}, suite ${item.cipher_suite} is not in WebCrypto`);
      }
    }
  }
}

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
