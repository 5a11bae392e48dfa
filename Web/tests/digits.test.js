/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { eightDigits, inFours } from '../state/digits.js';

Deno.test('eight digits, each as likely as any other', () => {
  /** Every byte once, then again. */
  let next = 0;
  const every = (/** @type {number} */ count) => Uint8Array.from({ length: count }, () => next++);
  const counts = new Map();
  for (let code = 0; code < 125; code++) {
    const digits = eightDigits(every);
    assert.match(digits, /^\d{8}$/);
    for (const digit of digits) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  }
  assert.deepEqual([...counts.keys()].sort(), [...'0123456789']);
});

Deno.test('a byte that would make some digits likelier is thrown away, however many there are', () => {
  const bytes = [...Array(40).fill(255), ...Array(7).fill(250), 249, 0, 11, 22, 33, 44, 55, 66];
  assert.equal(eightDigits((count) => Uint8Array.from(bytes.splice(0, count))), '90123456');
});

Deno.test('a code is shown in groups of four', () => {
  assert.equal(inFours('83914207'), '8391 4207');
  assert.equal(inFours('8391'), '8391');
  assert.equal(inFours('abcdef'), 'abcd ef');
});
