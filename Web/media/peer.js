/**
 * The peer connection: one for the whole meeting, its sections made once. The only reader and writer of SDP.
 * @import { MediaOpen, MediaOpened, MediaRestart, MediaRestarted } from '../protocol/messages.d.ts'
 * @import { FrameDoor, Kind } from '../state/frames.d.ts'
 * @import { Offer, Plan } from './sdp/offer.js'
 *
 * @typedef {{ name: string, media: 'audio' | 'video', transceiver: RTCRtpTransceiver }} Slot
 * @typedef {object} PeerListener
 * @property {(state: RTCIceConnectionState) => void} ice
 */
import { writeAnswer } from './sdp/answer.js';
import { describe, extensionAddresses, extensionsOf, payloadsOf, readOffer } from './sdp/offer.js';

const slotCounts = { desktop: { audio: 8, video: 25 }, phone: { audio: 8, video: 9 } };

/** Order of the own sections; microphone first, since it carries the bundle. @type {readonly { kind: Kind, media: 'audio' | 'video', encodings?: RTCRtpEncodingParameters[] }[]} */
const ownSections = [
  { kind: 'microphone', media: 'audio' },
  { kind: 'camera', media: 'video', encodings: [{ maxBitrate: 1_700_000, maxFramerate: 30 }] },
  { kind: 'screen', media: 'video', encodings: [{ maxBitrate: 2_500_000, maxFramerate: 30 }] },
  { kind: 'screenAudio', media: 'audio' },
];

export class Peer {
  /** @type {Map<Kind, RTCRtpTransceiver>} */
  #own = new Map();
  /** @type {Slot[]} */
  #slots = [];
  /** What the person wants to send; it is sent only while the gate is open. @type {Map<Kind, MediaStreamTrack | null>} */
  #wanted = new Map();
  #isOpen = false;
  #turn = Promise.resolve();
  /** @type {Offer | null} */
  #offer = null;
  /** @type {MediaOpened | null} */
  #opened = null;
  #device;
  #engine;
  #connection;

  /**
   * Fail closed, and the order is the point: (1) no transforms, no connection; (2) the workers run already, or there is no
   * engine; (3) without the flag Chromium would send in clear when a transform comes late; (4) every section gets its
   * transform before anything else can run, and keeps it; (5) we offer; (6) tracks come only after `arm`.
   * @param {FrameDoor} engine @param {'desktop' | 'phone'} device @param {PeerListener} on
   */
  constructor(engine, device, on) {
    if (typeof RTCRtpScriptTransform === 'undefined') throw new Error('this browser cannot encrypt frames');
    this.#device = device;
    this.#engine = engine;
    /** @type {RTCConfiguration & { encodedInsertableStreams: true }} */
    const configuration = { encodedInsertableStreams: true, bundlePolicy: 'max-bundle' };
    const connection = new RTCPeerConnection(configuration);
    this.#connection = connection;
    for (const { kind, media, encodings = [] } of ownSections) {
      const transceiver = connection.addTransceiver(media, { direction: 'sendonly', sendEncodings: encodings });
      transceiver.sender.transform = engine.transform({ direction: 'send', stream: kind, kind });
      onlyNeededExtensions(transceiver);
      this.#own.set(kind, transceiver);
    }
    for (const media of /** @type {const} */ (['audio', 'video'])) {
      for (let index = 0; index < slotCounts[device][media]; index++) {
        const name = `${media} ${index}`;
        const transceiver = connection.addTransceiver(media, { direction: 'recvonly' });
        transceiver.receiver.transform = engine.transform({ direction: 'receive', stream: name, media });
        onlyNeededExtensions(transceiver);
        this.#slots.push({ name, media, transceiver });
      }
    }
    connection.addEventListener('iceconnectionstatechange', () => on.ice(connection.iceConnectionState));
  }

  /** @returns {readonly Slot[]} */
  get slots() {
    return this.#slots;
  }

  get iceState() {
    return this.#connection.iceConnectionState;
  }

  /** The answer was taken: media may flow. */
  get isAccepted() {
    return this.#opened !== null;
  }

  /** @param {Kind} kind */
  midOf(kind) {
    return this.#own.get(kind)?.mid ?? null;
  }

  /** Every stream that the media worker sees, with the section it belongs to. */
  get streams() {
    /** @type {Map<string, { mid: string, sound: boolean, direction: 'send' | 'receive' }>} */
    const streams = new Map();
    for (const { kind, media } of ownSections) {
      streams.set(kind, { mid: this.midOf(kind) ?? '', sound: media === 'audio', direction: 'send' });
    }
    for (const { name, media, transceiver } of this.#slots) {
      streams.set(name, { mid: transceiver.mid ?? '', sound: media === 'audio', direction: 'receive' });
    }
    return streams;
  }

  /** @returns {Promise<MediaOpen>} */
  async open() {
    const offer = await this.#makeOffer();
    return {
      area: 'media',
      type: 'open',
      use: 'both',
      ufrag: offer.ufrag,
      pwd: offer.pwd,
      fingerprint: offer.fingerprint,
      device: this.#device,
      payloads: [...payloadsOf(offer)],
      extensions: extensionsOf(offer),
      sections: offer.sections.map(describe),
    };
  }

  /** @param {MediaOpened} opened */
  async accept(opened) {
    if (!this.#offer) throw new Error('nothing was offered');
    this.#engine.payloads(payloadsOf(this.#offer).map(({ pt, codec }) => [pt, codec]));
    await this.#connection.setRemoteDescription({ type: 'answer', sdp: writeAnswer(this.#offer, opened) });
    this.#opened = opened;
  }

  /** New credentials on the same connection: keys, slots and counters stay. @returns {Promise<MediaRestart>} */
  async restart() {
    this.#connection.restartIce();
    const { ufrag, pwd } = await this.#makeOffer();
    return { area: 'media', type: 'restart', ufrag, pwd };
  }

  /** @param {MediaRestarted} restarted */
  async restarted({ ufrag, pwd }) {
    if (this.#connection.signalingState !== 'have-local-offer' || !this.#opened) return;
    await this.accept({ ...this.#opened, ufrag, pwd });
  }

  /** Publishing is a track, pausing is none: `enabled = false` would go on sending. @param {Kind} kind @param {MediaStreamTrack | null} track */
  async setTrack(kind, track) {
    this.#wanted.set(kind, track);
    await this.#apply();
  }

  /** The gate. Closed: no track on any section, whatever the person wants. @param {boolean} isOpen */
  async arm(isOpen) {
    this.#isOpen = isOpen;
    await this.#apply();
  }

  /** Asks the encoder for a picture that stands alone. */
  async keyFrame() {
    const sender = this.#own.get('camera')?.sender;
    if (!sender?.track) return;
    const parameters = sender.getParameters();
    const options = { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) };
    await /** @type {any} */ (sender).setParameters(parameters, options).catch(() => {});
  }

  /** Ends one section for good. @param {string} stream as the media worker calls it */
  stop(stream) {
    const slot = this.#slots.find(({ name }) => name === stream);
    (slot?.transceiver ?? this.#own.get(/** @type {Kind} */ (stream)))?.stop();
  }

  statistics() {
    return this.#connection.getStats();
  }

  /** Null while nothing is sent. @param {Kind} kind */
  senderStatistics(kind) {
    const sender = this.#own.get(kind)?.sender;
    return sender?.track ? sender.getStats() : null;
  }

  close() {
    this.#isOpen = false;
    this.#connection.close();
  }

  async #makeOffer() {
    await this.#connection.setLocalDescription();
    /** @type {Plan[]} */
    const plan = [
      ...ownSections.map(({ kind, media }) =>
        media === 'video' ? { use: kind, layout: /** @type {const} */ ('single') } : { use: kind }
      ),
      ...this.#slots.map(() => ({ use: /** @type {const} */ ('slot') })),
    ];
    this.#offer = readOffer(this.#connection.localDescription?.sdp ?? '', plan);
    return this.#offer;
  }

  /** One change after the other; closing the gate does not wait for whatever came before it. */
  #apply() {
    if (!this.#isOpen) { for (const { sender } of this.#own.values()) sender.replaceTrack(null).catch(() => {}); }
    this.#turn = this.#turn.then(async () => {
      for (const [kind, { sender }] of this.#own) {
        const track = this.#isOpen ? this.#wanted.get(kind) ?? null : null;
        if (sender.track !== track) await sender.replaceTrack(track);
      }
    }).catch(() => {});
    return this.#turn;
  }
}

/** Less in the header, less to learn from it. Where the browser cannot choose, the answer does. @param {RTCRtpTransceiver} transceiver */
function onlyNeededExtensions(transceiver) {
  const choosing =
    /** @type {RTCRtpTransceiver & { getHeaderExtensionsToNegotiate?: () => { uri: string, direction: string }[], setHeaderExtensionsToNegotiate?: (list: unknown) => void }} */ (transceiver);
  const extensions = choosing.getHeaderExtensionsToNegotiate?.();
  if (!extensions) return;
  const needed = [extensionAddresses.mid, extensionAddresses.twcc];
  for (const extension of extensions) if (!needed.includes(extension.uri)) extension.direction = 'stopped';
  choosing.setHeaderExtensionsToNegotiate?.(extensions);
}
