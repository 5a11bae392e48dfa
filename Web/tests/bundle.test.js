/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { longestBundle, mostPersonal, mostRevoked, readBundle, writeBundle } from '../state/bundle.js';

/** @type {import('../state/bundle.js').Bundle} */
const bundle = {
  hostFragment: 'A'.repeat(66),
  guestFragment: 'B'.repeat(44),
  token: 'C'.repeat(43),
  passcode: '83914207',
  isAsked: true,
  title: 'Zoë “in” gesprek',
  profile: { name: 'coaching', options: ['one', 'noFiles'] },
  expected: ['Bram de Vries'],
  personal: [{ name: 'Bram', fragment: 'D'.repeat(87), hash: 'E'.repeat(43), key: 'F'.repeat(43) }],
  revoked: ['G'.repeat(43)],
  wasRenewed: true,
};

/** @param {unknown} value */
const bytes = (value) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

Deno.test('what was written is read again', () => {
  assert.deepEqual(readBundle(writeBundle(bundle)), bundle);
});

Deno.test('what is damaged, or of a later version, is nothing', () => {
  const good = { version: 1, ...bundle };
  assert.deepEqual(readBundle(bytes(good)), bundle);
  const bad = [
    '',
    'null',
    '[]',
    '{',
    '7',
    { ...good, version: 2 },
    { ...good, hostFragment: 7 },
    { ...good, guestFragment: 'not base64url' },
    { ...good, token: '' },
    { ...good, passcode: '1'.repeat(129) },
    { ...good, passcode: undefined },
    { ...good, passcode: '' },
    { ...good, title: null },
    { ...good, profile: null },
    { ...good, profile: { name: 'party', options: [] } },
  ];
  for (const one of bad) assert.equal(readBundle(bytes(one)), null, JSON.stringify(one));
  assert.equal(readBundle(Uint8Array.of(0xff, 0xfe)), null);
});

Deno.test('a passcode may be unknown, or none be asked for; a card of before has one', () => {
  for (const isAsked of [true, false]) {
    const other = { ...bundle, passcode: null, isAsked };
    assert.deepEqual(readBundle(writeBundle(other)), other);
  }
  assert.deepEqual(readBundle(bytes({ version: 1, ...bundle, isAsked: undefined })), bundle);
  assert.equal(readBundle(bytes({ version: 1, ...bundle, wasRenewed: undefined }))?.wasRenewed, false);
});

Deno.test('of a list, what is no name, link or option is left out', () => {
  const profile = { name: 'lesson', options: ['noChat', 'everything', 7] };
  const personal = [null, {}, { name: 'x', fragment: '<b>', hash: 'h' }, ...bundle.personal];
  const read = readBundle(bytes({ version: 1, ...bundle, profile, personal, expected: ['a', null, 3] }));
  assert.deepEqual(read?.profile, { name: 'lesson', options: ['noChat'] });
  assert.deepEqual(read?.personal, bundle.personal);
  assert.deepEqual(read?.expected, ['a']);
  assert.deepEqual(readBundle(bytes({ version: 1, ...bundle, personal: 'none', expected: null }))?.personal, []);
  const revoked = [...Array.from({ length: mostRevoked }, (_, index) => `k${index}`), 7, '<b>', 'last'];
  const kept = readBundle(bytes({ version: 1, ...bundle, revoked }))?.revoked;
  assert.deepEqual([kept?.length, kept?.[0], kept?.at(-1)], [mostRevoked, 'k1', 'last']);
  assert.deepEqual(readBundle(bytes({ version: 1, ...bundle, revoked: undefined }))?.revoked, []);
});

Deno.test('as many personal links as there may be fit, with a name in each', () => {
  const personal = Array.from({ length: mostPersonal }, () => ({ ...bundle.personal[0], name: 'x'.repeat(60) }));
  const revoked = Array.from({ length: mostRevoked }, () => 'G'.repeat(43));
  const full = /** @type {typeof bundle} */ ({ ...bundle, title: 'x'.repeat(120), personal, revoked });
  assert.ok(writeBundle(full).length + 500 < longestBundle, 'and some hundred letters of who is expected');
});
