import { cleanText } from './e2ee/names.js';
import { Files } from './files.js';
import { Murmur, sayNames } from './murmur.js';
import { ownClock } from './protocol/time.js';
import { composing, everyone, isHeard, missing, readersOf, space } from './state/audience.js';
import { heard, met, noChat, outside, refused, seen, sending, without } from './state/chat.js';
import { isShut } from './state/gate.js';
import { nameOf } from './state/people.js';

/** @typedef {import('./state/audience.js').Audience} Audience */
/** @typedef {import('./state/chat.js').Chat} Chat */
/** @typedef {import('./state/chat.js').Message} Message */
/** @typedef {import('./state/people.js').Person} Person */
/** @typedef {import('./state/said.d.ts').FileRef} FileRef */
/** @typedef {import('./state/said.d.ts').Said} Said */
/** @typedef {import('./state/said.d.ts').SaidEvent} SaidEvent */
/** @typedef {import('./state/waiting.js').Rights} Rights */
/** @typedef {string | { word: string }} Name */

/**
 * @typedef {object} TalkActs
 * @property {(said: Said, to?: readonly string[]) => void} say
 * @property {(command: import('./protocol/messages.d.ts').FileCommand) => boolean} file
 */

/** Own messages that nobody has yet; with more, something is wrong that writing does not mend. */
const mostOutgoing = 20;

/** @type {import('./murmur.js').Sentences} */
const sentences = ['chat.said.1', 'chat.said.2', 'chat.said.3'];

/** What people write to each other: what one writes goes out to whom one sees, and what comes is shown, counted and said. */
export class Talk {
  #page;
  #screen;
  #acts;
  #files;
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
  /** One may be refused that was to be taken back. */
  #isTakingBack = false;
  /** @type {Murmur<Name>} */
  #news;

  /** @param {import('./page.js').Page} page @param {import('./screens/meeting.js').Meeting} screen @param {TalkActs} acts @param {import('./protocol/clock.d.ts').Clock} [clock] @param {ConstructorParameters<typeof Files>[3]} [parts] */
  constructor(page, screen, acts, clock = ownClock, parts = {}) {
    this.#page = page;
    this.#screen = screen;
    this.#acts = acts;
    const note = (/** @type {import('./state/audience.js').Words} */ words) => this.#note(words);
    this.#files = new Files(screen.chatPanel, { file: acts.file, note }, clock, parts);
    this.#news = new Murmur(clock, (names) => sayNames(page.announcer, sentences, names));
    this.#wire();
  }

  /** Is the person in the meeting? What was said in there is gone outside; what is still to be said is not. @param {boolean} isOpen */
  set isOpen(isOpen) {
    this.#isOpen = isOpen;
    this.#files.isOpen = isOpen;
    if (isOpen) return;
    this.#news.calm();
    this.#stopChanging();
    this.#isTakingBack = false;
    this.#people = [];
    this.#become(outside(this.#chat));
  }

  /** The oldest first. */
  get messages() {
    return this.#chat.messages;
  }

  /** @param {readonly Person[]} people */
  set people(people) {
    this.#people = people;
    this.#become(met(this.#chat, people));
    this.#compose();
  }

  /** @param {Rights} rights */
  set rights({ features }) {
    this.#features = features;
    this.#files.features = features;
    this.#compose();
  }

  /** What the server says of files. @param {import('./protocol/messages.d.ts').FileEvent} event */
  file(event) {
    this.#files.heard(event);
  }

  /** Does the server hear us? @param {boolean} isConnected */
  set isConnected(isConnected) {
    if (isConnected) this.#files.back();
    else this.#files.lost();
  }

  /** Why nothing is sent now. @param {readonly string[]} reasons */
  set gate(reasons) {
    this.#gate = reasons;
  }

  /** @param {SaidEvent} event */
  said(event) {
    const { said } = event;
    const isOwn = event.key === this.#people.find(({ me }) => me)?.key;
    const before = this.#chat;
    if (isOwn) this.#settle(said);
    this.#become(heard(before, event, this.#people, { now: Date.now(), isSeen: this.#isSeen }));
    if (isOwn && said.type === 'change') this.#takeFilesBack(before);
    if (this.#changing !== null && this.#message === null) this.#stopChanging();
    const isNews = this.#chat !== before && said.type === 'chat' && !isOwn;
    if (isNews && this.#isOpen && !this.#isSeen) this.#news.hear(this.#nameOf(event.key));
  }

  /** Was it something written that did not go out? No text is lost by it. @param {Said['type'] | null} said */
  refused(said) {
    if (said === 'chat') return this.#failed();
    if (said !== 'change') return false;
    if (this.#isBusy) {
      this.#setBusy(false);
      this.#note({ text: 'chat.notSent', args: {} });
    } else if (this.#isTakingBack) {
      this.#isTakingBack = false;
      this.#note({ text: 'act.refused', args: { act: { word: 'chat.takeBack' } } });
    } else return false;
    return true;
  }

  /** A message did not go out. */
  #failed() {
    const chat = refused(this.#chat);
    if (chat === this.#chat) return false;
    this.#become(chat);
    this.#page.announcer.polite('chat.failed');
    return true;
  }

  #wire() {
    const { log, composer } = this.#screen.chatPanel;
    log.addEventListener('edit', (event) => this.#startChanging(/** @type {CustomEvent} */ (event).detail));
    log.addEventListener('takeBack', (event) => this.#takeBack(/** @type {CustomEvent} */ (event).detail));
    log.addEventListener('again', (event) => this.#again(/** @type {CustomEvent} */ (event).detail));
    log.addEventListener('discard', (event) => {
      const { id, files } = /** @type {CustomEvent<Message>} */ (event).detail;
      this.#become(without(this.#chat, id));
      for (const file of files) this.#files.takeBack(file);
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

  get #isSeen() {
    return this.#isOpen && this.#screen.panel === 'chat';
  }

  get #message() {
    if (this.#changing === null) return null;
    const isIt = (/** @type {Message} */ { id, own, takenBack }) => own && id === this.#changing && takenBack === null;
    return this.#chat.messages.find(isIt) ?? null;
  }

  /** @param {string} key @returns {Name} */
  #nameOf(key) {
    const person = this.#people.find((one) => one.key === key);
    return person ? nameOf(person) : { word: 'chat.nameless' };
  }

  /** @param {Chat} chat */
  #become(chat) {
    if (chat === this.#chat) return;
    this.#chat = chat;
    this.#files.messages = chat.messages;
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
    const hasFiles = message === null && this.#files.isPicked;
    if ((text === '' && !hasFiles) || this.#isBusy) return;
    if (block) return this.#page.announcer.polite(block.text, block.args);
    if (space(written).isOver) return this.#page.announcer.polite('chat.long');
    if (message?.text === text) return this.#stopChanging();
    if (!this.#mayGo()) return;
    if (message) {
      this.#setBusy(true);
      this.#acts.say({ type: 'change', target: message.id, act: 'edit', text }, to);
    } else {
      if (hasFiles && !this.#mayGiveFiles()) return;
      this.#screen.chatPanel.composer.text = '';
      if (hasFiles) this.#bring(text, audience);
      else this.#goOut(text, audience, to);
    }
  }

  /** What it was written to when it was sent is what it goes to when the files are there. @param {string} text @param {Audience} audience */
  #bring(text, audience) {
    this.#files.send({
      deliver: (files) => {
        const { block, to } = composing({ people: this.#people, features: this.#features }, audience, null);
        if (block) this.#note(block);
        const isGoing = block === null && this.#mayGiveFiles() && this.#mayGo();
        if (isGoing) this.#goOut(text, audience, to, files);
        else this.#putBack(text);
        return isGoing;
      },
      giveBack: () => this.#putBack(text),
    });
  }

  #mayGiveFiles() {
    if (!this.#files.isOffered) this.#note({ text: 'chat.file.off', args: {} });
    return this.#files.isOffered;
  }

  /** Before what was written since. @param {string} text */
  #putBack(text) {
    const { composer } = this.#screen.chatPanel;
    if (this.#changing === null) composer.text = [text, composer.text].filter((one) => one !== '').join('\n');
    else this.#draft = [text, this.#draft].filter((one) => one !== '').join('\n');
  }

  /** In the log at once, and with the others in a moment. @param {string} text @param {Audience} audience @param {readonly string[]} to @param {readonly FileRef[]} [files] */
  #goOut(text, audience, to, files = []) {
    this.#become(sending(this.#chat, `own ${++this.#lastID}`, text, audience, to, Date.now(), files));
    this.#acts.say({ type: 'chat', text, replyTo: '', files }, to);
  }

  /** One that failed, to those it was written to and to nobody else. @param {Message} message */
  #again({ id, text, files, audience }) {
    if (isHeard(audience)) return;
    const { block, to } = composing({ people: this.#people, features: this.#features }, audience, null);
    if (block) return this.#note(block);
    if (!this.#mayGo()) return;
    this.#become(without(this.#chat, id));
    this.#goOut(text, audience, to, files);
  }

  /** What cannot go out now stays, and that is said. */
  #mayGo() {
    const isFull = this.#chat.outgoing.filter(({ isFailed }) => !isFailed).length >= mostOutgoing;
    const text = isShut(this.#gate) ? 'chat.held' : isFull ? 'chat.many' : null;
    if (text !== null) this.#note({ text, args: {} });
    return text === null;
  }

  /** What we wanted has gone out. @param {Said} said */
  #settle(said) {
    if (said.type !== 'change') return;
    if (said.act === 'retract') this.#isTakingBack = false;
    if (said.act === 'edit' && said.target === this.#changing) this.#stopChanging();
  }

  /** With own messages that we took back go their files, from everybody. What others wrote may name anybody's file. @param {Chat} before a change moves none of them */
  #takeFilesBack({ messages }) {
    const gone = messages.filter(({ own, takenBack }, place) => {
      return own && takenBack !== this.#chat.messages[place]?.takenBack;
    });
    for (const file of gone.flatMap(({ files }) => files)) this.#files.takeBack(file);
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
    this.#isTakingBack = true;
    this.#acts.say({ type: 'change', target: id, act: 'retract', text: '' }, readers);
  }
}
