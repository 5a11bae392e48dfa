/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { piecesOf } from '../state/links.js';

/** The links of a text. @param {string} text */
const links = (text) => piecesOf(text).flatMap(({ text: shown, href }) => href === null ? [] : [[shown, href]]);

/** @param {string} text */
const written = (text) => links(text).map(([shown]) => shown);

Deno.test('an address in a sentence is found without what stands behind it', () => {
  assert.deepEqual(links('Zie https://meet.test/uitleg.'), [['https://meet.test/uitleg', 'https://meet.test/uitleg']]);
  assert.deepEqual(written('(https://meet.test/a_(b)) of http://10.0.0.1:8080/x?y=1#z!'), [
    'https://meet.test/a_(b)',
    'http://10.0.0.1:8080/x?y=1#z',
  ]);
  assert.deepEqual(written('„https://meet.test/“ en HTTPS://MEET.TEST/A'), [
    'https://meet.test/',
    'HTTPS://MEET.TEST/A',
  ]);
});

Deno.test('only addresses of the web are links, and only where they lead to what one reads', () => {
  const others = [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://meet.test',
    'xhttps://meet.test',
    'https://',
    'https://bank.test@evil.test/',
    ['https://a:b', 'evil.test/'].join('@'),
    'https:///evil.test',
    'https://bаnk.test/', // with a Cyrillic letter
    'https://2130706433/',
    '<a href="x">',
  ];
  for (const text of others) assert.deepEqual(links(text), [], text);
});

Deno.test('the pieces make the whole again, whatever it is', () => {
  let state = 41;
  const below = (/** @type {number} */ end) => (state = (state * 48271) % 2147483647) % end;
  const parts = ['https://', 'http://a.test/', '(', ')', '.', ' ', '\n', 'x', '🙂', '<', '"', '@', '\\', ']', '%', 'é'];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: below(20) }, () => parts[below(parts.length)]).join('');
    assert.equal(piecesOf(text).map((piece) => piece.text).join(''), text);
    for (const [, href] of links(text)) assert.match(href ?? '', /^https?:/);
  }
});

Deno.test('text that was made to take long takes none', () => {
  const bad = [`https://a.test/${')'.repeat(8000)}`, `https://a.test/${'.'.repeat(8000)}x`, 'https://('.repeat(900)];
  const began = performance.now();
  for (const text of bad) piecesOf(text);
  assert.ok(performance.now() - began < 1000);
});
