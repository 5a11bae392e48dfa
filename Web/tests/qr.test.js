/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { qrCode } from '../state/qr.js';

/** @param {string} text */
function drawn(text) {
  const code = qrCode(text);
  assert.ok(code);
  const line = Array.from({ length: code.size }, (_, at) => at);
  return line.map((y) => line.map((x) => code.isDark(x, y) ? '#' : '.').join(''));
}

Deno.test('a code is the one that a reader of another make has read', () => {
  assert.deepEqual(drawn('Beraad'), [
    '#######.##..#.#######',
    '#.....#..#..#.#.....#',
    '#.###.#.#.#.#.#.###.#',
    '#.###.#.#..#..#.###.#',
    '#.###.#.###...#.###.#',
    '#.....#.......#.....#',
    '#######.#.#.#.#######',
    '.........##..........',
    '####..#.#.#..#..###.#',
    '.##.#...#.#.#..#.##.#',
    '.#.#..#.#.#.#####..##',
    '###..#...##.##...#.##',
    '....#####.##.#..##...',
    '........#....#...#..#',
    '#######..##..##.#.#..',
    '#.....#..#.#####.##.#',
    '#.###.#...##..##.####',
    '#.###.#.#.#..#.....#.',
    '#.###.#.#..#.#...##..',
    '#.....#.#..##.##....#',
    '#######.#.###...#.#..',
  ]);
});

Deno.test('a code grows with its text, until a screen would hold it no more', () => {
  for (const [length, version] of [[1, 1], [17, 1], [18, 2], [154, 7], [155, 8], [230, 9], [231, 10], [425, 13]]) {
    assert.equal(drawn('x'.repeat(Number(length))).length, 17 + 4 * Number(version), `${length}`);
  }
  assert.equal(qrCode('x'.repeat(426)), null);
  assert.equal(qrCode('é'.repeat(213)), null, 'bytes count, not letters');
});

Deno.test('the three corners are where a reader looks for them', () => {
  const corner = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];
  const code = drawn('otpauth://totp/Beraad?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'), end = code.length - 7;
  for (const [x, y] of [[0, 0], [end, 0], [0, end]]) {
    const found = code.slice(y, Number(y) + 7).map((row) => row.slice(x, Number(x) + 7));
    assert.deepEqual(found, corner);
  }
});
