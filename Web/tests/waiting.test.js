/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';
import { gateNotices, isLasting, isShut } from '../state/gate.js';
import {
  doorSentence,
  everyone,
  expectedNames,
  isExpected,
  isKeeper,
  knockName,
  mostExpected,
  newcomers,
  noRights,
  readNote,
  withExpected,
} from '../state/waiting.js';

/** @param {string} hash @param {Partial<import('../state/waiting.js').Knock>} [more] */
const knock = (hash, more = {}) => ({ hash, name: `Name ${hash}`, note: null, words: null, isFromLink: true, ...more });

Deno.test('only who was not at the door before is news', () => {
  const [anna, bram] = [knock('a'), knock('b')];
  assert.deepEqual(newcomers([anna], [anna, bram]), [bram]);
  assert.deepEqual(
    newcomers([anna], [{ ...anna, words: { list: ['een', 'twee', 'drie', 'vier'], lang: 'nl' } }]),
    [],
    'still the same person',
  );
  assert.deepEqual(newcomers([anna, bram], [bram]), []);
});

Deno.test('everyone means those with the invitation, named one by one', () => {
  assert.deepEqual(everyone([knock('a'), knock('x', { isFromLink: false }), knock('b')]), ['a', 'b']);
  assert.deepEqual(everyone([knock('x', { isFromLink: false })]), []);
});

Deno.test('P-040 a name on the list is expected however it is written, and another is not', () => {
  const list = expectedNames('Zoë de Wit\n\n  De Blauwe  Vogel \r\nzoe de wit\n\u200b\n…\n');
  assert.deepEqual(list, ['Zoë de Wit', 'De Blauwe Vogel'], 'each once');
  for (const name of ['zoe  DE wit', 'Zoë de Wit', 'Zoe\u0301 de Wit', 'De-Blauwe-Vogel']) {
    assert.ok(isExpected(name, list), name);
  }
  for (const name of ['Zoë', '', '…', 'Zoë de Witte', 'Bram']) assert.ok(!isExpected(name, list), name);
  assert.equal(isExpected('', ['']), false);
  assert.equal(isExpected('…', ['...']), false, 'nothing that could be compared');
  assert.equal(
    expectedNames(Array.from({ length: 300 }, (_, index) => `Name ${index}`).join('\n')).length,
    mostExpected,
  );
});

Deno.test('P-040 only somebody with the invitation is marked', () => {
  const [mine, other, stranger] = [knock('a'), knock('b'), knock('a', { isFromLink: false })];
  /** @type {import('../state/waiting.js').Knock} */
  const machine = { ...mine, service: { role: 'captions', owner: 'o', purposes: [], place: 'elsewhere' } };
  const marks = withExpected([mine, other, stranger, machine], ['name A']).map(({ isExpected }) => isExpected);
  assert.deepEqual(marks, [true, false, false, false]);
});

Deno.test('a name or a note from outside cannot turn or hide the words beside it', () => {
  assert.equal(knockName(knock('a', { name: '  Anna\u202e\n de Wit ' })), 'Anna de Wit');
  assert.deepEqual(knockName(knock('a', { name: '\u200b' })), { word: 'people.noName' });
  assert.equal(readNote('Ik ben\u202e er\n\n al'), 'Ik ben er al');
  assert.equal(readNote(' \u2066 '), null);
  assert.equal(readNote(null), null);
  const long = readNote('woord '.repeat(200)) ?? '';
  assert.equal(long.length, 301);
  assert.ok(long.endsWith('…'));
});

Deno.test('somebody who waits hears whether a host knows of it', () => {
  const words = { list: ['een', 'twee', 'drie', 'vier'], lang: /** @type {const} */ ('nl') };
  /** @param {Partial<import('../state/waiting.js').Door>} door */
  const sentence = (door) => doorSentence({ state: 'waiting', words: null, note: null, why: 'first', ...door });
  assert.equal(sentence({ state: 'checking' }), 'wait.checking');
  assert.equal(sentence({}), 'wait.noHost');
  assert.equal(sentence({ words }), 'wait.known');
  assert.equal(sentence({ note: 'Zo' }), 'wait.known');
  assert.equal(sentence({ state: 'joining', words }), 'wait.joining');
  assert.equal(sentence({ state: 'offline', words }), 'err.reconnecting.1', 'then nobody knows of anybody');
});

Deno.test('security is offered to whoever may do one of its acts', () => {
  assert.equal(isKeeper(noRights), false);
  assert.equal(isKeeper({ ...noRights, isLocked: true }), false);
  for (const right of ['admit', 'eject', 'lock', 'moderate']) {
    assert.equal(isKeeper({ ...noRights, [right]: true }), true, right);
  }
});

Deno.test('every reason of the gate says that nothing is sent, also one of a later version', () => {
  /** @param {string[]} reasons */
  const texts = (...reasons) => gateNotices(reasons).map(({ text }) => text);
  assert.deepEqual(texts('noProof', 'restored'), ['err.noProof'], 'once');
  assert.deepEqual(texts('behind', 'epoch'), ['err.behind']);
  assert.deepEqual(texts('unhosted'), ['err.noHost']);
  assert.deepEqual(texts('epoch', 'stranger'), ['err.stranger'], 'the graver one');
  assert.deepEqual(texts('compareFail'), ['err.stranger']);
  assert.deepEqual(texts('watchdog'), ['err.encrypt']);
  assert.deepEqual(texts('consent'), ['service.held']);
  assert.deepEqual(texts('something new'), ['err.held']);
  assert.deepEqual(texts('muted'), [], 'muted is no failure');
  assert.deepEqual(texts(), []);
  assert.deepEqual(
    gateNotices(['unhosted'])[0]?.acts,
    ['people', 'goOn', 'leave'],
    'who is here can be looked at first',
  );
});

Deno.test('the badge follows the gate; what passes by itself may wait, what does not is said at once', () => {
  assert.equal(isShut([]), false);
  assert.equal(isShut(['muted']), false);
  assert.equal(isShut(['muted', 'noProof']), true);
  assert.deepEqual(['unhosted', 'stranger', 'compareFail', 'watchdog'].filter(isLasting).length, 4);
  assert.deepEqual(['noProof', 'behind', 'epoch', 'restored'].filter(isLasting), []);
});
