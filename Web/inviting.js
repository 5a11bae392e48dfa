/**
 * @import { Made } from './made.js'
 * @import { Words } from './state/audience.js'
 * @import { Admission } from './state/meeting.d.ts'
 * @import { Live } from './state/safety.js'
 *
 * @typedef {object} InvitingActs
 * @property {() => Promise<string>} link the common link that is in force
 * @property {() => string | null} passcode what goes with it; null: nothing, or nothing that is known here
 * @property {() => boolean} isPasscodeAsked
 * @property {() => Admission} [admission] how the door of the running meeting stands
 * @property {(() => void) | null} renew asks whether all links are to be renewed
 * @property {(names: readonly string[]) => void} expect who is expected, from now on
 * @property {() => Live | null} [live] what holds in the meeting, where one is in it
 * @property {(key: string) => void} [revoked] somebody's personal link opens nothing any more
 */
import { make } from './elements/dom.js';
import { mishapOf } from './mishap.js';
import { SafetyCheck } from './safety.js';
import './elements/dialogs/b-invite.js';

/** How long a meeting without an appointment is in a calendar. */
const usualMinutes = 60;

/** Inviting people: the dialog with the links, and what is done in it about personal ones. */
export class Inviting {
  dialog = /** @type {import('./elements/dialogs/b-invite.js').Invite} */ (make('b-invite'));
  #announcer;
  #acts;
  /** @type {Made | null} */
  #made = null;
  #isLast = false;
  #link = '';
  #safety;

  /** @param {Pick<import('./elements/b-announcer.js').Announcer, 'polite'>} announcer @param {InvitingActs} acts */
  constructor(announcer, acts) {
    this.#announcer = announcer;
    this.#acts = acts;
    this.#safety = new SafetyCheck(() => acts.live?.() ?? null);
    const { dialog } = this;
    dialog.addEventListener('renew', () => acts.renew?.());
    /** @param {string} name @param {(detail: any) => void} act */
    const on = (name, act) => dialog.addEventListener(name, (event) => act(/** @type {CustomEvent} */ (event).detail));
    on('told', ({ text, args }) => announcer.polite(text, args));
    on('personal', (guest) => void this.#invite(guest));
    on('revoke', (hash) => void this.#revoke(hash));
    on('expect', (names) => void this.#expect(names));
  }

  /** What the person made, as long as this page knows it; null: only the link is known. @param {Made | null} made */
  set made(made) {
    this.#made = made;
    this.#link = '';
    this.#safety.made = made;
  }

  /** Nothing but this page will open the meeting. @param {boolean} isLast */
  set isLast(isLast) {
    this.#isLast = isLast;
  }

  /** @param {boolean} mayRenew */
  set mayRenew(mayRenew) {
    this.dialog.mayRenew = mayRenew && this.#acts.renew !== null;
  }

  async open() {
    this.dialog.open();
    const checked = this.#safety.check();
    const made = this.#made;
    if (made) this.#put(this.#link || made.link(location.origin, made.guestFragment));
    await Promise.all([this.refresh(), checked.then(() => this.#show())]);
  }

  /** Another link may be in force: the one that is seen is the one that is passed on. It is forgotten when the dialog closes, so it must not come after that. */
  async refresh() {
    if (!this.dialog.isOpen) return;
    const link = await this.#acts.link().catch(() => '');
    if (this.dialog.isOpen && link !== '') this.#put(link);
  }

  /** Says something about personal links. @param {string} words @returns {boolean} does anybody look? */
  tell(words) {
    if (!this.dialog.isOpen) return false;
    this.dialog.guests.tell(words, {});
    return true;
  }

  /** Something else holds in the meeting now. */
  changed() {
    this.#show();
    void this.refresh();
  }

  /** @param {string} link */
  #put(link) {
    this.#link = link;
    const made = this.#made;
    if (made && this.#isRenewed(made)) void this.#keepRenewed(made);
    // Where everybody is to have a link of their own, the common one is given to nobody.
    const isOwn = this.#isOwn;
    this.dialog.safety = this.#safety.lines;
    this.dialog.link = isOwn ? '' : link;
    this.dialog.passcode = isOwn ? '' : this.#acts.passcode() ?? '';
    this.#show();
  }

  get #isOwn() {
    return this.#made?.settings.ownLinks ?? false;
  }

  #show() {
    const made = this.#made;
    if (!this.dialog.isOpen) return;
    this.dialog.safety = this.#safety.lines;
    // Whoever came by a link knows of a meeting that it is now.
    const { start, minutes, isNow } = made?.when ??
      { start: Math.floor(Date.now() / 1000), minutes: usualMinutes, isNow: true };
    const isPasscodeAsked = !this.#isOwn && this.#acts.isPasscodeAsked(); // a personal link needs none
    const isOpen = (this.#acts.admission?.() ?? made?.settings.admission) === 'open';
    this.dialog.way = this.#isOwn ? 'own' : isOpen ? 'open' : 'wait';
    this.dialog.invitation = { title: made?.title ?? '', start, minutes, isNow, isPasscodeAsked };
    if (!made) return;
    const isRenewed = this.#isRenewed(made);
    const links = made.personal.map(({ hash, name, fragment }) => {
      return { hash, name, link: made.link(location.origin, fragment) };
    });
    this.dialog.show({
      guests: { links, way: isOpen ? 'enter' : made.settings.personal, reason: this.#reason(made) },
      expected: made.expected,
      host: { link: made.link(location.origin, made.hostFragment), isLast: this.#isLast, isRenewed },
      wasRenewed: made.wasRenewed && !isRenewed,
    });
  }

  /** Whoever opens the dialog at home has to know it. @param {Made} made */
  async #keepRenewed(made) {
    if (!await made.setRenewed().catch(() => false)) this.#announcer.polite('invite.notKept');
  }

  /** Why there can be no more personal links. @param {Made} made */
  #reason(made) {
    if (this.#isRenewed(made)) return 'invite.personal.renewed';
    return made.hasRoom ? null : 'invite.personal.full';
  }

  /** What is made under the host's link has the secret of the first one. @param {Made} made */
  #isRenewed(made) {
    return this.#link !== '' && this.#link !== made.link(location.origin, made.guestFragment);
  }

  /** @param {string} name */
  async #invite(name) {
    const made = this.#made, { guests } = this.dialog;
    if (!made || this.#reason(made) !== null) return;
    guests.busy = true;
    try {
      const isKept = await made.invite(name);
      guests.made();
      this.#show();
      guests.tell(isKept ? 'invite.personal.made' : 'invite.notKept', { name });
    } catch (error) {
      guests.complain(mishapOf(error));
    } finally {
      guests.busy = false;
    }
  }

  /** @param {string} hash */
  async #revoke(hash) {
    const { guests } = this.dialog;
    try {
      const link = await this.#made?.revoke(hash);
      this.#show();
      if (!link) return;
      this.#acts.revoked?.(link.key);
      guests.tell('invite.personal.revoked', { name: link.name });
    } catch (error) {
      guests.complain(mishapOf(error));
    }
  }

  /** @param {readonly string[]} names */
  async #expect(names) {
    this.#acts.expect(names);
    if (this.#made && !await this.#made.expect(names)) this.#announcer.polite('invite.notKept');
    this.#show();
  }
}
