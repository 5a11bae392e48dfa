import { cleanText } from './e2ee/names.js';
import { Murmur } from './murmur.js';
import { ownClock } from './protocol/time.js';
import { unreachable } from './protocol/unreachable.js';
import { composing, everyone, isHeard, missing, readersOf, space } from './state/audience.js';
import { heard, met, noChat, outside, refused, seen, sending, without } from './state/chat.js';
import { isShut } from './state/gate.js';
import { wishNotice } from './state/notices.js';
import { nameOf } from './state/people.js';
import { reactionOf, reactions } from './state/reactions.js';
import { listed, t } from './strings/translate.js';

/** @typedef {import('./state/audience.js').Audience} Audience */
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

/** Own messages that nobody has yet; with more, something is wrong that writing does not mend. */
const mostOutgoing = 20;

/** More names than this in one sentence are only a number. */
const mostNames = 3;

/** What people say to each other without a voice: messages, raised hands, reactions; and what is said aloud of them. */
export class Talk {
  #page;
  #screen;
  #acts;
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
  /** A change is on its way. */
  #isBusy = false;
  #lastID = 0;
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
    this.#messages = new Murmur(clock, (names) => this.#tell(['chat.said.1', 'chat.said.2', 'chat.said.3'], names));
    this.#hands = new Murmur(clock, (names) => this.#tell(['hand.said.1', 'hand.said.2', 'hand.said.3'], names));
    this.#reactions = new Murmur(clock, (all) => {
      const words = { reaction: { word: all[0]?.reaction ?? '' } };
      const names = all.map(({ name }) => name);
      this.#tell(['react.said.1', 'react.said.2', 'react.said.3'], names, words);
    });
    this.#wire();
  }

  /** Is the person in the meeting? What was said in there is gone outside; what is still to be said is not. @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    if (isOpen) return;
    for (const murmur of [this.#messages, this.#hands, this.#reactions]) murmur.calm();
    this.#stopChanging();
    this.#screen.controls.reactions.close();
    this.#people = [];
    this.#become(outside(this.#chat));
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

  /** What was wanted did not happen; no text is lost by it. @param {import('./state/meeting.d.ts').CommandName} command @returns {Notice | null} */
  refused(command) {
    if (command !== 'send' && command !== 'direct') return null;
    if (this.#isBusy) {
      this.#setBusy(false);
      this.#note({ text: 'chat.notSent', args: {} });
      return null;
    }
    const chat = refused(this.#chat);
    if (chat === this.#chat) return this.#wish === '' ? null : wishNotice(this.#wish);
    this.#become(chat);
    this.#page.announcer.polite('chat.failed');
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
    log.addEventListener('again', (event) => this.#again(/** @type {CustomEvent} */ (event).detail));
    log.addEventListener('drop', (event) => {
      this.#become(without(this.#chat, /** @type {CustomEvent} */ (event).detail.id));
    });
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
    const { audience, block, to } = this.#compose();
    if (text === '' || this.#isBusy) return;
    if (block) return this.#page.announcer.polite(block.text, block.args);
    if (space(written).isOver) return this.#page.announcer.polite('chat.long');
    if (message?.text === text) return this.#stopChanging();
    if (!this.#mayGo()) return;
    if (message) {
      this.#setBusy(true);
      this.#acts.say({ type: 'change', target: message.id, act: 'edit', text }, to);
    } else {
      this.#screen.chatPanel.composer.text = '';
      this.#goOut(text, audience, to);
    }
  }

  /** In the log at once, and with the others in a moment. @param {string} text @param {Audience} audience @param {readonly string[]} to */
  #goOut(text, audience, to) {
    this.#become(sending(this.#chat, `own ${++this.#lastID}`, text, audience, to, Date.now()));
    this.#acts.say({ type: 'chat', text, replyTo: '', files: [] }, to);
  }

  /** One that failed, to those it was written to and to nobody else. @param {Message} message */
  #again({ id, text, audience }) {
    if (isHeard(audience)) return;
    const { block, to } = composing({ people: this.#people, features: this.#features }, audience, null);
    if (block) return this.#note(block);
    if (!this.#mayGo()) return;
    this.#become(without(this.#chat, id));
    this.#goOut(text, audience, to);
  }

  /** What cannot go out now stays, and that is said. */
  #mayGo() {
    const isFull = this.#chat.outgoing.filter(({ isFailed }) => !isFailed).length >= mostOutgoing;
    const text = isShut(this.#gate) ? 'chat.held' : isFull ? 'chat.many' : null;
    if (text !== null) this.#note({ text, args: {} });
    return text === null;
  }

  /** A change of ours is on its way, and its text need not be kept any more. @param {Said} said */
  #settle(said) {
    if (said.type === 'change' && said.act === 'edit' && said.target === this.#changing) this.#stopChanging();
  }

  /** @param {boolean} isBusy */
  #setBusy(isBusy) {
    this.#isBusy = isBusy;
    this.#screen.chatPanel.composer.isBusy = isBusy;
  }

  /** Seen beside the text, and heard. @param {import('./state/audience.js').Words} words */
  #note(words) {
    this.#screen.chatPanel.composer.note = words;
    this.#page.announcer.polite(words.text, words.args);
  }

  /** @param {Message} message */
  #startChanging({ id, text }) {
    const { composer } = this.#screen.chatPanel;
    if (this.#isBusy) return;
    if (this.#changing === null) this.#draft = composer.text;
    this.#changing = id;
    this.#compose();
    composer.text = text;
    composer.focus();
  }

  #stopChanging() {
    if (this.#changing === null) return;
    this.#changing = null;
    this.#setBusy(false);
    this.#compose();
    this.#screen.chatPanel.composer.text = this.#draft;
    this.#draft = '';
  }

  /** From all who have it; where nobody of them is here any more, nothing can be taken back. @param {Message} message */
  #takeBack(message) {
    const { id, to, audience } = message;
    const readers = readersOf(this.#people, message);
    if (to.length > 0 && readers.length === 0) return this.#note(missing(audience));
    this.#wish = 'chat.takeBack';
    this.#acts.say({ type: 'change', target: id, act: 'retract', text: '' }, readers);
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
