/// <reference lib="deno.ns" />
/**
 * Passcodes and what a host does about them, between a server and a panel that say what a test wants.
 * @import { PasscodeView } from '../elements/security/b-passcode.js'
 */
import assert from 'node:assert/strict';
import { Passcodes } from '../passcodes.js';
import { newPasscode, readPasscode, shownPasscode } from '../state/passcode.js';
import { noRights } from '../state/waiting.js';
import { StillClock } from './clock.js';

Deno.test('spaces are for reading; what cannot be a passcode is not sent', () => {
  for (const text of ['83914207', ' 8391 4207 ', '83\u00a091\t42 07']) {
    assert.deepEqual(readPasscode(text), { type: 'good', code: '83914207' });
  }
  assert.deepEqual(readPasscode('aZ09aZ'), { type: 'good', code: 'aZ09aZ' });
  assert.deepEqual(readPasscode(' \t'), { type: 'empty' });
  for (const text of ['12345', 'a'.repeat(17), '1234-5678', 'cafébar', '\u0661'.repeat(6)]) {
    assert.deepEqual(readPasscode(text), { type: 'none' }, text);
  }
});

Deno.test('a new passcode is eight digits, each as likely as any other', () => {
  /** @param {...number} numbers */
  const from = (...numbers) => newPasscode(() => numbers.shift() ?? assert.fail());
  assert.equal(from(7), '00000007');
  assert.equal(from(4_199_999_999), '99999999');
  assert.equal(
    from(4_200_000_000, 2 ** 32 - 1, 112_345_678),
    '12345678',
    'what would make some likelier is thrown away',
  );
  assert.equal(shownPasscode('83914207'), '8391 4207');
  assert.equal(shownPasscode('abcdef'), 'abcd ef');
});

class Panel extends EventTarget {
  /** @type {PasscodeView | null} */
  view = null;

  /** @param {PasscodeView} view */
  show(view) {
    this.view = view;
  }

  /** @param {string} name @param {unknown} [detail] */
  press(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @param {Panel} panel */
const made = ({ view }) => view?.made;

function setUp() {
  const panel = new Panel(), clock = new StillClock();
  /** @type {(string | null)[]} */
  const asked = [];
  /** @type {string[]} */
  const said = [];
  /** What was told of the one in force. @type {[string | null, boolean][]} */
  const known = [];
  let failures = 0, next = 83_914_207, isHeard = true;
  const passcodes = new Passcodes(
    panel,
    { polite: (text) => said.push(text) },
    {
      setPasscode: (passcode) => {
        if (isHeard) asked.push(passcode);
        return isHeard;
      },
      passcodeFailed: () => void failures++,
      passcodeIs: (passcode, isAsked) => known.push([passcode, isAsked]),
    },
    clock,
    () => next++,
  );
  passcodes.rights = { ...noRights, eject: true };
  return {
    panel,
    clock,
    asked,
    said,
    known,
    passcodes,
    get failures() {
      return failures;
    },
    deafen: () => isHeard = false,
  };
}

Deno.test('switched on, a passcode is made and shown when the server has it, until the panel closes', () => {
  const { panel, asked, said, passcodes, clock } = setUp();
  passcodes.require(false, false);
  panel.press('require', true);
  assert.deepEqual(asked, ['83914207']);
  assert.deepEqual(panel.view, { isRequired: false, isBusy: true, isYours: true, made: null });
  panel.press('renew');
  assert.equal(asked.length, 1, 'one at a time');
  passcodes.require(true, true);
  assert.deepEqual(panel.view, { isRequired: true, isBusy: false, isYours: true, made: '83914207' });
  assert.deepEqual([passcodes.passcode, said, clock.timers], ['83914207', ['sec.newPasscode.done'], 0]);
  passcodes.hide();
  assert.deepEqual([made(panel), passcodes.passcode], [null, '83914207']);
  panel.press('require', false);
  passcodes.require(false, true);
  assert.deepEqual([asked.at(-1), passcodes.passcode, said.at(-1)], [null, null, 'sec.passcode.off']);
});

Deno.test('what another made is not known here, and what was known stays over a drop', () => {
  const { panel, said, passcodes } = setUp();
  passcodes.passcode = '11112222';
  passcodes.require(true, false);
  passcodes.require(true, false);
  assert.equal(passcodes.passcode, '11112222');
  passcodes.require(true, true);
  assert.deepEqual([passcodes.passcode, panel.view?.made, said], [null, null, []]);
});

Deno.test('whoever keeps it with the meeting hears which is in force, and when that is not known', () => {
  const { panel, known, passcodes } = setUp();
  passcodes.passcode = '11112222';
  passcodes.require(true, false);
  panel.press('renew');
  passcodes.require(true, true);
  passcodes.require(true, true); // somebody else's
  panel.press('require', false);
  passcodes.require(false, true);
  passcodes.require(true, false); // switched on while we were out
  assert.deepEqual(known, [['11112222', true], ['83914207', true], [null, true], [null, false], [null, true]]);
});

Deno.test('what the server does not do is given up and told; a drop settles nothing', async () => {
  const world = setUp();
  const { panel, passcodes, clock } = world;
  passcodes.require(true, false);
  panel.press('renew');
  passcodes.require(true, false);
  assert.ok(panel.view?.isBusy);
  await clock.pass(5000);
  assert.deepEqual([panel.view?.isBusy, world.failures, passcodes.passcode], [false, 1, null]);
  world.deafen();
  panel.press('renew');
  assert.deepEqual([panel.view?.isBusy, world.failures], [false, 2]);
});

Deno.test('whoever may not, asks for nothing', () => {
  const { panel, asked, passcodes } = setUp();
  passcodes.rights = noRights;
  panel.press('require', true);
  assert.deepEqual([asked, panel.view?.isYours], [[], false]);
});
