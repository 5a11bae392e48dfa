/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { Speakers } from '../media/people/speakers.js';
import { Wants } from '../media/people/wants.js';
import { Told } from '../media/told.js';
import { StillClock } from './clock.js';

Deno.test('a pause between two words is not silence, and only changes are told', () => {
  const speakers = new Speakers();
  assert.deepEqual([...speakers.heard([['anna', 0.3], ['bram', 0.01]], 0) ?? []], ['anna']);
  assert.equal(speakers.heard([['anna', 0]], 400), null);
  assert.equal(speakers.heard([['anna', 0.2]], 600), null);
  assert.deepEqual([...speakers.heard([['anna', 0], ['bram', 0.5]], 1200) ?? []], ['bram']);
});

Deno.test('many changes of what is wanted are asked once, the last of them', async () => {
  const clock = new StillClock();
  /** @type {string[]} */
  const sent = [];
  let height = 180;
  const wants = new Wants(clock, () => [{ publication: 'p1', height, rank: 0 }], ({ generation, items }) => {
    sent.push(`${generation}: ${items[0]?.height}`);
  });
  wants.soon();
  height = 720;
  wants.soon();
  await clock.pass(1000);
  wants.soon();
  await clock.pass(1000);
  wants.soon();
  wants.stop();
  await clock.pass(1000);
  assert.deepEqual(sent, ['1: 720', '2: 720']);
});

Deno.test('a word is said once; while the way back is looked for the connection is lost', () => {
  /** @type {string[]} */
  const heard = [];
  const told = new Told({
    protection: ({ type }) => heard.push(type),
    connection: (quality) => heard.push(quality),
    notice: ({ id }) => heard.push(id),
    noticeOver: (id) => heard.push(`no ${id}`),
  });
  told.protection({ type: 'protected', epoch: 0 });
  told.protection({ type: 'protected', epoch: 0 });
  told.quality('good');
  told.become({ type: 'reconnecting', since: 0 });
  told.quality('good');
  told.note({ id: 'err.network' });
  told.clear('err.sound');
  told.clear('err.network');
  told.clear('err.network');
  assert.deepEqual(heard, ['protected', 'lost', 'err.network', 'no err.network']);
});

Deno.test('two troubles at once are remembered apart: each is over when it is over', () => {
  /** @type {string[]} */
  const heard = [];
  const told = new Told({ notice: ({ id }) => heard.push(id), noticeOver: (id) => heard.push(`no ${id}`) });
  told.note({ id: 'err.sound' });
  told.note({ id: 'err.network' });
  told.clear('err.sound');
  told.clear('err.network');
  told.note({ id: 'err.busy' });
  told.forget();
  told.clear('err.busy');
  assert.deepEqual(heard, ['err.sound', 'err.network', 'no err.sound', 'no err.network', 'err.busy']);
});
