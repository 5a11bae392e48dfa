/**
 * What people say to each other, as the bodies of app messages (`docs/protocol.md`). Read strictly: the author may be
 * anybody, and what is no such body is null. The engine has judged before who may say it.
 * @import { Bytes } from '../bytes.js'
 * @import { Caption, ConsentSaid, FileRef, Said } from '../../state/said.d.ts'
 */
import { base64url, concat, fromBase64url, textOf, utf8 } from '../bytes.js';
import { cleanName, cleanText } from '../names.js';
import { Reader, u32, vector } from './reader.js';

/** Numbers of `e2ee.md` 8, and 26 of our own (decision 0011). */
const kinds = { chat: 16, change: 17, reaction: 18, hand: 19, spotlight: 26, moderation: 32 };

/** What is said in a message of this kind; null for what people do not say. @param {number | null} kind @returns {Said['type'] | null} */
export function saidType(kind) {
  const types = /** @type {Said['type'][]} */ (Object.keys(kinds));
  return types.find((type) => kinds[type] === kind) ?? null;
}

/** From 1. */
const changes = /** @type {const} */ (['edit', 'retract']);

/** From 1. */
const moderations = /** @type {const} */ (['mute', 'stopVideo', 'stopShare', 'lowerHand', 'askToUnmute']);

/** From 1. */
const decisions = /** @type {const} */ (['yes', 'no', 'withdrawn']);

/** A target of zeros: everybody who is no host. */
const everybody = new Uint8Array(32);

const filesAtMost = 8;
const mostBytesOfReaction = 16;
const mostBytesOfCaption = 1024;

/** @param {Said} said @returns {{ kind: number, body: Bytes }} */
export function encodeSaid(said) {
  switch (said.type) {
    case 'chat':
      return {
        kind: kinds.chat,
        body: concat(
          vector(utf8(cleanText(said.text))),
          vector(said.replyTo === '' ? new Uint8Array(0) : sized(said.replyTo, 16)),
          vector(concat(...said.files.map(fileBytes))),
        ),
      };
    case 'change': {
      const text = vector(utf8(cleanText(said.text)));
      return { kind: kinds.change, body: concat(sized(said.target, 16), [changes.indexOf(said.act) + 1], text) };
    }
    case 'reaction':
      return { kind: kinds.reaction, body: concat(vector(new Uint8Array(0)), vector(utf8(said.emoji)), [1]) };
    case 'hand':
      return { kind: kinds.hand, body: concat([said.isUp ? 1 : 0]) };
    case 'spotlight':
      return { kind: kinds.spotlight, body: vector(said.key === null ? new Uint8Array(0) : sized(said.key, 32)) };
    case 'moderation': {
      const target = said.target === null ? everybody : sized(said.target, 32);
      return { kind: kinds.moderation, body: concat(target, [moderations.indexOf(said.act) + 1]) };
    }
  }
}

/** @param {number} kind @param {Bytes} bytes @returns {Said | null} */
export function decodeSaid(kind, bytes) {
  return strictly(bytes, (reader) => read(kind, reader));
}

/** What a captions service understood (kind 25). @param {Bytes} bytes @returns {Caption | null} */
export function readCaption(bytes) {
  return strictly(bytes, (reader) => {
    const line = reader.vector(), about = reader.u32();
    if (line.length === 0 || line.length > mostBytesOfCaption) return null;
    return { text: cleanText(textOf(line)), about };
  });
}

/** What we said ourselves about a service (kind 33), for the own log: the engine made it. @param {Bytes} bytes @returns {ConsentSaid | null} */
export function readConsent(bytes) {
  return strictly(bytes, (reader) => {
    if (reader.u8() !== 1) return null;
    // The group, its epoch, and our own key.
    reader.vector();
    reader.part(8 + 32);
    const service = base64url(reader.part(32));
    // Role, purposes and scope.
    reader.part(1 + 2 + 1);
    const decision = decisions[reader.u8() - 1];
    // Time, hash of the text, signature.
    reader.part(8 + 32);
    reader.vector();
    return decision ? { service, decision } : null;
  });
}

/** @template Value @param {Bytes} bytes @param {(reader: Reader) => Value | null} read @returns {Value | null} */
function strictly(bytes, read) {
  try {
    const reader = new Reader(bytes);
    const value = read(reader);
    return reader.isAtEnd ? value : null;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

/** @param {number} kind @param {Reader} reader @returns {Said | null} */
function read(kind, reader) {
  switch (kind) {
    case kinds.chat: {
      const text = cleanText(textOf(reader.vector()));
      const replyTo = reader.vector();
      if (replyTo.length !== 0 && replyTo.length !== 16) return null;
      const files = reader.list(file);
      if (files.length > filesAtMost || (text === '' && files.length === 0)) return null;
      return { type: 'chat', text, replyTo: base64url(replyTo), files };
    }
    case kinds.change: {
      const target = base64url(reader.part(16)), act = changes[reader.u8() - 1];
      return act ? { type: 'change', target, act, text: cleanText(textOf(reader.vector())) } : null;
    }
    case kinds.reaction: {
      const target = reader.vector(), emoji = reader.vector();
      if (target.length !== 0 || emoji.length > mostBytesOfReaction || reader.u8() !== 1) return null;
      return { type: 'reaction', emoji: textOf(emoji) };
    }
    case kinds.hand: {
      const up = reader.u8();
      return up > 1 ? null : { type: 'hand', isUp: up === 1 };
    }
    case kinds.spotlight: {
      const key = reader.vector();
      if (key.length !== 0 && key.length !== 32) return null;
      return { type: 'spotlight', key: key.length === 0 ? null : base64url(key) };
    }
    case kinds.moderation: {
      const target = reader.part(32), act = moderations[reader.u8() - 1];
      const isAll = target.every((byte) => byte === 0);
      return act ? { type: 'moderation', target: isAll ? null : base64url(target), act } : null;
    }
    default:
      return null;
  }
}

/** @param {FileRef} one @returns {Bytes} */
function fileBytes({ blob, key, size, hash, name, type, expires }) {
  return concat(
    sized(blob, 16),
    sized(key, 32),
    u64(size),
    sized(hash, 32),
    vector(utf8(cleanName(name))),
    vector(utf8(type)),
    u64(expires),
  );
}

/** @param {Reader} reader @returns {FileRef} */
function file(reader) {
  const blob = base64url(reader.part(16)), key = base64url(reader.part(32)), size = reader.u64();
  const hash = base64url(reader.part(32)), name = cleanName(textOf(reader.vector()));
  const type = textOf(reader.vector()), expires = reader.u64();
  return { blob, key, size, hash, name, type: /^[\w.+-]{1,63}\/[\w.+-]{1,63}$/.test(type) ? type : '', expires };
}

/** @param {string} text @param {number} count @returns {Bytes} */
function sized(text, count) {
  const bytes = fromBase64url(text);
  if (bytes?.length !== count) throw new RangeError('bytes of another length');
  return bytes;
}

/** @param {number} value @returns {readonly number[]} */
function u64(value) {
  return [...u32(Math.floor(value / 2 ** 32)), ...u32(value % 2 ** 32)];
}
