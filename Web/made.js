/**
 * @import { Draft, Drafted, Personal } from './e2ee/maker.js'
 * @import { InviteRegistration, MeetingPlan, MeetingSafety, PlannedMeeting, PlannedMeetings } from './protocol/messages.d.ts'
 * @import { Bundle, PersonalLink } from './state/bundle.js'
 * @import { MeetingSettings } from './state/profiles.js'
 * @import { Lasting } from './vault.js'
 * @import { Measure } from './state/safety.js'
 *
 * What is asked of the server for a meeting (`protocol/account.js`).
 * @typedef {object} Accounts
 * @property {(plan: MeetingPlan) => Promise<PlannedMeeting & { token?: string }>} plan
 * @property {(after?: string) => Promise<PlannedMeetings>} planned
 * @property {(id: string, plan: MeetingPlan) => Promise<void>} change
 * @property {(id: string) => Promise<void>} cancel
 * @property {(id: string) => Promise<MeetingSafety>} safety
 * @property {(id: string, token: string, registration: InviteRegistration & { passcode?: string }) => Promise<void>} register
 * @property {(id: string, token: string, tickets: readonly string[]) => Promise<void>} addTickets
 * @property {(id: string, token: string, hash: string) => Promise<void>} revokeTicket
 *
 * What makes links (`e2ee/maker.js`); it runs a worker until it is closed.
 * @typedef {object} LinkMaker
 * @property {(draft: Draft) => Promise<Drafted>} draft
 * @property {(meeting: string, hostFragment: string, terms: { mayEnter: boolean, notBefore: number, notAfter: number }) => Promise<Personal>} personal
 * @property {() => void} close
 *
 * Writes a change down: into what lies there now, or, where nothing is to be read, what this page knows with the change in it
 * (`own`). Answers what lies there then; null: it does not fit, or was not taken.
 * @typedef {(change: Change, own: Bundle) => Promise<Bundle | null>} Keep
 * @typedef {(bundle: Bundle) => Bundle} Change the same when done twice
 *
 * @typedef {object} MadeParts
 * @property {Pick<Accounts, 'addTickets' | 'revokeTicket' | 'safety'>} accounts
 * @property {() => Promise<LinkMaker>} startMaker
 * @property {Keep} keep
 * @property {Lasting} lasting how long this browser opens it again
 * @property {() => void} letGo closing the page is no mishap any more
 * @property {() => Promise<void>} ended the same, if the plan is gone
 * @property {() => number} [now] Unix seconds
 * @property {readonly Measure[]} required safety measures that the organisation wants of meetings
 *
 * @typedef {object} Appointed
 * @property {string} meeting
 * @property {number} start Unix seconds
 * @property {number} minutes
 * @property {boolean} isNow it was made to begin at once
 */
import { base64url, concat, fromBase64url } from './e2ee/bytes.js';
import { mostPersonal, mostRevoked } from './state/bundle.js';

/** Seconds that clocks may differ by. */
const early = 300;

/** Seconds after its end in which a meeting can still be entered: as long as the server keeps its plan. */
const late = 86_400;

/** Seconds of Unix time. */
function unixSeconds() {
  return Math.floor(Date.now() / 1000);
}

/** When a meeting can be entered: from now on, for it may be tried beforehand. @param {Pick<Appointed, 'start' | 'minutes'>} when @param {number} now */
export function termOf({ start, minutes }, now) {
  return { notBefore: now - early, notAfter: Math.max(now, start + 60 * minutes) + late };
}

/**
 * A meeting of whoever made it, for as long as this page knows its links: they are in memory, and nowhere else but in the
 * sealed card of a planned one.
 */
export class Made {
  /** @type {Appointed} */
  when;
  /** What it was made with. @type {MeetingSettings} */
  settings;
  /** What its maker is called. */
  hostName;
  /** The group that runs was locked once. */
  wasLocked = false;
  #bundle;
  #parts;
  /** What holds in this page and is written down nowhere yet. @type {Change[]} */
  #unkept = [];
  /** One write after another: each reads first what lies there. @type {Promise<unknown>} */
  #writing = Promise.resolve();

  /** @param {Appointed} when @param {MeetingSettings} settings @param {string} hostName @param {Bundle} bundle @param {MadeParts} parts */
  constructor(when, settings, hostName, bundle, parts) {
    this.when = when;
    this.settings = settings;
    this.hostName = hostName;
    this.#bundle = bundle;
    this.#parts = parts;
  }

  /** Its maker is in. */
  enter() {
    if (this.when.isNow) this.#parts.letGo();
  }

  /** It ended for everybody: where its plan has gone with it, there is nothing to lose. */
  end() {
    return this.#parts.ended();
  }

  /** How long this browser opens it again, without its host link. */
  get lasting() {
    return this.#parts.lasting;
  }

  get hostFragment() {
    return this.#bundle.hostFragment;
  }

  get guestFragment() {
    return this.#bundle.guestFragment;
  }

  get token() {
    return this.#bundle.token;
  }

  /** Null: none is asked for, or one that is not known here. */
  get passcode() {
    return this.#bundle.passcode;
  }

  get isPasscodeAsked() {
    return this.#bundle.isAsked;
  }

  get title() {
    return this.#bundle.title;
  }

  get expected() {
    return this.#bundle.expected;
  }

  /** All links were renewed while it ran, which holds until everybody has left. */
  get wasRenewed() {
    return this.#bundle.wasRenewed;
  }

  get personal() {
    return this.#bundle.personal;
  }

  /** Keys of personal links that were taken back. */
  get revoked() {
    return this.#bundle.revoked;
  }

  /**
   * What lets its maker in while this common link is in force. After a renewal that is the seed of the host link beside the new
   * secret (`e2ee.md` 3.1); before one it is the host link itself. @param {string} guestFragment
   */
  hostFragmentBeside(guestFragment) {
    const host = fromBase64url(this.hostFragment), guest = fromBase64url(guestFragment);
    if (host?.length !== 49 || guest?.length !== 33) return this.hostFragment;
    const bytes = concat(host.subarray(0, 1), guest.subarray(1, 17), host.subarray(17));
    const fragment = base64url(bytes);
    for (const secret of [host, guest, bytes]) secret.fill(0);
    return fragment;
  }

  get required() {
    return this.#parts.required;
  }

  /** What the server says of its safety. */
  safety() {
    return this.#parts.accounts.safety(this.when.meeting);
  }

  /** The whole link behind which this fragment stands. @param {string} origin @param {string} fragment */
  link(origin, fragment) {
    return `${origin}/m/${this.when.meeting}#${fragment}`;
  }

  /** Is there room for one more personal link? */
  get hasRoom() {
    return this.personal.length < mostPersonal;
  }

  /** A link for one guest; the server knows it before it is shown. @param {string} name @returns {Promise<boolean>} is it kept, too? */
  async invite(name) {
    const now = (this.#parts.now ?? unixSeconds)();
    const maker = await this.#parts.startMaker();
    try {
      const terms = { mayEnter: this.settings.personal === 'enter', ...termOf(this.when, now) };
      const { fragment, certificate, hash, key } = await maker.personal(this.when.meeting, this.hostFragment, terms);
      await this.#parts.accounts.addTickets(this.when.meeting, this.token, [certificate]);
      return await this.#change(({ personal, ...bundle }) => {
        return { ...bundle, personal: [...personal.filter((one) => one.hash !== hash), { name, fragment, hash, key }] };
      });
    } finally {
      maker.close();
    }
  }

  /** Nobody else gets in by it; each new group has to hear of its key. @param {string} hash @returns {Promise<PersonalLink | null>} which it was */
  async revoke(hash) {
    const link = this.personal.find((one) => one.hash === hash) ?? null;
    if (link === null) return null;
    await this.#parts.accounts.revokeTicket(this.when.meeting, this.token, hash);
    await this.#change((bundle) => ({
      ...bundle,
      personal: bundle.personal.filter((one) => one.hash !== hash),
      revoked: [...bundle.revoked.filter((key) => key !== link.key), link.key].slice(-mostRevoked),
    }));
    return link;
  }

  /**
   * What newcomers are asked for from now on; null: nothing, or what is not known here.
   * @param {string | null} passcode @param {boolean} [isAsked] @returns {Promise<boolean>} is it kept?
   */
  async setPasscode(passcode, isAsked = passcode !== null) {
    if (passcode === this.passcode && isAsked === this.isPasscodeAsked) return true;
    return await this.#change((bundle) => ({ ...bundle, passcode, isAsked }));
  }

  /** All links are renewed: whoever invites by the first ones later has to know. @returns {Promise<boolean>} is it kept? */
  async setRenewed() {
    return this.wasRenewed || await this.#change((bundle) => ({ ...bundle, wasRenewed: true }));
  }

  /** Who is expected. @param {readonly string[]} names @returns {Promise<boolean>} is it kept? */
  async expect(names) {
    return await this.#change((bundle) => ({ ...bundle, expected: names }));
  }

  /** What holds is what this page knows; whether it outlives the page is another thing. @param {Change} change @returns {Promise<boolean>} does it? */
  #change(change) {
    this.#bundle = change(this.#bundle);
    this.#unkept.push(change);
    const written = this.#writing.then(() => this.#write());
    this.#writing = written;
    return written;
  }

  async #write() {
    const changes = [...this.#unkept];
    if (changes.length === 0) return true; // the write before took it along
    const kept = await this.#parts.keep((bundle) => applied(changes, bundle), this.#bundle);
    if (kept === null) return false;
    this.#unkept = this.#unkept.slice(changes.length);
    this.#bundle = applied(this.#unkept, kept);
    return true;
  }
}

/** @param {readonly Change[]} changes @param {Bundle} bundle */
function applied(changes, bundle) {
  return changes.reduce((changed, change) => change(changed), bundle);
}
