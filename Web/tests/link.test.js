/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { base64url, fromBase64url } from '../e2ee/bytes.js';
import { kdf } from '../e2ee/derive.js';
import { baseKey, cleanName, openProfile, sealProfile } from '../e2ee/interim.js';
import { composeLink, inviteID, inviteKey, parseLink } from '../e2ee/link.js';
import { run, toHex } from './hex.js';

const meeting = 'AAECAwQFBgcICQoLDA0ODw';
const common = 'ARAREhMUFRYXGBkaGxwdHh95ZVhzPdwKbqA9iLXTxxg2';
const host = 'AhAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw';
const personal = 'AxAREhMUFRYXGBkaGxwdHh95ZVhzPdwKbqA9iLXTxxg2cHFyc3R1dnd4eXp7fH1-f4CBgoOEhYaHiImKi4yNjo8';

/** @param {string} fragment */
async function parsed(fragment) {
  const link = await parseLink(meeting, fragment);
  assert.ok(typeof link === 'object');
  return link;
}

Deno.test('all three kinds of link lead to the same keys, the host link by its seed', async () => {
  for (const fragment of [common, host, personal]) {
    const link = await parsed(fragment);
    assert.equal(toHex(link.meeting), toHex(run(0, 16)));
    assert.equal(toHex(link.secret), toHex(run(16, 16)));
    assert.equal(toHex(link.fingerprint), '796558733ddc0a6ea03d88b5d3c71836');
    assert.equal(toHex(await inviteID(await inviteKey(link))), 'c5735c90d8b86be438e4c76d8cde1c2d');
  }
});

Deno.test('the derivations of the link give the known answers', async () => {
  const prk = await inviteKey(await parsed(common));
  const none = new Uint8Array(0);
  const answers = {
    'invite psk': '948c263c9d18de8f5bf71e34f103c3022a587bc960b550ecf2f8a7db473076ec',
    'lobby mac': 'fb78c2327ee249a08046698013e37c6adfdb7d8323d1162b6a4e63404dc1e23c',
    'join mac': '49cef0aef5ffdd6e1f6df23edb9f7dd2fe5b1c88bf99a1e1d52e7aac26991f5c',
    'card': '875d2b092606498b0564aefc3142d18a479bcfbc71582171aa675439f3846dc1',
    'lobby card key': '1f1c83c8f9473ddc88f3eb5f984e9f581d7eaab646d4bcfcd500bc2bb8d73f8e',
  };
  for (const [label, answer] of Object.entries(answers)) assert.equal(toHex(await kdf(prk, label, none, 32)), answer);
});

Deno.test('whoever copies the link passes on the common one, never a seed or ticket', async () => {
  for (const fragment of [common, host, personal]) {
    assert.equal(composeLink('https://meet.test', await parsed(fragment)), `https://meet.test/m/${meeting}#${common}`);
  }
});

Deno.test('a damaged link is refused, a newer one told apart', async () => {
  const trailing = common.slice(0, -1) + '3';
  for (
    const fragment of [
      '',
      common.slice(0, -1),
      `${common}A`,
      `${common}=`,
      ` ${common}`,
      host.slice(0, 44),
      'A'.repeat(44),
    ]
  ) {
    assert.equal(await parseLink(meeting, fragment), 'damaged', fragment);
  }
  assert.equal(toHex(fromBase64url(trailing) ?? run(0, 0)).length, 66, 'a whole group has no unused bits');
  assert.equal(await parseLink('AAECAwQFBgcICQoLDA0ODx', common), 'damaged', 'unused bits of the path');
  assert.equal(await parseLink('short', common), 'damaged');
  assert.equal(await parseLink(meeting, `BB${common.slice(2)}`), 'newer');
});

Deno.test('base64url goes there and back for every length', () => {
  for (let count = 0; count < 70; count++) {
    const bytes = run(200, count);
    assert.equal(toHex(fromBase64url(base64url(bytes)) ?? run(0, 0)), toHex(bytes));
  }
  for (const text of ['A', 'AB', 'AAB', 'A+AA', 'AA==', 'AA\n']) assert.equal(fromBase64url(text), null, text);
});

Deno.test('a name opens for the sender id it was sealed for, and for no other', async () => {
  const prk = await inviteKey(await parsed(common));
  const profile = await sealProfile(prk, run(1, 16), '  Zoë \u202e de Vries ');
  assert.equal(profile.length, 208);
  assert.equal(await openProfile(prk, run(1, 16), profile), 'Zoë  de Vries');
  assert.equal(await openProfile(prk, run(2, 16), profile), null);
  assert.equal(await openProfile(prk, run(1, 16), profile.slice(0, 207)), null);
  assert.equal(await openProfile(prk, run(1, 16), profile.replace(/.$/, (last) => last === 'A' ? 'B' : 'A')), null);
});

Deno.test('names are cut at 60 characters and 120 bytes, between characters', () => {
  assert.equal(cleanName('x'.repeat(80)).length, 60);
  assert.equal([...cleanName('🙂'.repeat(80))].length, 30);
  assert.equal(cleanName('\u202e\u0007 '), '');
});

Deno.test('keys of frames can derive and never come out', async () => {
  const key = await baseKey(await inviteKey(await parsed(common)), run(1, 16));
  assert.equal(key.extractable, false);
  assert.deepEqual([...key.usages].sort(), ['deriveBits', 'deriveKey']);
});
