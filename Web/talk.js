import { cleanText } from './e2ee/names.js';
import { Murmur } from './murmur.js';
import { ownClock } from './protocol/time.js';
import { unreachable } from './protocol/unreachable.js';
import { composing, everyone, space } from './state/audience.js';
import { heard, met, noChat, seen } from './state/chat.js';
import { isShut } from './state/gate.js';
import { wishNotice } from './state/notices.js';
import { nameOf } from './state/people.js';
import { reactionOf, reactions } from './state/reactions.js';
import { listed, t } from './strings/translate.js';

/** @typedef {import('./state/chat.js').Chat} Chat */
/** @typedef {import('./state/chat.js').Message} Message */
/** @typedef {import('./state/notices.js').Notice} Notice */
/** @typedef {import('./state/people.js').Person} Person */
/** @typedef {import('./state/said.d.ts').Said} Said */
/** @typedef {import('./state/said.d.ts').SaidEvent} SaidEvent */
/** @typedef {import('./state/waiting.js').Rights} Rights */
/** @typedef {string | { word: string }} Name */

/**
 * @typedef {object} TalkActs
 * @property {(said: Said, to?: readonly string[]) => void} say
 */

/** Milliseconds after which a message that did not come back may not have gone out. */
const patience = 10_000;

/** More names than this in one sentence are only a number. */
const mostNames = 3;

/** What people say to each other without a voice: messages, raised hands, reactions; and what is said aloud of them. */
export class Talk {
  #page;
  #screen;
  #acts;
  #clock;
  #isOpen = false;
  #chat = noChat;
  /** @type {readonly Person[]} */
  #people = [];
  /** @type {Rights['features']} */
  #features = [];
  /** @type {readonly string[]} */
  #gate = [];
  #audience = everyone;
  /** The message that is being changed, by id. @type {string | null} */
  #changing = null;
  /** What was being written when somebody began to change a message. */
  #draft = '';
  /** Runs while a message is on its way. @type {number | null} */
  #pending = null;
  /** What was wanted last beside a message: the key of its words. */
  #wish = '';
  /** @type {Murmur<Name>} */
  #messages;
  /** @type {Murmur<Name>} */
  #hands;
  /** @type {Murmur<{ name: Name, reaction: string }>} */
  #reactions;

  /** @param {import('./page.js').Page} page @param {import('./screens/meeting.js').Meeting} screen @param {TalkActs} acts @param {import('./protocol/clock.d.ts').Clock} [clock] */
  constructor(page, screen, acts, clock = ownClock) {
    this.#page = page;
    this.#screen = screen;
    this.#acts = acts;
    this.#clock = clock;
    this.#messages = new Murmur(clock, (names) => this.#tell(['chat.said.1', 'chat.said.2', 'chat.said.3'], names));
    this.#hands = new Murmur(clock, (names) => this.#tell(['hand.said.1', 'hand.said.2', 'hand.said.3'], names));
    this.#reactions = new Murmur(clock, (all) => {
      const words = { reaction: { word: all[0]?.reaction ?? '' } };
      const names = all.map(({ name }) => name);
      this.#tell(['react.said.1', 'react.said.2', 'react.said.3'], names, words);
    });
    this.#wire();
  }

  /** Is the person in the meeting? What was said in there is gone outside; what was being written is not. @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    if (isOpen) return;
    for (const murmur of [this.#messages, this.#hands, this.#reactions]) murmur.calm();
    this.#arrived();
    this.#stopChanging();
    this.#screen.controls.reactions.close();
    this.#people = [];
    this.#become(noChat);
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    const before = this.#people;
    this.#people = people;
    if (this.#isOpen && before.length > 0) this.#tellHands(before, people);
    this.#screen.controls.hand = this.#me?.hand === true;
    this.#become(met(this.#chat, people));
    this.#compose();
  }

  /** @param {Rights} rights */
  set rights({ features }) {
    this.#features = features;
    this.#screen.controls.reactions.isOffered = features.includes('reactions');
    this.#compose();
  }

  /** Why nothing is sent now. @param {readonly string[]} reasons */
  set gate(reasons) {
    this.#gate = reasons;
  }

  /** @param {SaidEvent} event */
  said(event) {
    switch (event.said.type) {
      case 'chat':
      case 'change':
        return this.#wrote(event);
      case 'reaction':
        return this.#reacted(event.key, event.said.emoji);
      case 'hand': // the list of people says it, to newcomers too
      case 'spotlight':
      case 'moderation':
        return;
      default:
        return unreachable(event.said);
    }
  }

  /** What was wanted did not happen; a text stays where it is. @param {import('./state/meeting.d.ts').CommandName} command @returns {Notice | null} */
  refused(command) {
    if (command !== 'send' && command !== 'direct') return null;
    if (this.#pending === null) return this.#wish === '' ? null : wishNotice(this.#wish);
    this.#arrived();
    this.#note('chat.notSent');
    return null;
  }

  toggleHand() {
    if (!this.#isOpen) return;
    const isUp = this.#me?.hand !== true;
    this.#wish = isUp ? 'ctl.hand.1' : 'ctl.hand.2';
    this.#acts.say({ type: 'hand', isUp });
  }

  #wire() {
    const { controls, chatPanel: { log, composer } } = this.#screen;
    controls.addEventListener('hand', () => this.toggleHand());
    controls.addEventListener('react', (event) => this.#react(/** @type {CustomEvent} */ (event).detail));
    log.addEventListener('edit', (event) => this.#startChanging(/** @type {CustomEvent} */ (event).detail));
    log.addEventListener('takeBack', (event) => this.#takeBack(/** @type {CustomEvent} */ (event).detail));
    composer.addEventListener('send', (event) => this.#send(/** @type {CustomEvent} */ (event).detail));
    composer.addEventListener('stop', () => this.#stopChanging());
    composer.addEventListener('audience', (event) => {
      this.#audience = /** @type {CustomEvent} */ (event).detail;
      this.#compose();
    });
    this.#screen.addEventListener('panel', () => {
      if (this.#isSeen) this.#become(seen(this.#chat));
    });
  }

  get #me() {
    return this.#people.find(({ me }) => me);
  }

  get #isSeen() {
    return this.#isOpen && this.#screen.panel === 'chat';
  }

  get #message() {
    if (this.#changing === null) return null;
    return this.#chat.messages.find(({ id, takenBack }) => id === this.#changing && takenBack === null) ?? null;
  }

  /** @param {string} key @returns {Name} */
  #nameOf(key) {
    const person = this.#people.find((one) => one.key === key);
    return person ? nameOf(person) : { word: 'chat.nameless' };
  }

  /** @param {SaidEvent} event */
  #wrote(event) {
    const { said } = event;
    const isOwn = event.key === this.#me?.key;
    if (isOwn) this.#settle(said);
    const before = this.#chat;
    this.#become(heard(before, event, this.#people, { now: Date.now(), isSeen: this.#isSeen }));
    if (this.#changing !== null && this.#message === null) this.#stopChanging();
    const isNews = this.#chat !== before && said.type === 'chat' && !isOwn;
    if (isNews && this.#isOpen && !this.#isSeen) this.#messages.hear(this.#nameOf(event.key));
  }

  /** @param {Chat} chat */
  #become(chat) {
    if (chat === this.#chat) return;
    this.#chat = chat;
    this.#screen.chatPanel.log.chat = chat;
    this.#screen.controls.unread = chat.unread;
  }

  #compose() {
    const here = { people: this.#people, features: this.#features };
    const now = composing(here, this.#audience, this.#message);
    this.#screen.chatPanel.composer.composing = now;
    return now;
  }

  /** It goes to whom the button names, or it stays. @param {string} written */
  #send(written) {
    const text = cleanText(written);
    const message = this.#message;
    const { block, to } = this.#compose();
    if (text === '' || this.#pending !== null) return;
    if (block) return this.#page.announcer.polite(block.text, block.args);
    if (space(written).isOver) return this.#page.announcer.polite('chat.long');
    if (isShut(this.#gate)) return this.#note('chat.held');
    if (message?.text === text) return this.#stopChanging();
    this.#pending = this.#clock.setTimeout(() => {
      this.#arrived();
      this.#note('chat.unsure');
    }, patience);
    this.#screen.chatPanel.composer.isBusy = true;
    if (message) this.#acts.say({ type: 'change', target: message.id, act: 'edit', text }, to);
    else this.#acts.say({ type: 'chat', text, replyTo: '', files: [] }, to);
  }

  /** Our own message came back: it is on its way, and its text need not be kept any more. @param {Said} said */
  #settle(said) {
    const { composer } = this.#screen.chatPanel;
    if (said.type === 'chat' && this.#changing === null && said.text === cleanText(composer.text)) {
      this.#arrived();
      composer.text = '';
    }
    if (said.type === 'change' && said.act === 'edit' && said.target === this.#changing) {
      this.#arrived();
      this.#stopChanging();
    }
  }

  #arrived() {
    if (this.#pending !== null) this.#clock.clearTimeout(this.#pending);
    this.#pending = null;
    const { composer } = this.#screen.chatPanel;
    composer.isBusy = false;
    composer.note = null;
  }

  /** Seen beside the text, and heard. @param {string} text key */
  #note(text) {
    this.#screen.chatPanel.composer.note = { text, args: {} };
    this.#page.announcer.polite(text);
  }

  /** @param {Message} message */
  #startChanging({ id, text }) {
    const { composer } = this.#screen.chatPanel;
    if (this.#pending !== null) return;
    if (this.#changing === null) this.#draft = composer.text;
    this.#changing = id;
    this.#compose();
    composer.text = text;
    composer.focus();
  }

  #stopChanging() {
    if (this.#changing === null) return;
    this.#changing = null;
    this.#compose();
    this.#screen.chatPanel.composer.text = this.#draft;
    this.#draft = '';
  }

  /** From all who have it; where nobody of them is here any more, nothing can be taken back. @param {Message} message */
  #takeBack(message) {
    const { block, to } = composing({ people: this.#people, features: this.#features }, this.#audience, message);
    if (block) {
      this.#screen.chatPanel.composer.note = block;
      this.#page.announcer.polite(block.text, block.args);
      return;
    }
    this.#wish = 'chat.takeBack';
    this.#acts.say({ type: 'change', target: message.id, act: 'retract', text: '' }, to);
  }

  /** @param {import('./state/reactions.js').ReactionID} id */
  #react(id) {
    const reaction = reactions.find((one) => one.id === id);
    if (!reaction || !this.#isOpen) return;
    this.#wish = 'ctl.react';
    this.#acts.say({ type: 'reaction', emoji: reaction.glyph });
  }

  /** @param {string} key @param {string} emoji */
  #reacted(key, emoji) {
    const reaction = reactionOf(emoji);
    const person = this.#people.find((one) => one.key === key);
    if (!reaction || !person || !this.#isOpen) return;
    this.#screen.react(person.participant, reaction);
    if (!person.me) this.#reactions.hear({ name: nameOf(person), reaction: reaction.text });
  }

  /** @param {readonly Person[]} before @param {readonly Person[]} now */
  #tellHands(before, now) {
    const wereUp = new Set(before.filter(({ hand }) => hand).map(({ participant }) => participant));
    for (const person of now) {
      const isUp = person.hand === true, wasUp = wereUp.has(person.participant);
      if (person.me && isUp !== wasUp) this.#page.announcer.polite(isUp ? 'hand.own.1' : 'hand.own.2');
      if (!person.me && isUp && !wasUp) this.#hands.hear(nameOf(person));
    }
  }

  /** One by name, a few by their names, more as a number. @param {readonly [string, string, string]} sentences keys @param {readonly Name[]} all @param {import('./state/notices.js').Args} [args] of the first */
  #tell([one, few, many], all, args = {}) {
    const names = [...new Set(all.map((name) => typeof name === 'string' ? name : t(name.word)))];
    const { announcer } = this.#page;
    if (names.length === 1) announcer.polite(one, { name: names[0] ?? '', ...args });
    else if (names.length <= mostNames) announcer.polite(few, { names: listed(names) });
    else announcer.polite(many, { n: names.length });
  }
}
