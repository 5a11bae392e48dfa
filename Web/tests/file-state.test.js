/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import {
  leftWords,
  limitOf,
  messageView,
  outgoingView,
  percentOf,
  savedName,
  shortened,
  sizeWords,
} from '../state/files.js';

Deno.test('sizes, shares and times are said in whole numbers that promise nothing too good', () => {
  assert.deepEqual([0, 1, 999_999, 1_000_001].map((size) => Object.values(sizeWords(size).args)[0]), [0, 1, 1000, 2]);
  assert.deepEqual([percentOf(0, 0), percentOf(1, 3), percentOf(999, 1000)], [100, 33, 99]);
  assert.equal(leftWords(0, 10, 10_000), null);
  assert.equal(leftWords(5, 10, 100), null, 'too soon to know');
  assert.deepEqual(leftWords(5, 10, 4000), { text: 'chat.file.seconds', args: { n: 4 } });
  assert.deepEqual(leftWords(1, 10, 20_000), { text: 'chat.file.minutes', args: { n: 3 } });
  assert.ok(limitOf(true) > limitOf(false));
});

Deno.test('a name keeps its ending, and a disk gets no folder and nothing hidden', () => {
  assert.equal(shortened('plan.pdf', 60), 'plan.pdf');
  assert.equal(shortened(`${'a'.repeat(80)}.pdf`, 60), `${'a'.repeat(55)}….pdf`);
  assert.equal([...shortened('👍'.repeat(80), 60)].length, 60);
  assert.equal(savedName('../../etc/passwd', 'bestand'), '_.._etc_passwd');
  assert.equal(savedName('..', 'bestand'), 'bestand');
  assert.equal(savedName('.bashrc', 'bestand'), 'bashrc');
  assert.equal(savedName('a\\b:c*d?.txt . ', 'bestand'), 'a_b_c_d_.txt');
});

Deno.test('what may be done with a file follows from how it is doing', () => {
  const going = /** @type {const} */ ({ phase: 'going', percent: 40, left: null });
  assert.deepEqual(outgoingView('a', 5, undefined).acts, ['drop']);
  assert.deepEqual(outgoingView('a', 5, { phase: 'waiting' }).acts, ['cancel']);
  assert.deepEqual(outgoingView('a', 5, going).acts, ['pause', 'cancel']);
  assert.deepEqual(messageView('a', 5, false, undefined).acts, ['get']);
  assert.deepEqual(messageView('a', 5, true, undefined).acts, ['get', 'retract']);
  assert.deepEqual(messageView('a', 5, true, { ...going, phase: 'paused' }).acts, ['resume', 'cancel']);
  assert.deepEqual(messageView('a', 5, true, { ...going, phase: 'offline' }).acts, ['cancel']);
  const gone = messageView('a', 5, true, { phase: 'gone' });
  assert.deepEqual([gone.acts, gone.isBad, gone.words[0]?.text], [[], true, 'err.file.gone']);
});
