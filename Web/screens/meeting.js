import { button, define, icon, make } from '../elements/dom.js';
import { ownClock } from '../protocol/time.js';
import { handsFirst, raised } from '../state/hands.js';
import { bringForward, keepOrder, putFirst } from '../state/pages.js';
import { hasTile, isService } from '../state/services.js';
import { onStage, sharersOf } from '../state/sharing.js';
import { language } from '../strings/translate.js';
import { Director } from './director.js';
import '../elements/b-controls.js';
import '../elements/b-notices.js';
import '../elements/b-small.js';
import '../elements/b-stage.js';
import '../elements/b-status.js';
import '../elements/b-tile.js';
import '../elements/chat/b-chat.js';
import '../elements/codes/b-round.js';
import '../elements/people/b-door.js';
import '../elements/people/b-people.js';
import '../elements/security/b-security.js';
import '../elements/services/b-captions.js';
import '../elements/services/b-services.js';
import '../elements/share/b-screen.js';
import '../elements/share/b-sharing.js';

/** @typedef {import('../elements/b-controls.js').Controls} Controls */
/** @typedef {import('../elements/b-notices.js').Notices} Notices */
/** @typedef {import('../elements/b-stage.js').Stage} Stage */
/** @typedef {import('../elements/b-status.js').Status} Status */
/** @typedef {import('../elements/b-tile.js').Tile} Tile */
/** @typedef {import('../elements/chat/b-chat.js').ChatPanel} ChatPanel */
/** @typedef {import('../elements/people/b-door.js').DoorBanner} DoorBanner */
/** @typedef {import('../elements/people/b-people.js').People} People */
/** @typedef {import('../elements/security/b-security.js').Security} Security */
/** @typedef {import('../elements/services/b-captions.js').Captions} Captions */
/** @typedef {import('../elements/share/b-screen.js').Screen} Screen */
/** @typedef {import('../elements/share/b-sharing.js').SharingBar} SharingBar */
/** @typedef {import('../state/people.js').Person} Person */
/** @typedef {import('../elements/b-controls.js').PanelName} PanelName */
/** @typedef {'gallery' | 'speaker'} View */
/** @typedef {{ readonly pinned: string | null, readonly spotlit: string | null }} Front who stands first: for oneself, for everyone */
/** @typedef {Omit<import('../state/people.js').Sight, 'shown'> & { video: HTMLVideoElement | null, participant: string, use: 'camera' | 'screen' }} Seen */

/**
 * `<b-meeting>`: the room. Set `people`, `pictures`, `speaking`, `front`, `view`, `audioOnly`, `held`, `ownTrack`; `status` and
 * `controls` are its head and its bar, `services` what takes part that is no person, `captions` what is written along, `sharing`
 * the bar while one shares a screen, `door` who knocked, `round` what is compared, `small` what a window of its own shows,
 * `peoplePanel`, `securityPanel` and `chatPanel` what opens beside; `react` shows a reaction. Says `views` (detail:
 * what is in view of whom and how tall, in device pixels), `panel` when another one is open, or none, and `audioOnly` (detail:
 * off) when pictures are wanted again.
 */
export class Meeting extends HTMLElement {
  status = /** @type {Status} */ (make('b-status'));
  controls = /** @type {Controls} */ (make('b-controls'));
  services = /** @type {import('../elements/services/b-services.js').Services} */ (make('b-services'));
  captions = /** @type {Captions} */ (make('b-captions', { hidden: true }));
  sharing = /** @type {SharingBar} */ (make('b-sharing'));
  door = /** @type {DoorBanner} */ (make('b-door'));
  small = /** @type {import('../elements/b-small.js').Small} */ (make('b-small'));
  round = /** @type {import('../elements/codes/b-round.js').RoundBanner} */ (make('b-round'));
  peoplePanel = /** @type {People} */ (make('b-people'));
  securityPanel = /** @type {Security} */ (make('b-security'));
  chatPanel = /** @type {ChatPanel} */ (make('b-chat'));
  /** @type {PanelName | null} */
  #panel = null;
  #notices = /** @type {Notices} */ (make('b-notices'));
  #stage = /** @type {Stage} */ (make('b-stage'));
  #alone = make('p', { 'data-alone': true, t: 'meet.alone', hidden: true });
  #pictureButton = button('av.audioOnly.off', { icon: 'camera' });
  #unseen = make('div', { 'data-unseen': true, hidden: true }, make('p', { t: 'meet.audioOnly' }), this.#pictureButton);
  #held = make('p', { 'data-held': true, hidden: true }, icon('mic'), make('span', { t: 'meet.held' }));
  #isAudioOnly = false;
  #own = make('video', { playsinline: true });
  /** @type {Map<string, Tile>} */
  #tiles = new Map();
  /** @type {readonly Person[]} */
  #people = [];
  /** By use and participant. @type {ReadonlyMap<string, Seen>} */
  #pictures = new Map();
  /** Who shares a screen, in the order they began. @type {readonly string[]} */
  #sharers = [];
  /** Whose is to be on the stage, where there are several. @type {string | null} */
  #chosen = null;
  #screen = /** @type {Screen} */ (make('b-screen'));
  #ownScreen = /** @type {Screen} */ (make('b-screen'));
  /** @type {readonly string[]} */
  #order = [];
  /** @type {Front} */
  #front = { pinned: null, spotlit: null };
  /** Who asks for the word, in their order. @type {readonly string[]} */
  #hands = [];
  /** @type {Map<string, number>} */
  #spoke = new Map();
  /** @type {MediaStreamTrack | null} */
  #ownTrack = null;
  /** @type {View} */
  #view = 'gallery';
  #director = new Director(ownClock, () => this.#place());

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#own.muted = true;
    this.#own.autoplay = true;
    this.#screen.addEventListener('next', () => this.#turnScreen());
    this.#stage.addEventListener('views', (event) => this.#tellViews(/** @type {CustomEvent} */ (event).detail));
    this.#pictureButton.addEventListener('click', () => {
      this.dispatchEvent(new CustomEvent('audioOnly', { detail: false }));
      this.heading.focus(); // the button goes
    });
    const panels = Object.values(this.#panels);
    for (const panel of panels) panel.addEventListener('close', () => this.closePanel());
    this.append(make(
      'main',
      { id: 'content', tabindex: '-1', label: 'meet' },
      this.status,
      make('div', { 'data-news': true }, this.services, this.sharing, this.#notices, this.round, this.door),
      make('div', { 'data-room': true }, this.#alone, this.#unseen, this.#stage, this.#held),
      ...panels,
      this.captions,
      this.controls,
    ));
    this.#showPanel();
  }

  disconnectedCallback() {
    this.#director.stop();
  }

  get panel() {
    return this.#panel;
  }

  get #panels() {
    return { people: this.peoplePanel, security: this.securityPanel, chat: this.chatPanel };
  }

  /** One at a time; its heading takes the focus. @param {PanelName} panel */
  openPanel(panel) {
    this.#panel = panel;
    this.#showPanel();
    this.#panels[panel].heading.focus();
  }

  /** The focus goes back to the control that opens it, unless it has gone elsewhere meanwhile. */
  closePanel() {
    const panel = this.#panel;
    if (panel === null) return;
    const wasInside = this.#panels[panel].contains(document.activeElement);
    this.#panel = null;
    this.#showPanel();
    if (!wasInside) return;
    const opener = this.controls.opener(panel);
    // On a phone some are opened from More, and have no control in sight.
    (opener.checkVisibility() ? opener : this.heading).focus();
  }

  #showPanel() {
    for (const [name, panel] of Object.entries(this.#panels)) panel.hidden = this.#panel !== name;
    this.peoplePanel.refresh();
    this.chatPanel.refresh();
    this.toggleAttribute('data-panel', this.#panel !== null);
    this.controls.panel = this.#panel;
    this.door.hidden = this.#panel === 'people';
    this.dispatchEvent(new CustomEvent('panel'));
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
    this.#hands = raised(this.#hands, people);
    this.peoplePanel.people = handsFirst(people, this.#hands);
    const count = people.filter((person) => !isService(person)).length;
    this.status.count = count;
    this.#alone.hidden = count !== 1;
    const present = people.filter(hasTile).map((person) => person.participant);
    for (const participant of this.#tiles.keys()) {
      if (present.includes(participant)) continue;
      this.#tiles.delete(participant);
      this.#spoke.delete(participant);
    }
    this.#sharers = sharersOf(this.#sharers, people);
    this.#order = putFirst(keepOrder(this.#order, present), this.#first);
    const others = people.filter((person) => !person.me && hasTile(person));
    this.#director.see({ others: others.map((one) => one.participant), first: this.#fronts });
    this.status.view = present.length > 1 ? this.#view : null;
    this.#show();
  }

  /** Why another view would change nothing: a screen has the stage in either. Key of a text, or null. */
  get viewReason() {
    return this.#onStage.shown === null ? null : 'meet.view.screen';
  }

  get view() {
    return this.#view;
  }

  /** How the others are seen: all alike, or whoever speaks large. @param {View} view */
  set view(view) {
    this.#view = view;
    this.status.view = this.#people.filter(hasTile).length > 1 ? view : null;
    this.#place();
  }

  /** Whoever shares what is on the stage stands beside it. */
  get #first() {
    return [this.#onStage.shown, ...this.#fronts].filter((one) => one !== null);
  }

  get #fronts() {
    return [this.#front.pinned, this.#front.spotlit].filter((one) => one !== null);
  }

  get #onStage() {
    return onStage(this.#sharers, this.#chosen);
  }

  /** Whose screen comes next takes the stage. */
  #turnScreen() {
    this.#chosen = this.#onStage.next;
    this.#order = putFirst(this.#order, this.#first);
    this.#show();
  }

  /** Participants who stand first on every page, in this order. @param {Front} front */
  set front(front) {
    if (front.pinned === this.#front.pinned && front.spotlit === this.#front.spotlit) return;
    this.#front = front;
    const present = this.#people.filter(hasTile).map((one) => one.participant);
    this.#order = putFirst(keepOrder(this.#order, present), this.#first);
    this.#director.see({ first: this.#fronts });
    this.#place();
  }

  /** @param {readonly Seen[]} pictures */
  set pictures(pictures) {
    this.#pictures = new Map(pictures.map((picture) => [`${picture.use} ${picture.participant}`, picture]));
    this.#fill();
  }

  /** @param {MediaStreamTrack | null} track */
  set ownTrack(track) {
    if (track === this.#ownTrack) return;
    this.#ownTrack = track;
    this.#own.srcObject = track ? new MediaStream([track]) : null;
    this.#fill();
  }

  /** Is the microphone on for as long as a key is held? @param {boolean} isHeld */
  set held(isHeld) {
    this.#held.hidden = !isHeld;
  }

  /** No pictures: the stage says so, and everybody shows initials. @param {boolean} isOn */
  set audioOnly(isOn) {
    if (isOn === this.#isAudioOnly) return;
    this.#isAudioOnly = isOn;
    this.#unseen.hidden = !isOn;
    this.#fill();
  }

  /** @param {boolean} mirrored */
  set mirrored(mirrored) {
    for (const place of [this, this.small]) place.toggleAttribute('data-mirrored', mirrored);
  }

  /** @param {ReadonlySet<string>} speaking */
  set speaking(speaking) {
    for (const participant of speaking) {
      this.#spoke.set(participant, performance.now());
      const still = [this.#people.at(-1)?.participant, ...this.#first, this.#large ?? undefined];
      this.#order = bringForward(this.#order, this.#stage.size, participant, this.#spoke, still);
    }
    for (const [participant, tile] of this.#tiles) tile.speaking = speaking.has(participant);
    this.#director.see({ speaking });
    this.#place();
  }

  /** Shows for a moment what somebody feels. @param {string} participant @param {import('../state/reactions.js').Reaction} reaction */
  react(participant, reaction) {
    this.#tiles.get(participant)?.react(reaction);
  }

  /** Says everything again that is more than one text, and who is in view. */
  refresh() {
    this.#fill();
    this.#stage.refresh();
  }

  #show() {
    for (const person of this.#people.filter(hasTile)) {
      if (!this.#tiles.has(person.participant)) {
        this.#tiles.set(person.participant, /** @type {Tile} */ (make('b-tile')));
      }
    }
    this.#fill();
    this.#place();
  }

  /** Whoever is shown large, if anybody is: a screen is larger than all. */
  get #large() {
    return this.#view === 'speaker' && this.#onStage.shown === null ? this.#director.who : null;
  }

  #place() {
    const { pinned, spotlit } = this.#front;
    for (const [participant, tile] of this.#tiles) {
      tile.front = participant === pinned ? 'pinned' : participant === spotlit ? 'spotlit' : null;
    }
    this.#stage.kept = this.#order.filter((participant) => this.#first.includes(participant)).length;
    const isScreen = this.#onStage.shown !== null;
    const large = isScreen ? this.#screen : this.#tiles.get(this.#large ?? '') ?? null;
    const tiles = this.#order.flatMap((participant) => this.#tiles.get(participant) ?? []);
    const isSharing = this.#people.some(({ me, screen }) => me && screen === true);
    if (!isScreen) this.#screen.leave();
    this.status.viewReason = this.viewReason;
    this.#stage.large = large;
    this.#stage.tiles = isSharing ? [...tiles, this.#ownScreen] : tiles;
    this.#fillSmall();
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
      const [video, sight] = this.#sight('camera', person.participant);
      tile?.show(person, video, sight);
    }
    this.#fillScreens();
    this.#fillSmall();
  }

  /** A screen, or whoever has the stage, or oneself where nobody else is. */
  #fillSmall() {
    if (!this.small.isConnected) return;
    const { shown } = this.#onStage;
    const who = shown ?? this.#director.who;
    const person = this.#people.find((one) => one.participant === who) ?? this.#people.find(({ me }) => me);
    if (!person) return;
    this.small.lang = language();
    const use = shown === null ? 'camera' : 'screen';
    const own = this.#ownTrack ? this.#own : null;
    if (person.me) {
      const sight = { shown: own !== null, still: null, undecryptable: false };
      this.small.show({ ...person, camera: own !== null }, 'camera', own, sight);
    } else this.small.show(person, use, ...this.#sight(use, person.participant));
  }

  #fillScreens() {
    const { shown, next } = this.#onStage;
    const personOf = (/** @type {string | null} */ one) =>
      this.#people.find(({ participant }) => participant === one) ?? null;
    const [person, me] = [personOf(shown), this.#people.find((one) => one.me)];
    if (person) this.#screen.show(person, ...this.#sight('screen', person.participant), personOf(next));
    if (me) this.#ownScreen.show(me, null, { shown: false, still: null, undecryptable: false }, null);
  }

  /** @param {'camera' | 'screen'} use @param {string} participant @returns {[HTMLVideoElement | null, import('../state/people.js').Sight]} */
  #sight(use, participant) {
    const seen = this.#isAudioOnly ? undefined : this.#pictures.get(`${use} ${participant}`);
    const { video = null, still = null, undecryptable = false } = seen ?? {};
    return [video, { shown: video !== null, still, undecryptable, unwanted: this.#isAudioOnly }];
  }

  /** What is large comes first. @param {readonly import('../elements/b-stage.js').Sighted[]} sighted */
  #tellViews(sighted) {
    const detail = sighted.map(({ tile, whose, height }, rank) => {
      return { participant: whose, use: tile.dataset['use'] ?? 'camera', height, rank };
    });
    this.dispatchEvent(new CustomEvent('views', { detail }));
  }
}

define('b-meeting', Meeting);
