import { shownPasscode } from '../../state/passcode.js';
import { refusalOf } from '../../state/safety.js';
import { Dialog } from '../b-dialog.js';
import { button, define, make, say } from '../dom.js';
import { copyField } from '../invite/b-copy.js';
import '../invite/b-expected.js';
import '../invite/b-guests.js';
import '../invite/b-safety.js';
import '../invite/b-ways.js';

/** @typedef {import('../invite/b-guests.js').GuestsView} GuestsView */
/** @typedef {import('../invite/b-ways.js').Invitation} Invitation */

/**
 * What whoever made the meeting has beside the link.
 * @typedef {object} InviteView
 * @property {GuestsView} guests
 * @property {readonly string[]} expected
 * @property {{ readonly link: string, readonly isLast: boolean, readonly isRenewed: boolean }} host `isLast`: nothing else will open
 *   this meeting; `isRenewed`: until everybody has left, this does not either
 * @property {boolean} wasRenewed the link is one that was renewed once, and is in force again
 */

const ways = { wait: 'invite.text', open: 'invite.text.open', own: 'invite.text.own' };

/**
 * `<b-invite>`: the links, in the only place that shows them: Promise P-011. Set `link` when it opens, and `show` for whoever
 * made the meeting, `way`, `safety`, `invitation` and `passcode`; all of it is forgotten when it closes. Set `mayRenew` for those who may make all links worthless. `guests` is the
 * part about personal links. Says `renew`, `personal`, `revoke`, `expect` and `told` (detail: text and args).
 */
export class Invite extends Dialog {
  guests = /** @type {import('../invite/b-guests.js').Guests} */ (make('b-guests'));
  #text = make('p', { t: 'invite.text' });
  #safety = /** @type {import('../invite/b-safety.js').SafetyList} */ (make('b-safety', { hidden: true }));
  #link = copyField({
    label: 'invite.link',
    act: 'invite.copyLink',
    done: 'invite.copied',
    failed: 'invite.notCopied',
    empty: 'invite.notThere',
  }, { isMain: true });
  #passcode = copyField({
    label: 'invite.passcode',
    act: 'invite.copyPasscode',
    done: 'invite.passcodeCopied',
    failed: 'invite.textNotCopied',
    hint: 'invite.passcode.hint',
  });
  #unknown = make('p', { 'data-hint': true, hidden: true, t: 'invite.passcode.unknown' });
  #ways = /** @type {import('../invite/b-ways.js').Ways} */ (make('b-ways'));
  #expected = /** @type {import('../invite/b-expected.js').Expected} */ (make('b-expected'));
  #wasRenewed = make('p', { 'data-hint': true, hidden: true, t: 'invite.renewed.before' });
  #hostWarning = make('p', { t: 'invite.host.hint' });
  #hostRenewed = make('p', { 'data-error': true, hidden: true, t: 'invite.host.renewed' });
  #hostLink = copyField({
    label: 'invite.host.link',
    act: 'invite.host.copy',
    done: 'invite.host.copied',
    failed: 'invite.textNotCopied',
  });
  // Not in sight by itself: this dialog may be open while somebody looks along.
  #host = make(
    'details',
    { 'data-host': true },
    make('summary', { t: 'invite.host' }),
    this.#hostWarning,
    this.#hostRenewed,
    this.#hostLink,
  );
  #isLast = false;
  #renew = button('invite.renew', { icon: 'again' });
  #renewal = make('div', { 'data-ways': true, hidden: true }, this.#renew);
  /** @type {Omit<Invitation, 'link'> | null} */
  #invitation = null;

  constructor() {
    super('invite');
    this.#renew.addEventListener('click', () => {
      this.close();
      this.dispatchEvent(new CustomEvent('renew'));
    });
    this.#renewal.append(make('p', { 'data-hint': true, t: 'invite.renew.why' }));
    this.addEventListener('close', () => {
      if (this.isOpen) return; // that of before
      this.#expected.done();
      this.show(null);
      this.link = '';
      this.passcode = '';
      this.invitation = null;
      this.way = 'wait';
      this.safety = null;
    });
    this.fill(
      this.#text,
      this.#link,
      this.#wasRenewed,
      this.#passcode,
      this.#unknown,
      this.#ways,
      this.#safety,
      this.guests,
      this.#expected,
      this.#renewal,
      this.#host,
    );
    this.show(null);
    this.passcode = '';
    this.invitation = null;
  }

  /** What whoever has the common link can do: ask, or come in at once; `own`: nobody is to have it. @param {keyof typeof ways} way */
  set way(way) {
    this.#link.hidden = way === 'own';
    say(this.#text, ways[way]);
  }

  /** @param {boolean} mayRenew */
  set mayRenew(mayRenew) {
    this.#renewal.hidden = !mayRenew;
  }

  /** Whoever copied another one has the wrong one, and reads that. @param {string} link */
  set link(link) {
    const shown = this.#link.value;
    this.#link.value = link;
    if (shown !== '' && link !== '' && link !== shown) this.#link.tell('invite.changed');
    this.#offer();
  }

  /** While something required is lacking, nothing here is handed out. @param {readonly import('../../state/safety.js').Line[] | null} lines null: they did not make it */
  set safety(lines) {
    this.#safety.lines = lines;
    const refusal = lines && refusalOf(lines);
    // What keeps somebody from inviting stands first; else what they came for does.
    if (refusal && this.#safety.nextElementSibling !== this.#text) this.#text.before(this.#safety);
    if (!refusal && this.#ways.nextElementSibling !== this.#safety) this.#ways.after(this.#safety);
    for (const part of [this.#link, this.#ways, this.guests]) part.refusal = refusal;
  }

  /** Empty: none is asked for, or it is not known here; `invitation`, which comes after it, tells which. @param {string} passcode */
  set passcode(passcode) {
    this.#passcode.hidden = passcode === '';
    this.#passcode.value = passcode;
    this.#passcode.shown = shownPasscode(passcode);
  }

  /** @param {InviteView | null} view null: nothing but the link is known here */
  show(view) {
    for (const part of [this.guests, this.#expected, this.#host]) part.hidden = view === null;
    this.guests.show(view?.guests ?? null);
    this.#expected.names = view?.expected ?? [];
    this.#hostLink.value = view?.host.link ?? '';
    this.#hostRenewed.hidden = !view?.host.isRenewed;
    this.#wasRenewed.hidden = !view?.wasRenewed;
    if (view) say(this.#hostWarning, view.host.isLast ? 'invite.host.tab' : 'invite.host.hint');
    const isLast = view?.host.isLast ?? false;
    if (isLast && !this.#isLast) this.#host.open = true; // once: whoever folds it wants it out of sight
    if (!view) this.#host.open = false;
    this.#isLast = isLast;
  }

  /** What is said of the meeting to whoever is invited. @param {Omit<Invitation, 'link'> | null} invitation */
  set invitation(invitation) {
    this.#invitation = invitation;
    this.#unknown.hidden = !invitation?.isPasscodeAsked || this.#passcode.value !== '';
    this.#offer();
  }

  /** What is sent holds the link that stands above it, and no other. */
  #offer() {
    const link = this.#link.value;
    const invitation = this.#invitation && link !== '' ? { ...this.#invitation, link } : null;
    this.#ways.hidden = invitation === null;
    this.#ways.invitation = invitation;
  }
}

define('b-invite', Invite);
