/// <reference lib="deno.ns" />
/**
 * The kinds of meeting: what each sets, in words and in bytes.
 * @import { Option } from '../state/profiles.js'
 */
import assert from 'node:assert/strict';
import {
  atFirst,
  linesOf,
  offered,
  options,
  profileNames,
  profiles,
  profileTexts,
  published,
  stricter,
} from '../state/profiles.js';

const web = new URL('../', import.meta.url);
const all = profileNames.map((name) => profiles[name]);

/** Every choice of options there is. @type {readonly (readonly Option[])[]} */
const choices = options.reduce(
  (/** @type {Option[][]} */ sets, option) => [...sets, ...sets.map((set) => [...set, option])],
  [[]],
);

Deno.test('P-045 each kind of meeting is published as a file, byte for byte what the page sets', async () => {
  const files = [];
  for await (const { name } of Deno.readDir(new URL('profiles/', web))) files.push(name);
  assert.deepEqual(files.sort(), profileNames.map((name) => `${name}.json`).sort());
  for (const profile of all) {
    const file = await Deno.readTextFile(new URL(`profiles/${profile.name}.json`, web));
    assert.equal(published(profile), file, profile.name);
    assert.equal(JSON.parse(file).name, profile.name);
  }
});

Deno.test('P-045 each kind sets what its column of the table says, as far as it exists', () => {
  const { coaching, lesson, lecture, consultation, defence, webinar, training } = profiles;
  assert.deepEqual(coaching.lock, { type: 'after', minutes: 10 });
  assert.deepEqual(consultation.lock, { type: 'complete' });
  assert.deepEqual(defence.lock, { type: 'complete' });
  for (const open of [lesson, lecture, webinar, training]) {
    assert.equal(open.lock.type, 'never');
    assert.equal(open.personal, 'enter', 'only those without a personal link wait');
  }
  for (const closed of [coaching, consultation, defence]) assert.equal(closed.personal, 'wait');
  assert.deepEqual(consultation.features.max, ['microphone', 'camera', 'hostsScreen'], 'no chat, no files');
  assert.ok(!webinar.features.max.includes('microphone') && !webinar.features.max.includes('camera'));
  for (const called of [lecture, defence]) {
    assert.ok(called.features.max.includes('microphone') && !called.features.first.includes('microphone'));
    assert.ok(!called.features.max.includes('chat') && called.features.max.includes('hostsChat'));
  }
});

Deno.test('what holds for every kind: a waiting room, a passcode, no service, and no more than clients begin with', () => {
  for (const { name, admission, passcode, services, features, membersMax, individual } of all) {
    assert.deepEqual([admission, passcode, services], ['waiting', true, []], name);
    assert.equal(individual, false, name);
    assert.ok(membersMax >= 2 && membersMax <= 100, name);
    const first = atFirst(features.max);
    assert.ok(features.first.every((feature) => first.includes(feature)), name);
    assert.equal(
      features.max.includes('camera'),
      features.first.includes('camera'),
      `${name}: the words know no third`,
    );
    assert.ok(!features.max.includes('direct'), `${name}: no host could open it`);
  }
  assert.deepEqual(
    atFirst(['screen', 'files', 'direct', 'chat']),
    ['screen', 'chat'],
    'where hosts have none of their own',
  );
});

Deno.test('P-045 no option and no choice of options makes anything wider', () => {
  assert.equal(choices.length, 128);
  for (const profile of all) {
    for (const choice of choices) {
      const settings = stricter(profile, new Set(choice)), what = `${profile.name} ${choice}`;
      for (const list of /** @type {const} */ (['max', 'first'])) {
        assert.ok(settings.features[list].every((feature) => profile.features[list].includes(feature)), what);
      }
      assert.ok(settings.features.first.every((feature) => settings.features.max.includes(feature)), what);
      assert.ok(settings.membersMax <= profile.membersMax, what);
      assert.ok(settings.individual || !profile.individual, what);
      const { admission, personal, passcode, lock, services, name } = settings;
      const { admission: door, personal: link, passcode: code, lock: rule, services: who, name: kind } = profile;
      assert.deepEqual([admission, personal, passcode, services, name], [door, link, code, who, kind], what);
      const locks = rule.type === 'never' && choice.includes('locks');
      assert.deepEqual(lock, locks ? { type: 'after', minutes: 10 } : rule, what);
    }
  }
});

Deno.test('one guest only means two people, whatever the kind; it is suggested where people speak in confidence', () => {
  for (const profile of all) {
    const { individual, membersMax } = stricter(profile, new Set(/** @type {const} */ (['one'])));
    assert.deepEqual([individual, membersMax], [true, 2], profile.name);
    const isConfidential = ['coaching', 'consultation'].includes(profile.name);
    assert.deepEqual(profile.suggested, isConfidential ? ['one'] : [], profile.name);
  }
});

Deno.test('each option takes away what it names, and is offered only where there is something to take', () => {
  for (const profile of all) {
    for (const option of options) {
      const before = JSON.stringify(stricter(profile, new Set())),
        after = JSON.stringify(stricter(profile, new Set([option])));
      assert.equal(before !== after, offered(profile).includes(option), `${profile.name} ${option}`);
    }
  }
  const { max } = stricter(profiles.coaching, new Set(/** @type {const} */ (['noChat', 'noScreen']))).features;
  assert.deepEqual(max, ['reactions', 'rename', 'microphone', 'camera'], 'files go with the chat');
});

Deno.test('P-033 every setting is said, and every kind says what it gives and costs, in both languages', async () => {
  for (const language of ['nl', 'en']) {
    const texts = JSON.parse(await Deno.readTextFile(new URL(`strings/${language}.json`, web)));
    const there = (/** @type {string} */ key) => key in texts || (`${key}.one` in texts && `${key}.other` in texts);
    for (const profile of all) {
      for (const key of profileTexts[profile.name]) assert.ok(there(key), `${language} ${key}`);
      for (const choice of choices) {
        const lines = linesOf(stricter(profile, new Set(choice)));
        for (const { text } of lines) assert.ok(there(text), `${language} ${text}`);
        assert.equal(new Set(lines.map(({ text }) => text)).size, lines.length, 'nothing is said twice');
      }
    }
  }
});

Deno.test('the words follow what is taken away, and say that nobody can record', () => {
  const keys = (/** @type {readonly Option[]} */ chosen) =>
    linesOf(stricter(profiles.coaching, new Set(chosen))).map(({ text }) => text);
  assert.ok(keys([]).includes('home.sets.people') && keys([]).includes('home.sets.recording'));
  assert.ok(keys(['one']).includes('home.sets.two') && keys(['one']).includes('home.sets.recording.two'));
  assert.ok(keys(['noChat']).includes('home.sets.chat.off') && keys(['noChat']).includes('home.sets.files.off'));
  assert.ok(!keys(['noChat']).includes('home.sets.direct'));
  // What the page carries out is said where there is something.
  for (const [name, profile] of Object.entries(profiles)) {
    const isSaid = linesOf(stricter(profile, new Set())).some(({ text }) => text === 'home.sets.here');
    assert.equal(isSaid, ['coaching', 'lecture', 'consultation', 'defence'].includes(name), name);
  }
  assert.ok(keys(['noScreen']).includes('home.sets.screen.off'));
  const open = { ...stricter(profiles.lesson, new Set()), admission: /** @type {const} */ ('open'), passcode: false };
  const said = linesOf(open).map(({ text }) => text);
  assert.ok(
    said.includes('home.sets.open') && !said.includes('home.sets.host') && !said.includes('home.sets.passcode'),
  );
});
