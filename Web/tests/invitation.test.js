/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { calendarOf, letterOf, readTopic, whenOf } from '../state/invitation.js';

/** 1 December 2026, 14:00 in Amsterdam. */
const start = Date.UTC(2026, 11, 1, 13) / 1000;

const event = {
  uid: 'dLmQ3m0tq1wJ2v9m',
  now: start - 86_400,
  start,
  minutes: 90,
  title: 'Gesprek',
  description: 'Tot zo',
  link: 'https://meet.test/m/JTA7RlFcZ3J9iJOeqbS_yg#AQ',
};

/** As a reader of the file has it: lines that go on are one again. @param {string} file */
const unfolded = (file) => file.replaceAll('\r\n ', '').split('\r\n');

Deno.test('when it is, in words and in the zone of the person', () => {
  const dutch = whenOf({ start, minutes: 90 }, 'nl', 'Europe/Amsterdam');
  assert.deepEqual(
    { ...dutch, zone: dutch.zone.toLowerCase() },
    { date: 'dinsdag 1 december 2026', from: '14:00', to: '15:30', zone: 'midden-europese standaardtijd' },
  );
  const english = whenOf({ start, minutes: 90 }, 'en', 'Asia/Tokyo');
  assert.match(english.date, /^Tuesday,? 1 December 2026$/);
  assert.deepEqual([english.from, english.to, english.zone], ['22:00', '23:30', 'Japan Standard Time']);
  assert.equal(whenOf({ start: start + 10 * 3600, minutes: 60 }, 'nl', 'Europe/Amsterdam').from, '00:00', 'not 24:00');
});

Deno.test('a calendar file has what a calendar asks for, in UTC, each line ended as it must be', () => {
  const file = calendarOf(event);
  assert.ok(file.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n'));
  assert.doesNotMatch(file, /[^\r]\n|\r[^\n]/);
  assert.deepEqual(unfolded(file), [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Beraad//Beraad//NL',
    'BEGIN:VEVENT',
    'UID:dLmQ3m0tq1wJ2v9m',
    'DTSTAMP:20261130T130000Z',
    'DTSTART:20261201T130000Z',
    'DTEND:20261201T143000Z',
    'SUMMARY:Gesprek',
    'DESCRIPTION:Tot zo',
    `URL:${event.link}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

Deno.test('nothing in a text ends its line or begins another property', () => {
  const text = 'a;b,c\\d\ne\r\nf\rg\u0000h\tBEGIN:VALARM';
  const lines = unfolded(calendarOf({ ...event, title: text, description: text }));
  assert.equal(lines.length, 15);
  assert.ok(lines.includes('SUMMARY:a\\;b\\,c\\\\d\\ne\\nf\\ng h BEGIN:VALARM'));
});

Deno.test('lines are folded at 75 octets, between characters, and nothing is lost', () => {
  for (const sign of ['x', 'é', '€', '🙂']) {
    for (let pad = 0; pad < 4; pad++) {
      const title = 'a'.repeat(pad) + sign.repeat(120);
      const file = calendarOf({ ...event, title });
      for (const line of file.split('\r\n')) {
        assert.ok(new TextEncoder().encode(line).length <= 75, line);
        assert.ok(!line.includes('\ufffd'));
      }
      assert.ok(unfolded(file).includes(`SUMMARY:${title}`));
    }
  }
});

Deno.test('a letter is one address that leads nowhere but into a letter', () => {
  const body = 'Dag,\nLink: https://meet.test/m/a#b&c=d?\r\n100% “goed”';
  const letter = letterOf('Jij & ik: #1', body);
  assert.match(letter, /^mailto:\?subject=[^&#?\s]*&body=[^&#?\s]*$/);
  const [subject = '', text = ''] = letter.slice('mailto:?'.length).split('&').map((part) => part.split('=')[1]);
  assert.equal(decodeURIComponent(subject), 'Jij & ik: #1');
  assert.equal(decodeURIComponent(text), 'Dag,\r\nLink: https://meet.test/m/a#b&c=d?\r\n100% “goed”');
});

Deno.test('a topic is one line that fits into its card', () => {
  assert.equal(readTopic('  Voortgang\n\u202e van   Zoë '), 'Voortgang van Zoë');
  assert.equal(readTopic(' \u200b\n'), '');
  assert.equal(readTopic('woord '.repeat(60)), 'woord '.repeat(20).trim());
  assert.equal(readTopic('x'.repeat(200)).length, 120);
  const heavy = readTopic(Array(40).fill('🙂🙂🙂').join(' '));
  assert.ok(new TextEncoder().encode(heavy).length <= 400 && heavy.startsWith('🙂🙂🙂 🙂'));
});
