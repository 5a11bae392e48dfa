/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { base64url, fromBase64url } from '../e2ee/bytes.js';
import { cleanName, cleanNote, cleanTopic } from '../e2ee/names.js';
import { readName, titleOf } from '../state/name.js';
import { run, toHex } from './hex.js';

Deno.test('names are cut at 60 characters and 120 bytes, between characters', () => {
  assert.equal(cleanName('x'.repeat(80)).length, 60);
  assert.equal([...cleanName('🙂'.repeat(80))].length, 30);
  assert.equal(cleanName('\u202e\u0007 '), '');
  assert.equal(cleanName('  Zoë \u202e de Vries '), 'Zoë  de Vries');
});

Deno.test('a note is one line of at most 500 bytes', () => {
  assert.equal(cleanNote(' one\n two\u202e\tthree '), 'one two three');
  assert.equal(cleanNote('x'.repeat(800)).length, 500);
  assert.equal([...cleanNote('🙂'.repeat(300))].length, 125);
});

Deno.test('a topic is one line of at most 120 characters and 512 bytes', () => {
  assert.equal(cleanTopic(' Voortgang\n van\u202e Zoë '), 'Voortgang van Zoë');
  assert.equal(cleanTopic('x'.repeat(200)).length, 120);
  assert.equal([...cleanTopic('🙂'.repeat(200))].length, 120);
  assert.equal(cleanTopic('\u200b '), '');
});

Deno.test('P-011 the title of the window is the topic, unless that holds a part of a link', () => {
  assert.equal(titleOf('Les #3: /m/ en /n/'), 'Les #3: /m/ en /n/');
  for (
    const topic of ['', `https://meet.test/m/${'A'.repeat(22)}`, `Kom: x#${'b'.repeat(44)}`, `#${'a'.repeat(87)} dus`]
  ) {
    assert.equal(titleOf(topic), null, topic);
  }
});

Deno.test('base64url goes there and back for every length', () => {
  for (let count = 0; count < 70; count++) {
    const bytes = run(200, count);
    assert.equal(toHex(fromBase64url(base64url(bytes)) ?? run(0, 0)), toHex(bytes));
  }
  for (const text of ['A', 'AB', 'AAB', 'A+AA', 'AA==', 'AA\n']) assert.equal(fromBase64url(text), null, text);
});

Deno.test('the page takes out of a name what the engine’s end takes out, and nothing else', () => {
  for (
    const [from, to] of [[0, 0x3200], [0xa000, 0xa0ff], [0xfb00, 0x1_0000], [0x1_d100, 0x1_d200], [0xd_ff00, 0xe_1100]]
  ) {
    for (let point = from ?? 0; point < (to ?? 0); point++) {
      const sign = String.fromCodePoint(point);
      if (/\s/u.test(sign)) continue;
      const read = readName(`a${sign}b`);
      const isTaken = read.type === 'good' && /^a ?b$/.test(read.name);
      assert.equal(isTaken, cleanName(`a${sign}b`) === 'ab', point.toString(16));
    }
  }
});
