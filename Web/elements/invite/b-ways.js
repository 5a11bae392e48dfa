import { calendarOf, letterOf, whenOf } from '../../state/invitation.js';
import { language } from '../../strings/translate.js';
import { button, define, freshID, hush, icon, make, say, sentence } from '../dom.js';

/**
 * What an invitation says. Nothing else goes into it: no passcode, ever.
 * @typedef {object} Invitation
 * @property {string} link
 * @property {string} title may be empty
 * @property {number} start Unix seconds
 * @property {number} minutes
 * @property {boolean} isNow without an appointment
 * @property {boolean} isPasscodeAsked
 */

/** @typedef {import('../../state/audience.js').Words} Words */

/** Where the way by mail leads while it leads nowhere: a link without an address cannot be reached with keys. */
const nowhere = '#content';

/** Milliseconds that a browser gets to begin with a file it was handed. */
const patience = 60_000;

/**
 * `<b-ways>`: the three ways to send an invitation, each made here in the browser and in the language of the page. Set
 * `invitation` (null: none), and `refusal` where none of them may be taken; says `told` (detail: key of what came of it), bubbling.
 */
export class Ways extends HTMLElement {
  #title = make('h3', { id: freshID(), t: 'invite.ways' });
  #mail = make('a', { 'data-button': true }, icon('mail'), make('span', { t: 'invite.mail' }));
  #result = make('p', { 'data-hint': true });
  /** @type {Invitation | null} */
  #invitation = null;
  /** @type {Words | null} */
  #refusal = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const [text, calendar] = [
      button('invite.copyText', { icon: 'copy' }),
      button('invite.calendar', { icon: 'calendar' }),
    ];
    text.addEventListener('click', () => this.#copy());
    calendar.addEventListener('click', () => this.#download());
    // Made at the last moment, in the language of that moment.
    for (const name of ['focus', 'pointerenter', 'click']) this.#mail.addEventListener(name, () => this.#address());
    this.#mail.addEventListener('click', (event) => {
      if (!this.#refusal) return;
      event.preventDefault();
      this.#isRefused();
    });
    const acts = make('div', { 'data-acts': true }, text, calendar, this.#mail);
    const hint = make('p', { 'data-hint': true, t: 'invite.ways.hint' });
    this.append(make('section', { 'aria-labelledby': this.#title.id }, this.#title, acts, this.#result, hint));
  }

  /** @param {Invitation | null} invitation */
  set invitation(invitation) {
    this.#invitation = invitation;
    if (invitation === null) hush(this.#result);
    this.#address();
  }

  /** @param {Words | null} refusal */
  set refusal(refusal) {
    if (this.#refusal && !refusal) hush(this.#result);
    this.#refusal = refusal;
    this.#address();
  }

  /** Says why, where nothing is sent. */
  #isRefused() {
    if (this.#refusal) this.#tell(this.#refusal.text, this.#refusal.args);
    return this.#refusal !== null;
  }

  /** An address with a link in it stands here only while the dialog is open. */
  #address() {
    if (this.#refusal) this.#mail.href = nowhere;
    else if (this.#invitation) this.#mail.href = letterOf(subjectOf(this.#invitation), textOf(this.#invitation));
    else this.#mail.removeAttribute('href');
  }

  async #copy() {
    if (!this.#invitation || this.#isRefused()) return;
    const text = textOf(this.#invitation);
    const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false) ?? false;
    this.#tell(isCopied ? 'invite.textCopied' : 'invite.textNotCopied');
  }

  #download() {
    if (!this.#invitation || this.#isRefused()) return;
    const { link, title, start, minutes } = this.#invitation;
    const uid = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    );
    const file = calendarOf({
      uid,
      now: Math.floor(Date.now() / 1000),
      start,
      minutes,
      title: title === '' ? sentence('invitation.meeting') : title,
      description: textOf(this.#invitation),
      link,
    });
    const url = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }));
    make('a', { href: url, download: sentence('invite.calendarFile') }).click();
    setTimeout(() => URL.revokeObjectURL(url), patience);
    this.#tell('invite.calendarMade');
  }

  /** @param {string} text @param {import('../dom.js').Args} [args] */
  #tell(text, args = {}) {
    say(this.#result, text, args);
    this.dispatchEvent(new CustomEvent('told', { bubbles: true, detail: { text, args } }));
  }
}

/** @param {Invitation} invitation */
function subjectOf({ title }) {
  return title === '' ? sentence('invitation.subject.plain') : sentence('invitation.subject', { topic: title });
}

/** @param {Invitation} invitation */
function textOf({ link, title, start, minutes, isNow, isPasscodeAsked }) {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const { date, from, to, zone } = whenOf({ start, minutes }, language(), timeZone);
  const [what, args] = title === '' ? ['invitation.what.plain', {}] : ['invitation.what', { topic: title }];
  return [
    sentence(what, args),
    isNow ? sentence('invitation.now', { date, from, zone }) : sentence('invitation.when', { date, from, to, zone }),
    '',
    link,
    '',
    sentence('invitation.how'),
    ...isPasscodeAsked ? [sentence('invitation.passcode')] : [],
    '',
    sentence('invitation.share'),
    '',
  ].join('\n');
}

define('b-ways', Ways);
