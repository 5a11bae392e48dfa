import { serviceWord } from '../../state/people.js';
import { saidOf } from '../../state/services.js';
import { knockName, readNote } from '../../state/waiting.js';
import { agreed, readWishes } from '../../state/wishes.js';
import { define, forbid, icon, make, say } from '../dom.js';
import './b-code.js';

/** @typedef {import('../../state/waiting.js').Knock} Knock */
/** @typedef {import('../../state/wishes.js').ChatState} ChatState */

/**
 * `<b-knock>`: somebody who waits, as a host sees it: name, where the request comes from, what is asked for, note, four words; of what is no
 * person what it says of itself.
 * Set everything with `show`, and `busy` once it was answered; says `admit`, `refuse` and `message` (detail: the knock) and
 * `chatOff`, bubbling.
 */
export class KnockItem extends HTMLElement {
  #name = make('bdi');
  #label = make('span', { 'data-label': true });
  #expected = make(
    'span',
    { 'data-expected': true, hidden: true },
    icon('check'),
    make('span', { t: 'people.expected' }),
  );
  #asks = make('ul', { 'data-asks': true, label: 'join.wishes.asked' });
  #chatOff = this.#button('people.chatOff', 'chat', 'chatOff');
  #note = make('p', { 'data-note': true });
  #code = /** @type {import('./b-code.js').Code} */ (make('b-code'));
  #owner = make('dd');
  #purposes = make('dd');
  #place = make('dd');
  #facts = make(
    'dl',
    { 'data-facts': true, hidden: true },
    make('dt', { t: 'consent.owner' }),
    this.#owner,
    make('dt', { t: 'consent.for' }),
    this.#purposes,
    make('dt', { t: 'consent.where' }),
    this.#place,
  );
  #stranger = make('p', { 'data-stranger': true }, icon('warning'), make('span', { t: 'people.stranger' }));
  #admit = this.#button('people.admit.short', 'check', 'admit');
  #refuse = this.#button('people.refuse.short', 'close', 'refuse');
  #message = this.#button('people.message.short', 'chat', 'message');
  #acts = make('div', { 'data-acts': true }, this.#admit, this.#refuse, this.#message);
  /** @type {Knock | null} */
  #knock = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const who = make('div', { 'data-who': true }, this.#name, this.#expected, this.#label);
    this.append(who, this.#stranger, this.#facts, this.#asks, this.#chatOff, this.#note, this.#code, this.#acts);
  }

  /** @param {Knock} knock @param {ChatState} chat in the meeting @param {readonly import('../../state/people.js').Person[]} people who are in it */
  show(knock, chat, people) {
    this.#knock = knock;
    const { wanted, note: written } = readWishes(knock.note);
    this.#ask(wanted.map((wish) => agreed(wish, chat)), wanted.includes('chat') && chat.isOn && chat.mayTurnOff);
    const name = knockName(knock);
    say(this.#name, 'meet.tile', { name });
    say(this.#label, knock.service ? serviceWord(knock.service.role) : 'role.participant');
    this.#tell(knock.service, people);
    const note = readNote(written);
    this.#note.hidden = note === null;
    if (note !== null) say(this.#note, 'people.note', { note });
    this.#stranger.hidden = knock.isFromLink;
    this.#expected.hidden = knock.isExpected !== true;
    this.#code.words = knock.words;
    // Whoever is not from the link, and what is no person, is let in by a second look, not by the first button in sight.
    this.toggleAttribute('data-known', knock.isFromLink && !knock.service);
    say(this.#admit, 'people.admit', { name }, 'aria-label');
    say(this.#refuse, 'people.refuse', { name }, 'aria-label');
    say(this.#message, 'people.message', { name }, 'aria-label');
  }

  /** What is no person says whose it is, what for and where: so everybody is asked about it. @param {Knock['service']} service @param {readonly import('../../state/people.js').Person[]} people */
  #tell(service, people) {
    this.#facts.hidden = service === undefined;
    if (!service) return;
    const { owner, purposes, place } = saidOf(service, people);
    say(this.#owner, 'meet.tile', { name: owner });
    say(this.#purposes, purposes.text, purposes.args);
    say(this.#place, place);
  }

  /** @param {readonly string[]} texts @param {boolean} isChatOffered turning it off is */
  #ask(texts, isChatOffered) {
    this.#asks.hidden = texts.length === 0;
    if (this.#asks.dataset['said'] !== texts.join()) {
      this.#asks.dataset['said'] = texts.join();
      this.#asks.replaceChildren(...texts.map((text) => make('li', { t: text })));
    }
    const hadFocus = document.activeElement === this.#chatOff;
    this.#chatOff.hidden = !isChatOffered;
    if (hadFocus && !isChatOffered) this.#admit.focus();
  }

  /** @param {boolean} busy */
  set busy(busy) {
    for (const control of [this.#admit, this.#refuse]) {
      control.toggleAttribute('data-busy', busy);
      forbid(control, busy ? 'people.busy' : null);
    }
  }

  /** @param {string} word @param {string} picture @param {string} event */
  #button(word, picture, event) {
    const element = make('button', { type: 'button' }, icon(picture), make('span', { t: word }));
    element.addEventListener('keydown', (press) => press.repeat && press.preventDefault());
    element.addEventListener('click', (click) => {
      // A second click of a double one may fall on whoever moved up.
      if (click.detail > 1 || element.getAttribute('aria-disabled') === 'true') return;
      this.dispatchEvent(new CustomEvent(event, { bubbles: true, detail: this.#knock }));
    });
    return element;
  }
}

define('b-knock', KnockItem);
