/**
 * The peer connection: one for the whole meeting, its sections made once. The only reader and writer of SDP.
 * @import { MediaOpen, MediaOpened, MediaRestart, MediaRestarted } from '../protocol/messages.d.ts'
 * @import { FrameDoor, Kind, WayOut } from '../state/frames.d.ts'
 * @import { Offer, Plan } from './sdp/offer.js'
 *
 * @typedef {{ name: string, media: 'audio' | 'video', transceiver: RTCRtpTransceiver }} Slot
 * @typedef {object} PeerListener
 * @property {(state: RTCIceConnectionState) => void} ice
 */
import { snapshot } from './health/statistics.js';
import { Proofs } from './proof/proofs.js';
import { StandIns } from './proof/standins.js';
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

/** Connections made so far: a word of the media worker about an earlier one must not count for a later one. */
let connections = 0;

export class Peer {
  /** @type {Map<Kind, RTCRtpTransceiver>} */
  #own = new Map();
  /** @type {Slot[]} */
  #slots = [];
  /** What the person wants to send; it is sent only while the gate is open. @type {Map<Kind, MediaStreamTrack | null>} */
  #wanted = new Map();
  #isOpen = false;
  #turn = Promise.resolve();
  #number = ++connections;
  #standIns = new StandIns();
  /** @type {Map<Kind, boolean>} does the browser encode for this section? */
  #flowing = new Map();
  #proofs;
  /** The browser sends nothing without a transform, and says so. */
  #isHeldBack;
  /** @type {Offer | null} */
  #offer = null;
  /** @type {Promise<Offer> | null} */
  #restart = null;
  /** @type {MediaOpened | null} */
  #opened = null;
  #device;
  #engine;
  #connection;

  /**
   * Fail closed, and the order is the point: (1) no transforms, no connection; (2) the workers run already, or there is no
   * engine; (3) without the flag Chromium would send in clear when a transform comes late; (4) every section gets its
   * transform before anything else can run, and keeps it; (5) we offer; (6) tracks come only after `arm`; (7) where the
   * browser does not take the flag of (3), which it says itself, each sender carries a stand-in before it carries a person.
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
    const taken = /** @type {Partial<typeof configuration>} */ (connection.getConfiguration());
    this.#isHeldBack = taken.encodedInsertableStreams === true;
    this.#proofs = new Proofs(this.#isHeldBack);
    for (const { kind, media, encodings = [] } of ownSections) {
      const transceiver = connection.addTransceiver(media, { direction: 'sendonly', sendEncodings: encodings });
      const way = { stream: kind, connection: this.#number };
      transceiver.sender.transform = engine.transform({ direction: 'send', ...way, kind, isHeld: !this.#isHeldBack });
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

  /**
   * New credentials on the same connection: keys, slots and counters stay. What was offered and not answered is offered
   * again: the answer then fits, whichever of the questions arrived. @returns {Promise<MediaRestart>}
   */
  async restart() {
    if (!this.#restart) {
      this.#connection.restartIce();
      this.#restart = this.#makeOffer();
      this.#restart.catch(() => this.#restart = null);
    }
    const { ufrag, pwd } = await this.#restart;
    return { area: 'media', type: 'restart', ufrag, pwd };
  }

  /** Offered, and not answered yet. */
  get isRestarting() {
    return this.#restart !== null;
  }

  /** @param {MediaRestarted} restarted */
  async restarted({ ufrag, pwd }) {
    if (this.#connection.signalingState !== 'have-local-offer' || !this.#opened) return;
    this.#restart = null;
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

  /**
   * The media worker has taken a first frame. If it was the stand-in's, the person may follow. False: something had left,
   * so this browser sends in clear. @param {WayOut} way
   */
  async proven({ stream, connection }) {
    if (connection !== this.#number || this.#proofs.isGiven(stream)) return true;
    if (!this.#proofs.take(stream, await this.packetsSent(stream))) return false;
    await this.#apply();
    this.#standIns.end(stream);
    this.#engine.release({ stream, connection });
    return true;
  }

  /** Was there ever anything to send of this kind, or nothing on purpose? @param {Kind} kind */
  isAsked(kind) {
    return this.#wanted.has(kind);
  }

  /** Does the stream go round the media worker? @param {Kind} kind @param {number} bytesSent @param {number} taken asked for later @param {number} at */
  isRefuted(kind, bytesSent, taken, at) {
    // Of what nobody has spoken of yet there is no stand-in, and no proof can come.
    const isConnected = this.#isOpen && this.isAsked(kind) && this.#connection.connectionState === 'connected';
    return this.#proofs.isRefuted(kind, { bytesSent, taken, isConnected, at });
  }

  /** @param {Kind} kind */
  async packetsSent(kind) {
    const report = await this.#own.get(kind)?.sender.getStats();
    return report ? [...snapshot(report, 0).sent.values()].reduce((sum, { packets }) => sum + packets, 0) : 0;
  }

  /** Asks the encoders for pictures that stand alone. */
  async keyFrame() {
    for (const kind of /** @type {const} */ (['camera', 'screen'])) {
      const sender = this.#own.get(kind)?.sender;
      if (!sender?.track) continue;
      const parameters = sender.getParameters();
      const options = { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) };
      await /** @type {any} */ (sender).setParameters(parameters, options).catch(() => {});
    }
  }

  /** Ends one section for good. @param {string} stream as the media worker calls it */
  async stop(stream) {
    const slot = this.#slots.find(({ name }) => name === stream);
    const transceiver = slot?.transceiver ?? this.#own.get(/** @type {Kind} */ (stream));
    // First the track: a sender that is stopping no longer lets go of it.
    await transceiver?.sender.replaceTrack(null).catch(() => {});
    transceiver?.stop();
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
    this.#standIns.close();
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
    if (!this.#isOpen) {
      for (const [kind, { sender }] of this.#own) {
        sender.replaceTrack(null).catch(() => {});
        this.#flow(kind, false).catch(() => {});
      }
    }
    this.#turn = this.#turn.then(async () => {
      for (const { kind, media } of ownSections) await this.#place(kind, media).catch(() => {});
    });
    return this.#turn;
  }

  /** @param {Kind} kind @param {'audio' | 'video'} media */
  async #place(kind, media) {
    const sender = this.#own.get(kind)?.sender;
    const wanted = this.#wanted.get(kind);
    if (!sender || wanted === undefined) return; // nobody has spoken of this kind yet
    const standIn = () => this.#standIns.track(kind, media);
    const track = this.#proofs.choose(kind, { isOpen: this.#isOpen, wanted, standIn });
    if (sender.track !== track) await sender.replaceTrack(track);
    await this.#flow(kind, sender.track !== null);
  }

  /**
   * Firefox (seen in 153) goes on sending the last picture once a second when the track is taken away; an encoding that is
   * not active is silent. Where nothing was sent yet there is nothing to end. @param {Kind} kind @param {boolean} flows
   */
  async #flow(kind, flows) {
    const sender = this.#own.get(kind)?.sender;
    if (!sender || this.#isHeldBack || (this.#flowing.get(kind) ?? flows) === flows) {
      this.#flowing.set(kind, flows);
      return;
    }
    this.#flowing.set(kind, flows);
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) encoding.active = flows;
    await sender.setParameters(parameters);
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
