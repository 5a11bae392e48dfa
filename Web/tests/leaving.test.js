/// <reference lib="deno.ns" />
/**
 * Leaving, alone or with somebody to lead on, between a group and a dialog that say what a test wants.
 * @import { LeaveView } from '../elements/dialogs/b-leave.js'
 * @import { Role } from '../state/meeting.d.ts'
 * @import { Person } from '../state/people.js'
 */
import assert from 'node:assert/strict';
import { Leaving } from '../leaving.js';
import { heirsOf } from '../state/leaving.js';
import { noRights } from '../state/waiting.js';
import { StillClock } from './clock.js';

/** @param {string} key @param {Role} role @param {boolean} [me] @returns {Person} */
const person = (key, role, me = false) => ({
  participant: key,
  key,
  name: key,
  role,
  me,
  microphone: false,
  camera: false,
  away: false,
});

const anna = person('anna', 'host', true), bram = person('bram', 'participant'), chris = person('chris', 'cohost');
const dora = person('dora', 'participant');

/** @param {readonly Person[]} people */
const keys = (people) => heirsOf(people).people.map(({ key }) => key);

Deno.test('the last host names somebody, co-hosts first; where there is none, nobody unless chosen', () => {
  assert.deepEqual(keys([bram, chris, dora, anna]), ['chris', 'bram', 'dora']);
  assert.equal(heirsOf([bram, chris, anna]).isNobodyFirst, false);
  assert.equal(heirsOf([bram, anna]).isNobodyFirst, true);
  assert.deepEqual(keys([anna]), []);
  assert.deepEqual(keys([bram, person('eva', 'host'), anna]), [], 'another host leads');
  assert.deepEqual(keys([bram, person('anna', 'cohost', true)]), [], 'not a host');
  assert.deepEqual(keys([person('tape', 'recorder'), anna]), [], 'a service leads nothing');
});

class Dialog extends EventTarget {
  /** @type {LeaveView | null} */
  view = null;

  /** @param {LeaveView} view */
  show(view) {
    this.view = view;
  }

  /** @param {string} name @param {unknown} [detail] */
  press(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function setUp() {
  const dialog = new Dialog(), clock = new StillClock();
  /** @type {unknown[][]} */
  const done = [];
  const note = (/** @type {string} */ name) => (/** @type {unknown[]} */ ...parts) => void done.push([name, ...parts]);
  const leaving = new Leaving(dialog, { urgent: note('urgent') }, {
    leave: note('leave'),
    endForAll: note('end'),
    setCohost: note('cohost'),
  }, clock);
  leaving.rights = { ...noRights, delegate: true };
  leaving.people = [bram, anna];
  return { dialog, clock, leaving, done };
}

Deno.test('whoever named an heir goes when the group says that they lead', () => {
  const { dialog, clock, leaving, done } = setUp();
  dialog.press('leave', 'bram');
  assert.deepEqual([done, dialog.view?.isBusy], [[['cohost', 'bram', true]], true]);
  leaving.people = [bram, dora, anna];
  assert.equal(done.length, 1);
  leaving.people = [{ ...bram, role: 'cohost' }, dora, anna];
  assert.deepEqual([done.at(-1), dialog.view?.isBusy, clock.timers], [['leave'], false, 0]);
});

Deno.test('whom the group does not name in five seconds keeps them here, and they read why', async () => {
  const { dialog, clock, leaving, done } = setUp();
  dialog.press('leave', 'bram');
  await clock.pass(5000);
  assert.deepEqual(done.at(-1), ['urgent', 'leave.heir.failed']);
  assert.deepEqual([dialog.view?.isBusy, dialog.view?.failure], [false, 'leave.heir.failed']);
  leaving.people = [{ ...bram, role: 'cohost' }, anna];
  assert.equal(done.length, 2, 'too late: nobody is thrown out of a meeting they stayed in');
  dialog.press('open');
  assert.equal(dialog.view?.failure, null);
});

Deno.test('whoever closes the question meanwhile stays', async () => {
  const { dialog, clock, leaving, done } = setUp();
  dialog.press('leave', 'bram');
  dialog.press('close');
  leaving.people = [{ ...bram, role: 'cohost' }, anna];
  await clock.pass(60_000);
  assert.deepEqual(done, [['cohost', 'bram', true]]);
});

Deno.test('without an heir, or with one who leads already, one goes at once', () => {
  const { dialog, leaving, done } = setUp();
  dialog.press('leave', null);
  leaving.people = [chris, anna];
  dialog.press('leave', 'chris');
  assert.deepEqual(done, [['leave'], ['leave']]);
  leaving.rights = noRights;
  assert.deepEqual(dialog.view?.heirs.people, [], 'whoever may not make a co-host is not asked');
});

Deno.test('only a host ends it for everybody; where nothing comes of it they read so', async () => {
  const { dialog, clock, leaving, done } = setUp();
  assert.equal(dialog.view?.mayEnd, true);
  dialog.press('end');
  await clock.pass(5000);
  assert.deepEqual(done, [['end'], ['urgent', 'leave.end.failed']]);
  leaving.people = [bram, { ...anna, role: 'cohost' }];
  dialog.press('end');
  assert.deepEqual([dialog.view?.mayEnd, done.length], [false, 2]);
  leaving.close();
  assert.equal(clock.timers, 0);
});
