import { define, make } from '../elements/dom.js';
import { bringForward, keepOrder } from '../state/pages.js';
import '../elements/b-controls.js';
import '../elements/b-notices.js';
import '../elements/b-stage.js';
import '../elements/b-status.js';
import '../elements/b-tile.js';

/** @typedef {import('../elements/b-controls.js').Controls} Controls */
/** @typedef {import('../elements/b-notices.js').Notices} Notices */
/** @typedef {import('../elements/b-stage.js').Stage} Stage */
/** @typedef {import('../elements/b-status.js').Status} Status */
/** @typedef {import('../elements/b-tile.js').Tile} Tile */
/** @typedef {import('../state/people.js').Person} Person */
/** @typedef {Omit<import('../state/people.js').Sight, 'shown'> & { video: HTMLVideoElement | null, participant: string }} Seen */

/**
 * `<b-meeting>`: the room. Set `people`, `pictures`, `speaking`, `ownTrack`; `status` and `controls` are its head and
 * its bar. Says `views` (detail: the people in view and how tall, in device pixels).
 */
export class Meeting extends HTMLElement {
  status = /** @type {Status} */ (make('b-status'));
  controls = /** @type {Controls} */ (make('b-controls'));
  #notices = /** @type {Notices} */ (make('b-notices'));
  #stage = /** @type {Stage} */ (make('b-stage'));
  #alone = make('p', { 'data-alone': true, t: 'meet.alone', hidden: true });
  #own = make('video', { playsinline: true });
  /** @type {Map<string, Tile>} */
  #tiles = new Map();
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {ReadonlyMap<string, Seen>} */
  #pictures = new Map();
  /** @type {readonly string[]} */
  #order = [];
  /** @type {Map<string, number>} */
  #spoke = new Map();
  /** @type {MediaStreamTrack | null} */
  #ownTrack = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#own.muted = true;
    this.#own.autoplay = true;
    this.#stage.addEventListener('views', (event) => this.#tellViews(/** @type {CustomEvent} */ (event).detail));
    this.append(make(
      'main',
      { id: 'content', tabindex: '-1', label: 'meet' },
      this.status,
      this.#notices,
      make('div', { 'data-room': true }, this.#alone, this.#stage),
      this.controls,
    ));
  }

  get heading() {
    return this.status.heading;
  }

  /** @param {readonly import('../state/notices.js').Notice[]} notices */
  set notices(notices) {
    this.#notices.notices = notices;
  }

  /** In order of arrival, own entry last. @param {readonly Person[]} people */
  set people(people) {
    this.#people = people;
    this.status.count = people.length;
    this.#alone.hidden = people.length !== 1;
    const present = people.map((person) => person.participant);
    for (const participant of this.#tiles.keys()) {
      if (!present.includes(participant)) this.#tiles.delete(participant);
    }
    this.#order = keepOrder(this.#order, present);
    this.#show();
  }

  /** @param {readonly Seen[]} pictures */
  set pictures(pictures) {
    this.#pictures = new Map(pictures.map((picture) => [picture.participant, picture]));
    this.#fill();
  }

  /** @param {MediaStreamTrack | null} track */
  set ownTrack(track) {
    if (track === this.#ownTrack) return;
    this.#ownTrack = track;
    this.#own.srcObject = track ? new MediaStream([track]) : null;
    this.#fill();
  }

  /** @param {boolean} mirrored */
  set mirrored(mirrored) {
    this.toggleAttribute('data-mirrored', mirrored);
  }

  /** @param {ReadonlySet<string>} speaking */
  set speaking(speaking) {
    for (const participant of speaking) {
      this.#spoke.set(participant, performance.now());
      const me = this.#order.at(-1);
      this.#order = bringForward(this.#order, this.#stage.size, participant, this.#spoke, me);
    }
    for (const [participant, tile] of this.#tiles) tile.speaking = speaking.has(participant);
    this.#place();
  }

  /** Says everything again that is more than one text, and who is in view. */
  refresh() {
    this.#fill();
    this.#stage.refresh();
  }

  #show() {
    for (const person of this.#people) {
      if (!this.#tiles.has(person.participant)) {
        this.#tiles.set(person.participant, /** @type {Tile} */ (make('b-tile')));
      }
    }
    this.#fill();
    this.#place();
  }

  #place() {
    this.#stage.tiles = this.#order.flatMap((participant) => this.#tiles.get(participant) ?? []);
  }

  #fill() {
    for (const person of this.#people) {
      const tile = this.#tiles.get(person.participant);
      if (person.me) {
        const shown = this.#ownTrack !== null;
        tile?.show({ ...person, camera: shown }, shown ? this.#own : null, {
          shown,
          still: null,
          undecryptable: false,
        });
        continue;
      }
      const seen = this.#pictures.get(person.participant);
      tile?.show(person, seen?.video ?? null, {
        shown: seen?.video !== null && seen !== undefined,
        still: seen?.still ?? null,
        undecryptable: seen?.undecryptable ?? false,
      });
    }
  }

  /** @param {{ shown: readonly HTMLElement[], height: number }} views */
  #tellViews({ shown, height }) {
    const views = shown.map((tile, rank) => ({ participant: tile.dataset['participant'] ?? '', height, rank }));
    this.dispatchEvent(new CustomEvent('views', { detail: views }));
  }
}

define('b-meeting', Meeting);
