/// <reference lib="deno.ns" />
/**
 * Personal links that were taken back, and a group that has to hear of it.
 * @import { Person } from '../state/people.js'
 */
import assert from 'node:assert/strict';
import { Revoking } from '../revoking.js';
import { noRights } from '../state/waiting.js';

const host = { ...noRights, lock: true };

/** @param {number} count */
const people = (count) => /** @type {Person[]} */ (Array.from({ length: count }, () => ({})));

/** @param {...string} revoked keys of links that were taken back */
function setUp(...revoked) {
  /** @type {string[]} */
  const told = [];
  const revoking = new Revoking((key) => told.push(key));
  revoking.made = { revoked };
  return { revoking, revoked, told };
}

Deno.test('each group hears of them once, from whoever may say it', () => {
  const { revoking, told } = setUp('a', 'b');
  revoking.rights = host;
  assert.deepEqual(told, [], 'not before one is in');
  revoking.rights = noRights;
  revoking.isOpen = true;
  assert.deepEqual(told, []);
  revoking.rights = host;
  revoking.rights = { ...host, isLocked: true };
  revoking.people = people(3);
  revoking.people = people(2);
  assert.deepEqual(told, ['a', 'b']);
  revoking.isOpen = false;
  revoking.isOpen = true;
  revoking.rights = host;
  assert.deepEqual(told, ['a', 'b', 'a', 'b']);
});

Deno.test('by one that is in use nobody is put out: it is told again when somebody leaves, and said where it was asked', () => {
  const { revoking, revoked, told } = setUp();
  revoking.isOpen = true;
  revoking.rights = host;
  revoking.people = people(3);
  revoked.push('a');
  revoking.ask('a');
  assert.deepEqual(told, ['a']);
  assert.equal(revoking.inUse(), true);
  revoking.people = people(4);
  assert.deepEqual(told, ['a']);
  revoking.people = people(3);
  assert.deepEqual(told, ['a', 'a']);
  assert.equal(revoking.inUse(), false, 'nobody asked this time');
  revoking.people = people(2);
  revoking.people = people(1);
  assert.deepEqual(told, ['a', 'a', 'a'], 'and then it was taken');
});

Deno.test('whoever did not make the meeting has none', () => {
  /** @type {string[]} */
  const told = [];
  const revoking = new Revoking((key) => told.push(key));
  revoking.isOpen = true;
  revoking.rights = host;
  assert.deepEqual(told, []);
});
