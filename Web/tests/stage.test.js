/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { emptyStage, nextLook, nextStage } from '../state/stage.js';
import { strip } from '../state/strip.js';
import { Director } from '../screens/director.js';
import { StillClock } from './clock.js';

const others = ['anna', 'bram', 'chris'];

/** @param {readonly string[]} speaking @param {readonly string[]} [first] @param {readonly string[]} [here] */
const cast = (speaking, first = [], here = others) => ({ others: here, first, speaking: new Set(speaking) });

/**
 * Who has the stage after each of these moments.
 * @param {readonly (readonly [number, ReturnType<typeof cast>])[]} moments
 */
function play(moments) {
  let stage = emptyStage;
  return moments.map(([at, seen]) => (stage = nextStage(stage, seen, at)).who);
}

Deno.test('whoever speaks long enough takes the stage, and nobody takes it for a word', () => {
  assert.deepEqual(
    play([
      [0, cast([])],
      [10_000, cast(['bram'])],
      [11_499, cast(['bram'])],
      [11_500, cast(['bram'])],
      [20_000, cast(['chris'])],
      [21_000, cast([])],
      [21_600, cast(['chris'])],
      [23_000, cast(['chris'])],
    ]),
    ['anna', 'anna', 'anna', 'bram', 'bram', 'bram', 'bram', 'bram'],
  );
});

Deno.test('whoever took the stage keeps it for three seconds, also in silence', () => {
  assert.deepEqual(
    play([[0, cast([])], [4000, cast(['bram'])], [5500, cast(['bram'])], [5600, cast(['chris'])], [
      8499,
      cast(['chris']),
    ], [
      8500,
      cast(['chris']),
    ]]),
    ['anna', 'anna', 'bram', 'bram', 'bram', 'chris'],
  );
});

Deno.test('two who talk at the same time do not chase each other off the stage', () => {
  /** @type {[number, ReturnType<typeof cast>][]} */
  const moments = [[0, cast(['anna'])], [4000, cast(['anna', 'bram'])]];
  for (let at = 5500; at < 60_000; at += 1000) moments.push([at, cast(['anna', 'bram'])]);
  const seen = play(moments);
  assert.deepEqual(seen.slice(0, 3), ['anna', 'anna', 'bram']);
  assert.ok(seen.slice(2).every((who) => who === 'bram'));
  assert.deepEqual(play([...moments, [60_000, cast(['anna'])]]).at(-1), 'anna', 'who still talks comes back');
});

Deno.test('who was put on the stage stays, the pinned before the spotlit; who left it empty is followed at once', () => {
  assert.deepEqual(
    play([
      [0, cast(['bram'], ['chris', 'anna'])],
      [9000, cast(['bram'], ['dewi', 'anna'])],
      [9100, cast(['bram'])],
      [12_500, cast(['bram'])],
      [12_600, cast(['chris'], [], ['anna', 'chris'])],
      [12_700, cast([], [], [])],
      [12_800, cast([])],
    ]),
    ['chris', 'anna', 'anna', 'bram', 'chris', null, 'anna'],
  );
});

Deno.test('the next look is when something changes, and never without a reason', () => {
  const quiet = nextStage(emptyStage, cast([]), 0);
  assert.equal(nextLook(quiet, cast([]), 0), null);
  const speaks = nextStage(quiet, cast(['bram']), 100);
  assert.equal(nextLook(speaks, cast(['bram']), 100), 2900, 'the one on it has three seconds');
  assert.equal(nextLook(speaks, cast(['bram'], ['chris']), 100), null, 'somebody was put there');
  const later = nextStage(quiet, cast(['bram']), 9000);
  assert.equal(nextLook(later, cast(['bram']), 9400), 1100);
  assert.equal(nextStage(later, cast(['bram']), 10_500).who, 'bram');
});

Deno.test('the director looks again by itself, and no more once it stopped', async () => {
  const clock = new StillClock();
  /** @type {(string | null)[]} */
  const told = [];
  const director = new Director(clock, () => told.push(director.who));
  director.see({ others });
  director.see({ speaking: new Set(['bram', 'own']) });
  await clock.pass(2999);
  assert.deepEqual(told, ['anna']);
  await clock.pass(1);
  assert.deepEqual(told, ['anna', 'bram']);
  director.see({ speaking: new Set(['bram', 'chris']) });
  assert.equal(clock.timers, 1);
  director.stop();
  await clock.pass(60_000);
  assert.deepEqual(told, ['anna', 'bram']);
  assert.equal(clock.timers, 0);
});

Deno.test('the stage keeps seven tenths on every screen, and the strip holds faces, six at most', () => {
  for (
    const [width, height]
      of /** @type {const} */ ([[1256, 560], [900, 500], [366, 560], [616, 300], [2500, 1300], [700, 700]])
  ) {
    for (const others of [1, 2, 5, 6, 30]) {
      const { where, places, small, large, area } = strip(others, width, height);
      assert.ok(places <= Math.min(6, others), `${width} × ${height}, ${others}`);
      if (places > 0) {
        assert.ok(small.width >= 160 - 1e-9 && small.width <= 240);
        const [used, all] = where === 'beside' ? [small.width, width] : [small.height, height];
        assert.ok(all - used - 12 >= 0.7 * all - 1e-9, `${width} × ${height}, ${others}: ${where}`);
        const [length, tile] = where === 'beside' ? [height, small.height] : [width, small.width];
        assert.ok(places * tile + (places + 1) * 12 <= length + 1e-9);
      }
      assert.ok(large.width <= area.width && large.height <= area.height && large.width > 0);
      assert.ok(area.width <= width && area.height <= height);
    }
  }
  assert.deepEqual([strip(5, 1256, 560).where, strip(5, 1256, 560).places], ['beside', 5]);
  assert.deepEqual([strip(5, 366, 560).where, strip(5, 366, 560).places], ['below', 2], 'a phone');
  assert.equal(strip(3, 200, 150).places, 0, 'a window too small for two');
});
