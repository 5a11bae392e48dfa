/**
 * @import { Draft, Drafted, Personal } from './e2ee/maker.js'
 * @import { MeetingCreated, InviteRegistration, MeetingPlan, MeetingSafety, PlannedMeeting, PlannedMeetings } from './protocol/messages.d.ts'
 * @import { Bundle, PersonalLink } from './state/bundle.js'
 * @import { MeetingSettings } from './state/profiles.js'
 * @import { Measure } from './state/safety.js'
 *
 * What is asked of the server for a meeting (`protocol/account.js`).
 * @typedef {object} Accounts
 * @property {() => Promise<MeetingCreated>} createMeeting
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
 * @typedef {object} MadeParts
 * @property {Pick<Accounts, 'addTickets' | 'revokeTicket' | 'safety'>} accounts
 * @property {() => Promise<LinkMaker>} startMaker
 * @property {(bundle: Bundle) => Promise<boolean>} keep false: it does not fit, or was not taken
 * @property {() => number} [now] Unix seconds
 * @property {readonly Measure[]} required safety measures that the organisation wants of planned meetings
 *
 * @typedef {object} Appointed
 * @property {string} meeting
 * @property {number} start Unix seconds
 * @property {number} minutes
 * @property {boolean} isNow it has no appointment, and ends when everybody has left
 */
import { mostPersonal } from './state/bundle.js';

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
  #bundle;
  #parts;

  /** @param {Appointed} when @param {MeetingSettings} settings @param {string} hostName @param {Bundle} bundle @param {MadeParts} parts */
  constructor(when, settings, hostName, bundle, parts) {
    this.when = when;
    this.settings = settings;
    this.hostName = hostName;
    this.#bundle = bundle;
    this.#parts = parts;
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

  get passcode() {
    return this.#bundle.passcode;
  }

  get title() {
    return this.#bundle.title;
  }

  get expected() {
    return this.#bundle.expected;
  }

  get personal() {
    return this.#bundle.personal;
  }

  get required() {
    return this.#parts.required;
  }

  /** What the server says of its safety; it has that of planned meetings alone. */
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
      return await this.#change({ personal: [...this.personal, { name, fragment, hash, key }] });
    } finally {
      maker.close();
    }
  }

  /** Nobody gets in by it any more. @param {string} hash @returns {Promise<PersonalLink | null>} which it was */
  async revoke(hash) {
    const link = this.personal.find((one) => one.hash === hash) ?? null;
    if (link === null) return null;
    await this.#parts.accounts.revokeTicket(this.when.meeting, this.token, hash);
    await this.#change({ personal: this.personal.filter((one) => one !== link) });
    return link;
  }

  /** Who is expected. @param {readonly string[]} names @returns {Promise<boolean>} is it kept? */
  async expect(names) {
    return await this.#change({ expected: names });
  }

  /** What holds is what this page knows; whether it outlives the page is another thing. @param {Partial<Bundle>} change */
  async #change(change) {
    this.#bundle = { ...this.#bundle, ...change };
    return await this.#parts.keep(this.#bundle);
  }
}
