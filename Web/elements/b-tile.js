import { initials, nameOf, tileLine, tileStates } from '../state/people.js';
import { reactionTime } from '../state/reactions.js';
import { language, t } from '../strings/translate.js';
import { define, icon, make, say, setIcon } from './dom.js';

/** @typedef {import('../state/people.js').Person} Person */
/** @typedef {import('../state/people.js').Sight} Sight */

/** Why somebody stands first, in a word and a picture. */
const fronts = {
  pinned: { words: 'meet.tile.pinned', icon: 'pin' },
  spotlit: { words: 'meet.tile.spotlit', icon: 'spotlight' },
};

/** @type {Sight} */
const unseen = { shown: false, still: null, undecryptable: false };

/**
 * `<b-tile>`: one person: picture or initials, the name on its plate, and the state in words. Set everything with
 * `show`; set `speaking` for the ring and `front` for whoever stands first; `react` shows a reaction for a moment. The name is
 * there before the first picture is. The video element comes from outside and is moved in as it is; `data-shown` says that it
 * may be seen.
 */
export class Tile extends HTMLElement {
  #initials = make('span', { 'data-initials': true });
  #line = make('span', { 'data-line': true });
  #still = make('div', { 'data-still': true, 'aria-hidden': 'true' }, this.#initials, this.#line);
  #name = make('bdi');
  #plate = make('div', { 'data-plate': true, 'aria-hidden': 'true' });
  #hand = make('span', { 'data-hand': true, hidden: true }, icon('hand'), make('span', { t: 'meet.tile.hand' }));
  #reaction = make('span', { 'data-reaction': true, hidden: true });
  #marks = make('div', { 'data-marks': true, 'aria-hidden': 'true' });
  #states = '';
  /** @type {readonly string[]} */
  #said = [];
  /** @type {keyof typeof fronts | null} */
  #front = null;
  #frontIcon = icon('pin');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #calm;
  /** What it shows. @type {readonly unknown[]} */
  #seen = [];
  /** @type {HTMLVideoElement | null} */
  #video = null;

  connectedCallback() {
    this.setAttribute('role', 'group');
    this.#build();
  }

  /** @param {Person} person @param {HTMLVideoElement | null} video @param {Sight} [sight] */
  show(person, video, sight = unseen) {
    this.#build();
    if (!this.#isNew(person, video, sight)) return;
    this.dataset['participant'] = person.participant;
    this.#place(video);
    this.toggleAttribute('data-me', person.me);
    this.toggleAttribute('data-shown', person.camera && sight.shown);
    this.toggleAttribute('data-muted', !person.microphone);
    this.toggleAttribute('data-away', person.away);
    this.#hand.hidden = person.hand !== true;
    this.#initials.textContent = initials(person.name) || '?';
    const whose = person.me ? 'meet.ownTile' : 'meet.tile';
    say(this.#name, whose, { name: nameOf(person) });
    say(this, whose, { name: nameOf(person) }, 'aria-label');
    const line = tileLine(person, sight);
    this.#line.hidden = line === null;
    if (line) say(this.#line, line);
    this.#describe(tileStates(person, sight));
  }

  /**
   * In a large meeting something is heard many times a second, and nearly always of somebody else.
   * @param {Person} person @param {HTMLVideoElement | null} video @param {Sight} sight
   */
  #isNew(
    { participant, name, mark, me, microphone, camera, away, hand },
    video,
    { shown, still, undecryptable, unwanted },
  ) {
    // A video element may have been taken over by another tile and come back.
    const isHere = video === null || video.parentNode === this;
    const seen = [
      participant,
      name,
      mark,
      me,
      microphone,
      camera,
      away,
      hand,
      shown,
      still,
      undecryptable,
      unwanted,
      language(),
      video,
    ];
    if (isHere && seen.every((one, place) => one === this.#seen[place])) return false;
    this.#seen = seen;
    return true;
  }

  /** Also before it stands in the document: somebody is shown first and placed then. */
  #build() {
    if (this.#plate.parentNode === this) return;
    this.#plate.append(icon('mic-off'), this.#name, make('span', { t: 'meet.tile.micOff' }), this.#frontIcon);
    this.#marks.append(this.#reaction, this.#hand);
    this.append(this.#still, this.#plate, this.#marks);
  }

  /** The states joined into one description, again after the language changed. @param {readonly string[]} keys */
  #describe(keys) {
    this.#said = keys;
    const front = this.#front ? [fronts[this.#front].words] : [];
    const states = [...front, ...keys].map((key) => t(key)).join(', ');
    if (states === this.#states) return;
    this.#states = states;
    this.setAttribute('aria-description', states);
  }

  /** @param {keyof typeof fronts | null} front */
  set front(front) {
    if (front === this.#front) return;
    this.#front = front;
    this.toggleAttribute('data-front', front !== null);
    if (front) setIcon(this.#frontIcon, fronts[front].icon);
    this.#describe(this.#said);
  }

  /** In a picture alone: the announcer says the words. @param {import('../state/reactions.js').Reaction} reaction */
  react({ glyph }) {
    this.#build();
    clearTimeout(this.#calm);
    this.#reaction.textContent = glyph;
    this.#reaction.hidden = false;
    this.#marks.prepend(this.#reaction); // put there anew it moves anew, also when it is the same
    this.#calm = setTimeout(() => this.#reaction.hidden = true, reactionTime);
  }

  /** @param {boolean} speaking */
  set speaking(speaking) {
    this.toggleAttribute('data-speaking', speaking);
  }

  /** @param {HTMLVideoElement | null} video */
  #place(video) {
    if (this.#video === video) {
      if (video && video.parentNode !== this) this.prepend(video);
      return;
    }
    if (this.#video?.parentNode === this) this.#video.remove();
    this.#video = video;
    if (!video) return;
    this.prepend(video);
    // A video that moves in the document stops; nobody pressed pause.
    video.play().catch(() => {});
  }
}

define('b-tile', Tile);
