/**
 * @import { Accounts, Keep, LinkMaker } from './made.js'
 * @import { MeetingPlan } from './protocol/messages.d.ts'
 * @import { Bundle } from './state/bundle.js'
 * @import { Option, ProfileName } from './state/profiles.js'
 * @import { Measure } from './state/safety.js'
 * @import { Lasting, Vault } from './vault.js'
 *
 * What somebody wants of a new meeting.
 * @typedef {object} Wish
 * @property {ProfileName} profile
 * @property {readonly Option[]} options what is taken away from it
 * @property {string} title may be empty
 *
 * @typedef {object} MakingParts
 * @property {Accounts} accounts
 * @property {() => Promise<LinkMaker>} startMaker
 * @property {Vault} vault
 * @property {string} hostName
 * @property {() => 'nl' | 'en'} language
 * @property {readonly Measure[]} [required] safety measures that the organisation wants of meetings
 * @property {() => number} [now] Unix seconds
 * @property {() => number} [random] 32 bits, each as likely as any other
 */
import { utf8 } from './e2ee/bytes.js';
import { Made, termOf } from './made.js';
import { findPlan } from './plans.js';
import { longestBundle, writeBundle } from './state/bundle.js';
import { newPasscode } from './state/passcode.js';
import { profiles, published, stricter } from './state/profiles.js';

/** What stands in the calendar for a meeting without an appointment. */
const usualMinutes = 60;

/** Makes meetings. The links are made here, in the browser: the server learns an id, a passcode's hash and what it may tell those with the link. */
export class Making {
  #parts;
  #now;
  #random;

  /** @param {MakingParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => Math.floor(Date.now() / 1000));
    this.#random = parts.random ?? (() => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
  }

  /**
   * One that begins now, planned for this hour: so it goes on after the server was started anew, and whoever leaves it finds it
   * at home. The key stays in this browser only where somebody has said that the device is theirs. @param {Wish} wish
   */
  async start(wish) {
    const when = { start: this.#now(), minutes: usualMinutes };
    return (await this.#plan(wish, when, await this.#parts.vault.isOnDevice(), true)).made;
  }

  /**
   * One with an appointment: at the server lies when it is, and sealed what only this browser can open.
   * @param {Wish} wish @param {{ start: number, minutes: number }} when @param {boolean} onDevice the key may stay in this browser
   * @returns {Promise<{ made: Made, lasting: Lasting }>}
   */
  plan(wish, when, onDevice) {
    return this.#plan(wish, when, onDevice, false);
  }

  /** @param {Wish} wish @param {{ start: number, minutes: number }} when @param {boolean} onDevice @param {boolean} isNow */
  async #plan(wish, when, onDevice, isNow) {
    const { accounts, vault } = this.#parts;
    const plan = { starts: when.start, minutes: when.minutes, profile: wish.profile };
    const { id, token } = await accounts.plan(plan);
    try {
      // Not before the server knows who this is: somebody who is not signed in any more leaves no key here.
      const lasting = await vault.prepare(onDevice);
      if (token === undefined) throw new TypeError('a plan without a token');
      const bundle = await this.#register(id, token, wish, when);
      const card = await vault.seal(id, bundle, lasting);
      if (lasting === 'tab') vault.hold(id);
      await accounts.change(id, { ...plan, card });
      return { made: this.#known(id, plan, bundle, lasting, isNow), lasting };
    } catch (error) {
      // Half a meeting is none. That it could not be taken back either matters less than why it was not made.
      await accounts.cancel(id).catch(() => {});
      vault.drop(id);
      throw error;
    }
  }

  /** One that was planned before. @param {string} id @param {MeetingPlan} plan @param {Bundle} bundle @param {Lasting} lasting */
  known(id, plan, bundle, lasting) {
    return this.#known(id, plan, bundle, lasting, false);
  }

  /** @param {string} id @param {MeetingPlan} plan @param {Bundle} bundle @param {Lasting} lasting @param {boolean} isNow */
  #known(id, plan, bundle, lasting, isNow) {
    const { accounts, vault } = this.#parts;
    const when = { start: plan.starts, minutes: plan.minutes, isNow };
    return this.#made(id, bundle, when, lasting, async (change, own) => {
      try {
        const found = await findPlan(accounts, id);
        if (found === null) return null;
        // Another page of this browser may have written there: what it wrote stays.
        const stored = found.card === undefined ? null : await vault.open(id, found.card);
        const changed = stored === null ? own : change(stored.bundle);
        if (writeBundle(changed).length > longestBundle) return null;
        const card = await vault.seal(id, changed, stored?.lasting ?? lasting);
        await accounts.change(id, { ...found, card });
        return changed;
      } catch {
        return null; // not reached, not taken, or without the key, which goes when somebody signs out in another tab
      }
    });
  }

  /** @param {string} id @param {string} token @param {Wish} wish @param {{ start: number, minutes: number }} when @returns {Promise<Bundle>} */
  async #register(id, token, { profile: name, options, title }, when) {
    const settings = stricter(profiles[name], new Set(options));
    const { language, hostName, accounts } = this.#parts;
    const profileHash = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(published(profiles[name]))));
    const maker = await this.#parts.startMaker();
    try {
      const { hostFragment, guestFragment, ...drafted } = await maker.draft({
        meeting: id,
        admission: settings.admission,
        features: settings.features.max,
        membersMax: settings.membersMax,
        ...termOf(when, this.#now()),
        profile: name,
        profileHash,
        title,
        hostName,
        agenda: '',
        language: language(),
        ...when,
      });
      const passcode = newPasscode(this.#random);
      await accounts.register(id, token, { ...drafted, capacity: settings.membersMax, passcode });
      const profile = { name, options };
      const secrets = { hostFragment, guestFragment, token, passcode, isAsked: true };
      return { ...secrets, title, profile, expected: [], personal: [], revoked: [], wasRenewed: false };
    } finally {
      maker.close();
    }
  }

  /** @param {string} meeting @param {Bundle} bundle @param {{ start: number, minutes: number, isNow: boolean }} when @param {Lasting} lasting @param {Keep} keep */
  #made(meeting, bundle, when, lasting, keep) {
    const { accounts, startMaker, hostName, vault, required = [] } = this.#parts;
    const settings = stricter(profiles[bundle.profile.name], new Set(bundle.profile.options));
    const letGo = () => vault.drop(meeting);
    const ended = async () => {
      // A server that stops says so as well, and keeps the plan.
      if (await findPlan(accounts, meeting).catch(() => undefined) === null) letGo();
    };
    const parts = { accounts, startMaker, keep, lasting, now: this.#now, required, letGo, ended };
    return new Made({ meeting, ...when }, settings, hostName, bundle, parts);
  }
}
