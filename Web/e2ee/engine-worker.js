/// <reference lib="webworker" />
/**
 * Everything that must know a secret lives here: the link, the names, the keys it makes for the media worker. The page gets
 * names and ids back, never a key; the link only when a person copies it.
 * @import { Keys, Leaf } from './frames/keyring.js'
 * @import { Kind } from '../state/frames.d.ts'
 * @import { Link, LinkFault } from './link.js'
 * @import { Bytes } from './bytes.js'
 *
 * @typedef {{ participant: string, leaf: number, sender: string, profile: string }} Sealed a participant as the server tells it
 * @typedef {{ sender: string, profile: string, invite: string }} Entry what `join` needs
 * @typedef {{ type: 'open', meeting: string, fragment: string, media: MessagePort } | { type: 'enter', name: string }
 *   | { type: 'seat', leaf: number, leafBits: number } | { type: 'people', people: readonly Sealed[] } | { type: 'link' } | { type: 'leave' } | { type: 'media', media: MessagePort }} Request
 * @typedef {{ type: 'open', fault: LinkFault | null } | { type: 'enter', entry: Entry } | { type: 'seat' }
 *   | { type: 'people', names: Record<string, string | null> } | { type: 'link', link: string } | { type: 'leave' } | { type: 'media' }} Answer
 */
import { base64url, fromBase64url, randomBytes } from './bytes.js';
import { baseKey, epoch, openProfile, sealProfile } from './interim.js';
import { composeLink, inviteID, inviteKey, parseLink } from './link.js';

/** @typedef {{ sender: string, name: string | null, leaf: Leaf }} Known */

/** Every meeting of this version has 2^8 leaves. */
const leafBitsOfAll = 8;

/** @type {readonly Kind[]} */
const kinds = ['microphone', 'camera'];

class Engine {
  /** @type {Map<string, Known>} by participant */
  #known = new Map();
  /** @type {Bytes} */
  #sender = new Uint8Array(0);
  /** @type {{ leaf: number, leafBits: number, key: CryptoKey } | null} */
  #seat = null;
  #isSeated = false;
  #link;
  #prk;
  #media;

  /** @param {Link} link @param {CryptoKey} prk @param {MessagePort} media */
  constructor(link, prk, media) {
    this.#link = link;
    this.#prk = prk;
    this.#media = media;
  }

  /** A new sender id for every entry: no key of an earlier one is ever used again. @param {string} name @returns {Promise<Entry>} */
  async enter(name) {
    this.leave();
    this.#sender = randomBytes(16);
    this.#isSeated = false;
    const profile = await sealProfile(this.#prk, this.#sender, name);
    return { sender: base64url(this.#sender), profile, invite: base64url(await inviteID(this.#prk)) };
  }

  /**
   * Once per entry: the sender id is in the key and the leaf in the key id, so a second seat with the same id would start
   * the counters of the same key again. Whoever says so is lying, and a new entry is the only way on.
   * @param {number} leaf @param {number} leafBits
   */
  async seat(leaf, leafBits) {
    if (leafBits !== leafBitsOfAll || !Number.isInteger(leaf) || leaf < 0 || leaf >= 2 ** leafBits) {
      throw new RangeError('no such leaf');
    }
    if (this.#sender.length === 0 || this.#isSeated) throw new Error('a seat is taken once per entry');
    this.#isSeated = true;
    this.#seat = { leaf, leafBits, key: await baseKey(this.#prk, this.#sender) };
    this.#give();
  }

  /**
   * All others, each time. Who shares a leaf or a sender id with another, or with oneself, gets no key: only one of them
   * could be meant. @param {readonly Sealed[]} people @returns {Promise<Record<string, string | null>>} their names
   */
  async people(people) {
    /** @type {Map<string, Known>} */
    const known = new Map();
    const leaves = new Set([this.#seat?.leaf]);
    const senders = new Set([base64url(this.#sender)]);
    for (const { participant, leaf, sender, profile } of people) {
      const bytes = fromBase64url(sender);
      if (bytes?.length !== 16 || !Number.isInteger(leaf) || leaf < 0 || leaf >= 2 ** leafBitsOfAll) continue;
      if (leaves.has(leaf) || senders.has(sender) || known.has(participant)) continue;
      leaves.add(leaf);
      senders.add(sender);
      const before = this.#known.get(participant);
      if (before?.sender === sender && before.leaf.leaf === leaf) {
        known.set(participant, before);
        continue;
      }
      const key = await baseKey(this.#prk, bytes);
      const name = await openProfile(this.#prk, bytes, profile);
      known.set(participant, { sender, name, leaf: { leaf, id: sender, key } });
    }
    this.#known = known;
    this.#give();
    return Object.fromEntries([...known].map(([participant, { name }]) => [participant, name]));
  }

  /** Another media worker takes the place of one that died; the next entry makes new keys for it. @param {MessagePort} media */
  replaceMedia(media) {
    this.#media.close();
    this.#media = media;
    this.leave();
  }

  link() {
    return composeLink(self.location.origin, this.#link);
  }

  /** Without a seat the media worker seals nothing and opens nothing. */
  leave() {
    this.#known.clear();
    this.#seat = null;
    this.#give();
  }

  #give() {
    const own = this.#seat && { leaf: this.#seat.leaf, id: base64url(this.#sender), key: this.#seat.key };
    const leaves = [...this.#known.values()].map(({ leaf }) => leaf).filter(({ leaf }) => leaf !== own?.leaf);
    /** @type {Keys} */
    const keys = {
      epoch,
      leafBits: this.#seat?.leafBits ?? 0,
      own: own?.leaf ?? null,
      leaves: own ? [own, ...leaves] : [],
      kinds,
      mayEncrypt: own !== null,
    };
    this.#media.postMessage(keys);
  }
}

/** @type {Engine | null} */
let engine = null;

/** @param {Request} request @returns {Promise<Answer>} */
async function answer(request) {
  if (request.type === 'open') {
    const link = await parseLink(request.meeting, request.fragment);
    if (typeof link === 'string') return { type: 'open', fault: link };
    engine = new Engine(link, await inviteKey(link), request.media);
    return { type: 'open', fault: null };
  }
  if (!engine) throw new Error('no link yet');
  switch (request.type) {
    case 'enter':
      return { type: 'enter', entry: await engine.enter(request.name) };
    case 'seat':
      await engine.seat(request.leaf, request.leafBits);
      return { type: 'seat' };
    case 'people':
      return { type: 'people', names: await engine.people(request.people) };
    case 'link':
      return { type: 'link', link: engine.link() };
    case 'leave':
      engine.leave();
      return { type: 'leave' };
    case 'media':
      engine.replaceMedia(request.media);
      return { type: 'media' };
  }
}

/** One request after the other: a list of people never overtakes the seat. */
let turn = Promise.resolve();

self.addEventListener('message', (/** @type {MessageEvent<{ id: number, request: Request }>} */ event) => {
  const { id, request } = event.data;
  turn = turn.then(async () => {
    try {
      self.postMessage({ id, answer: await answer(request) });
    } catch {
      self.postMessage({ id, answer: null });
    }
  });
});

setInterval(() => self.postMessage({ id: 0, answer: null }), 1000);
