/**
 * What one sends to whom one invites: a text, a file for a calendar, a letter to be sent by one's own program. All of it is made
 * here, from words of the page; none of it ever holds the passcode. It has no clock and draws nothing.
 *
 * @typedef {object} Appointment
 * @property {string} title what it is called; never empty here
 * @property {number} start Unix seconds
 * @property {number} minutes how long
 */
import { oneLine } from './name.js';

/** Of a topic: the card in which it travels takes 512 bytes. */
const longest = { characters: 120, bytes: 400 };

/**
 * What a meeting is about, as typed: one line, without signs that turn or hide the words around it; cut where it is too long.
 * @param {string} text @returns {string} empty: nothing to read
 */
export function readTopic(text) {
  let topic = [...oneLine(text)].slice(0, longest.characters);
  while (new TextEncoder().encode(topic.join('')).length > longest.bytes) topic = topic.slice(0, -1);
  return topic.join('').trim();
}

/** @param {number} seconds Unix @returns {Date} */
function dateOf(seconds) {
  return new Date(seconds * 1000);
}

/**
 * When it is, in words, each part by itself.
 * @param {Pick<Appointment, 'start' | 'minutes'>} appointment @param {'nl' | 'en'} language @param {string} timeZone IANA
 * @returns {{ date: string, from: string, to: string, zone: string }}
 */
export function whenOf({ start, minutes }, language, timeZone) {
  const locale = language === 'en' ? 'en-GB' : 'nl-NL';
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  const named = new Intl.DateTimeFormat(locale, { timeZoneName: 'long', timeZone }).formatToParts(dateOf(start));
  return {
    date: day.format(dateOf(start)),
    from: clock.format(dateOf(start)),
    to: clock.format(dateOf(start + 60 * minutes)),
    zone: named.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone,
  };
}

/** RFC 5545 §3.1: octets of a line, without its end. */
const lineOctets = 75;

/** Longer lines go on in the next one, after a space; no character is cut in two. @param {string} line */
function folded(line) {
  const encoder = new TextEncoder();
  /** @type {string[]} */
  const lines = [];
  let current = '', octets = 0;
  for (const sign of line) {
    const size = encoder.encode(sign).length;
    if (octets + size > lineOctets) {
      lines.push(current);
      [current, octets] = [' ', 1];
    }
    current += sign;
    octets += size;
  }
  return [...lines, current].join('\r\n');
}

/** RFC 5545 §3.3.11. Signs that steer something have no place in it. @param {string} text */
function escaped(text) {
  return text
    .replace(/\r\n?/gu, '\n')
    // deno-lint-ignore no-control-regex -- control characters are what this takes out
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/gu, ' ')
    .replace(/[\\;,]/gu, '\\$&')
    .replaceAll('\n', '\\n');
}

/** RFC 5545 §3.3.5, in UTC. @param {number} seconds Unix */
function stamp(seconds) {
  return dateOf(seconds).toISOString().replace(/[-:]|\.\d+/gu, '');
}

/**
 * A file for a calendar (RFC 5545).
 * @param {Appointment & { uid: string, now: number, description: string, link: string }} event `uid`: random, for this file alone
 */
export function calendarOf({ uid, now, start, minutes, title, description, link }) {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Beraad//Beraad//NL',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(start + 60 * minutes)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(description)}`,
    `URL:${link}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ].map((line) => `${folded(line)}\r\n`).join('');
}

/** For the own e-mail program, to nobody yet (RFC 6068). @param {string} subject @param {string} body */
export function letterOf(subject, body) {
  const lines = body.replace(/\r\n?|\n/gu, '\r\n');
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines)}`;
}
