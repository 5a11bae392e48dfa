/**
 * The socket to one meeting. It comes to the door, gets a seat when the group has one for it, and when the network goes it
 * takes the same seat again with the token it was given, as often as it takes. Nothing is replayed: `joined` carries the
 * whole room each time. Binary messages are the group's (`docs/protocol.md` 6) and only passed on.
 * @import { ClientMessage, FileCommand, FileEvent, MediaCommand, MediaEvent, RoomCommand, RoomEvent, ServerMessage, SessionEnded, SessionFailure, SessionFailureBusy, SessionFailurePasscode, SessionFailureTooFast, SessionJoin, SessionJoined } from './messages.d.ts'
 * @import { Clock } from './clock.d.ts'
 *
 * @typedef {Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose' | 'binaryType'>} Socket
 * @typedef {SessionFailurePasscode | SessionFailureTooFast | SessionFailureBusy} PassFailure
 * @typedef {object} ConnectionListener
 * @property {() => void} owes at the door, where a passcode is asked for: `pass` says it, and `goOn` shows who one is without
 * @property {() => void} passed it is owed no more, by whatever was said or shown
 * @property {(failure: PassFailure) => void} notPassed
 * @property {() => void} connected on this socket the delivery service speaks from now on; it greets first
 * @property {(frame: ArrayBuffer) => void} frame of the delivery service
 * @property {(message: SessionJoined) => void} joined also after every return
 * @property {() => void} unseated not in the group any more: at the door again
 * @property {(message: RoomEvent | MediaEvent | FileEvent) => void} message
 * @property {() => void} lost what was connected is not any more; tries go on by themselves
 * @property {() => void} again the server asked to slow down, and now it may hear everything once more
 * @property {(failure: SessionFailure) => void} refused final
 * @property {(reason: SessionEnded['reason'] | 'left') => void} ended final
 * @typedef {object} ConnectionOptions
 * @property {() => Socket} open makes a socket, already connecting
 * @property {(signal: AbortSignal) => Promise<unknown>} reach resolves as soon as the server answers anything
 * @property {() => SessionJoin} join what brings us to the door: said at first, and when the seat is gone
 * @property {ConnectionListener} on
 * @property {Clock} clock
 * @property {() => number} [random]
 */
import { readServerMessage } from './reader.js';
import { unreachable } from './unreachable.js';

export const protocolVersion = 1;
export const subprotocol = 'beraad.1';

/** Pauses before the first, second, … try after a loss, in milliseconds; the last one repeats. */
const pauses = [0, 250, 500, 1000, 2000];
/** A try that hangs is given up: the lost first packet of a connection is resent ever more slowly. */
const tryPatience = 3000;
const pingEvery = 5000;
const pongPatience = 2000;
/** Frames before the passcode was said or something else shown: the greeting is one. */
const heldAtMost = 4;
/** Bytes of the largest frame there is (`docs/protocol.md` 6). */
const largestFrame = 2 << 20;

export class Connection {
  /** @type {Socket | null} */
  #socket = null;
  /** @type {string | null} */
  #token = null;
  /** At the door. */
  #isConnected = false;
  /** The passcode is asked for, and neither said nor made unnecessary yet. */
  #owes = false;
  /** The listener has been told: the delivery service speaks to it. */
  #isOn = false;
  /** What the delivery service said before that. @type {ArrayBuffer[]} */
  #held = [];
  #isJoined = false;
  /** The last socket has not opened, so the server is asked for a sign before there is another. */
  #isAskedFirst = false;
  /** @type {AbortController | null} */
  #asking = null;
  /** What we said first on this socket and wait for the answer to. @type {'join' | 'resume' | null} */
  #asked = null;
  #isFinal = false;
  #tries = 0;
  #nonce = 0;
  #timer = 0;
  #patience = 0;
  /** Until what was said too fast may be said again. */
  #again = 0;
  #options;

  /** @param {ConnectionOptions} options */
  constructor(options) {
    this.#options = options;
  }

  /** Between `joined` and the next loss. */
  get isJoined() {
    return this.#isJoined;
  }

  start() {
    this.#try();
  }

  /** False: not connected, the message is gone. @param {MediaCommand | RoomCommand | FileCommand} message */
  send(message) {
    if (!this.#isJoined) return false;
    this.#write(message);
    return true;
  }

  /** A frame for the delivery service. Without a connection it is gone, and the engine finds out. @param {ArrayBuffer} frame */
  sendFrame(frame) {
    if (this.#isOn) this.#socket?.send(frame);
  }

  /** Says the passcode, where it is asked for. False: not now. @param {string} passcode */
  pass(passcode) {
    if (!this.#owes) return false;
    this.#write({ area: 'session', type: 'pass', passcode });
    return true;
  }

  /** Without the passcode, or before it is answered: what the delivery service is shown may do as well. */
  goOn() {
    if (!this.#isConnected || this.#isOn) return;
    this.#isOn = true;
    this.#options.on.connected();
    const held = this.#held;
    this.#held = [];
    for (const frame of held) this.#options.on.frame(frame);
  }

  /** Another socket, and no old seat: for an engine that begins anew. */
  anew() {
    if (this.#isFinal) return;
    this.#token = null;
    this.#tries = 0;
    this.#dropped();
  }

  /** The engine says that this socket is of no use. */
  drop() {
    if (this.#isConnected) this.#dropped();
  }

  /** Is anybody there? Asked when the media fell silent; no answer in two seconds is a loss. */
  probe() {
    if (!this.#isConnected || this.#patience !== 0) return;
    this.#write({ area: 'session', type: 'ping', nonce: ++this.#nonce });
    this.#patience = this.#later(pongPatience, () => this.#dropped());
  }

  /** The network is back, the browser says: do not wait for the next try. */
  hurry() {
    if (this.#isFinal) return;
    if (this.#isConnected) return this.probe();
    this.#tries = 0;
    this.#abandon();
    this.#try();
  }

  leave() {
    if (this.#isConnected) this.#write({ area: 'session', type: 'leave' });
    this.#end(() => this.#options.on.ended('left'));
  }

  /** Without a word: nobody hears of it, and nothing of the server any more. */
  close() {
    this.#end(() => {});
  }

  #try() {
    this.#tries++;
    if (this.#isAskedFirst) this.#ask();
    else this.#open();
  }

  /**
   * In Firefox a socket that is closed before it opened is not gone: it keeps one of the six connections to a server and
   * its place in the queue for them; and after each that failed the next one is held back longer. Half a minute of tries,
   * and the network is back long before it is our turn. A request that is taken back or fails leaves nothing behind.
   */
  #ask() {
    const asking = new AbortController();
    this.#asking = asking;
    this.#patience = this.#later(tryPatience, () => this.#dropped());
    /** @param {() => void} task */
    const ours = (task) => () => this.#asking === asking && task();
    const answered = ours(() => {
      this.#open();
      // What else the server has to say to that nobody reads.
      asking.abort();
    });
    this.#options.reach(asking.signal).then(answered, ours(() => this.#dropped()));
  }

  #open() {
    this.#asking = null;
    this.#calmPatience();
    const socket = this.#options.open();
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#isAskedFirst = true;
    this.#patience = this.#later(tryPatience, () => this.#dropped());
    socket.onopen = () => this.#greet(socket);
    socket.onmessage = (event) => {
      if (this.#socket === socket) this.#heard(event.data);
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#dropped();
    };
  }

  /** @param {Socket} socket */
  #greet(socket) {
    if (this.#socket !== socket) return;
    this.#isAskedFirst = false;
    const token = this.#token;
    const hello = token === null
      ? this.#options.join()
      : /** @type {const} */ ({ area: 'session', type: 'resume', protocol: protocolVersion, token });
    this.#asked = hello.type;
    this.#write(hello);
  }

  /** @param {unknown} data */
  #heard(data) {
    if (data instanceof ArrayBuffer) {
      // Before the door nobody has anything to say to the group, and nobody has that much to say to an engine.
      if (!this.#isConnected || data.byteLength > largestFrame) return this.#distrust();
      if (this.#isOn) return this.#options.on.frame(data);
      if (this.#held.length === heldAtMost) return this.#distrust();
      return void this.#held.push(data);
    }
    const message = readServerMessage(data);
    if (!message) return this.#distrust();
    switch (message.area) {
      case 'session':
        return this.#session(message);
      case 'room':
      case 'media':
      case 'file':
        if (this.#isJoined) this.#options.on.message(message);
        return;
      default:
        return unreachable(message);
    }
  }

  /** @param {Extract<ServerMessage, { area: 'session' }>} message */
  #session(message) {
    switch (message.type) {
      case 'atDoor':
        if (this.#asked !== 'join') return this.#distrust();
        this.#connect();
        if (!message.passcode) return this.goOn();
        this.#owes = true;
        return this.#options.on.owes();
      case 'passed':
        if (!this.#owes) return;
        this.#owes = false;
        this.#options.on.passed();
        return this.goOn();
      case 'joined':
        // Our old seat, as asked, or one that should follow from a leaf: whether the engine has one, the listener knows.
        if (this.#asked === 'resume' ? !message.resumed : !this.#isOn) return this.#distrust();
        if (this.#asked === 'resume') {
          this.#connect();
          this.goOn();
        }
        this.#token = message.resume;
        this.#isJoined = true;
        return this.#options.on.joined(message);
      case 'unseated':
        if (!this.#isJoined) return;
        this.#token = null;
        this.#isJoined = false;
        return this.#options.on.unseated();
      case 'pong':
        if (message.nonce === this.#nonce) this.#calmPatience();
        return;
      case 'refused':
        return this.#refused(message.failure);
      case 'left':
        return this.#end(() => this.#options.on.ended('left'));
      case 'ended':
        return this.#end(() => this.#options.on.ended(message.reason));
      default:
        return unreachable(message);
    }
  }

  #connect() {
    this.#asked = null;
    this.#calm();
    this.#isConnected = true;
    this.#tries = 0;
    this.#timer = this.#later(pingEvery, () => this.#keepAsking());
  }

  /** @param {SessionFailure} failure */
  #refused(failure) {
    if (this.#owes && !this.#isJoined && isPassFailure(failure)) return this.#options.on.notPassed(failure);
    if (this.#isConnected && (this.#isJoined || failure.type !== 'full')) {
      // One message was refused, not the seat. What was said too fast is said again when it may be.
      if (failure.type !== 'busy' && failure.type !== 'tooFast') return;
      this.#options.clock.clearTimeout(this.#again);
      this.#again = this.#later(failure.retrySeconds * 1000, () => this.#isConnected && this.#options.on.again());
      return;
    }
    if (failure.type === 'resumeUnknown') {
      // The network is back, so the pauses begin anew; only for whoever asked, or the answer would keep us busy.
      if (this.#asked === 'resume') this.#tries = 1;
      this.#token = null;
      return this.#dropped();
    }
    const isReturn = this.#token !== null;
    if (isReturn && (failure.type === 'busy' || failure.type === 'tooFast')) {
      this.#abandon();
      this.#timer = this.#later(failure.retrySeconds * 1000, () => this.#try());
      return;
    }
    this.#end(() => this.#options.on.refused(failure));
  }

  /** Whoever breaks the protocol gets no second chance on this socket, and no seat is taken from it: all anew. */
  #distrust() {
    this.#token = null;
    this.#dropped();
  }

  #keepAsking() {
    this.probe();
    this.#timer = this.#later(pingEvery, () => this.#keepAsking());
  }

  #dropped() {
    const wasOn = this.#isOn;
    this.#abandon();
    const pause = pauses[Math.min(this.#tries, pauses.length - 1)] ?? 0;
    const random = this.#options.random ?? Math.random;
    this.#timer = this.#later(pause * (0.75 + random() / 4), () => this.#try());
    if (wasOn) this.#options.on.lost();
  }

  /** Lets go of the present socket without a word to anybody. */
  #abandon() {
    this.#calm();
    this.#isConnected = false;
    this.#owes = false;
    this.#isOn = false;
    this.#held = [];
    this.#isJoined = false;
    this.#asked = null;
    this.#asking?.abort();
    this.#asking = null;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** @param {() => void} tell */
  #end(tell) {
    if (this.#isFinal) return;
    this.#isFinal = true;
    this.#abandon();
    tell();
  }

  /** @param {ClientMessage} message */
  #write(message) {
    this.#socket?.send(JSON.stringify(message));
  }

  #calm() {
    this.#options.clock.clearTimeout(this.#timer);
    this.#options.clock.clearTimeout(this.#again);
    this.#calmPatience();
  }

  #calmPatience() {
    this.#options.clock.clearTimeout(this.#patience);
    this.#patience = 0;
  }

  /** @param {number} milliseconds @param {() => void} task */
  #later(milliseconds, task) {
    return this.#options.clock.setTimeout(() => {
      if (!this.#isFinal) task();
    }, milliseconds);
  }
}

/** @param {SessionFailure} failure @returns {failure is PassFailure} */
function isPassFailure(failure) {
  return failure.type === 'passcode' || failure.type === 'tooFast' || failure.type === 'busy';
}

/** @param {string} meeting @returns {WebSocket} */
export function openSocket(meeting) {
  const url = new URL(`/api/v1/meetings/${meeting}/socket`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(url, subprotocol);
}

/** Without cookies, so over a connection of its own: an old one may be as dead as the socket. @param {AbortSignal} signal */
export function reachServer(signal) {
  return fetch('/healthz', { cache: 'no-store', credentials: 'omit', signal });
}
