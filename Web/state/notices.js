/** What can go wrong while a screen runs, and what somebody can do about it. */
import { minutes } from './failures.js';

/** @typedef {'good' | 'care' | 'told' | 'urgent'} Tone */
/** @typedef {'retry' | 'without' | 'sound' | 'settings' | 'people' | 'goOn' | 'keys' | 'unmute' | 'film' | 'later' | 'close' | 'leave'} NoticeAct */
/** What fills a placeholder; `word` is itself the key of a text, and `words` are, named one after the other. @typedef {Readonly<Record<string, string | number | { word: string } | { words: readonly string[] }>>} Args */

/**
 * @typedef {object} Notice
 * @property {string} id what it is about; a second notice with the same id takes the place of the first
 * @property {string} text key
 * @property {Args} args
 * @property {readonly NoticeAct[]} acts
 * @property {Tone} tone `urgent` and `told` are said at once by a screen reader; only `urgent` is drawn as danger
 */

/** @typedef {'microphone' | 'camera'} Device */
/** @typedef {import('./devices.js').Trouble} DeviceTrouble */

/** @type {Record<DeviceTrouble, readonly NoticeAct[]>} */
const deviceActs = { denied: ['retry', 'without'], noDevice: ['retry', 'without'], inUse: ['retry', 'without'] };

/** @type {Record<DeviceTrouble, string>} */
const deviceTexts = { denied: 'err.denied', noDevice: 'err.noDevice', inUse: 'err.inUse' };

/** @param {Device} device @param {DeviceTrouble} trouble @returns {Notice} */
export function deviceNotice(device, trouble) {
  const word = device === 'camera' ? 'word.camera' : 'word.microphone';
  return {
    id: `device.${device}`,
    text: deviceTexts[trouble],
    args: { device: { word } },
    acts: deviceActs[trouble],
    tone: 'care',
  };
}

/** @param {string} label of what vanished; may be unknown @param {string | { word: string }} other what is used now @returns {Notice} */
export function deviceGone(label, other) {
  const args = { label: named(label), other };
  return { id: 'device.gone', text: 'err.deviceGone', args, acts: ['settings', 'close'], tone: 'care' };
}

/** Nothing uses it: that is for the person to choose. @param {string} label @returns {Notice} */
export function deviceNew(label) {
  return { id: 'device.new', text: 'av.new', args: { label: named(label) }, acts: ['settings', 'later'], tone: 'care' };
}

/** @param {string} label */
function named(label) {
  return label === '' ? { word: 'word.device' } : label;
}

/**
 * The connection, by what is known of it. After half a minute waiting alone is no longer an answer.
 * @param {{ type: 'lost', seconds: number } | { type: 'back' }} how @returns {Notice}
 */
export function connectionNotice(how) {
  if (how.type === 'back') {
    return { id: 'connection', text: 'err.reconnecting.2', args: {}, acts: [], tone: 'good' };
  }
  const acts = /** @type {NoticeAct[]} */ (how.seconds >= 30 ? ['retry', 'leave'] : []);
  return { id: 'connection', text: 'err.reconnecting.1', args: {}, acts, tone: 'urgent' };
}

/** @returns {Notice} */
export function soundNotice() {
  return { id: 'sound', text: 'err.sound', args: {}, acts: ['sound'], tone: 'care' };
}

/** @param {string} host @param {number | string} port @returns {Notice} */
export function networkNotice(host, port) {
  return { id: 'network', text: 'err.network', args: { host, port }, acts: ['retry', 'leave'], tone: 'urgent' };
}

/** The server has no room for our sound and picture. @param {number} seconds until it may have @returns {Notice} */
export function busyNotice(seconds) {
  return { id: 'busy', text: 'err.busy', args: { n: minutes(seconds) }, acts: ['retry', 'leave'], tone: 'urgent' };
}

/** @returns {Notice} */
export function regionNotice() {
  return { id: 'region', text: 'err.region', args: { place: { word: 'word.area' } }, acts: ['leave'], tone: 'urgent' };
}

/** Sound and picture ended by a host's word to the server, and nothing followed. @returns {Notice} */
export function cutNotice() {
  return { id: 'cut', text: 'err.cut', args: {}, acts: ['leave'], tone: 'urgent' };
}

/** @type {Readonly<Partial<Record<import('./meeting.d.ts').CommandName, string>>>} */
const wishes = {
  admit: 'people.admit.short',
  refuse: 'people.refuse.short',
  message: 'people.message.short',
  eject: 'person.remove',
  sendBack: 'person.back',
  lock: 'sec.lock',
  setAdmission: 'sec.waiting',
  setFeatures: 'sec.change',
  makeCohost: 'person.cohost.1',
  withdrawCohost: 'person.cohost.2',
  rotateLink: 'invite.renew',
  rename: 'set.rename',
  continueUnhosted: 'notice.goOn',
  compare: 'keys.compare',
  compared: 'keys.compare',
  consent: 'consent.answer',
};

/** @type {Readonly<Record<import('./meeting.d.ts').RefusalReason, string>>} */
const reasons = { full: 'act.full', inUse: 'act.inUse' };

/**
 * What somebody wanted of the group and did not get; null for what nobody wants by hand.
 * @param {import('./meeting.d.ts').CommandName} command @param {import('./meeting.d.ts').RefusalReason | null} [why] @returns {Notice | null}
 */
export function refusedNotice(command, why = null) {
  if (why) return { id: 'refused', text: reasons[why], args: {}, acts: ['close'], tone: 'urgent' };
  const word = wishes[command];
  return word ? wishNotice(word) : null;
}

/** @param {string} word key of what was wanted @returns {Notice} */
export function wishNotice(word) {
  return { id: 'refused', text: 'act.refused', args: { act: { word } }, acts: ['close'], tone: 'urgent' };
}

/** The card of a planned meeting still has the passcode of before. @returns {Notice} */
export function passcodeNotice() {
  return { id: 'passcode', text: 'sec.passcode.notKept', args: {}, acts: ['close'], tone: 'care' };
}

/** Participants cannot speak yet, as the kind of meeting has it. @returns {Notice} */
export function begunNotice() {
  return { id: 'begun.auto', text: 'sec.auto.begun', args: {}, acts: ['close'], tone: 'care' };
}

/**
 * It locked by itself, and why.
 * @param {Pick<import('./profiles.js').MeetingSettings, 'lock' | 'individual'>} settings @returns {Notice}
 */
export function lockedNotice({ lock, individual }) {
  const acts = /** @type {const} */ (['close']), id = 'lock.auto';
  if (lock.type === 'after') return { id, text: 'sec.auto.after', args: { n: lock.minutes }, acts, tone: 'good' };
  return { id, text: individual ? 'sec.auto.two' : 'sec.auto.list', args: {}, acts, tone: 'good' };
}

/** Nothing was chosen to be shared, or the system does not give it. @returns {Notice} */
export function shareNotice() {
  return { id: 'share', text: 'err.share', args: {}, acts: ['retry', 'close'], tone: 'care' };
}

/** Sharing was tried where it may not be, or cannot. @param {string} reason key of a text @returns {Notice} */
export function noShareNotice(reason) {
  return { id: 'share', text: reason, args: {}, acts: ['close'], tone: 'care' };
}

/** The camera was tried in a meeting without pictures. @returns {Notice} */
export function audioOnlyNotice() {
  return { id: 'audioOnly', text: 'av.audioOnly.camera', args: {}, acts: ['close'], tone: 'care' };
}

/** @returns {Notice} */
export function encryptNotice() {
  return { id: 'gate.encrypt', text: 'err.encrypt', args: {}, acts: ['retry', 'leave'], tone: 'urgent' };
}

/** @param {string} participant @param {string | { word: string }} name @returns {Notice} */
export function tileNotice(participant, name) {
  return { id: `tile.${participant}`, text: 'err.tile', args: { name }, acts: [], tone: 'care' };
}

/** A host of whom nothing comes, while another one's word keeps the meeting going. @param {string} participant @param {string | { word: string }} name @returns {Notice} */
export function silentNotice(participant, name) {
  return { id: `silent.${participant}`, text: 'err.silent', args: { name }, acts: ['people'], tone: 'care' };
}

/** What a lost connection is the cause of: it would only say the same in other words, and name the host. */
const ofConnection = /^(?:gate\.(?:proof|behind)$|silent\.)/;

/** What is shown of these: one sentence for one cause. @param {readonly Notice[]} list */
export function shownOf(list) {
  return list.some((one) => one.id === 'connection') ? list.filter((one) => !ofConnection.test(one.id)) : list;
}

/** The list with this notice in it, in the place it had. @param {readonly Notice[]} list @param {Notice} notice */
export function withNotice(list, notice) {
  const known = list.some((one) => one.id === notice.id);
  return known ? list.map((one) => one.id === notice.id ? notice : one) : [...list, notice];
}

/** @param {readonly Notice[]} list @param {string} id */
export function withoutNotice(list, id) {
  return list.filter((one) => one.id !== id);
}
