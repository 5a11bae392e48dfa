/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { bringForward, keepOrder, pageOf, pageSize, putFirst } from '../state/pages.js';

Deno.test('a page holds 25 on a desktop, at most 8 on a phone upright and 6 on its side', () => {
  assert.equal(pageSize(1256, 634, false), 25);
  assert.equal(pageSize(700, 400, false), 16, 'in a small window as many as are still faces');
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
  assert.deepEqual(bringForward(['a', 'me'], 1, 'me', spoke, ['me']), ['a', 'me'], 'oneself stays last');
  assert.deepEqual(
    bringForward(['c', 'b', 'd'], 2, 'd', spoke, ['me', 'c']),
    ['c', 'd', 'b'],
    'who is put first is silent longest, and stays',
  );
});

Deno.test('whoever is pinned stands first, then who is in the spotlight; the others keep their order', () => {
  assert.deepEqual(putFirst(['a', 'b', 'c', 'me'], ['c', 'me']), ['c', 'me', 'a', 'b']);
  assert.deepEqual(putFirst(['a', 'b'], ['b', 'b']), ['b', 'a'], 'both at once');
  assert.deepEqual(putFirst(['a', 'b'], ['gone']), ['a', 'b']);
  assert.deepEqual(putFirst(['a', 'b'], []), ['a', 'b']);
});

Deno.test('who stands first is on every page, and everybody is on one', () => {
  const all = ['p', 'a', 'b', 'c', 'd'];
  assert.deepEqual(pageOf(all, 1, 3, 0), { shown: ['p', 'a', 'b'], page: 0, pages: 2 });
  assert.deepEqual(pageOf(all, 1, 3, 1), { shown: ['p', 'c', 'd'], page: 1, pages: 2 });
  assert.deepEqual(pageOf(all, 1, 3, 9).page, 1, 'the last there is');
  assert.deepEqual(pageOf(all, 0, 3, -1), { shown: ['p', 'a', 'b'], page: 0, pages: 2 });
  assert.deepEqual(pageOf([], 2, 25, 0), { shown: [], page: 0, pages: 1 });
  for (let size = 1; size < 7; size++) {
    for (let kept = 0; kept < 3; kept++) {
      const { pages } = pageOf(all, kept, size, 0);
      const seen = new Set(Array.from({ length: pages }, (_, page) => pageOf(all, kept, size, page).shown).flat());
      assert.equal(seen.size, all.length, `${size} on a page, ${kept} kept`);
    }
  }
});
