/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { dayOf, isEmpty, receiptFile, reportable, reportFile } from '../state/report.js';

/** @param {string} text @param {Partial<import('../state/chat.js').Message>} [more] @returns {import('../state/chat.js').Message} */
const message = (text, more = {}) => ({
  id: text,
  key: 'k',
  name: 'Bram',
  own: false,
  at: 1_000,
  to: [],
  audience: { type: 'everyone' },
  text,
  files: [],
  follows: false,
  isEdited: false,
  takenBack: null,
  ...more,
});

Deno.test('what was taken back is offered to nobody, and of many the last', () => {
  const many = Array.from({ length: 70 }, (_, index) => message(`m${index}`));
  assert.deepEqual(
    reportable([message('weg', { text: '', takenBack: 'author' }), message('er')]).map(({ text }) => text),
    ['er'],
  );
  const last = reportable(many);
  assert.deepEqual([last.length, last.at(-1)?.text], [50, 'm69']);
});

Deno.test('a report holds what was chosen and what was written, names and times, and no key', () => {
  const messages = [message('Hoi', { to: ['x'] }), message('Stop', { own: true, name: '', at: 61_000 })];
  const text = reportFile({ at: 120_000, text: ' Hij dreigde. ', about: 'Bram', messages, you: 'Ik' });
  assert.deepEqual(JSON.parse(text), {
    kind: 'beraad-report',
    version: 1,
    savedAt: '1970-01-01T00:02:00.000Z',
    about: 'Bram',
    text: 'Hij dreigde.',
    messages: [
      { sentAt: '1970-01-01T00:00:01.000Z', from: 'Bram', toEveryone: false, text: 'Hoi', files: [] },
      { sentAt: '1970-01-01T00:01:01.000Z', from: 'Ik', toEveryone: true, text: 'Stop', files: [] },
    ],
  });
  assert.equal(JSON.parse(reportFile({ at: 0, text: 'x', about: '', messages: [], you: '' })).about, null);
  assert.ok(isEmpty({ text: ' ', messages: [] }) && !isEmpty({ text: '', messages: [message('x')] }));
});

Deno.test('a receipt says what was counted, when and for which site', () => {
  const residue = { cookies: 0, storage: 0, databases: null, caches: 0, workers: 0 };
  const receipt = {
    kind: 'beraad-receipt',
    version: 1,
    countedAt: '1970-01-01T00:00:00.000Z',
    site: 'meet.test',
    left: residue,
  };
  assert.deepEqual(JSON.parse(receiptFile(residue, 0, 'meet.test', null)), receipt);
  const code = '00041061050R3GG28A1C60T3GF6';
  assert.deepEqual(JSON.parse(receiptFile(residue, 0, 'meet.test', code)), {
    ...receipt,
    code: '0004-1061-050R-3GG2-8A1C-60T3-GF6',
  });
  assert.equal(dayOf(86_400_000), '1970-01-02');
});
