/// <reference lib="deno.ns" />
/** @import { Composing, Words } from '../state/audience.js' @import { Chat } from '../state/chat.js' @import { Person } from '../state/people.js' @import { FileRef, Said } from '../state/said.d.ts' @import { FileState } from '../state/files.js' @import { FileCommand } from '../protocol/messages.d.ts' */
import assert from 'node:assert/strict';
import { Gestures } from '../gestures.js';
import { Murmur } from '../murmur.js';
import { fileKey } from '../state/files.js';
import { noRights } from '../state/waiting.js';
import { chooseLanguage } from '../strings/translate.js';
import { Talk } from '../talk.js';
import { transport } from '../protocol/blobs.js';
import { StillClock } from './clock.js';
import { answer, Shelf } from './shelf.js';

/** @param {string} key @param {Partial<Person>} [more] @returns {Person} */
function person(key, more = {}) {
  return { participant: key, key, name: key, me: false, microphone: true, camera: true, away: false, ...more };
}

const me = person('me', { participant: 'own', me: true });
const anna = person('Anna', { role: 'host' });
const bea = person('Bea');

/** What goes with a message, as it was last shown. */
class Attach extends EventTarget {
  /** @type {any} */
  shown = null;
  show(/** @type {unknown[]} */ ...all) {
    this.shown = all;
  }
}

/** What is written into, and what it was told. */
class Field extends EventTarget {
  attach = new Attach();
  text = '';
  isBusy = false;
  /** @type {Words | null} */
  note = null;
  /** @type {Composing | null} */
  composing = null;
  focus() {}
}

/** @param {EventTarget} target @param {string} type @param {unknown} [detail] */
const tell = (target, type, detail) => target.dispatchEvent(new CustomEvent(type, { detail }));

/** Somebody in a meeting, without a page. */
function talking() {
  chooseLanguage('nl');
  const clock = new StillClock();
  const field = new Field();
  /** @type {string[]} */
  const aloud = [];
  /** @type {{ said: Said, to: readonly string[] }[]} */
  const sent = [];
  /** @type {[string, string][]} */
  const shown = [];
  const log = Object.assign(new EventTarget(), {
    chat: /** @type {Chat | null} */ (null),
    files: /** @type {ReadonlyMap<string, FileState>} */ (new Map()),
  });
  const shared = new Attach();
  const reactions = { isOffered: false, close() {} };
  const controls = Object.assign(new EventTarget(), { hand: false, unread: 0, reactions });
  const screen = Object.assign(new EventTarget(), {
    controls,
    chatPanel: { log, composer: field, shared },
    panel: /** @type {string | null} */ (null),
    react: (/** @type {string} */ participant, /** @type {{ id: string }} */ { id }) =>
      void shown.push([participant, id]),
  });
  const announcer = {
    /** @param {string} key @param {Record<string, unknown>} [args] */
    polite: (key, args) => void aloud.push([key, ...Object.values(args ?? {})].map((one) => String(one)).join(' ')),
  };
  /** @type {FileCommand[]} */
  const asked = [];
  const shelf = new Shelf();
  const server = { isSilent: false };
  /** The server as it is: one that answers at once, or never. @type {(command: FileCommand) => boolean} */
  const answers = (command) => {
    if (server.isSilent) return true;
    const about = command.type === 'create' ? `blob${asked.length}` : command.blob;
    const place = { area: /** @type {const} */ ('file'), blob: about, token: shelf.token };
    queueMicrotask(() => {
      if (command.type === 'retract') return talk.file({ area: 'file', type: 'retracted', blob: about });
      if (command.type === 'open') return talk.file({ ...place, type: 'opened', size: shelf.size });
      shelf.size = command.size;
      shelf.object = new Uint8Array(0);
      talk.file({ ...place, type: 'created' });
    });
    return true;
  };
  /** @type {{ name: string, bytes: number, isDone: boolean }[]} */
  const saved = [];
  const saver = {
    isWriting: true,
    open: (/** @type {string} */ name) => {
      const one = { name, bytes: 0, isDone: false };
      saved.push(one);
      return Promise.resolve({
        write: (/** @type {Uint8Array} */ bytes) => Promise.resolve(void (one.bytes += bytes.length)),
        done: () => Promise.resolve(void (one.isDone = true)),
        drop: () => Promise.resolve(void saved.splice(saved.indexOf(one), 1)),
      });
    },
    close: () => void saved.splice(0),
  };
  const acts = {
    say: (/** @type {Said} */ said, /** @type {readonly string[]} */ to = []) => void sent.push({ said, to }),
    file: (/** @type {FileCommand} */ command) => {
      asked.push(command);
      return answers(command);
    },
  };
  const talk = new Talk(/** @type {any} */ ({ announcer }), /** @type {any} */ (screen), acts, clock, {
    transport: transport(shelf.ask),
    saver: /** @type {any} */ (saver),
  });
  const gestures = new Gestures(/** @type {any} */ ({ announcer }), /** @type {any} */ (screen), acts, clock);
  for (const part of [talk, gestures]) {
    part.people = [anna, bea, me];
    part.rights = { ...noRights, features: ['chat', 'direct', 'files', 'reactions'] };
    part.isOpen = true;
  }
  let lastID = 0;
  /** @param {string} key @param {Said} said @param {readonly string[]} [to] */
  const hear = (key, said, to = []) => {
    const event = { key, id: `id${++lastID}`, sent: Date.now(), to, said };
    talk.said(event);
    gestures.said(event);
  };
  /** @param {string} text @returns {Said} */
  const words = (text) => ({ type: 'chat', text, replyTo: '', files: [] });
  const write = (/** @type {string} */ text) => {
    field.text = text;
    tell(field, 'send', text);
  };
  const texts = () => log.chat?.messages.map(({ text }) => text);
  /** Lets everything go on that can. */
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return {
    server,
    shelf,
    asked,
    shared,
    saved,
    settle,
    talk,
    gestures,
    clock,
    field,
    aloud,
    sent,
    shown,
    log,
    controls,
    screen,
    hear,
    words,
    write,
    texts,
  };
}

Deno.test('a message goes out to whom the button names, and stands in the log at once', () => {
  const { field, sent, log, hear, words, write, texts } = talking();
  write(' Hallo ');
  assert.deepEqual(sent, [{ said: words('Hallo'), to: [] }]);
  assert.deepEqual([field.text, texts(), log.chat?.outgoing.length], ['', [], 1]);
  hear('me', words('Hallo'));
  assert.deepEqual([texts(), log.chat?.outgoing.length], [['Hallo'], 0]);
});

Deno.test('to one person, and to nobody else when that person has left', () => {
  const { talk, field, aloud, sent, words, write } = talking();
  tell(field, 'audience', { type: 'person', key: 'Bea', name: 'Bea' });
  assert.deepEqual(field.composing?.send, { text: 'chat.send.3', args: { name: 'Bea' } });
  talk.people = [anna, me];
  write('geheim');
  assert.deepEqual(sent, []);
  assert.deepEqual(aloud, ['chat.to.left Bea']);
  assert.equal(field.text, 'geheim');
  talk.people = [anna, bea, me];
  write('geheim');
  assert.deepEqual(sent, [{ said: words('geheim'), to: ['Bea'] }]);
});

Deno.test('while nothing may be sent the text is kept and that is said', () => {
  const { talk, field, aloud, sent, write } = talking();
  talk.gate = ['muted'];
  talk.gate = ['noProof'];
  write('Hallo');
  assert.deepEqual([sent, field.text, field.note?.text], [[], 'Hallo', 'chat.held']);
  assert.deepEqual(aloud, ['chat.held']);
  talk.gate = ['muted'];
  write('Hallo');
  assert.equal(sent.length, 1, 'a microphone that is off holds no message');
});

Deno.test('a message that is refused stays to be sent again, to whom it was written to', () => {
  const { talk, field, aloud, log, sent, write } = talking();
  const failed = () => log.chat?.outgoing.map(({ message, isFailed }) => [message.text, isFailed]);
  tell(field, 'audience', { type: 'person', key: 'Bea', name: 'Bea' });
  write('geheim');
  tell(field, 'audience', { type: 'everyone' });
  write('Hallo');
  for (const said of /** @type {const} */ (['moderation', 'hand', 'change', null])) {
    assert.equal(talk.refused(said), false, 'another wish says nothing about a message');
  }
  assert.equal(failed()?.some(([, isFailed]) => isFailed), false);
  assert.equal(talk.refused('chat'), true);
  assert.deepEqual([failed(), aloud], [[['geheim', true], ['Hallo', false]], ['chat.failed']]);
  const message = log.chat?.outgoing[0]?.message;
  talk.people = [anna, me];
  tell(log, 'again', message);
  assert.deepEqual([sent.length, field.note?.text], [2, 'chat.to.left']);
  talk.people = [anna, bea, me];
  tell(log, 'again', message);
  assert.deepEqual(sent.at(-1)?.to, ['Bea']);
  assert.deepEqual(failed(), [['Hallo', false], ['geheim', false]]);
  talk.refused('chat');
  tell(log, 'discard', log.chat?.outgoing[0]?.message);
  assert.deepEqual(failed(), [['geheim', false]]);
});

Deno.test('where nothing arrives nobody goes on writing without end', () => {
  const { field, sent, write } = talking();
  for (let count = 0; count < 30; count++) write(String(count));
  assert.deepEqual([sent.length, field.text, field.note?.text], [20, '29', 'chat.many']);
});

Deno.test('too long is not cut and sent, and nothing is no message', () => {
  const { aloud, sent, write } = talking();
  write('x'.repeat(8193));
  write(' \n\u200b');
  assert.deepEqual([sent, aloud], [[], ['chat.long']]);
});

Deno.test('changing keeps what was being written, and goes to those who have the message', () => {
  const { talk, field, log, sent, hear, words, write, texts } = talking();
  hear('me', words('Halo'), ['Bea']);
  field.text = 'een begin';
  const [message] = log.chat?.messages ?? [];
  tell(log, 'edit', message);
  assert.deepEqual([field.text, field.composing?.send.text], ['Halo', 'chat.resend.3']);
  write('Hallo');
  const change = /** @type {const} */ ({ type: 'change', target: message?.id ?? '', act: 'edit', text: 'Hallo' });
  assert.deepEqual(sent, [{ said: change, to: ['Bea'] }]);
  assert.equal(talk.refused('chat'), false, 'no message is on its way');
  assert.equal(field.isBusy, true);
  talk.refused('change');
  assert.deepEqual([field.text, field.isBusy, field.note?.text], ['Hallo', false, 'chat.notSent']);
  write('Hallo');
  assert.equal(field.isBusy, true);
  hear('me', change);
  assert.deepEqual([field.text, field.composing?.isChanging, texts()], ['een begin', false, ['Hallo']]);
  tell(log, 'takeBack', log.chat?.messages[0]);
  assert.deepEqual(sent.at(-1), { said: { ...change, act: 'retract', text: '' }, to: ['Bea'] });
  talk.people = [anna, me];
  tell(log, 'takeBack', log.chat?.messages[0]);
  assert.deepEqual([sent.length, field.note?.text], [3, 'chat.to.left'], 'never to everybody instead');
  assert.equal(talk.refused('change'), true);
  assert.deepEqual(field.note, { text: 'act.refused', args: { act: { word: 'chat.takeBack' } } });
});

Deno.test('a message that is taken away while it is being changed gives the draft back', () => {
  const { field, log, hear, words } = talking();
  hear('me', words('Halo'));
  field.text = 'een begin';
  tell(log, 'edit', log.chat?.messages[0]);
  hear('Anna', { type: 'change', target: log.chat?.messages[0]?.id ?? '', act: 'retract', text: '' });
  assert.deepEqual([field.text, field.composing?.isChanging], ['een begin', false]);
});

Deno.test('messages are said aloud by name while nobody looks, and counted', async () => {
  const { clock, aloud, controls, screen, hear, words } = talking();
  hear('Bea', words('een'));
  await clock.pass(0);
  hear('Bea', words('twee'));
  hear('Anna', words('drie'));
  hear('me', words('vier'));
  await clock.pass(2900);
  assert.deepEqual(aloud, ['chat.said.1 Bea']);
  await clock.pass(200);
  assert.deepEqual(aloud.slice(1), ['chat.said.2 Bea en Anna']);
  assert.equal(controls.unread, 3);
  screen.panel = 'chat';
  tell(screen, 'panel');
  assert.equal(controls.unread, 0);
  hear('Bea', words('vijf'));
  await clock.pass(5000);
  assert.deepEqual([aloud.length, controls.unread], [2, 0]);
});

Deno.test('hands are said when they go up, one’s own too; a wish that failed is named', async () => {
  const { talk, gestures, clock, aloud, controls, sent } = talking();
  gestures.toggleHand();
  assert.deepEqual(sent.at(-1)?.said, { type: 'hand', isUp: true });
  assert.equal(talk.refused('hand'), false);
  assert.equal(gestures.refused('moderation'), null);
  assert.deepEqual(gestures.refused('hand')?.args, { act: { word: 'ctl.hand.1' } });
  gestures.toggleHand();
  gestures.people = [anna, { ...bea, hand: true }, { ...me, hand: true }];
  await clock.pass(0);
  assert.equal(gestures.refused('hand'), null, 'it came about');
  assert.deepEqual([aloud, controls.hand], [['hand.own.1', 'hand.said.1 Bea'], true]);
  gestures.toggleHand();
  assert.deepEqual(sent.at(-1)?.said, { type: 'hand', isUp: false });
  gestures.people = [anna, bea, me];
  assert.deepEqual(aloud.slice(2), ['hand.own.2']);
  assert.equal(gestures.refused(null), null);
});

Deno.test('a reaction is on the tile of its author, and said; an unknown one is neither', async () => {
  const { gestures, clock, aloud, shown, controls, sent, hear } = talking();
  assert.equal(controls.reactions.isOffered, true);
  tell(controls, 'react', 'clap');
  assert.deepEqual(sent, [{ said: { type: 'reaction', emoji: '👏' }, to: [] }]);
  hear('me', { type: 'reaction', emoji: '👏' });
  hear('Bea', { type: 'reaction', emoji: '❤' });
  hear('Bea', { type: 'reaction', emoji: 'Stuur geld' });
  hear('nobody', { type: 'reaction', emoji: '👏' });
  await clock.pass(0);
  assert.deepEqual(shown, [['own', 'clap'], ['Bea', 'heart']]);
  assert.deepEqual(aloud.map((one) => one.split(' ').slice(0, 2).join(' ')), ['react.said.1 Bea']);
  gestures.rights = noRights;
  assert.equal(controls.reactions.isOffered, false);
});

Deno.test('outside the meeting nothing is left of what was said, and nothing is said; what is still to be said stays', async () => {
  const { talk, clock, field, aloud, controls, log, hear, words, write } = talking();
  hear('Bea', words('een'));
  tell(field, 'audience', { type: 'person', key: 'Bea', name: 'Bea' });
  write('geheim');
  field.text = 'een begin';
  talk.isOpen = false;
  await clock.pass(20_000);
  assert.deepEqual([log.chat?.messages, controls.unread, aloud, clock.timers], [[], 0, [], 0]);
  assert.deepEqual(log.chat?.outgoing.map(({ message, isFailed }) => [message.text, isFailed]), [['geheim', true]]);
  assert.deepEqual([field.text, field.composing?.send.text], ['een begin', 'chat.send.3']);
});

Deno.test('what comes in one instant is one sentence, and then there is a pause', async () => {
  const clock = new StillClock();
  /** @type {(readonly number[])[]} */
  const told = [];
  /** @type {Murmur<number>} */
  const murmur = new Murmur(clock, (things) => void told.push(things));
  murmur.hear(1);
  murmur.hear(2);
  await clock.pass(0);
  murmur.hear(3);
  await clock.pass(1000);
  murmur.hear(4);
  await clock.pass(2000);
  assert.deepEqual(told, [[1, 2], [3, 4]]);
  murmur.hear(5);
  murmur.calm();
  await clock.pass(10_000);
  assert.equal(told.length, 2);
});

/** @param {string} name @param {number} size */
const paper = (name, size) => new File([new Uint8Array(size).fill(7)], name, { type: 'application/pdf' });

/** @param {ReturnType<typeof talking>} room @param {Said} said */
const spread = (room, said) => room.hear('me', said);

Deno.test('P-042 a message with files goes when they are there, names them, and one fetches what was given', async () => {
  const room = talking();
  const { field, sent, asked, saved, settle, log, shared } = room;
  tell(field.attach, 'choose', [paper('plan.pdf', 100_000), paper('leeg.txt', 0)]);
  assert.equal(field.attach.shown[0].rows.length, 2);
  room.write('Kijk hier');
  assert.deepEqual([sent.length, field.text, field.attach.shown[0].isBusy], [0, '', true]);
  await settle();
  const said = sent[0]?.said;
  assert.ok(said?.type === 'chat' && said.text === 'Kijk hier');
  assert.deepEqual(said.files.map(({ name, size, type }) => [name, size, type]), [
    ['plan.pdf', 100_000, 'application/pdf'],
    ['leeg.txt', 0, 'application/pdf'],
  ]);
  assert.deepEqual(field.attach.shown[0].rows, []);
  spread(room, said);
  assert.deepEqual([room.texts(), log.chat?.outgoing.length, shared.shown[0].length], [['Kijk hier'], 0, 2]);
  const last = fileKey(/** @type {FileRef} */ (said.files[1]));
  tell(log, 'file', { act: 'get', key: last });
  await settle();
  assert.deepEqual(saved, [{ name: 'leeg.txt', bytes: 0, isDone: true }]);
  assert.equal(log.files.get(last)?.phase, 'saved');
  assert.deepEqual(asked.map(({ type }) => type), ['create', 'create', 'open']);
});

Deno.test('P-042 what is taken back is gone for everybody, and with a message go its files', async () => {
  const room = talking();
  const { field, sent, asked, settle, log, shared } = room;
  tell(field.attach, 'choose', [paper('a.pdf', 10)]);
  room.write('');
  await settle();
  const said = sent[0]?.said;
  assert.ok(said?.type === 'chat' && said.text === '');
  spread(room, said);
  const file = /** @type {FileRef} */ (said.files[0]);
  tell(shared, 'file', { act: 'retract', key: fileKey(file) });
  await settle();
  assert.deepEqual(asked.at(-1), { area: 'file', type: 'retract', blob: file.blob });
  assert.deepEqual([log.files.get(fileKey(file))?.phase, shared.shown[0]], ['gone', []]);
  tell(field.attach, 'choose', [paper('b.pdf', 10)]);
  room.write('met tekst');
  await settle();
  const other = sent[1]?.said;
  assert.ok(other?.type === 'chat');
  spread(room, other);
  spread(room, { type: 'change', target: log.chat?.messages[1]?.id ?? '', act: 'retract', text: '' });
  assert.deepEqual(asked.at(-1), { area: 'file', type: 'retract', blob: other.files[0]?.blob });
  assert.deepEqual(log.chat?.messages[1]?.files, []);
});

Deno.test('P-042 with a message go its own files, and none of somebody else’s under the same name', () => {
  const { talk, asked, log } = talking();
  /** @param {string} key @param {Said} said */
  const hear = (key, said) => talk.said({ key, id: 'one', sent: Date.now(), to: [], said });
  for (const key of ['Bea', 'me']) {
    const file = { blob: `blob of ${key}`, key: 'k', size: 3, hash: 'h', name: 'a.txt', type: '', expires: 0 };
    hear(key, { type: 'chat', text: '', replyTo: '', files: [file] });
  }
  const change = /** @type {const} */ ({ type: 'change', target: 'one', act: 'retract', text: '' });
  talk.said({ key: 'me', id: 'two', sent: Date.now(), to: [], said: change });
  assert.deepEqual(asked, [{ area: 'file', type: 'retract', blob: 'blob of me' }]);
  assert.deepEqual(log.chat?.messages.map(({ files }) => files.length), [1, 0]);
});

Deno.test('P-042 a host who takes their message back deletes no file that another message of that name names', () => {
  const { talk, asked, log } = talking();
  talk.people = [{ ...anna, role: 'participant' }, bea, { ...me, role: 'host' }];
  /** @param {string} key @param {string} id @param {Said} said */
  const hear = (key, id, said) => talk.said({ key, id, sent: Date.now(), to: [], said });
  /** @param {string} blob */
  const file = (blob) => ({ blob, key: 'k', size: 3, hash: 'h', name: 'a.txt', type: '', expires: 0 });
  hear('Anna', 'zero', { type: 'chat', text: '', replyTo: '', files: [file('blob of Anna')] });
  hear('me', 'one', { type: 'chat', text: 'Hoi', replyTo: '', files: [file('blob of me')] });
  hear('Bea', 'one', { type: 'chat', text: 'Ook', replyTo: '', files: [file('blob of Anna')] });
  hear('me', 'two', { type: 'change', target: 'one', act: 'retract', text: '' });
  assert.deepEqual(log.chat?.messages.map(({ takenBack }) => takenBack), [null, 'author', 'host']);
  assert.deepEqual(asked, [{ area: 'file', type: 'retract', blob: 'blob of me' }]);
});

Deno.test('a file is what its author says, whatever else the server calls by its id', async () => {
  const { field, log, hear, saved, sent, asked, settle, write, talk } = talking();
  const file = { blob: 'blob1', key: 'k', size: 3, hash: 'h', name: 'van bea.txt', type: '', expires: 0 };
  const other = { ...file, key: 'l', hash: 'i', size: 5, name: 'van anna.txt' };
  hear('Bea', { type: 'chat', text: '', replyTo: '', files: [file] });
  hear('Anna', { type: 'chat', text: '', replyTo: '', files: [other] });
  for (const one of [other, file]) tell(log, 'file', { act: 'get', key: fileKey(one) });
  assert.deepEqual(saved.map(({ name }) => name), ['van anna.txt', 'van bea.txt']);
  await settle();
  assert.deepEqual([file, other].map((one) => log.files.get(fileKey(one))?.phase), ['failed', 'failed']);
  talk.file({ area: 'file', type: 'retracted', blob: 'blob1' });
  assert.deepEqual([file, other].map((one) => log.files.get(fileKey(one))?.phase), ['gone', 'gone']);
  // Nor does anything of ours go under an id that a file has.
  asked.splice(0);
  tell(field.attach, 'choose', [paper('a.pdf', 10)]);
  write('een');
  await settle();
  assert.deepEqual([sent, field.text, field.note?.text], [[], 'een', 'err.file.failed']);
  assert.deepEqual(asked.map(({ type }) => type), ['create'], 'what lies under it is left alone');
});

Deno.test('where files are off none can be chosen, and what was chosen does not go', async () => {
  const { talk, field, sent, settle, write } = talking();
  tell(field.attach, 'choose', [paper('a.pdf', 10)]);
  talk.rights = { ...noRights, features: ['chat'] };
  assert.equal(field.attach.shown[0].isOffered, false);
  write('mee');
  await settle();
  assert.deepEqual([sent, field.text, field.note?.text], [[], 'mee', 'chat.file.off']);
  talk.rights = { ...noRights, features: ['chat', 'files'] };
  write('mee');
  talk.rights = { ...noRights, features: ['chat'] };
  await settle();
  assert.deepEqual([sent, field.text, field.note?.text], [[], 'mee', 'chat.file.off']);
});

Deno.test('whoever left meanwhile gets nothing, and nobody else does instead', async () => {
  const { talk, field, sent, settle, write } = talking();
  tell(field, 'audience', { type: 'person', key: 'Bea', name: 'Bea' });
  tell(field.attach, 'choose', [paper('a.pdf', 10)]);
  write('voor jou');
  talk.people = [anna, me];
  await settle();
  assert.deepEqual([sent, field.text, field.note?.text], [[], 'voor jou', 'chat.to.left']);
  assert.equal(field.attach.shown[0].rows.length, 1);
  talk.people = [anna, bea, me];
  write('voor jou');
  await settle();
  assert.deepEqual(sent.map(({ to }) => to), [['Bea']]);
});

Deno.test('what the server refuses, or a person calls off, leaves the text', async () => {
  const { shelf, field, sent, asked, settle, write } = talking();
  shelf.trouble = (request) => request.startsWith('POST') ? answer(413) : null;
  tell(field.attach, 'choose', [paper('a.pdf', 10)]);
  write('een');
  await settle();
  assert.deepEqual([sent, field.text, field.note?.text], [[], 'een', 'err.file.failed']);
  assert.equal(field.attach.shown[0].rows[0].view.isBad, true);
  assert.equal(asked.at(-1)?.type, 'retract', 'nothing is left lying');
  shelf.trouble = (request) => request.startsWith('POST') ? answer(507) : null;
  write('een');
  await settle();
  assert.deepEqual([sent, field.text, field.note?.text], [[], 'een', 'err.file.quota']);
  tell(field, 'file', { act: 'drop', key: field.attach.shown[0].rows[0].key });
  assert.deepEqual(field.attach.shown[0].rows, []);
});

Deno.test('what lay still for too long goes up anew, once, and is never called gone', async () => {
  const { shelf, field, sent, asked, settle, write } = talking();
  let isFirst = true;
  shelf.trouble = () => {
    const trouble = isFirst ? answer(401) : null;
    isFirst = false;
    return trouble;
  };
  tell(field.attach, 'choose', [paper('a.pdf', 10)]);
  write('een');
  await settle();
  assert.deepEqual([asked.map(({ type }) => type), sent.length], [['create', 'create'], 1]);
  const said = sent[0]?.said;
  assert.ok(said?.type === 'chat' && said.files[0]?.blob === 'blob2', 'the one that lies there');
  shelf.trouble = () => answer(401);
  asked.splice(0);
  tell(field.attach, 'choose', [paper('b.pdf', 10)]);
  write('twee');
  await settle();
  assert.deepEqual([sent.length, field.text, field.note?.text], [1, 'twee', 'err.file.failed']);
  assert.deepEqual(asked.map(({ type }) => type), ['create', 'create', 'retract']);
});

Deno.test('what is called off ends, though the server never answers; what it answers later is taken back', async () => {
  const { server, talk, field, sent, saved, asked, settle, write, hear, log } = talking();
  const file = { blob: 'theirs', key: 'k', size: 3, hash: 'h', name: 'a.txt', type: '', expires: 0 };
  hear('Bea', { type: 'chat', text: '', replyTo: '', files: [file] });
  server.isSilent = true;
  tell(field.attach, 'choose', [paper('a.pdf', 10)]);
  write('een');
  tell(log, 'file', { act: 'get', key: fileKey(file) });
  await settle();
  assert.deepEqual([field.text, field.attach.shown[0].isBusy, saved.length], ['', true, 1]);
  tell(field, 'file', { act: 'cancel', key: field.attach.shown[0].rows[0].key });
  tell(log, 'file', { act: 'cancel', key: fileKey(file) });
  await settle();
  assert.deepEqual([field.text, field.attach.shown[0].isBusy, saved], ['een', false, []]);
  assert.deepEqual([field.attach.shown[0].rows, log.files.size], [[], 0]);
  talk.file({ area: 'file', type: 'created', blob: 'late', token: 'token' });
  assert.deepEqual(asked.at(-1), { area: 'file', type: 'retract', blob: 'late' });
  server.isSilent = false;
  tell(field.attach, 'choose', [paper('b.pdf', 10)]);
  write('twee');
  await settle();
  assert.equal(sent.length, 1);
});

Deno.test('too large and too many are said before anything goes', () => {
  const { field, asked } = talking();
  tell(field.attach, 'choose', [{ name: 'film.mkv', size: 1e9 + 1 }]);
  assert.deepEqual([field.note?.text, field.note?.args], ['err.file.large', { n: 1001 }]);
  tell(field.attach, 'choose', Array.from({ length: 9 }, (_, number) => paper(`${number}.txt`, 1)));
  assert.deepEqual([field.note?.text, field.attach.shown[0].rows.length, asked], ['chat.file.many', 8, []]);
});

Deno.test('outside nothing of files is left', async () => {
  const room = talking();
  const { talk, field, saved, shared, settle, log } = room;
  tell(field.attach, 'choose', [paper('a.pdf', 10)]);
  talk.isOpen = false;
  await settle();
  assert.deepEqual([field.attach.shown[0].rows, shared.shown[0], saved, log.files.size], [[], [], [], 0]);
});
