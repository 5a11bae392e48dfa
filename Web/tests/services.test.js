/// <reference lib="deno.ns" />
/** @import { CaptionLine } from '../state/captions.js' @import { Service, ServiceFacts } from '../state/meeting.d.ts' @import { Person } from '../state/people.js' @import { ServiceView } from '../state/services.js' */
import assert from 'node:assert/strict';
import { Services } from '../services.js';
import { withCaption } from '../state/captions.js';
import { gateNotices, isLasting, isShut } from '../state/gate.js';
import { badgeOf } from '../state/round.js';
import { badgeWord, hasTile, moves, servicesOf, unasked } from '../state/services.js';

/** @param {string} key @param {Partial<Person>} [more] @returns {Person} */
function person(key, more = {}) {
  return { participant: key, key, name: key, me: false, microphone: true, camera: true, away: false, ...more };
}

/** @param {string} key @param {Service['role']} role @param {Partial<Service>} [more] */
function service(key, role, more = {}) {
  /** @type {Service} */
  const info = { role, owner: 'Anna', purposes: ['transcribe'], place: 'participant', consent: 'unasked', ...more };
  return person(key, { name: '', role, label: 'service', service: info, leaf: 9 });
}

const anna = person('Anna', { role: 'host', label: 'host', leaf: 0 });
const me = person('me', { participant: 'own', me: true, leaf: 3 });
const scribe = service('scribe', 'captions');
const recorder = service('recorder', 'recorder', { purposes: ['record', 'publish'], place: 'server' });

Deno.test('P-020 what takes part and is no person says whose it is, what for and where', () => {
  assert.deepEqual(servicesOf([anna, scribe, me]), [{
    key: 'scribe',
    facts: { role: 'captions', owner: 'Anna', purposes: ['transcribe'], place: 'participant' },
    question: 'scribe captions Anna participant transcribe',
    word: 'label.captions',
    owner: 'Anna',
    mayAgree: true,
    purposes: { text: 'consent.for.all', args: { purposes: { words: ['consent.transcribe'] } } },
    place: 'consent.participant',
    consent: 'unasked',
    isHolding: true,
  }]);
  const [one] = servicesOf([recorder, me]);
  assert.deepEqual(one?.owner, { word: 'consent.owner.gone' });
  assert.equal(one?.place, 'consent.server');
  assert.deepEqual(one?.purposes.args, { purposes: { words: ['consent.record', 'consent.publish'] } });
  const [bare] = servicesOf([anna, service('x', 'gateway', { purposes: [], place: 'elsewhere' })]);
  assert.deepEqual([bare?.purposes, bare?.mayAgree], [{ text: 'consent.for.none', args: {} }, false]);
  const [later] = servicesOf([anna, service('x', 'captions', { purposes: ['transcribe', 'other15'] })]);
  const args = { purposes: { words: ['consent.transcribe'] } };
  assert.deepEqual([later?.purposes, later?.mayAgree], [{ text: 'consent.for.more', args }, false]);
  const [strange] = servicesOf([anna, service('x', 'captions', { purposes: ['other7'] })]);
  assert.deepEqual([strange?.purposes, strange?.mayAgree], [{ text: 'consent.for.unknown', args: {} }, false]);
  assert.deepEqual(servicesOf([anna, me]), []);
});

Deno.test('P-020 their order does not change with the roster, and what keeps most comes first', () => {
  const phone = service('phone', 'gateway'), stream = service('stream', 'stream'), other = service('other', 'captions');
  const keys = (/** @type {Person[]} */ ...people) => servicesOf(people).map(({ key }) => key);
  assert.deepEqual(keys(phone, scribe, other, stream, recorder), ['recorder', 'stream', 'scribe', 'other', 'phone']);
  assert.deepEqual(keys(recorder, scribe, stream, other, phone), ['recorder', 'stream', 'scribe', 'other', 'phone']);
});

Deno.test('P-020 everything is held back until the answer is yes', () => {
  for (const consent of /** @type {const} */ (['unasked', 'no', 'yes'])) {
    const services = servicesOf([anna, service('s', 'captions', { consent })]);
    assert.equal(services[0]?.isHolding, consent !== 'yes');
    assert.equal(unasked(services).length, consent === 'unasked' ? 1 : 0);
  }
  assert.ok(isLasting('consent') && isShut(['consent']));
  assert.deepEqual(gateNotices(['consent']).map(({ text }) => text), ['service.held']);
});

Deno.test('P-048 the badge names every kind that takes part, and none twice', () => {
  assert.equal(badgeWord([anna, me]), null);
  assert.deepEqual(badgeWord([anna, scribe, service('other', 'captions')]), { word: 'label.captions' });
  assert.deepEqual(badgeWord([scribe, recorder]), { words: ['label.recorder', 'label.captions'] });
  const unknown = person('u', { label: 'service', role: 'keysteward' });
  assert.deepEqual(badgeWord([unknown, scribe]), { words: ['label.captions', 'label.service'] });
  assert.deepEqual(badgeOf('protected', [], [anna, scribe, me]).args, { service: { word: 'label.captions' } });
  const held = badgeOf('protected', ['consent'], [anna, scribe, me]);
  assert.deepEqual([held.text, held.reason?.text], ['meet.badge.4', 'service.held']);
});

Deno.test('what has no face has no tile; those who speak by telephone have one', () => {
  assert.deepEqual([anna, me, scribe, recorder, service('p', 'gateway')].map(hasTile), [
    true,
    true,
    false,
    false,
    true,
  ]);
});

Deno.test('whoever comes back with another key is another one', () => {
  const before = servicesOf([anna, scribe]), now = servicesOf([anna, service('scribe again', 'captions')]);
  const { came, went } = moves(before, now);
  assert.deepEqual([came.map(({ key }) => key), went.map(({ key }) => key)], [['scribe again'], ['scribe']]);
  assert.deepEqual(moves(now, now), { came: [], went: [] });
});

Deno.test('a line has the name of whoever sat there when it came, and few are kept', () => {
  const people = [anna, scribe, me];
  const [first] = withCaption([], { text: 'Goedemorgen', about: 0 }, people);
  assert.deepEqual(first, { number: 1, name: 'Anna', text: 'Goedemorgen' });
  const [nobody] = withCaption([], { text: 'x', about: 9 }, people);
  assert.deepEqual(nobody?.name, { word: 'chat.nameless' }, 'what writes along is nobody');
  /** @type {readonly CaptionLine[]} */
  let lines = [];
  for (let count = 1; count <= 50; count++) lines = withCaption(lines, { text: `${count}`, about: 3 }, people);
  assert.deepEqual([lines.length, lines[0]?.text, lines.at(-1)?.number], [20, '31', 50]);
});

/** A dialog that stands until it is closed, as a browser's does. */
class Dialog extends EventTarget {
  /** @type {ServiceView | null} */
  shown = null;
  /** How often another question was shown. */
  asked = 0;

  get key() {
    return this.shown?.key ?? null;
  }

  get question() {
    return this.shown?.question ?? null;
  }

  /** @param {ServiceView} service */
  ask(service) {
    if (this.question !== service.question) this.asked++;
    this.shown = service;
  }

  close() {
    if (this.shown === null) return;
    this.shown = null;
    queueMicrotask(() => this.dispatchEvent(new Event('close')));
  }

  /** @param {boolean} given */
  answer(given) {
    const detail = { service: this.shown, given, text: `text of ${this.key}` };
    this.dispatchEvent(new CustomEvent('answer', { detail }));
  }
}

/** Somebody in a meeting, without a page. */
function meeting() {
  const dialog = new Dialog();
  const settings = Object.assign(new EventTarget(), { captions: true, captionSize: /** @type {const} */ ('usual') });
  const banners = Object.assign(new EventTarget(), { services: /** @type {readonly ServiceView[]} */ ([]) });
  const captions = { lines: /** @type {readonly CaptionLine[]} */ ([]), size: '', hidden: true };
  /** @type {string[]} */
  const aloud = [];
  const say = (/** @type {string} */ how) => (/** @type {string} */ key, /** @type {any} */ args) =>
    void aloud.push(`${how} ${key} ${args.service.word}`);
  /** @type {[string, boolean, string][]} */
  const sent = [];
  /** @type {ServiceFacts[]} */
  const shown = [];
  const left = { count: 0 };
  const services = new Services(
    dialog,
    { announcer: { polite: say('polite'), urgent: say('urgent') }, settings },
    { services: banners, captions: /** @type {any} */ (captions) },
    {
      consent: (key, facts, given, text) => {
        sent.push([key, given, text]);
        shown.push(facts);
      },
      askToLeave: () => void left.count++,
    },
  );
  services.isOpen = true;
  services.people = [anna, me];
  return { services, dialog, settings, banners, captions, aloud, sent, shown, left };
}

/** @param {Person} one @param {Service['consent']} consent */
const answered = (one, consent) => ({ ...one, service: one.service ? { ...one.service, consent } : null });

Deno.test('P-020 one question at a time, said at once, and the next one follows', () => {
  const { services, dialog, banners, aloud, sent } = meeting();
  services.people = [anna, scribe, recorder, me];
  assert.equal(dialog.key, 'recorder');
  assert.equal(banners.services.length, 2);
  assert.deepEqual(aloud, [
    'urgent service.came label.recorder',
    'urgent service.came label.captions',
    'urgent consent.said label.recorder',
  ]);
  services.people = [anna, scribe, recorder, me];
  assert.deepEqual([dialog.asked, aloud.length], [1, 3], 'the same list is no news');
  dialog.answer(true);
  assert.deepEqual(sent, [['recorder', true, 'text of recorder']]);
  assert.equal(dialog.key, 'scribe');
  services.people = [anna, scribe, recorder, me];
  assert.equal(dialog.key, 'scribe', 'a list that does not know of the answer yet asks nothing again');
  services.people = [anna, scribe, answered(recorder, 'yes'), me];
  dialog.answer(false);
  assert.deepEqual(sent.at(-1), ['scribe', false, 'text of scribe']);
  assert.equal(dialog.key, null);
  services.people = [anna, answered(scribe, 'no'), answered(recorder, 'yes'), me];
  assert.equal(dialog.key, null);
});

Deno.test('P-020 a question that stands is not pushed aside by one that weighs more', () => {
  const { services, dialog } = meeting();
  services.people = [anna, scribe, me];
  services.people = [anna, scribe, recorder, me];
  assert.equal(dialog.key, 'scribe');
  services.people = [anna, recorder, me];
  assert.equal(dialog.key, 'recorder', 'what has gone asks nothing');
  services.people = [anna, me];
  assert.equal(dialog.key, null);
});

Deno.test('P-020 what says something else of itself under its key is another question, and the answer says what was shown', () => {
  const { services, dialog, aloud, sent, shown } = meeting();
  services.people = [anna, scribe, me];
  const changes = /** @type {Partial<Service>[]} */ ([
    { purposes: ['transcribe', 'record'] },
    { place: 'server' },
    { owner: 'me' },
    { role: 'recorder' },
  ]);
  for (const [index, change] of changes.entries()) {
    const count = aloud.length;
    services.people = [anna, service('scribe', 'captions', change), me];
    assert.equal(dialog.asked, index + 2);
    assert.deepEqual(aloud.slice(count).map((one) => one.split(' ')[1]), ['service.came', 'consent.said']);
  }
  dialog.answer(true);
  assert.deepEqual([sent.length, shown], [1, [{
    role: 'recorder',
    owner: 'Anna',
    purposes: ['transcribe'],
    place: 'participant',
  }]]);
  // What was answered about it as it was is no answer about what it has become.
  services.people = [anna, scribe, me];
  assert.deepEqual([dialog.key, shown.length], ['scribe', 1]);
  services.people = [{ ...anna, name: 'Ans' }, scribe, me];
  assert.equal(dialog.asked, 6, 'how its owner is called is no other question');
});

Deno.test('P-020 closed without an answer it stands again, and an answer that was not taken is owed', async () => {
  const { services, dialog, sent } = meeting();
  services.people = [anna, scribe, me];
  dialog.close();
  await Promise.resolve();
  assert.equal(dialog.key, 'scribe');
  assert.deepEqual(sent, []);
  dialog.answer(true);
  assert.equal(dialog.key, null);
  services.refused();
  assert.equal(dialog.key, 'scribe');
});

Deno.test('leaving is asked for where it always is, and the question stands meanwhile', () => {
  const { services, dialog, sent, left } = meeting();
  services.people = [anna, scribe, me];
  dialog.dispatchEvent(new CustomEvent('leave'));
  assert.deepEqual([left.count, sent.length, dialog.key], [1, 0, 'scribe']);
});

Deno.test('P-020 a yes is withdrawn in one act, and given again by the question alone', () => {
  const { services, dialog, banners, aloud, sent } = meeting();
  services.people = [anna, answered(scribe, 'yes'), me];
  const detail = { key: 'scribe', text: 'words of the banner' };
  banners.dispatchEvent(new CustomEvent('withdraw', { detail }));
  assert.deepEqual(sent, [['scribe', false, 'words of the banner']]);
  assert.deepEqual(aloud.filter((one) => one.startsWith('polite')), [], 'said when it has gone out');
  services.consented({ service: 'scribe', decision: 'withdrawn' });
  services.consented({ service: 'scribe', decision: 'withdrawn' });
  assert.deepEqual(aloud.filter((one) => one.startsWith('polite')), ['polite service.said.withdrawn label.captions']);
  services.people = [anna, answered(scribe, 'no'), me];
  const agree = () => banners.dispatchEvent(new CustomEvent('agree', { detail: { key: 'scribe' } }));
  agree();
  assert.equal(dialog.key, 'scribe');
  dialog.answer(false);
  assert.deepEqual([dialog.key, sent.length], [null, 1], 'a no that stays is not said once more');
  agree();
  dialog.answer(true);
  assert.deepEqual([dialog.key, sent.at(-1)], [null, ['scribe', true, 'text of scribe']]);
  services.consented({ service: 'scribe', decision: 'yes' });
  assert.equal(aloud.at(-1), 'polite service.said.yes label.captions');
});

Deno.test('P-020 while something else has no yes, nobody hears that they are sent again', () => {
  const { services, dialog, aloud } = meeting();
  for (const consent of /** @type {const} */ (['unasked', 'no', 'yes'])) {
    services.people = [anna, answered(recorder, consent), scribe, me];
    if (dialog.key === 'recorder') dialog.answer(false);
    dialog.answer(true);
    services.consented({ service: 'scribe', decision: 'yes' });
    const said = consent === 'yes' ? 'service.said.yes' : 'service.said.yes.held';
    assert.equal(aloud.at(-1), `polite ${said} label.captions`, consent);
    services.people = [anna, me];
  }
});

Deno.test('whoever comes in is asked about what is there already, and hears of who goes', () => {
  const { services, dialog, aloud } = meeting();
  services.isOpen = false;
  assert.equal(dialog.key, null);
  services.people = [anna, scribe, me];
  assert.equal(dialog.key, null, 'nothing is asked outside');
  services.isOpen = true;
  assert.equal(dialog.key, 'scribe');
  assert.deepEqual(aloud, ['urgent consent.said label.captions']);
  services.people = [anna, me];
  assert.equal(aloud.at(-1), 'urgent service.went label.captions');
});

Deno.test('captions are shown while somebody writes them and they are wanted, and never said', () => {
  const { services, settings, captions, aloud } = meeting();
  assert.equal(captions.hidden, true);
  services.people = [anna, answered(scribe, 'no'), me];
  assert.equal(captions.hidden, false, 'whoever is left out may read along');
  const before = aloud.length;
  services.caption({ text: 'Goedemorgen', about: 0 });
  assert.deepEqual(captions.lines.map(({ name, text }) => [name, text]), [['Anna', 'Goedemorgen']]);
  assert.equal(aloud.length, before);
  settings.captions = false;
  settings.dispatchEvent(new Event('captions'));
  assert.equal(captions.hidden, true);
  settings.captions = true;
  settings.dispatchEvent(new Event('captions'));
  assert.deepEqual([captions.hidden, captions.lines.length], [false, 1]);
  services.people = [anna, me];
  assert.deepEqual([captions.hidden, captions.lines.length], [true, 0], 'nothing of it stays');
  services.isOpen = false;
  settings.captions = false;
  settings.dispatchEvent(new Event('captions'));
  assert.equal(captions.hidden, true);
});
