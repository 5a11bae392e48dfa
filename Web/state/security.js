/**
 * What a host decides about the whole meeting, as values: what the group's policy says, what has to be wanted of the group
 * for something else, and what stopping everything and undoing it come to. Nothing holds here that the policy does not say.
 * @import { CommandName, Feature } from './meeting.d.ts'
 * @import { Person } from './people.js'
 * @import { Right } from './powers.d.ts'
 * @import { Rights } from './waiting.js'
 *
 * @typedef {'everyone' | 'hosts' | 'nobody'} Audience
 * @typedef {'lock' | 'waiting' | 'share' | 'chat' | 'files' | 'unmute' | 'video' | 'rename'} SettingName
 * @typedef {boolean | Audience} Setting
 * @typedef {Readonly<Record<SettingName, Setting>>} Settings
 * @typedef {Readonly<Partial<Record<SettingName, Setting>>>} Wishes
 *
 * @typedef {object} Held what undoing brings back: rights and settings, no device
 * @property {Wishes} wishes
 * @property {readonly { key: string, right: Right }[]} barred who had been forbidden something by name
 */
import { leads } from './moderation.js';

/** What each setting is called, what it gives and what it costs: Promise P-033. @type {Readonly<Record<SettingName, readonly [string, string, string]>>} */
export const settingTexts = {
  lock: ['sec.lock', 'sec.lock.gain', 'sec.lock.cost'],
  waiting: ['sec.waiting', 'sec.waiting.gain', 'sec.waiting.cost'],
  share: ['sec.share', 'sec.share.gain', 'sec.share.cost'],
  chat: ['sec.chat', 'sec.chat.gain', 'sec.chat.cost'],
  files: ['sec.files', 'sec.files.gain', 'sec.files.cost'],
  unmute: ['sec.unmute', 'sec.unmute.gain', 'sec.unmute.cost'],
  video: ['sec.video', 'sec.video.gain', 'sec.video.cost'],
  rename: ['sec.rename', 'sec.rename.gain', 'sec.rename.cost'],
};

const names = /** @type {readonly SettingName[]} */ (Object.keys(settingTexts));

/** Settings that are one feature. @type {Readonly<Partial<Record<SettingName, Feature>>>} */
const switches = { files: 'files', unmute: 'microphone', video: 'camera', rename: 'rename' };

/** Settings with an audience: the feature of everybody, and that of hosts alone. @type {Readonly<Partial<Record<SettingName, readonly [Feature, Feature]>>>} */
const choices = { share: ['screen', 'hostsScreen'], chat: ['chat', 'hostsChat'] };

/** Settings that the server keeps as well: it holds back what a client would not. @type {readonly (readonly [SettingName, Right])[]} */
export const guarded = [['unmute', 'microphone'], ['video', 'camera'], ['share', 'screen'], ['files', 'files']];

/** @type {readonly Audience[]} */
export const audiences = ['everyone', 'hosts', 'nobody'];

/** By what it is wanted of the group. @param {SettingName} name @returns {CommandName} */
export function commandOf(name) {
  return name === 'lock' ? 'lock' : name === 'waiting' ? 'setAdmission' : 'setFeatures';
}

/** Has it an audience, or is it on or off? @param {SettingName} name */
export function isChoice(name) {
  return choices[name] !== undefined;
}

/** What holds, by the group's word. @param {Pick<Rights, 'isLocked' | 'admission' | 'features'>} rights @returns {Settings} */
export function settingsOf({ isLocked, admission, features }) {
  return {
    lock: isLocked,
    waiting: admission !== 'open',
    share: audience(features, 'share'),
    chat: audience(features, 'chat'),
    files: features.includes('files'),
    unmute: features.includes('microphone'),
    video: features.includes('camera'),
    rename: features.includes('rename'),
  };
}

/** May everybody do it? @param {Setting | undefined} value */
export function allows(value) {
  return value === true || value === 'everyone';
}

/** The values that the plan of the meeting leaves open. @param {Pick<Rights, 'featuresMax'>} rights @param {SettingName} name @returns {readonly Setting[]} */
export function possible({ featuresMax }, name) {
  const feature = switches[name], pair = choices[name];
  if (pair) {
    const isOpen = { everyone: featuresMax.includes(pair[0]), hosts: featuresMax.includes(pair[1]), nobody: true };
    return audiences.filter((one) => isOpen[one]);
  }
  return feature === undefined || featuresMax.includes(feature) ? [true, false] : [false];
}

/**
 * Why a setting cannot be changed, or not in every way; null: it can.
 * @param {Pick<Rights, 'lock' | 'featuresMax'>} rights @param {SettingName} name @param {boolean} isBusy a change is under way
 * @returns {{ isShut: boolean, reason: string | null }} `reason`: key of a text
 */
export function limit(rights, name, isBusy) {
  if (isBusy) return { isShut: true, reason: 'sec.busy' };
  if (!rights.lock) return { isShut: true, reason: 'sec.notYours' };
  const open = possible(rights, name).length;
  if (open < 2) return { isShut: true, reason: 'sec.planned' };
  return { isShut: false, reason: isChoice(name) && open < 3 ? 'sec.planned.some' : null };
}

/**
 * All features that are to be on for this to come true. Others stay as they are, and none is asked for that cannot be.
 * @param {Pick<Rights, 'features' | 'featuresMax'>} rights @param {Wishes} wishes @returns {readonly Feature[]}
 */
export function featuresFor({ features, featuresMax }, wishes) {
  const wanted = new Set(features);
  for (const name of names) {
    const value = wishes[name];
    if (value === undefined) continue;
    const feature = switches[name], pair = choices[name];
    if (feature) turn(wanted, feature, value === true);
    if (!pair) continue;
    turn(wanted, pair[0], value === 'everyone');
    turn(wanted, pair[1], value !== 'nobody');
  }
  return featuresMax.filter((one) => wanted.has(one));
}

/** What is wanted and does not hold yet. @param {Wishes} wishes @param {Rights} rights @returns {Wishes} */
export function unfulfilled(wishes, rights) {
  const now = settingsOf(rights);
  return only(wishes, (name) => wishes[name] !== now[name]);
}

/** The wishes of these settings alone. @param {Wishes} wishes @param {(name: SettingName) => boolean} isWanted @returns {Wishes} */
export function only(wishes, isWanted) {
  return Object.fromEntries(names.flatMap((name) => {
    const value = wishes[name];
    return value !== undefined && isWanted(name) ? [[name, value]] : [];
  }));
}

/** Stopping everything: what only hosts may do stays with them, so that somebody can still say what is going on. @param {Rights} rights @returns {Wishes} */
export function frozen(rights) {
  const now = settingsOf(rights);
  /** @param {'share' | 'chat'} name @returns {Audience} */
  const calm = (name) => now[name] !== 'nobody' && possible(rights, name).includes('hosts') ? 'hosts' : 'nobody';
  return { lock: true, share: calm('share'), chat: calm('chat'), unmute: false, video: false };
}

/** What holds before everything is stopped, or is about to, as far as stopping changes it. @param {Rights} rights @param {Wishes} wishes under way @param {readonly Person[]} people @returns {Held} */
export function held(rights, wishes, people) {
  const now = { ...settingsOf(rights), ...wishes }, after = frozen(rights);
  const open = guarded.filter(([name]) => after[name] !== undefined && allows(now[name]));
  return {
    wishes: only(now, (name) => after[name] !== undefined && after[name] !== now[name]),
    barred: people.flatMap((person) => {
      const { key, may } = person;
      if (key === undefined || may === undefined || leads(person)) return [];
      return open.flatMap(([, right]) => may[right] ? [] : [{ key, right }]);
    }),
  };
}

/** @param {readonly Feature[]} features @param {'share' | 'chat'} name @returns {Audience} */
function audience(features, name) {
  const [everyone, hosts] = choices[name] ?? [];
  if (everyone && features.includes(everyone)) return 'everyone';
  return hosts && features.includes(hosts) ? 'hosts' : 'nobody';
}

/** @param {Set<Feature>} features @param {Feature} feature @param {boolean} isOn */
function turn(features, feature, isOn) {
  if (isOn) features.add(feature);
  else features.delete(feature);
}
