/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import {
  accountPage,
  appAddress,
  inGroups,
  isAddress,
  isStepOver,
  isToken,
  mayInvite,
  oneTimeLink,
  passwordFault,
  troubleOf,
} from '../state/account.js';

const token = 'lJ-qtcDL1uHs9wINGCMuOURPWmVwe4aRnKeyvcjT3uk';

Deno.test('a path is a page of accounts or none', () => {
  assert.equal(accountPage('/setup'), 'setUp');
  assert.equal(accountPage('/invited'), 'invited');
  assert.equal(accountPage('/renew'), 'renew');
  for (const path of ['/', '/setup/', '/m/AAAAAAAAAAAAAAAAAAAAAA', 'constructor', '/toString']) {
    assert.equal(accountPage(path), null, path);
  }
});

Deno.test('a one-time link that an admin gives away is read by the page that it leads to', () => {
  for (const kind of /** @type {const} */ (['invited', 'renew'])) {
    const link = new URL(oneTimeLink(kind, 'https://meet.example.org', token));
    assert.equal(accountPage(link.pathname), kind);
    assert.ok(isToken(link.hash.slice(1)));
    assert.equal(link.search, '');
  }
});

Deno.test('what stands behind # is a token only if it is whole', () => {
  assert.ok(isToken(token));
  for (const text of ['', token.slice(1), `${token}A`, token.replace('J', '+'), ` ${token.slice(1)}`]) {
    assert.ok(!isToken(text), text);
  }
});

Deno.test('a password is measured as the server measures it', () => {
  assert.equal(passwordFault('elevenchars', null), 'passwordTooShort');
  assert.equal(passwordFault('twelve chars', null), null);
  assert.equal(passwordFault('x'.repeat(128), null), null);
  assert.equal(passwordFault('x'.repeat(129), null), 'passwordTooLong');
  assert.equal(passwordFault('e\u0301'.repeat(11), null), 'passwordTooShort', 'a letter and its accent are one');
  assert.equal(passwordFault('🐢'.repeat(11), null), 'passwordTooShort', 'a sign outside the first plane is one');
  assert.equal(passwordFault('🐢'.repeat(12), null), null);
  assert.equal(passwordFault('Anna@Example.org', ' anna@example.org'), 'passwordIsAddress');
});

Deno.test('an address has something before and behind its @', () => {
  for (const text of ['anna@example.org', ' anna@example.org ', 'anna.b+c@école.example']) {
    assert.ok(isAddress(text), text);
  }
  for (const text of ['', 'anna', 'anna@', '@example.org', 'anna@example', 'a b@example.org', 'a@b@c.org']) {
    assert.ok(!isAddress(text), text);
  }
});

Deno.test('a secret is shown in groups, and given to an app as it is', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  assert.equal(inGroups(secret), 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP');
  const address = new URL(appAddress(secret, 'anna&b@example.org', 'localhost:8443'));
  assert.equal(address.protocol, 'otpauth:');
  assert.equal(address.searchParams.get('secret'), secret);
  assert.equal(address.searchParams.get('issuer'), 'Beraad localhost:8443');
  assert.ok(decodeURIComponent(address.pathname).endsWith(':anna&b@example.org'));
});

Deno.test('a refusal is told where it belongs', () => {
  assert.deepEqual(troubleOf('signIn', 'unauthorized'), { text: 'err.signIn.1', args: {}, place: 'password' });
  assert.deepEqual(troubleOf('signIn', 'tooFast', 30), { text: 'err.signIn.2', args: { seconds: 30 }, place: null });
  assert.equal(troubleOf('signIn', 'tooFast').text, 'account.busy');
  assert.deepEqual(troubleOf('setUp', 'unauthorized'), { text: 'err.signIn.3', args: {}, place: 'link' });
  assert.equal(troubleOf('invited', 'conflict').place, 'email');
  assert.equal(troubleOf('changePassword', 'unauthorized').place, 'password');
  assert.equal(troubleOf('changePassword', 'passwordTooShort').place, 'next');
  assert.equal(troubleOf('passkey', 'stopped').text, 'account.passkey.stopped');
  assert.equal(troubleOf('invite', 'upgradeRequired').text, 'account.failed', 'a word that nobody thought of');
});

Deno.test('only a supervisor makes supervisors', () => {
  assert.deepEqual(mayInvite(['host', 'admin']), ['host', 'admin']);
  assert.ok(mayInvite(['admin', 'privacyOfficer']).includes('operator'));
});

Deno.test('a second step is over after five tries or five minutes', () => {
  assert.ok(!isStepOver({ tries: 4, since: 1_000 }, 2_000));
  assert.ok(isStepOver({ tries: 5, since: 1_000 }, 2_000));
  assert.ok(isStepOver({ tries: 1, since: 1_000 }, 301_000));
});
