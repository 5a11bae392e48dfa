/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { bringForward, keepOrder, pageSize } from '../state/pages.js';

Deno.test('a page holds 25 on a desktop, at most 8 on a phone upright and 6 on its side', () => {
  assert.equal(pageSize(1256, 634, false), 25);
  assert.equal(pageSize(366, 670, true), 8);
  assert.equal(pageSize(700, 330, true), 6);
  assert.equal(pageSize(100, 60, true), 1, 'never none');
});

Deno.test('a newcomer comes before oneself, and nobody else moves', () => {
  assert.deepEqual(keepOrder(['b', 'a', 'me'], ['a', 'b', 'c', 'me']), ['b', 'a', 'c', 'me']);
  assert.deepEqual(keepOrder(['b', 'a', 'me'], ['b', 'me']), ['b', 'me']);
  assert.deepEqual(keepOrder([], []), []);
});

Deno.test('a speaker on another page takes the place of the one silent longest', () => {
  const spoke = new Map([['a', 5], ['b', 2]]);
  assert.deepEqual(bringForward(['a', 'b', 'c', 'd'], 2, 'd', spoke), ['a', 'd', 'c', 'b']);
  assert.deepEqual(bringForward(['a', 'b', 'c'], 2, 'b', spoke), ['a', 'b', 'c'], 'already in view');
  assert.deepEqual(bringForward(['a', 'me'], 1, 'me', spoke, 'me'), ['a', 'me'], 'oneself stays last');
});
