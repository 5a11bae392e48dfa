/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { Hold } from '../hold.js';

function setUp({ isOn = false, may = true } = {}) {
  const now = { isOn, may };
  /** @type {string[]} */
  const done = [];
  const hold = new Hold({
    isOn: () => now.isOn,
    mayTurnOn: () => now.may,
    on: () => {
      now.isOn = true;
      done.push('on');
      hold.look();
    },
    off: () => {
      now.isOn = false;
      done.push('off');
      hold.look();
    },
  }, (isHeld) => done.push(isHeld ? 'shown' : 'hidden'));
  return { hold, now, done };
}

Deno.test('whoever is muted is heard as long as the key is held', () => {
  const { hold, done } = setUp();
  assert.equal(hold.press(), true);
  hold.release();
  hold.release();
  assert.deepEqual(done, ['shown', 'on', 'hidden', 'off']);
});

Deno.test('whoever is on anyway, and whoever may not, holds nothing and is not switched', () => {
  for (const { hold, done } of [setUp({ isOn: true }), setUp({ may: false })]) {
    assert.equal(hold.press(), false);
    hold.release();
    assert.deepEqual(done, []);
  }
});

Deno.test('P-029 a host who mutes meanwhile is not fought: the key that is still down does nothing any more', () => {
  const { hold, now, done } = setUp();
  hold.press();
  now.isOn = false;
  now.may = false;
  hold.look();
  assert.equal(hold.press(), false);
  hold.release();
  assert.deepEqual(done, ['shown', 'on', 'hidden']);
});
