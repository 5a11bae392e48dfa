/// <reference lib="deno.ns" />
/**
 * What keeps a planned meeting safe, and when nobody is invited to it.
 * @import { Made } from '../made.js'
 * @import { MeetingSafety } from '../protocol/messages.d.ts'
 * @import { Live, Measure, Told } from '../state/safety.js'
 */
import assert from 'node:assert/strict';
import { mishapOf } from '../mishap.js';
import { AccountClient, AccountError } from '../protocol/account.js';
import { SafetyCheck } from '../safety.js';
import { profileNames, profiles, stricter } from '../state/profiles.js';
import { checklist, draftLines, given, measures, measureTexts, objectionTo, refusalOf } from '../state/safety.js';
import { noRights } from '../state/waiting.js';

const coaching = stricter(profiles.coaching, new Set());
const whole = given(stricter(profiles.coaching, new Set(/** @type {const} */ (['ownLinks']))), ['Bram']);

/** The server's list, everything met unless it says otherwise. @param {Partial<Record<Measure, Told['state']>>} states @param {readonly Measure[]} [required] @returns {Told[]} */
const told = (states, required = []) =>
  measures.map((measure) => ({ measure, state: states[measure] ?? 'met', required: required.includes(measure) }));

/** @param {readonly { measure: Measure, state: string }[]} lines */
const states = (lines) => Object.fromEntries(lines.map(({ measure, state }) => [measure, state]));

/** @param {Partial<Live['rights']>} rights @returns {Live} */
const live = (rights, isPasscodeAsked = true) => ({
  rights: { ...noRights, isWithoutServices: true, ...rights },
  isPasscodeAsked,
});

Deno.test('P-002 every kind of meeting has every measure, or an option that gives it', () => {
  for (const name of profileNames) {
    const plain = given(stricter(profiles[name], new Set()), null);
    assert.deepEqual([plain.waitingRoom, plain.passcode, plain.recordingOff], [true, true, true], name);
    assert.equal(plain.lock, profiles[name].lock.type !== 'never', name);
    assert.equal(plain.invitedOnly, false, name);
    const strict = given(stricter(profiles[name], new Set(/** @type {const} */ (['locks', 'ownLinks']))), null);
    assert.deepEqual(Object.values(strict), measures.map(() => true), name);
  }
});

Deno.test('P-002 a measure follows from the settings: an open door, no code, a service, a lock that waits for no names', () => {
  assert.equal(given({ ...coaching, admission: 'open' }, null).waitingRoom, false);
  assert.equal(given({ ...coaching, passcode: false }, null).passcode, false);
  assert.equal(given({ ...coaching, services: ['recorder'] }, null).recordingOff, false);
  const features = { ...coaching.features, max: [...coaching.features.max, /** @type {const} */ ('localRecording')] };
  assert.equal(given({ ...coaching, features }, null).recordingOff, false);
  const defence = stricter(profiles.defence, new Set());
  assert.deepEqual([null, [], ['Bram']].map((names) => given(defence, names).lock), [true, false, true]);
  assert.equal(given({ ...defence, individual: true }, []).lock, true, 'two are counted');
});

Deno.test('P-002 what is lacking on one side is lacking, and what nobody knows is not there', () => {
  assert.deepEqual(states(checklist(whole, [], told({}))), states(told({})));
  assert.equal(states(checklist(whole, [], told({ passcode: 'missing' })))['passcode'], 'missing');
  assert.equal(states(checklist({ ...whole, passcode: false }, [], told({})))['passcode'], 'missing');
  const alone = states(checklist(whole, [], null));
  assert.deepEqual(alone, {
    waitingRoom: 'unknown',
    passcode: 'unknown',
    lock: 'met',
    recordingOff: 'unknown',
    invitedOnly: 'met',
  });
  const modest = told({ lock: 'unknown', invitedOnly: 'unknown' });
  assert.deepEqual(states(checklist(whole, [], modest)), states(told({})), 'the page knows its own');
  assert.deepEqual(measures, Object.keys(measureTexts));
});

Deno.test('P-002 while a required measure is lacking nobody is invited, and its name is said', () => {
  for (const measure of measures) {
    const lacking = { ...whole, [measure]: false };
    const words = refusalOf(checklist(lacking, [], told({}, [measure])));
    assert.deepEqual(words, { text: 'safety.refused', args: { measure: { word: `safety.${measure}` } } });
    assert.equal(refusalOf(checklist(lacking, [], told({}))), null, 'nobody requires it');
    assert.equal(refusalOf(checklist(whole, [], told({}, [measure]))), null, 'it is there');
  }
  // Before the server has said anything, or where it cannot be reached.
  const early = refusalOf(checklist(whole, ['passcode'], null));
  assert.deepEqual(early, { text: 'safety.refused.unknown', args: { measure: { word: 'safety.passcode' } } });
  assert.equal(refusalOf(checklist(whole, ['lock'], null)), null, 'that the page knows');
  // What is surely lacking is said before what is not known.
  const both = refusalOf(checklist({ ...whole, lock: false }, ['passcode', 'lock'], null));
  assert.deepEqual(both?.args, { measure: { word: 'safety.lock' } });
  // The requirement is the server's of now, and not of when the page was loaded.
  assert.equal(refusalOf(checklist({ ...whole, lock: false }, ['lock'], told({}))), null);
});

Deno.test('P-002 in a meeting that runs counts what holds there', () => {
  const all = told({}, measures);
  const here = (/** @type {Live} */ now) => states(checklist(whole, [], all, now));
  assert.deepEqual(here(live({})), states(told({})));
  assert.equal(here(live({}, false))['passcode'], 'missing');
  for (const admission of /** @type {const} */ (['open', 'members'])) {
    assert.equal(here(live({ admission }))['waitingRoom'], 'missing');
  }
  assert.equal(here(live({ admission: 'closed' }))['waitingRoom'], 'met');
  assert.equal(here(live({ isWithoutServices: false }))['recordingOff'], 'missing');
  assert.equal(here(live({ featuresMax: ['localRecording'] }))['recordingOff'], 'missing');
  const never = { ...whole, lock: false };
  assert.equal(states(checklist(never, [], all, live({ isLocked: true })))['lock'], 'met');
  assert.equal(states(checklist(never, [], all, live({})))['lock'], 'missing');
  // A host who asks for a code again has it, whatever the server said a moment ago.
  assert.equal(states(checklist(whole, [], told({ passcode: 'missing' }), live({})))['passcode'], 'met');
});

Deno.test('P-002 what would lack a required measure is not planned', () => {
  const lesson = given(stricter(profiles.lesson, new Set()), null);
  assert.deepEqual(objectionTo(draftLines(lesson, ['passcode', 'lock'])), {
    text: 'safety.notPlanned',
    args: { measure: { word: 'safety.lock' } },
  });
  assert.equal(objectionTo(draftLines(lesson, ['passcode'])), null);
  assert.equal(objectionTo(draftLines(lesson, [])), null);
});

/** @param {{ required?: readonly Measure[], safety?: () => Promise<MeetingSafety> }} how @returns {Made} */
function made({ required = [], safety = () => Promise.resolve({ measures: told({}) }) }) {
  const when = { meeting: 'm', start: 0, minutes: 60, isNow: false };
  return /** @type {any} */ ({ when, settings: coaching, expected: [], required, safety });
}

Deno.test('P-002 the server is asked for the list of a planned meeting, each time anew', async () => {
  let asked = 0;
  /** @type {Told[] | null} */
  let answer = told({}, ['passcode']);
  const safety = () => {
    asked++;
    return answer ? Promise.resolve({ measures: answer }) : Promise.reject(new AccountError('offline'));
  };
  const check = new SafetyCheck(() => null);
  assert.equal(check.lines, null);
  await check.check();
  assert.deepEqual([check.lines, asked], [null, 0], 'of a link alone nothing is known');
  check.made = made({ required: ['passcode'], safety });
  assert.equal(refusalOf(check.lines ?? [])?.text, 'safety.refused.unknown');
  await check.check();
  assert.equal(refusalOf(check.lines ?? []), null);
  answer = told({ passcode: 'missing' }, ['passcode']);
  await check.check();
  assert.equal(refusalOf(check.lines ?? [])?.text, 'safety.refused');
  answer = null;
  await check.check();
  assert.equal(refusalOf(check.lines ?? [])?.text, 'safety.refused.unknown', 'what was said before counts no longer');
  assert.equal(asked, 3);
});

Deno.test('P-002 an answer about the meeting before is not taken for this one', async () => {
  /** @type {(safety: MeetingSafety) => void} */
  let say = () => {};
  const slow = made({ safety: () => new Promise((resolve) => say = resolve) });
  const check = new SafetyCheck(() => null);
  check.made = slow;
  const asking = check.check();
  check.made = made({ required: ['passcode'] });
  say({ measures: told({}) });
  await asking;
  assert.equal(refusalOf(check.lines ?? [])?.text, 'safety.refused.unknown');
});

Deno.test('P-002 the client asks under the meeting, and a refusal to register says which measure is lacking', async () => {
  /** @type {string[]} */
  const asked = [];
  const answers = [
    new Response(JSON.stringify({ measures: told({}) })),
    new Response(JSON.stringify({ error: 'measure', measure: 'passcode' }), { status: 422 }),
  ];
  const client = new AccountClient((input) => {
    asked.push(String(input));
    return Promise.resolve(answers.shift() ?? new Response());
  });
  assert.deepEqual((await client.safety('abc')).measures, told({}));
  assert.deepEqual(asked, ['/api/v1/meetings/abc/safety']);
  const error = await client.register('abc', 't', /** @type {any} */ ({})).then(() => null, (one) => one);
  assert.deepEqual([error.word, error.measure], ['measure', 'passcode']);
  assert.deepEqual(mishapOf(error), { text: 'safety.notPlanned', args: { measure: { word: 'safety.passcode' } } });
  assert.equal(mishapOf(new AccountError('measure', null, 'sunshine')).text, 'home.failed');
});
