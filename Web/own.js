import { listDevices, onDeviceChange, openDevice, retune, sources } from './media/capture.js';
import { playChime } from './media/chime.js';
import { Loudness } from './media/loudness.js';
import { arrived, choices, deviceTrouble, kinds, vanished } from './state/devices.js';
import { inForce, ordinary, turned } from './state/hearing.js';
import { barredTexts } from './state/moderation.js';

/** @typedef {import('./media/capture.js').Source} Source */
/** @typedef {import('./state/devices.js').Kind} Kind */

/**
 * @typedef {object} Habits how somebody has their devices
 * @property {Readonly<Record<Kind, string>>} chosen
 * @property {import('./state/hearing.js').Hearing} hearing
 * @property {boolean} isAudioOnly
 * @property {boolean} hasSounds
 * @property {readonly Source[]} on what is on, or opening
 */

/**
 * @typedef {object} OwnListener
 * @property {() => void} changed what is on, opening or on offer changed: look again
 * @property {(source: Source, track: MediaStreamTrack | null) => void} track send this now, or nothing
 * @property {(source: Source, trouble: import('./state/devices.js').Trouble | null) => void} trouble null = over
 * @property {(id: string) => void} speaker all sound goes there now
 * @property {(source: Source) => void} barred somebody tried to turn on what a host forbids
 * @property {(isOn: boolean) => void} audioOnly no pictures from now on, or pictures again
 * @property {() => void} unseen the camera was tried while there are no pictures
 * @property {(label: string) => void} gone a device vanished and the default took its place; it may have no name
 * @property {(label: string) => void} arrived a device is there that was not; nothing uses it
 */

/**
 * The person's own microphone, camera and speaker: what is on, which ones, and what goes wrong. Opens nothing by itself;
 * the tracks belong to it alone and it stops them.
 */
export class Own {
  loudness = new Loudness();
  /** @type {import('./state/devices.js').Choices} */
  choices = { microphone: [], camera: [], speaker: [] };
  /** @type {Record<Kind, string>} */
  chosen = { microphone: '', camera: '', speaker: '' };
  /** In a meeting a muted microphone stays open, not sent and not heard: opening it anew takes too long to answer somebody. */
  inMeeting = false;
  /** Are there sounds that tell of something? */
  hasSounds = true;
  #isAudioOnly = false;
  #hearing = ordinary;
  /** What a host forbids now. @type {Record<Source, boolean>} */
  #barred = { microphone: false, camera: false };
  /** @type {Record<Source, MediaStreamTrack | null>} */
  #tracks = { microphone: null, camera: null };
  /** @type {Record<Source, boolean>} */
  #opening = { microphone: false, camera: false };
  /** Grows with every wish: a device that opens when it is no longer wished for is closed at once. @type {Record<Source, number>} */
  #wish = { microphone: 0, camera: 0 };
  #on;
  #closed = false;
  #stop = new AbortController();

  /** @param {OwnListener} on */
  constructor(on) {
    this.#on = on;
    if (navigator.mediaDevices) onDeviceChange(() => this.#relist(true), this.#stop.signal);
  }

  /** The track that is sent and shown, if any. @param {Source} source */
  track(source) {
    const track = this.#tracks[source];
    return track?.enabled && track.readyState === 'live' ? track : null;
  }

  /** @param {Source} source */
  opening(source) {
    return this.#opening[source];
  }

  get isAudioOnly() {
    return this.#isAudioOnly;
  }

  /** A meeting without pictures: the camera goes off and stays off. It does not come back by itself. @param {boolean} isOn */
  set isAudioOnly(isOn) {
    if (isOn === this.#isAudioOnly) return;
    this.#isAudioOnly = isOn;
    if (isOn) this.off('camera');
    this.#on.audioOnly(isOn);
    this.#on.changed();
  }

  /** How the person has their devices, for another visit in place of this one. @returns {Habits} */
  get habits() {
    const on = sources.filter((source) => this.track(source) !== null || this.#opening[source]);
    const { chosen, hasSounds } = this;
    return { chosen: { ...chosen }, hearing: this.#hearing, isAudioOnly: this.#isAudioOnly, hasSounds, on };
  }

  /** As they were in the visit before. It opens nothing. @param {Habits} habits */
  set habits({ chosen, hearing, isAudioOnly, hasSounds }) {
    this.chosen = { ...chosen };
    this.#hearing = hearing;
    this.hasSounds = hasSounds;
    this.#isAudioOnly = isAudioOnly;
    if (isAudioOnly) this.#on.audioOnly(true);
    if (chosen.speaker !== '') this.#on.speaker(chosen.speaker);
    this.#on.changed();
  }

  /** Why it cannot be turned on, as the key of a text; null: it can. @param {Source} source */
  reason(source) {
    if (this.#barred[source]) return barredTexts[source];
    return source === 'camera' && this.#isAudioOnly ? 'av.audioOnly.camera' : null;
  }

  /** From now on it cannot be turned on; what is on stays so until `off`. @param {Source} source @param {boolean} isBarred */
  bar(source, isBarred) {
    this.#barred[source] = isBarred;
    this.#on.changed();
  }

  /** @param {Source} source */
  async toggle(source) {
    if (this.#opening[source]) return;
    if (this.track(source)) this.off(source);
    else await this.on(source);
  }

  /** @param {Source} source */
  async on(source) {
    if (this.#barred[source]) return this.#on.barred(source);
    if (source === 'camera' && this.#isAudioOnly) return this.#on.unseen();
    const kept = this.#tracks[source];
    if (kept?.readyState === 'live') {
      kept.enabled = true;
      this.#tell(source);
      return;
    }
    await this.#open(source);
  }

  /** @param {Source} source */
  off(source) {
    this.#wish[source]++;
    this.#opening[source] = false;
    const track = this.#tracks[source];
    if (!track) return this.#on.changed();
    track.enabled = false;
    if (source === 'camera' || !this.inMeeting) {
      track.stop();
      this.#tracks[source] = null;
    }
    this.#tell(source);
  }

  /** @param {Kind} kind @param {string} id */
  async choose(kind, id) {
    this.chosen[kind] = id;
    if (kind === 'speaker') {
      this.#on.speaker(id);
      return;
    }
    const wasWished = this.track(kind) !== null || this.#opening[kind];
    this.#drop(kind);
    if (wasWished) await this.#open(kind);
  }

  /** What is done to the sound of the microphone now. */
  get hearing() {
    return inForce(this.#hearing);
  }

  /** One switch of it. @param {import('./state/hearing.js').HearingPart} part @param {boolean} isOn */
  async hear(part, isOn) {
    this.#hearing = turned(this.#hearing, part, isOn);
    this.#on.changed();
    await this.#retune();
  }

  async test() {
    await playChime(this.chosen.speaker, 'test').catch(() => {});
  }

  /** Somebody is at the door. */
  async knock() {
    if (this.hasSounds) await playChime(this.chosen.speaker, 'knock').catch(() => {});
  }

  /** Stops everything; nothing can be turned on again. */
  close() {
    this.#closed = true;
    this.#stop.abort();
    this.#drop('microphone');
    this.#drop('camera');
    this.loudness.close();
  }

  /** The latest wish counts: what comes of one before it is let go of. @param {Source} source */
  async #open(source) {
    const wish = ++this.#wish[source];
    const isWished = () => !this.#closed && wish === this.#wish[source];
    this.#opening[source] = true;
    this.#on.changed();
    const hearing = this.#hearing;
    try {
      const track = await openDevice(source, this.chosen[source], inForce(hearing));
      if (isWished()) this.#opened(source, track);
      else track.stop();
    } catch (error) {
      if (isWished()) this.#failed(source, error);
    }
    if (!isWished()) return;
    this.#opening[source] = false;
    this.#on.changed();
    if (source === 'microphone' && hearing !== this.#hearing) await this.#retune();
    await this.#relist(false);
  }

  /** The track stays where the browser can change it; else another one of the same microphone takes its place. */
  async #retune() {
    const track = this.#tracks.microphone, hearing = this.#hearing;
    const isLate = () => this.#closed || this.#tracks.microphone !== track || this.#hearing !== hearing;
    if (track?.readyState !== 'live' || await retune(track, this.hearing) || isLate()) return;
    track.stop(); // Chromium gives a microphone that is open as it is, whatever one asks for
    try {
      const next = await openDevice('microphone', this.chosen.microphone, this.hearing);
      if (isLate()) return next.stop();
      next.enabled = track.enabled;
      this.#keep('microphone', next);
      this.#tell('microphone');
    } catch (error) {
      if (isLate()) return;
      this.#drop('microphone');
      this.#failed('microphone', error);
    }
  }

  /** @param {Source} source @param {MediaStreamTrack} track */
  #opened(source, track) {
    this.#keep(source, track);
    this.#opening[source] = false;
    this.#on.trouble(source, null);
    this.#tell(source);
  }

  /** @param {Source} source @param {MediaStreamTrack} track */
  #keep(source, track) {
    this.#tracks[source] = track;
    track.addEventListener('ended', () => {
      if (this.#tracks[source] === track && !this.#closed) void this.#lost(source, track.label);
    });
  }

  /** Another device was chosen, perhaps, and the one before let go of. @param {Source} source @param {unknown} error */
  #failed(source, error) {
    this.#tell(source);
    this.#on.trouble(source, deviceTrouble(error instanceof Error ? error.name : ''));
  }

  /** @param {Source} source */
  #drop(source) {
    this.#tracks[source]?.stop();
    this.#tracks[source] = null;
  }

  /** @param {Source} source */
  #tell(source) {
    const track = this.track(source);
    if (source === 'microphone') this.loudness.listen(track);
    this.#on.track(source, track);
    this.#on.changed();
  }

  /** The device is gone: unplugged, or taken back by the system. What was on goes on with the default. @param {Kind} kind @param {string} label */
  async #lost(kind, label) {
    this.chosen[kind] = '';
    if (kind === 'speaker') this.#on.speaker('');
    this.#on.gone(label);
    if (kind === 'speaker') return;
    const wasOn = this.#tracks[kind]?.enabled === true || this.#opening[kind];
    this.#drop(kind);
    this.#tell(kind);
    if (wasOn) await this.#open(kind);
  }

  /** @param {boolean} isNews the browser says that something came or went */
  async #relist(isNews) {
    if (this.#closed) return;
    const listed = await listDevices().catch(() => null); // then what was on offer stays
    if (!listed || this.#closed) return;
    const before = this.choices;
    this.choices = choices(listed);
    for (const kind of kinds) {
      const id = this.chosen[kind];
      if (vanished(listed, kind, id)) void this.#lost(kind, before[kind].find((one) => one.id === id)?.label ?? '');
    }
    const fresh = isNews ? arrived(before, this.choices) : null;
    if (fresh) this.#on.arrived(fresh.label);
    this.#on.changed();
  }
}
