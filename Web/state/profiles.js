/**
 * The kinds of meeting (privacy.md 9.2) as published settings: what each of them sets, as far as a meeting of this version can
 * do it. What stands here can only be made stricter. `Web/profiles` holds the same as files, byte for byte: the hash of such a
 * file is what a meeting carries and everybody in it can compare (Promise P-045).
 * @import { Words } from './audience.js'
 * @import { LockRule } from './autolock.js'
 * @import { Feature } from './meeting.d.ts'
 *
 * @typedef {'coaching' | 'lesson' | 'lecture' | 'consultation' | 'defence' | 'webinar' | 'training'} ProfileName
 * @typedef {'one' | 'locks' | 'ownLinks' | 'noChat' | 'noScreen' | 'noFiles' | 'noReactions'} Option what one can take away from a profile
 *
 * @typedef {object} MeetingSettings what holds in one meeting
 * @property {ProfileName} name
 * @property {'waiting' | 'open'} admission for the common link
 * @property {'wait' | 'enter'} personal whether a personal link leads in at once, while a host is there
 * @property {boolean} passcode
 * @property {boolean} individual two people, and no third whatever happens
 * @property {number} membersMax hosts included
 * @property {{ readonly max: readonly Feature[], readonly first: readonly Feature[] }} features what can ever be on, and what
 *   is on when it begins
 * @property {LockRule} lock
 * @property {readonly string[]} services recorders and others that hold keys: none, in this version
 * @property {boolean} ownLinks the common link is given to nobody: every guest has one of their own
 *
 * @typedef {Omit<MeetingSettings, 'ownLinks'> & { readonly suggested: readonly Option[] }} Profile `suggested`: taken away unless one says otherwise
 */

/** In the order of the page. @type {readonly ProfileName[]} */
export const profileNames = ['coaching', 'lesson', 'lecture', 'consultation', 'defence', 'webinar', 'training'];

/** Talk, write, show things once a host lets everybody. Lists of features stand in this order. @type {readonly Feature[]} */
const everything = [
  'chat',
  'files',
  'reactions',
  'rename',
  'screen',
  'microphone',
  'camera',
  'hostsChat',
  'hostsScreen',
];

/** Where one speaks and the others ask. @type {readonly Feature[]} */
const hall = ['reactions', 'rename', 'hostsChat', 'hostsScreen'];

/** @type {Readonly<Record<ProfileName, Profile>>} */
export const profiles = {
  coaching: profile('coaching', 'wait', 12, everything, { type: 'after', minutes: 10 }, ['one']),
  lesson: profile('lesson', 'enter', 40, everything, { type: 'never' }),
  lecture: profile('lecture', 'enter', 100, [...hall, 'microphone', 'camera'], { type: 'never' }, [], ['microphone']),
  consultation: profile('consultation', 'wait', 6, ['microphone', 'camera', 'hostsScreen'], { type: 'complete' }, [
    'one',
  ]),
  defence: profile(
    'defence',
    'wait',
    30,
    [...hall, 'files', 'screen', 'microphone', 'camera'],
    { type: 'complete' },
    [],
    ['microphone'],
  ),
  webinar: profile('webinar', 'enter', 100, hall, { type: 'never' }),
  training: profile('training', 'enter', 40, everything, { type: 'never' }),
};

/**
 * @param {ProfileName} name @param {'wait' | 'enter'} personal @param {number} membersMax @param {readonly Feature[]} can
 * @param {LockRule} lock @param {readonly Option[]} [suggested] @param {readonly Feature[]} [later] off at first, beside what always is
 * @returns {Profile}
 */
function profile(name, personal, membersMax, can, lock, suggested = [], later = []) {
  const max = everything.filter((feature) => can.includes(feature));
  const first = atFirst(max).filter((feature) => !later.includes(feature));
  const here = { name, admission: /** @type {const} */ ('waiting'), personal, passcode: true, individual: false };
  return { ...here, membersMax, features: { max, first }, lock, services: [], suggested };
}

/**
 * What of this is on when a meeting begins, by the rules of every client: files wait for a host who opens them, and everybody's
 * screen does where hosts have theirs.
 * @param {readonly Feature[]} max @returns {readonly Feature[]}
 */
export function atFirst(max) {
  const later = max.includes('hostsScreen') ? ['direct', 'files', 'screen'] : ['direct', 'files'];
  return max.filter((feature) => !later.includes(feature));
}

/** The published file of a profile. @param {Profile} profile */
export function published({ name, admission, personal, passcode, individual, membersMax, features, ...more }) {
  const { max: featuresMax, first: featuresFirst } = features;
  const door = { format: 1, name, admission, personal, passcode, individual, membersMax };
  return `${JSON.stringify({ ...door, featuresMax, featuresFirst, ...more }, null, 2)}\n`;
}

/** Of a meeting that would not lock by itself, where somebody wants that it does. @type {LockRule} */
const usualLock = { type: 'after', minutes: 10 };

/** What each option takes away. @type {Readonly<Record<Option, readonly Feature[]>>} */
const taken = {
  one: [],
  locks: [],
  ownLinks: [],
  noChat: ['chat', 'hostsChat', 'direct', 'files'],
  noScreen: ['screen', 'hostsScreen'],
  noFiles: ['files'],
  noReactions: ['reactions'],
};

/** @type {readonly Option[]} */
export const options = ['one', 'locks', 'ownLinks', 'noChat', 'noScreen', 'noFiles', 'noReactions'];

/** Those that change something in this kind of meeting. @param {Profile} profile @returns {readonly Option[]} */
export function offered(profile) {
  const has = (/** @type {Option} */ option) => profile.features.max.some((feature) => taken[option].includes(feature));
  return options.filter((option) => {
    if (option === 'one') return !profile.individual;
    if (option === 'locks') return profile.lock.type === 'never';
    return option === 'ownLinks' || has(option);
  });
}

/** The profile with less in it: nothing that stands here adds anything. @param {Profile} profile @param {ReadonlySet<Option>} chosen @returns {MeetingSettings} */
export function stricter({ suggested: _, ...settings }, chosen) {
  const gone = new Set([...chosen].flatMap((option) => taken[option]));
  const { max, first } = settings.features;
  const left = (/** @type {readonly Feature[]} */ list) => list.filter((feature) => !gone.has(feature));
  const two = chosen.has('one') ? { individual: true, membersMax: Math.min(2, settings.membersMax) } : {};
  const lock = chosen.has('locks') && settings.lock.type === 'never' ? usualLock : settings.lock;
  const features = { max: left(max), first: left(first) };
  return { ...settings, ...two, lock, ownLinks: chosen.has('ownLinks'), features };
}

/** What a kind of meeting is called, what it gives and what it costs: Promise P-033. @type {Readonly<Record<ProfileName, readonly [string, string, string]>>} */
export const profileTexts = {
  coaching: ['home.coaching', 'home.coaching.gives', 'home.coaching.costs'],
  lesson: ['home.lesson', 'home.lesson.gives', 'home.lesson.costs'],
  lecture: ['home.lecture', 'home.lecture.gives', 'home.lecture.costs'],
  consultation: ['home.consultation', 'home.consultation.gives', 'home.consultation.costs'],
  defence: ['home.defence', 'home.defence.gives', 'home.defence.costs'],
  webinar: ['home.webinar', 'home.webinar.gives', 'home.webinar.costs'],
  training: ['home.training', 'home.training.gives', 'home.training.costs'],
};

/** What a kind of meeting should have and this version cannot do. @type {Readonly<Partial<Record<ProfileName, string>>>} */
const wanting = {
  lecture: 'home.sets.not.lecture',
  consultation: 'home.sets.not.consultation',
  defence: 'home.sets.not.defence',
  webinar: 'home.sets.not.webinar',
  training: 'home.sets.not.training',
};

/** Every setting in words, before anything is made. @param {MeetingSettings} settings @returns {readonly Words[]} */
export function linesOf(settings) {
  const { name, personal, passcode, individual, membersMax, ownLinks } = settings;
  const keys = [
    settings.admission === 'open' ? 'home.sets.open' : personal === 'enter' ? 'home.sets.enter' : 'home.sets.wait',
    settings.admission === 'open' ? null : 'home.sets.host',
    ownLinks ? 'home.sets.ownLinks' : passcode ? 'home.sets.passcode' : null,
  ];
  const talk = [
    ...talkLines(settings.features),
    isWatched(settings) ? 'home.sets.here' : null,
    individual ? 'home.sets.recording.two' : 'home.sets.recording',
    'home.sets.return',
    'home.sets.kept',
    wanting[name] ?? null,
  ];
  /** @type {Words} */
  const crowd = individual
    ? { text: 'home.sets.two', args: {} }
    : { text: 'home.sets.people', args: { n: membersMax } };
  const plain = (/** @type {readonly (string | null)[]} */ list) =>
    list.flatMap((text) => text === null ? [] : [{ text, args: {} }]);
  return [...plain(keys), lockLine(settings), crowd, ...plain(talk)];
}

/** @param {MeetingSettings['features']} features @returns {readonly (string | null)[]} */
function talkLines({ max, first }) {
  const can = (/** @type {Feature} */ feature) => max.includes(feature);
  const chat = can('chat') ? 'home.sets.chat.all' : can('hostsChat') ? 'home.sets.chat.hosts' : 'home.sets.chat.off';
  const screen = can('screen') ? 'home.sets.screen.later' : 'home.sets.screen.hosts';
  const voice = first.includes('microphone') ? 'home.sets.mic.free' : 'home.sets.mic.later';
  return [
    'home.sets.entry',
    can('microphone') ? voice : 'home.sets.mic.hosts',
    can('camera') ? 'home.sets.camera.free' : 'home.sets.camera.hosts',
    can('hostsScreen') ? screen : 'home.sets.screen.off',
    chat,
    can('chat') ? 'home.sets.direct' : null,
    can('files') ? 'home.sets.files.later' : 'home.sets.files.off',
    can('reactions') ? 'home.sets.reactions.on' : 'home.sets.reactions.off',
    can('rename') ? 'home.sets.rename.on' : 'home.sets.rename.off',
  ];
}

/** Does the page carry out something that the group has no rule for? @param {MeetingSettings} settings */
function isWatched({ lock, features: { max, first } }) {
  return lock.type !== 'never' || (max.includes('microphone') && !first.includes('microphone'));
}

/** @param {MeetingSettings} settings @returns {Words} */
function lockLine({ lock, individual }) {
  switch (lock.type) {
    case 'after':
      return { text: 'home.sets.lock.after', args: { n: lock.minutes } };
    case 'complete':
      return { text: individual ? 'home.sets.lock.two' : 'home.sets.lock.list', args: {} };
    case 'never':
      return { text: 'home.sets.lock.never', args: {} };
  }
}
