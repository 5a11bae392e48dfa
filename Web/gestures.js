import { Murmur, sayNames } from './murmur.js';
import { ownClock } from './protocol/time.js';
import { wishNotice } from './state/notices.js';
import { nameOf } from './state/people.js';
import { reactionOf, reactions } from './state/reactions.js';

/** @typedef {import('./state/people.js').Person} Person */
/** @typedef {import('./talk.js').TalkActs} TalkActs */
/** @typedef {string | { word: string }} Name */

/** @type {import('./murmur.js').Sentences} */
const ofHands = ['hand.said.1', 'hand.said.2', 'hand.said.3'];

/** @type {import('./murmur.js').Sentences} */
const ofReactions = ['react.said.1', 'react.said.2', 'react.said.3'];

/** What people show without a word: a raised hand, and what they feel; and what is said of it to who does not see it. */
export class Gestures {
  #page;
  #screen;
  #acts;
  #isOpen = false;
  /** @type {readonly Person[]} */
  #people = [];
  /** What was wanted last and has not come about: the key of its words. */
  #wish = '';
  /** @type {Murmur<Name>} */
  #hands;
  /** @type {Murmur<{ name: Name, reaction: string }>} */
  #reactions;

  /** @param {import('./page.js').Page} page @param {import('./screens/meeting.js').Meeting} screen @param {TalkActs} acts @param {import('./protocol/clock.d.ts').Clock} [clock] */
  constructor(page, screen, acts, clock = ownClock) {
    const { announcer } = page;
    this.#page = page;
    this.#screen = screen;
    this.#acts = acts;
    this.#hands = new Murmur(clock, (names) => sayNames(announcer, ofHands, names));
    this.#reactions = new Murmur(clock, (all) => {
      const names = all.map(({ name }) => name);
      sayNames(announcer, ofReactions, names, { reaction: { word: all[0]?.reaction ?? '' } });
    });
    screen.controls.addEventListener('hand', () => this.toggleHand());
    screen.controls.addEventListener('react', (event) => this.#react(/** @type {CustomEvent} */ (event).detail));
  }

  /** Is the person in the meeting? @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    if (isOpen) return;
    this.#hands.calm();
    this.#reactions.calm();
    this.#wish = '';
    this.#screen.controls.reactions.close();
    this.#people = [];
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    const before = this.#people;
    const wasUp = this.#isUp;
    this.#people = people;
    if (this.#isUp !== wasUp) this.#wish = '';
    if (this.#isOpen && before.length > 0) this.#tellHands(before, people);
    this.#screen.controls.hand = this.#isUp;
  }

  /** @param {import('./state/waiting.js').Rights} rights */
  set rights({ features }) {
    this.#screen.controls.reactions.isOffered = features.includes('reactions');
  }

  /** Hands are told by the list of people, to newcomers too. @param {import('./state/said.d.ts').SaidEvent} event */
  said({ key, said }) {
    if (said.type !== 'reaction' || !this.#isOpen) return;
    const reaction = reactionOf(said.emoji);
    const person = this.#people.find((one) => one.key === key);
    if (!reaction || !person) return;
    this.#screen.react(person.participant, reaction);
    if (person.me) this.#wish = '';
    else this.#reactions.hear({ name: nameOf(person), reaction: reaction.text });
  }

  /** What was to be said did not go out. @param {import('./state/said.d.ts').Said['type'] | null} said */
  refused(said) {
    if ((said !== 'hand' && said !== 'reaction') || this.#wish === '') return null;
    const notice = wishNotice(this.#wish);
    this.#wish = '';
    return notice;
  }

  toggleHand() {
    if (!this.#isOpen) return;
    this.#wish = this.#isUp ? 'ctl.hand.2' : 'ctl.hand.1';
    this.#acts.say({ type: 'hand', isUp: !this.#isUp });
  }

  get #isUp() {
    return this.#people.some(({ me, hand }) => me && hand === true);
  }

  /** @param {import('./state/reactions.js').ReactionID} id */
  #react(id) {
    const reaction = reactions.find((one) => one.id === id);
    if (!reaction || !this.#isOpen) return;
    this.#wish = 'ctl.react';
    this.#acts.say({ type: 'reaction', emoji: reaction.glyph });
  }

  /** @param {readonly Person[]} before @param {readonly Person[]} now */
  #tellHands(before, now) {
    const wereUp = new Set(before.filter(({ hand }) => hand === true).map(({ participant }) => participant));
    for (const person of now) {
      const isUp = person.hand === true, wasUp = wereUp.has(person.participant);
      if (person.me && isUp !== wasUp) this.#page.announcer.polite(isUp ? 'hand.own.1' : 'hand.own.2');
      if (!person.me && isUp && !wasUp) this.#hands.hear(nameOf(person));
    }
  }
}
