/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { fieldsOf, readMoment } from '../state/moment.js';

const now = new Date(2026, 10, 5, 9, 30).getTime();

Deno.test('a moment of this device is read as it was written', () => {
  assert.deepEqual(fieldsOf(new Date(now)), { date: '2026-11-05', time: '09:30' });
  assert.deepEqual(readMoment('2026-11-05', '09:30', now), { type: 'good', start: now / 1000 });
  const later = new Date(2027, 0, 1, 0, 5);
  const { date, time } = fieldsOf(later);
  assert.deepEqual(readMoment(date, time, now), { type: 'good', start: later.getTime() / 1000 });
});

Deno.test('the field that is empty is the one that is wrong', () => {
  const words = 'home.date.empty';
  assert.deepEqual(readMoment('', '10:00', now), { type: 'bad', words, fields: ['date'] });
  assert.deepEqual(readMoment('2026-11-06', '', now), { type: 'bad', words, fields: ['time'] });
  assert.deepEqual(readMoment('', '', now), { type: 'bad', words, fields: ['date', 'time'] });
  assert.deepEqual(readMoment('20260-01-01', '10:00', now), { type: 'bad', words, fields: ['date'] });
});

Deno.test('what is over is wrong by its day, and today by its time', () => {
  const words = 'home.date.past';
  assert.deepEqual(readMoment('2026-11-04', '10:00', now), { type: 'bad', words, fields: ['date'] });
  assert.deepEqual(readMoment('2026-11-05', '09:29', now), { type: 'bad', words, fields: ['time'] });
});
