import { unreachable } from './protocol/unreachable.js';
import { wayOut } from './refusal.js';
import * as notices from './state/notices.js';

/** @typedef {import('./media/capture.js').Source} Source */
/** @typedef {import('./media/types.d.ts').Failure} Failure */
/** @typedef {import('./media/types.d.ts').FailureID} FailureID */
/** @typedef {import('./state/devices.js').Trouble} Trouble */
/** @typedef {import('./state/notices.js').Notice} Notice */
/** @typedef {import('./state/notices.js').NoticeAct} NoticeAct */

/**
 * @typedef {object} TroubleActs
 * @property {(source: Source) => unknown} retry opens a device once more
 * @property {() => void} share chooses a screen once more
 * @property {() => void} hurry does not wait for the next try to connect
 * @property {() => void} reopen asks for media once more
 * @property {() => void} restart begins encryption anew
 * @property {() => Promise<void>} play
 * @property {() => void} goOn without a host
 * @property {() => void} settings
 * @property {() => void} people
 * @property {() => void} keys
 * @property {() => void} leave
 */

/** The notice of each trouble that the call reports while it goes on. @type {Readonly<Partial<Record<FailureID, string>>>} */
const noticeIDs = {
  'err.sound': 'sound',
  'err.network': 'network',
  'err.busy': 'busy',
  'err.region': 'region',
  'err.cut': 'cut',
};

/** Seconds after which waiting for the connection is no longer an answer. */
const long = 30;

/** Milliseconds that "connected again" stands. */
const relief = 4000;

/** What goes wrong while the meeting goes on: its notice, and what comes of each of its buttons. */
export class Troubles {
  #board;
  #acts;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import('./board.js').Board} board @param {TroubleActs} acts */
  constructor(board, acts) {
    this.#board = board;
    this.#acts = acts;
  }

  /** @param {Source} source @param {Trouble | null} trouble */
  device(source, trouble) {
    if (trouble) this.#board.put(notices.deviceNotice(source, trouble));
    else this.#board.take(`device.${source}`);
  }

  /** @param {string} label */
  deviceGone(label) {
    this.#board.take('device.gone'); // another one, perhaps: said again
    this.#board.put(notices.deviceGone(label, { word: 'word.default' }));
  }

  /** @param {string} label */
  deviceNew(label) {
    this.#board.put(notices.deviceNew(label));
  }

  /** The camera was tried in a meeting without pictures; said each time. */
  noPictures() {
    this.#board.take('audioOnly');
    this.#board.put(notices.audioOnlyNotice());
  }

  /** Pictures again: nothing is left to say. */
  pictures() {
    this.#board.take('audioOnly');
  }

  /** The person's own sound or picture could not be put on its way. */
  notSent() {
    this.#board.put(notices.encryptNotice());
  }

  /** @param {Failure} failure */
  begin(failure) {
    switch (failure.id) {
      case 'err.sound':
        return this.#board.put(notices.soundNotice());
      case 'err.busy':
        return this.#board.put(notices.busyNotice(failure.seconds ?? 60));
      case 'err.region':
        return this.#board.put(notices.regionNotice());
      case 'err.cut':
        return this.#board.put(notices.cutNotice());
      default: {
        const { host, port } = wayOut(failure);
        return this.#board.put(notices.networkNotice(host, port));
      }
    }
  }

  /** @param {FailureID} id */
  end(id) {
    const notice = noticeIDs[id];
    if (notice) this.#board.take(notice);
  }

  lost() {
    this.#tellLost(0);
  }

  back() {
    this.calm();
    this.#board.put(notices.connectionNotice({ type: 'back' }));
    this.#timer = setTimeout(() => this.#board.take('connection'), relief);
  }

  /** Nothing more comes of what was lost before. */
  calm() {
    clearTimeout(this.#timer);
  }

  /** @param {Notice} notice @param {NoticeAct} act */
  act(notice, act) {
    switch (act) {
      case 'retry':
        return this.#retry(notice.id);
      case 'without':
      case 'later':
      case 'close':
        return this.#board.take(notice.id);
      case 'sound':
        this.#acts.play().then(() => this.#board.take('sound'), () => {});
        return;
      case 'settings':
        this.#board.take(notice.id);
        return this.#acts.settings();
      case 'leave':
        return this.#acts.leave();
      case 'people':
        return this.#acts.people();
      case 'keys':
        return this.#acts.keys();
      case 'goOn':
        return this.#acts.goOn();
      case 'unmute':
        return void this.#acts.retry('microphone');
      case 'film':
        return void this.#acts.retry('camera');
      default:
        return unreachable(act);
    }
  }

  /** What heals by itself is hurried; only encryption that failed begins anew. @param {string} id of a notice */
  #retry(id) {
    switch (id) {
      case 'device.camera':
        return void this.#acts.retry('camera');
      case 'device.microphone':
        return void this.#acts.retry('microphone');
      case 'share':
        this.#board.take(id);
        return this.#acts.share();
      case 'connection':
        return this.#acts.hurry();
      case 'network':
      case 'busy':
        return this.#acts.reopen();
      default:
        return this.#acts.restart();
    }
  }

  /** @param {number} seconds */
  #tellLost(seconds) {
    this.calm();
    this.#board.put(notices.connectionNotice({ type: 'lost', seconds }));
    if (seconds < long) this.#timer = setTimeout(() => this.#tellLost(long), long * 1000);
  }
}
