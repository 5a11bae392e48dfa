/**
 * What keeps a meeting safe, planned or begun now (Promise P-002): a line for each measure, whether the meeting has it, and whether the
 * organisation requires it. While one that is required is not surely there, nobody is invited. Values from values; it draws and
 * asks nothing.
 * @import { Words } from './audience.js'
 * @import { MeetingSettings } from './profiles.js'
 * @import { Rights } from './waiting.js'
 *
 * @typedef {'waitingRoom' | 'passcode' | 'lock' | 'recordingOff' | 'invitedOnly'} Measure
 * @typedef {'met' | 'missing' | 'unknown'} SafetyState
 * @typedef {{ readonly measure: Measure, readonly state: SafetyState, readonly required: boolean }} Told a line as the server says it
 *
 * @typedef {object} Line
 * @property {Measure} measure
 * @property {SafetyState} state
 * @property {boolean} isRequired
 * @property {string} name key of what it is called
 * @property {string} words key of how it is here
 *
 * What holds in the meeting now, where one is in it.
 * @typedef {object} Live
 * @property {Pick<Rights, 'admission' | 'featuresMax' | 'isLocked' | 'isWithoutServices'>} rights
 * @property {boolean} isPasscodeAsked
 */

/** In the order of the list. @type {readonly Measure[]} */
export const measures = ['waitingRoom', 'passcode', 'lock', 'recordingOff', 'invitedOnly'];

/** What each is called, and what is said where it is there, and where it is not. @type {Readonly<Record<Measure, readonly [string, string, string]>>} */
export const measureTexts = {
  waitingRoom: ['safety.waitingRoom', 'safety.waitingRoom.met', 'safety.waitingRoom.missing'],
  passcode: ['safety.passcode', 'safety.passcode.met', 'safety.passcode.missing'],
  lock: ['safety.lock', 'safety.lock.met', 'safety.lock.missing'],
  recordingOff: ['safety.recordingOff', 'safety.recordingOff.met', 'safety.recordingOff.missing'],
  invitedOnly: ['safety.invitedOnly', 'safety.invitedOnly.met', 'safety.invitedOnly.missing'],
};

/** What the server can know, and may know better: it may have changed in the meeting. @type {readonly Measure[]} */
const known = ['waitingRoom', 'passcode', 'recordingOff'];

/**
 * What the settings of a meeting say. A lock that waits for names waits for ever without them.
 * @param {Pick<MeetingSettings, 'admission' | 'passcode' | 'lock' | 'individual' | 'services' | 'features' | 'ownLinks'>} settings
 * @param {readonly string[] | null} expected null: they are still to be written down
 * @returns {Readonly<Record<Measure, boolean>>}
 */
export function given({ admission, passcode, lock, individual, services, features, ownLinks }, expected) {
  const isNameless = lock.type === 'complete' && !individual && expected?.length === 0;
  return {
    waitingRoom: admission === 'waiting',
    passcode,
    lock: lock.type !== 'never' && !isNameless,
    recordingOff: services.length === 0 && !features.max.includes('localRecording'),
    invitedOnly: ownLinks,
  };
}

/** What holds in a meeting that runs goes before what was planned. @param {Readonly<Record<Measure, boolean>>} planned @param {Live} live @returns {Readonly<Record<Measure, boolean>>} */
function running(planned, { rights, isPasscodeAsked }) {
  return {
    waitingRoom: rights.admission !== 'open' && rights.admission !== 'members',
    passcode: isPasscodeAsked,
    lock: planned.lock || rights.isLocked,
    recordingOff: rights.isWithoutServices && !rights.featuresMax.includes('localRecording'),
    invitedOnly: planned.invitedOnly,
  };
}

/**
 * The list, from what this page planned and what the server says.
 * @param {Readonly<Record<Measure, boolean>>} planned @param {readonly Measure[]} required as it was known when the page was loaded
 * @param {readonly Told[] | null} told null: the server did not say, or not yet @param {Live | null} [live]
 * @returns {readonly Line[]}
 */
export function checklist(planned, required, told, live = null) {
  const here = live ? running(planned, live) : planned;
  return measures.map((measure) => {
    const line = told?.find((one) => one.measure === measure);
    const isRequired = line?.required ?? required.includes(measure);
    const isOwn = live !== null || !known.includes(measure);
    /** @type {SafetyState} */
    const own = here[measure] ? 'met' : 'missing';
    // What is promised on one side and lacking on the other is lacking.
    const state = isOwn || own === 'missing' ? own : line?.state ?? 'unknown';
    const [name, met, missing] = measureTexts[measure];
    const words = state === 'met' ? met : state === 'missing' ? missing : 'safety.unknown';
    return { measure, state, isRequired, name, words };
  });
}

/** The lines of what is about to be made, which nobody else knows of yet. @param {Readonly<Record<Measure, boolean>>} planned @param {readonly Measure[]} required */
export function draftLines(planned, required) {
  const told = measures.map((measure) => {
    return { measure, state: /** @type {const} */ ('met'), required: required.includes(measure) };
  });
  return checklist(planned, required, told);
}

/** Why nobody is invited now; null: nothing is in the way. @param {readonly Line[]} lines @returns {Words | null} */
export function refusalOf(lines) {
  const wanting = lines.filter(({ isRequired, state }) => isRequired && state !== 'met');
  const first = wanting.find(({ state }) => state === 'missing') ?? wanting[0];
  if (!first) return null;
  const text = first.state === 'missing' ? 'safety.refused' : 'safety.refused.unknown';
  return { text, args: { measure: { word: first.name } } };
}

/** Why a meeting like this is not made; null: it may be. @param {readonly Line[]} lines @returns {Words | null} */
export function objectionTo(lines) {
  const lacking = lines.find(({ isRequired, state }) => isRequired && state === 'missing');
  return lacking ? notPlanned(lacking.measure) : null;
}

/** In words what the server says with `measure`. @param {Measure} measure @returns {Words} */
export function notPlanned(measure) {
  return { text: 'safety.notPlanned', args: { measure: { word: measureTexts[measure][0] } } };
}

/** @param {unknown} value @returns {value is Measure} */
export function isMeasure(value) {
  return measures.some((measure) => measure === value);
}
