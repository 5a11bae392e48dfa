/**
 * What goes into the engine and what comes out, between its bytes and values of the page (`docs/wasm.md`).
 * @import { Bytes } from '../bytes.js'
 * @import { Admission, AppEvent, Command, CommandName, Comparison, EngineEvent, Feature, GateReason, LobbyEntry, MemberState, OutReason, Purpose, Right, Role, RosterEntry, Service, ServiceFacts, ServiceRole, StateName, TrustLabel } from '../../state/meeting.d.ts'
 *
 * @typedef {{ epoch: number, leafBits: number, own: number, added: readonly number[], removed: readonly number[],
 *   leaves: readonly { leaf: number, id: string }[], baseKey: Bytes }} MediaEpoch `baseKey`: to be filled with zero once it is a key
 * @typedef {EngineEvent | { type: 'mediaEpoch', epoch: MediaEpoch } | { type: 'wipe' }} Output
 */
import { base64url, concat, fromBase64url, textOf, utf8 } from '../bytes.js';
import { cleanName, cleanNote, cleanTopic } from '../names.js';
import { Reader, u32, vector } from './reader.js';

/** @type {readonly StateName[]} */
const states = [
  'idle',
  'checking',
  'knocking',
  'joining',
  'unproven',
  'live',
  'paused',
  'behind',
  'resync',
  'out',
];

/** @type {readonly OutReason[]} */
const outReasons = [
  'badLink',
  'tooOld',
  'refused',
  'denied',
  'badServer',
  'ejected',
  'sentBack',
  'lost',
  'left',
  'ended',
  'fault',
];

/** From the lowest bit. @type {readonly GateReason[]} */
const gateReasons = [
  'noProof',
  'epoch',
  'consent',
  'unhosted',
  'behind',
  'restored',
  'stranger',
  'compareFail',
  'watchdog',
  'muted',
];

/** From the lowest bit. @type {readonly Right[]} */
const rights = ['admit', 'eject', 'policy', 'services', 'breakout', 'moderate', 'delegate', 'enter'];

/** From the lowest bit. @type {readonly Feature[]} */
const features = [
  'chat',
  'direct',
  'files',
  'reactions',
  'polls',
  'board',
  'rename',
  'screen',
  'microphone',
  'camera',
  'localRecording',
  'hostsChat',
  'hostsScreen',
];

/** @type {ReadonlyMap<number, Role>} */
const roles = new Map([
  [1, 'participant'],
  [2, 'cohost'],
  [3, 'host'],
  [16, 'recorder'],
  [17, 'stream'],
  [18, 'captions'],
  [19, 'gateway'],
  [32, 'attendee'],
  [33, 'keysteward'],
]);

/** Those of no person. @type {ReadonlyMap<number, ServiceRole>} */
const serviceRoles = new Map([
  [16, 'recorder'],
  [17, 'stream'],
  [18, 'captions'],
  [19, 'gateway'],
]);

/** Those with a name, from the lowest bit. @type {readonly Purpose[]} */
const named = ['record', 'publish', 'liveStream', 'transcribe', 'translate', 'telephone', 'storeSpeechText'];
/** All bits there are. @type {readonly Purpose[]} */
const purposes = Array.from({ length: 16 }, (_, bit) => named[bit] ?? /** @type {const} */ (`other${bit}`));

/** From 1. */
const places = /** @type {const} */ (['participant', 'server', 'elsewhere']);

/** From 0. */
const answers = /** @type {const} */ (['unasked', 'yes', 'no']);

/** From 1. */
const admissions = /** @type {const} */ (['waiting', 'open', 'members', 'closed']);

/** From 1. @type {readonly CommandName[]} */
const commands = [
  'enter',
  'admit',
  'refuse',
  'eject',
  'sendBack',
  'lock',
  'setAdmission',
  'makeCohost',
  'continueUnhosted',
  'send',
  'leave',
  'compare',
  'compared',
  'rotateLink',
  'setFeatures',
  'withdrawCohost',
  'direct',
  'rename',
  'revokeTicket',
  'message',
  'consent',
];

/** From 0. @type {readonly TrustLabel[]} */
const labels = ['guest', 'actingHost', 'verified', 'host', 'service'];

/** From 0. */
const phases = /** @type {const} */ (['none', 'collecting', 'shown', 'failed']);

/** From 0: none was said. */
const refusalReasons = /** @type {const} */ ([null, 'full', 'inUse']);

/** `guest`: the common link. */
const linkKinds = /** @type {const} */ (['guest', 'host', 'personal']);

/** The lists that word codes are read from. */
const wordlists = { english: 1, dutch: 2 };

/** Compared with what a meeting asks for. */
const clientVersion = 1;

const baseKeyLength = 16;

/** Of the copies of the key made here only the one that is returned stays. @param {string} meeting @param {string} fragment */
export function encodeLink(meeting, fragment) {
  const secret = utf8(fragment);
  const counted = vector(secret);
  const link = concat(vector(utf8(meeting)), counted);
  secret.fill(0);
  counted.fill(0);
  return link;
}

/** @param {Bytes} bytes */
export function decodeLink(bytes) {
  const reader = new Reader(bytes);
  const kind = item(linkKinds, reader.u8() - 1);
  return { kind, invite: base64url(reader.part(16)) };
}

/** @param {{ name: string, note: string, language: string }} entry `language`: BCP 47 */
export function encodeEntry({ name, note, language }) {
  const wordlist = /^nl\b/i.test(language) ? wordlists.dutch : wordlists.english;
  const tag = /^[\w-]{1,35}$/.test(language) ? language : 'en';
  return concat(
    vector(utf8(cleanName(name))),
    vector(utf8(cleanNote(note))),
    vector(utf8(tag)),
    u32(clientVersion),
    vector(new Uint8Array(0)),
    [wordlist],
    u32(0),
  );
}

/** A name that is none is refused, and does not become another one. @param {readonly Feature[]} names */
export function featureBits(names) {
  return names.reduce((sum, name) => {
    const index = features.indexOf(name);
    if (index < 0) throw new RangeError('no such feature');
    return sum | (1 << index);
  }, 0);
}

/** @param {Admission} admission */
export function admissionNumber(admission) {
  const index = admissions.indexOf(admission);
  if (index < 0) throw new RangeError('no such admission');
  return index + 1;
}

/** A service as its job says what it is. @param {ServiceFacts} service @returns {Bytes} */
export function serviceBytes({ role, owner, purposes: wanted, place }) {
  const number = [...serviceRoles].find(([, name]) => name === role)?.[0];
  const bit = wanted.reduce((sum, name) => {
    const index = purposes.indexOf(name);
    if (index < 0) throw new RangeError('no such purpose');
    return sum | (1 << index);
  }, 0);
  const at = places.indexOf(place) + 1;
  if (number === undefined || at === 0) throw new RangeError('no such service');
  return concat([number], bytesOf(owner), [bit >> 8, bit & 255], [at]);
}

/** @param {Command} command @returns {Bytes} */
export function encodeCommand(command) {
  const number = [commands.indexOf(command.type) + 1];
  switch (command.type) {
    case 'admit':
      return concat(number, vector(concat(...command.hashes.map(bytesOf))));
    case 'refuse':
      return concat(number, bytesOf(command.hash), vector(utf8(cleanNote(command.note))));
    case 'message':
      return concat(number, bytesOf(command.hash), vector(utf8(cleanNote(command.text))));
    case 'eject':
    case 'sendBack':
    case 'makeCohost':
    case 'withdrawCohost':
    case 'revokeTicket':
      return concat(number, bytesOf(command.key));
    case 'lock':
      return concat(number, [command.isLocked ? 1 : 0]);
    case 'setAdmission':
      return concat(number, [admissionNumber(command.admission)]);
    case 'send':
      return concat(
        number,
        [command.kind],
        vector(command.body),
        vector(concat(...command.leaves.map((leaf) => u32(leaf)))),
      );
    case 'compared':
      return concat(number, [command.isEqual ? 1 : 0]);
    case 'setFeatures':
      return concat(number, u32(featureBits(command.features)));
    case 'direct':
      return concat(number, vector(concat(...command.keys.map(bytesOf))), [command.kind], vector(command.body));
    case 'rename':
      return concat(number, vector(utf8(cleanName(command.name))));
    case 'consent':
      return concat(
        number,
        bytesOf(command.key),
        serviceBytes(command.service),
        [command.given ? 1 : 0],
        vector(utf8(command.text)),
      );
    case 'continueUnhosted':
    case 'leave':
    case 'compare':
    case 'rotateLink':
      return concat(number);
  }
}

/** Throws on anything the engine does not write. @param {Bytes} bytes @returns {Output} */
export function decodeOutput(bytes) {
  const reader = new Reader(bytes);
  const output = body(reader.u8(), reader);
  if (!reader.isAtEnd) throw new RangeError('more bytes than an output has');
  return output;
}

/** @param {number} kind @param {Reader} reader @returns {Output} */
function body(kind, reader) {
  switch (kind) {
    case 1:
      return { type: 'send', frame: reader.rest().slice().buffer };
    case 2:
      return { type: 'reconnect' };
    case 3:
      return { type: 'state', state: memberState(reader) };
    case 4:
      return { type: 'mediaEpoch', epoch: mediaEpoch(reader) };
    case 5:
      return { type: 'wipe' };
    case 6:
      return { type: 'gate', reasons: bits(gateReasons, reader.u16()) };
    case 7:
      return { type: 'roster', roster: reader.all(rosterEntry) };
    case 8: {
      const isLocked = reader.u8() === 1;
      const admission = item(admissions, reader.u8() - 1);
      return {
        type: 'policy',
        policy: {
          isLocked,
          admission,
          rights: bits(rights, reader.u16()),
          features: bits(features, reader.u32()),
          featuresMax: bits(features, reader.u32()),
          membersMax: reader.u16(),
          isWithoutServices: reader.u16() === 0,
        },
      };
    }
    case 9:
      return { type: 'lobby', lobby: reader.all(lobbyEntry) };
    case 10:
      return { type: 'words', wordlist: reader.u8(), words: reader.list((inner) => inner.u16()) };
    case 11:
      return { type: 'note', text: cleanNote(shown(reader.rest())) };
    case 12:
      return { type: 'app', event: appEvent(reader) };
    case 13:
      return refusal(reader);
    case 14:
      return { type: 'violation', code: reader.u16(), leaf: reader.u8() === 1 ? reader.u32() : null };
    case 15:
      return { type: 'code', digits: meetingCode(reader.rest()) };
    case 16:
      return { type: 'compare', comparison: comparison(reader) };
    case 17:
      return { type: 'goodbye', frame: reader.rest().slice().buffer };
    case 20:
      return { type: 'invite', invite: base64url(reader.part(16)) };
    case 21:
      return { type: 'topic', topic: cleanTopic(shown(reader.rest())) };
    default:
      throw new RangeError(`no output is of kind ${kind}`);
  }
}

/** @param {Reader} reader @returns {MemberState} */
function memberState(reader) {
  const name = item(states, reader.u8());
  return name === 'out' ? { name, reason: item(outReasons, reader.u8()) } : { name };
}

/** @param {Reader} reader @returns {MediaEpoch} */
function mediaEpoch(reader) {
  const epoch = reader.u64(), leafBits = reader.u8(), own = reader.u32();
  const added = reader.list((inner) => inner.u32()), removed = reader.list((inner) => inner.u32());
  const leaves = reader.list((inner) => ({ leaf: inner.u32(), id: base64url(inner.vector()) }));
  return { epoch, leafBits, own, added, removed, leaves, baseKey: reader.part(baseKeyLength) };
}

/** Of what people say, with the kind of it; where a person can do something about it, with the reason. @param {Reader} reader @returns {EngineEvent} */
function refusal(reader) {
  const command = item(commands, reader.u8() - 1);
  const isSaying = command === 'send' || command === 'direct',
    isReasoned = command === 'admit' || command === 'revokeTicket';
  const kind = isSaying ? reader.u8() : null;
  return { type: 'refused', command, kind, why: isReasoned ? item(refusalReasons, reader.u8()) : null };
}

/** @param {Reader} reader @returns {RosterEntry} */
function rosterEntry(reader) {
  const leaf = reader.u32(), key = base64url(reader.vector()), name = cleanName(shown(reader.vector()));
  const role = roles.get(reader.u8());
  if (!role) throw new RangeError('no such role');
  const own = reader.u8() === 1, label = item(labels, reader.u8()), marks = reader.u8();
  if (marks > 3) throw new RangeError('a mark without a name');
  const service = item([false, true], reader.u8()) ? serviceOf(reader) : null;
  return { leaf, key, name, role, own, label, hand: (marks & 1) !== 0, silent: (marks & 2) !== 0, service };
}

/** @param {Reader} reader @returns {Service} */
function serviceOf(reader) {
  return { ...factsOf(reader), consent: item(answers, reader.u8()) };
}

/**
 * A purpose without a name is not left out: the engine takes no yes to it, and people are told why.
 * @param {Reader} reader @returns {ServiceFacts}
 */
function factsOf(reader) {
  const role = serviceRoles.get(reader.u8());
  if (!role) throw new RangeError('no service');
  const owner = base64url(reader.part(32)), bitsOfPurposes = reader.u16(), place = item(places, reader.u8() - 1);
  return { role, owner, purposes: purposes.filter((_, index) => (bitsOfPurposes >> index) & 1), place };
}

/** @param {Bytes} bytes */
function meetingCode(bytes) {
  const digits = shown(bytes);
  if (!/^\d{30}$/.test(digits)) throw new RangeError('no meeting code');
  return digits;
}

/** @param {Reader} reader @returns {Comparison} */
function comparison(reader) {
  const phase = item(phases, reader.u8()), pictures = [...reader.vector()];
  if (pictures.some((picture) => picture >= 64)) throw new RangeError('no such picture');
  const isEqual = item([null, true, false], reader.u8());
  return { phase, pictures, isEqual, people: keys(reader.vector()) };
}

/** Keys that stand one behind the other. @param {Bytes} bytes */
function keys(bytes) {
  if (bytes.length % 32 !== 0) throw new RangeError('no keys');
  return Array.from(
    { length: bytes.length / 32 },
    (_, index) => base64url(bytes.subarray(32 * index, 32 * index + 32)),
  );
}

/** @param {Reader} reader @returns {LobbyEntry} */
function lobbyEntry(reader) {
  const hash = base64url(reader.vector());
  const name = cleanName(shown(reader.vector())), note = cleanNote(shown(reader.vector()));
  const words = reader.list((inner) => inner.u16());
  const marks = reader.u8();
  if (marks > 3) throw new RangeError('a mark without a name');
  const service = item([false, true], reader.u8()) ? factsOf(reader) : null;
  return {
    hash,
    name,
    note,
    words: words.length > 0 ? words : null,
    isFromLink: (marks & 1) !== 0,
    wasIn: (marks & 2) !== 0,
    service,
  };
}

/** @param {Reader} reader @returns {AppEvent} */
function appEvent(reader) {
  const leaf = reader.u32(), key = base64url(reader.vector()), kind = reader.u8(), id = base64url(reader.vector());
  // A clock of a liar: shown as the beginning of time, and nothing else comes of it.
  const sent = Number(reader.part(8).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n));
  const to = keys(reader.vector());
  return { leaf, key, kind, id, sent: sent <= 8.64e15 ? sent : 0, to, body: reader.vector().slice() };
}

/** What a stranger wrote need not be text. @param {Bytes} bytes */
function shown(bytes) {
  try {
    return textOf(bytes);
  } catch {
    return '';
  }
}

/** @param {string} text @returns {Bytes} */
function bytesOf(text) {
  const bytes = fromBase64url(text);
  if (bytes?.length !== 32) throw new RangeError('no key and no hash');
  return bytes;
}

/** @template Item @param {readonly Item[]} list @param {number} index @returns {Item} */
function item(list, index) {
  const found = list[index];
  if (found === undefined) throw new RangeError('no such choice');
  return found;
}

/** @template Item @param {readonly Item[]} names @param {number} value @returns {Item[]} */
function bits(names, value) {
  if (value >> names.length !== 0) throw new RangeError('a bit without a name');
  return names.filter((_, index) => (value >> index) & 1);
}
