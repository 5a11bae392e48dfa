/**
 * Writes the text that the browser takes for the server's answer. Only `peer.js` uses it.
 * @import { MediaOpened, OfferPayload, SlotAnswer } from '../../protocol/messages.d.ts'
 * @import { Offer, Section } from './offer.js'
 */
import { acceptedExtensions, extensionAddresses } from './offer.js';

const feedback = ['nack', 'nack pli', 'ccm fir', 'transport-cc'];

/** @param {Offer} offer @param {MediaOpened} opened @returns {string} */
export function writeAnswer(offer, opened) {
  const slots = new Map(opened.slots.map((slot) => [slot.mid, slot]));
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    'a=extmap-allow-mixed',
    'a=msid-semantic: WMS *',
    `a=group:BUNDLE ${offer.sections.map(({ mid }) => mid).join(' ')}`,
    ...offer.sections.flatMap((section) => sectionLines(section, opened, slots.get(section.mid))),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** Codecs of a section in the order the server wants them. A camera with one encoding sends VP8, the one both browsers agree on. @param {Section} section @param {MediaOpened} opened */
function chosen(section, opened) {
  const order = section.kind === 'audio' ? opened.audio.pts : opened.video.pts;
  const payloads = order.flatMap((pt) => section.payloads.find((payload) => payload.pt === pt) ?? []);
  const single = section.layout === 'single' ? payloads.filter(({ codec }) => codec === 'VP8') : [];
  return single.length > 0 ? single : payloads;
}

/** @param {Section} section @param {MediaOpened} opened @param {SlotAnswer | undefined} slot @returns {string[]} */
function sectionLines(section, opened, slot) {
  const payloads = chosen(section, opened);
  const types = payloads.flatMap(({ pt, rtx }) => rtx === undefined ? [pt] : [pt, rtx]);
  return [
    // Port 9 even where Firefox offered 0: the section lives inside the bundle.
    `m=${section.kind} 9 UDP/TLS/RTP/SAVPF ${types.join(' ')}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${section.mid}`,
    ...transportLines(opened),
    'a=rtcp-mux',
    'a=rtcp-rsize',
    ...payloads.flatMap((payload) => payloadLines(section, payload, opened)),
    ...extensionLines(section),
    ...(section.use === 'slot' ? slotLines(section, slot, opened) : ownLines(section)),
  ];
}

/** A name would make the browser ask somebody where it is. */
const numericAddress = /^[0-9A-Fa-f:.]+$/;

/** @param {MediaOpened} opened */
function transportLines({ ufrag, pwd, fingerprint, candidates }) {
  return [
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${pwd}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    'a=setup:passive',
    ...candidates.filter(({ address }) => numericAddress.test(address)).map(({ protocol, address, port }, index) =>
      protocol === 'udp'
        ? `a=candidate:${index + 1} 1 udp ${2130706431 - index} ${address} ${port} typ host`
        : `a=candidate:${index + 1} 1 tcp ${1518280447 - index} ${address} ${port} typ host tcptype passive`
    ),
    'a=end-of-candidates',
  ];
}

/** @param {Section} section @param {OfferPayload} payload @param {MediaOpened} opened */
function payloadLines(section, { pt, codec, rtx }, opened) {
  const offered = section.feedback.get(pt) ?? [];
  const lines = feedback.filter((kind) => offered.includes(kind)).map((kind) => `a=rtcp-fb:${pt} ${kind}`);
  if (codec === 'opus') {
    // Equal packets where the browser can: sizes tell speech from silence. No pauses in sending for the same reason.
    const rate = `maxaveragebitrate=${opened.audio.opus.maxaveragebitrate};maxplaybackrate=48000`;
    return [
      `a=rtpmap:${pt} opus/48000/2`,
      ...lines,
      `a=fmtp:${pt} minptime=10;useinbandfec=1;cbr=1;usedtx=0;stereo=0;${rate}`,
    ];
  }
  const profile = codec === 'VP9' ? [`a=fmtp:${pt} profile-id=0`] : [];
  const repair = rtx === undefined ? [] : [`a=rtpmap:${rtx} rtx/90000`, `a=fmtp:${rtx} apt=${pt}`];
  return [`a=rtpmap:${pt} ${codec}/90000`, ...lines, ...profile, ...repair];
}

/** What is not listed here the browser does not send. @param {Section} section */
function extensionLines(section) {
  return acceptedExtensions(section).flatMap((name) => {
    const identifier = section.extensions.get(extensionAddresses[name]);
    return identifier === undefined ? [] : [`a=extmap:${identifier} ${extensionAddresses[name]}`];
  });
}

/** @param {Section} section */
function ownLines({ rids }) {
  const layers = rids.length === 0
    ? []
    : [...rids.map((rid) => `a=rid:${rid} recv`), `a=simulcast:recv ${rids.join(';')}`];
  return [...layers, 'a=recvonly'];
}

/** Sound and picture of one pair share a stream, so the browser keeps lips and voice together. @param {Section} section @param {SlotAnswer | undefined} slot @param {MediaOpened} opened */
function slotLines(section, slot, { cname }) {
  if (!slot) return ['a=inactive'];
  const { ssrc, rtx, pair } = slot;
  const track = `${section.kind === 'audio' ? 'a' : 'v'}${pair}`;
  const repair = rtx === undefined ? [] : [`a=ssrc:${rtx} cname:${cname}`, `a=ssrc-group:FID ${ssrc} ${rtx}`];
  return ['a=sendonly', `a=msid:s${pair} ${track}`, `a=ssrc:${ssrc} cname:${cname}`, ...repair];
}
