/**
 * What may be done about somebody, and what a host's act means for oneself. Values from values: nobody is ever switched on
 * by anybody else (Promise P-029), so there is no act for it.
 * @import { Feature } from './meeting.d.ts'
 * @import { Notice, NoticeAct } from './notices.js'
 * @import { Person } from './people.js'
 * @import { May, Use } from './powers.d.ts'
 * @import { Rights } from './waiting.js'
 *
 * @typedef {'microphone' | 'camera'} Device
 * @typedef {'mute' | 'ask' | 'stopVideo' | 'lower' | 'spotlight' | 'cohost'} LeadAct
 *
 * @typedef {object} Powers what one may do about somebody
 * @property {boolean} remove send back, remove, block
 * @property {ReadonlySet<LeadAct>} acts
 * @property {boolean} isCohost
 * @property {May | null} may what the server lets them use; null: not ours to say
 * @property {readonly Use[]} shut what nobody may use now
 */
import { mayActOn } from './people.js';

/** Does somebody lead here? What the policy keeps from everybody it does not keep from them. @param {Pick<Person, 'role' | 'label'>} person */
export function leads({ role, label }) {
  return role === 'host' || role === 'cohost' || label === 'actingHost';
}

/** What is sent: these a host stops all at once. @type {readonly Use[]} */
export const uses = ['microphone', 'camera', 'screen'];

/** @type {May} */
const all = { microphone: true, camera: true, screen: true, files: true };

/** @param {Person} person @param {Rights} rights ours @param {Person | null} me @returns {Powers} */
export function powersOn(person, rights, me) {
  const isThere = !person.me && person.key !== undefined && person.label !== 'service';
  const mayLead = rights.moderate && isThere;
  // A host stands over all others but hosts, whoever else leads over those who do not.
  const mayModerate = mayLead && (me?.role === 'host' ? person.role !== 'host' : !leads(person));
  const mayName = isThere && me?.role === 'host' && rights.lock && rights.delegate;
  const shut = uses.filter((use) => !rights.features.includes(use));
  const may = person.may ?? all;
  const isAsked = !person.microphone && (leads(person) || !shut.includes('microphone')) && may.microphone;
  /** @type {readonly (readonly [LeadAct, boolean])[]} */
  const acts = [
    ['mute', mayModerate && person.microphone],
    ['ask', mayModerate && isAsked],
    ['stopVideo', mayModerate && person.camera],
    ['lower', mayModerate && person.hand === true],
    ['spotlight', mayLead],
    ['cohost', mayName && (person.role === 'participant' || person.role === 'cohost')],
  ];
  return {
    remove: mayActOn(person, rights),
    acts: new Set(acts.flatMap(([act, is]) => is ? [act] : [])),
    isCohost: person.role === 'cohost',
    may: mayModerate && !leads(person) ? may : null,
    shut,
  };
}

/** May we switch this on ourselves? The group says it of everybody, the server of us. @param {Device} device @param {Person} me @param {readonly Feature[]} features */
export function mayUse(device, me, features) {
  return (leads(me) || features.includes(device)) && (me.may?.[device] ?? true);
}

/** What a host switched off, where one may switch it on again and where not. @type {Readonly<Record<Use, readonly [string, string]>>} */
const offTexts = {
  microphone: ['host.mic.off', 'host.mic.shut'],
  camera: ['host.camera.off', 'host.camera.shut'],
  screen: ['host.screen.off', 'host.screen.off'],
};

/** How one switches it on again from the notice. @type {Readonly<Partial<Record<Use, NoticeAct>>>} */
const againActs = { microphone: 'unmute', camera: 'film' };

/** @type {Readonly<Record<Device, string>>} */
export const barredTexts = { microphone: 'av.mic.barred', camera: 'av.camera.barred' };

/** @type {Readonly<Record<Device, string>>} */
export const allowedTexts = { microphone: 'av.mic.allowed', camera: 'av.camera.allowed' };

/** The one notice about a device and a host. @param {Use} use */
export function noticeID(use) {
  return `host.${use}`;
}

/** A host switched it off. @param {Use} use @param {boolean} isBarred @returns {Notice} */
export function offNotice(use, isBarred) {
  const text = offTexts[use][isBarred ? 1 : 0];
  const again = isBarred ? undefined : againActs[use];
  return { id: noticeID(use), text, args: {}, acts: again ? [again, 'close'] : ['close'], tone: 'told' };
}

/** Somebody tried to switch on what they may not. @param {Device} device @returns {Notice} */
export function barredNotice(device) {
  return { id: noticeID(device), text: barredTexts[device], args: {}, acts: ['close'], tone: 'care' };
}

/** A host asks; only the person answers. @returns {Notice} */
export function askNotice() {
  return { id: 'host.ask', text: 'host.ask', args: {}, acts: ['unmute', 'later'], tone: 'care' };
}
