/**
 * Reads the browser's own offer and keeps what the server has to know. Only `peer.js` uses it.
 * @import { OfferExtensions, OfferPayload, OfferSection } from '../../protocol/messages.d.ts'
 * @typedef {OfferSection['use']} Use
 * @typedef {{ layout?: NonNullable<OfferSection['layout']>, use: Use }} Plan what each section was made for, in order
 *
 * @typedef {object} Section
 * @property {string} mid
 * @property {'audio' | 'video'} kind
 * @property {Use} use
 * @property {NonNullable<OfferSection['layout']> | null} layout
 * @property {readonly OfferPayload[]} payloads
 * @property {ReadonlyMap<string, number>} extensions address → identifier
 * @property {ReadonlyMap<number, readonly string[]>} feedback payload type → offered kinds
 * @property {readonly string[]} rids
 * @property {readonly number[]} ssrcs the encoder's first, then its RTX
 *
 * @typedef {object} Offer
 * @property {string} ufrag
 * @property {string} pwd
 * @property {string} fingerprint
 * @property {readonly Section[]} sections
 */

/** @typedef {keyof OfferExtensions} ExtensionName @type {Readonly<Record<ExtensionName, string>>} */
export const extensionAddresses = {
  mid: 'urn:ietf:params:rtp-hdrext:sdes:mid',
  twcc: 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  rid: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  rrid: 'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  dd: 'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  vla: 'http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00',
};

/** What a section of this use may carry beside mid and transport-cc. @param {Section} section @returns {readonly ExtensionName[]} */
export function acceptedExtensions(section) {
  const isLayered = section.layout !== null && section.layout !== 'single';
  return isLayered ? ['mid', 'twcc', 'rid', 'rrid', 'dd', 'vla'] : ['mid', 'twcc'];
}

/** @param {string} sdp @param {readonly Plan[]} plan @returns {Offer} */
export function readOffer(sdp, plan) {
  const [session = [], ...media] = split(sdp);
  if (media.length !== plan.length) throw new Error('the offer has other sections than were made');
  const sections = media.map((lines, index) => readSection(lines, /** @type {Plan} */ (plan[index])));
  /** Session level in Firefox, media level in Chromium; one transport, so the first section speaks for all. @param {string} name */
  const transport = (name) => attribute(media[0] ?? [], name) ?? attribute(session, name) ?? missing(name);
  const [algorithm, fingerprint = ''] = transport('fingerprint').split(' ');
  if (algorithm?.toLowerCase() !== 'sha-256') missing('a SHA-256 fingerprint');
  return { ufrag: transport('ice-ufrag'), pwd: transport('ice-pwd'), fingerprint: fingerprint.toUpperCase(), sections };
}

/** Payload types and identifiers are the same in all sections of one transport. @param {Offer} offer */
export function payloadsOf(offer) {
  /** @type {Map<number, OfferPayload>} */
  const payloads = new Map();
  for (const section of offer.sections) for (const payload of section.payloads) payloads.set(payload.pt, payload);
  return [...payloads.values()];
}

/** @param {Offer} offer @returns {OfferExtensions} */
export function extensionsOf(offer) {
  /** @type {Partial<Record<ExtensionName, number>>} */
  const found = {};
  for (const section of offer.sections) {
    for (const name of acceptedExtensions(section)) {
      const identifier = section.extensions.get(extensionAddresses[name]);
      if (identifier !== undefined) found[name] = identifier;
    }
  }
  const { mid = missing('the mid extension'), twcc = missing('transport-cc'), ...more } = found;
  return { mid, twcc, ...more };
}

/** @param {Section} section @returns {OfferSection} */
export function describe({ mid, kind, use, layout, rids, ssrcs }) {
  return {
    mid,
    kind,
    use,
    ...(layout === null ? {} : { layout }),
    ...(rids.length === 0 ? {} : { rids: [...rids] }),
    ...(ssrcs.length === 0 ? {} : { ssrcs: [...ssrcs] }),
  };
}

/** Lines of the session, then of each section. @param {string} sdp @returns {string[][]} */
function split(sdp) {
  /** @type {string[][]} */
  const parts = [[]];
  for (const line of sdp.split(/\r?\n/)) {
    if (line.startsWith('m=')) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts;
}

/** @param {string[]} lines @param {Plan} plan @returns {Section} */
function readSection(lines, { use, layout = undefined }) {
  const kind = lines[0]?.startsWith('m=audio') ? 'audio' : 'video';
  return {
    mid: attribute(lines, 'mid') ?? missing('mid'),
    kind,
    use,
    layout: layout ?? null,
    payloads: readPayloads(lines),
    extensions: new Map(attributes(lines, 'extmap').flatMap(readExtension)),
    feedback: readFeedback(lines),
    rids: attributes(lines, 'rid').map((value) => value.split(' ')[0] ?? ''),
    ssrcs: readSources(lines),
  };
}

/** Opus, VP8 and plain VP9; everything else the browser offers is not answered. @param {string[]} lines @returns {OfferPayload[]} */
function readPayloads(lines) {
  const parameters = new Map(attributes(lines, 'fmtp').map(headAndRest));
  const names = new Map(attributes(lines, 'rtpmap').map(headAndRest));
  /** @param {number} pt */
  const repairOf = (pt) => {
    const found = [...names].find(([other, name]) => name.startsWith('rtx/') && parameters.get(other) === `apt=${pt}`);
    return found === undefined ? {} : { rtx: found[0] };
  };
  /** @type {OfferPayload[]} */
  const payloads = [];
  for (const [pt, name] of names) {
    const plainVP9 = (parameters.get(pt)?.match(/profile-id=(\d+)/)?.[1] ?? '0') === '0';
    if (name === 'opus/48000/2') payloads.push({ pt, codec: 'opus' });
    else if (name === 'VP8/90000') payloads.push({ pt, codec: 'VP8', ...repairOf(pt) });
    else if (name === 'VP9/90000' && plainVP9) payloads.push({ pt, codec: 'VP9', ...repairOf(pt) });
  }
  return payloads;
}

/** `4 urn:…` or, in Firefox, `4/recvonly urn:…`, which the server could not use. @param {string} value @returns {[string, number][]} */
function readExtension(value) {
  const [identifier = '', address = ''] = value.split(' ');
  return identifier.endsWith('/recvonly') ? [] : [[address, parseInt(identifier)]];
}

/** @param {string[]} lines */
function readFeedback(lines) {
  /** @type {Map<number, string[]>} */
  const feedback = new Map();
  for (const value of attributes(lines, 'rtcp-fb')) {
    const [pt, kind] = headAndRest(value);
    feedback.set(pt, [...feedback.get(pt) ?? [], kind]);
  }
  return feedback;
}

/** @param {string[]} lines @returns {number[]} */
function readSources(lines) {
  const pairs = attributes(lines, 'ssrc-group').filter((value) => value.startsWith('FID ')).flatMap((value) =>
    value.split(' ').slice(1)
  );
  const all = attributes(lines, 'ssrc').map((value) => value.split(' ')[0] ?? '');
  return [...new Set([...pairs, ...all])].map(Number);
}

/** @param {string} value @returns {[number, string]} */
function headAndRest(value) {
  const [head = ''] = value.split(' ', 1);
  return [Number(head), value.slice(head.length + 1)];
}

/** @param {string[]} lines @param {string} name */
function attributes(lines, name) {
  const start = `a=${name}:`;
  return lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
}

/** @param {string[]} lines @param {string} name */
function attribute(lines, name) {
  return attributes(lines, name)[0];
}

/** @param {string} what @returns {never} */
function missing(what) {
  throw new Error(`the offer lacks ${what}`);
}
