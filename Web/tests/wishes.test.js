/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { cleanNote } from '../e2ee/names.js';
import { agreed, noteOf, readWishes, wishes } from '../state/wishes.js';

Deno.test('what is asked for goes with the note, and comes out of it as it was', () => {
  assert.equal(noteOf([]), '');
  for (const wanted of [[wishes[2]], [wishes[0], wishes[1]], [...wishes]]) {
    const note = noteOf(/** @type {import('../state/wishes.js').Wish[]} */ (wanted));
    assert.deepEqual(readWishes(cleanNote(note)), { wanted, note: null }, note);
  }
  assert.equal(noteOf(['chat', 'recording']), '#without:recording,chat', 'in one order');
});

Deno.test('a note of somebody who asks for nothing is a note, and a word of a later version is left out', () => {
  assert.deepEqual(readWishes(null), { wanted: [], note: null });
  assert.deepEqual(readWishes('Ik ben Piet'), { wanted: [], note: 'Ik ben Piet' });
  assert.deepEqual(readWishes('#without:chat,polls Ik ben Piet'), { wanted: ['chat'], note: 'Ik ben Piet' });
  assert.deepEqual(readWishes('#without:polls'), { wanted: [], note: null });
  for (const note of ['#without:', '#without:Chat', ' #without:chat', '#without:chat,', '#without:chat;x']) {
    assert.deepEqual(readWishes(note), { wanted: [], note }, note);
  }
});

Deno.test('of what does not exist there is nothing to agree, of chat there is', () => {
  const chat = { isOn: true, mayTurnOff: true };
  assert.deepEqual(wishes.map((wish) => agreed(wish, chat)), [
    'people.asks.recording',
    'people.asks.captions',
    'people.asks.chat',
  ]);
  assert.equal(agreed('chat', { ...chat, isOn: false }), 'people.asks.chat.off');
});
