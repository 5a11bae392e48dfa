/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { calmGrid, grid } from '../state/grid.js';

Deno.test('tiles of any number fit the stage and keep a human shape', () => {
  for (const [width, height] of /** @type {const} */ ([[1256, 634], [366, 670], [320, 200], [2560, 1300]])) {
    for (let n = 1; n <= 25; n++) {
      const { columns, rows, width: w, height: h } = grid(n, width, height);
      assert.ok(columns * rows >= n, `${n} people have a place`);
      assert.ok(columns * w + (columns - 1) * 12 <= width + 1e-6 && rows * h + (rows - 1) * 12 <= height + 1e-6);
      const aspect = w / h;
      assert.ok(aspect <= 16 / 9 + 1e-6 && aspect >= (width >= height ? 4 / 3 : 3 / 4) - 1e-6, `${n}: ${aspect}`);
    }
  }
});

Deno.test('two people stand beside each other on a desktop and above each other on a phone', () => {
  assert.equal(grid(2, 1256, 634).columns, 2);
  assert.equal(grid(2, 366, 670).columns, 1);
});

Deno.test('a stage without room has tiles without size, and does not divide by zero', () => {
  assert.deepEqual(grid(3, 0, 0), { columns: 1, rows: 3, width: 0, height: 0 });
});

Deno.test('columns stay until another division covers a tenth more', () => {
  const best = grid(3, 1256, 634);
  assert.equal(calmGrid(3, 1256, 634, best.columns).columns, best.columns);
  const wide = { ...grid(4, 1256, 634) };
  assert.equal(calmGrid(4, 1256, 634, 3).columns, wide.columns, 'much better: change');
  const kept = calmGrid(2, 700, 634, 1);
  const free = grid(2, 700, 634);
  assert.ok(kept.columns === 1 || free.width * free.height >= kept.width * kept.height * 1.1);
});
