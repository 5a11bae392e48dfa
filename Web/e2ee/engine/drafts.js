/**
 * Making meetings and personal links, between values of the page and bytes of the engine (`docs/wasm.md`). Of the copies of a
 * fragment made on the way only the text that is returned stays.
 * @import { Bytes } from '../bytes.js'
 * @import { Draft, Drafted, Job, JobTerms, Personal, Terms } from '../maker.js'
 * @import { EngineModule } from './module.js'
 */
import { base64url, concat, fromBase64url, textOf, utf8 } from '../bytes.js';
import { admissionNumber, encodeLink, featureBits, serviceBytes } from './forms.js';
import { Reader, u32, unsigned, vector } from './reader.js';

const idLength = 16, hashLength = 32;

/** Characters of a fragment, by its sort. */
const fragmentLengths = { guest: 44, host: 66, personal: 87, job: 374 };

/** Throws a `RangeError` where a number or a name is none that the engine has. @param {Draft} draft @returns {Bytes} */
export function encodeDraft(draft) {
  const id = fromBase64url(draft.meeting);
  if (id?.length !== idLength) throw new RangeError('no meeting');
  if (draft.profileHash.length !== hashLength) throw new RangeError('no hash of a profile');
  return concat(
    id,
    unsigned(draft.instance ?? 0, 4),
    [admissionNumber(draft.admission)],
    u32(featureBits(draft.features)),
    unsigned(draft.membersMax, 2),
    unsigned(draft.notBefore, 8),
    unsigned(draft.notAfter, 8),
    vector(utf8(draft.profile)),
    new Uint8Array(draft.profileHash),
    vector(utf8(draft.title)),
    vector(utf8(draft.hostName)),
    vector(utf8(draft.agenda)),
    vector(utf8(draft.language)),
    unsigned(draft.start, 8),
    unsigned(draft.minutes, 4),
  );
}

/** @param {Bytes} bytes @returns {Drafted} */
export function decodeDrafted(bytes) {
  const reader = new Reader(bytes);
  const inviteID = base64url(reader.part(idLength));
  const descriptor = base64url(reader.vector()), lobby = base64url(reader.vector());
  const guestFragment = fragment(reader, fragmentLengths.guest), hostFragment = fragment(reader, fragmentLengths.host);
  end(reader);
  return { hostFragment, guestFragment, inviteID, descriptor, lobby };
}

/** @param {string} meeting @param {string} hostFragment @param {Terms} terms @returns {Bytes} */
export function encodePersonal(meeting, hostFragment, { mayEnter, notBefore, notAfter }) {
  const link = encodeLink(meeting, hostFragment);
  const order = concat(unsigned(0, 4), [mayEnter ? 1 : 0], unsigned(notBefore, 8), unsigned(notAfter, 8), link);
  link.fill(0);
  return order;
}

/** @param {Bytes} bytes @returns {Personal} */
export function decodePersonal(bytes) {
  const reader = new Reader(bytes);
  const hash = base64url(reader.part(hashLength)), key = base64url(reader.part(hashLength));
  const certificate = base64url(reader.vector());
  const own = fragment(reader, fragmentLengths.personal);
  end(reader);
  return { fragment: own, certificate, hash, key };
}

/** @param {string} meeting @param {string} hostFragment @param {JobTerms} terms @returns {Bytes} */
export function encodeJob(meeting, hostFragment, { service, notBefore, notAfter }) {
  const link = encodeLink(meeting, hostFragment);
  const order = concat(unsigned(0, 4), serviceBytes(service), unsigned(notBefore, 8), unsigned(notAfter, 8), link);
  link.fill(0);
  return order;
}

/** @param {Bytes} bytes @returns {Job} */
export function decodeJob(bytes) {
  const reader = new Reader(bytes);
  const key = base64url(reader.part(hashLength)), own = fragment(reader, fragmentLengths.job);
  end(reader);
  return { fragment: own, key };
}

/** @param {Pick<EngineModule, 'call'>} engine @param {Draft} draft @returns {Drafted} */
export function makeDraft(engine, draft) {
  return made(engine, 'engine_draft', encodeDraft(draft), decodeDrafted);
}

/** @param {Pick<EngineModule, 'call'>} engine @param {string} meeting @param {string} hostFragment @param {Terms} terms @returns {Personal} */
export function makePersonal(engine, meeting, hostFragment, terms) {
  return made(engine, 'engine_personal', encodePersonal(meeting, hostFragment, terms), decodePersonal);
}

/** @param {Pick<EngineModule, 'call'>} engine @param {string} meeting @param {string} hostFragment @param {JobTerms} terms @returns {Job} */
export function makeJob(engine, meeting, hostFragment, terms) {
  return made(engine, 'engine_service', encodeJob(meeting, hostFragment, terms), decodeJob);
}

/**
 * @template Result @param {Pick<EngineModule, 'call'>} engine @param {string} door @param {Bytes} order
 * @param {(bytes: Bytes) => Result} decode @returns {Result}
 */
function made(engine, door, order, decode) {
  try {
    const answer = engine.call(door, order);
    try {
      return decode(answer);
    } finally {
      answer.fill(0);
    }
  } finally {
    order.fill(0);
  }
}

/** @param {Reader} reader @param {number} length */
function fragment(reader, length) {
  const text = textOf(reader.part(length));
  if (!/^[\w-]+$/.test(text)) throw new RangeError('no fragment');
  return text;
}

/** @param {Reader} reader */
function end(reader) {
  if (!reader.isAtEnd) throw new RangeError('more bytes than an answer has');
}
