// deno-fmt-ignore-file -- generated from Sources/Signalling by `beraad protocol --shapes`; a test compares it.
// Wire format and examples: docs/protocol.md. How a shape is read: reader.js.
/** @import { Shape } from './reader.js' */

/** @type {Shape} */
const thePermissions = { record: { microphone: { bool: true }, camera: { bool: true }, screen: { bool: true }, files: { bool: true } } };
/** @type {Shape} */
const thePublication = { record: { publication: { text: /^p\d{1,10}$/ }, use: { choice: ['microphone', 'camera', 'screen', 'screenAudio'] } } };
/** @type {Shape} */
const theParticipant = { record: { participant: { text: /^[\w-]{22}$/ }, leaf: { whole: [0, 2047] }, away: { bool: true }, publications: { list: thePublication, atMost: 8 }, may: thePermissions } };
/** @type {Shape} */
const theCandidate = { record: { protocol: { choice: ['udp', 'tcp'] }, address: { text: /^[!-~]{2,64}$/ }, port: { whole: [1, 65535] } } };
/** @type {Shape} */
const theOpusAnswer = { record: { maxaveragebitrate: { whole: [6000, 510000] } } };
/** @type {Shape} */
const theAudioAnswer = { record: { pts: { list: { whole: [0, 127] }, atMost: 16 }, opus: theOpusAnswer } };
/** @type {Shape} */
const theVideoAnswer = { record: { pts: { list: { whole: [0, 127] }, atMost: 16 } } };
/** @type {Shape} */
const theSlotAnswer = { record: { mid: { text: /^[\w-]{1,16}$/ }, ssrc: { whole: [1, 4294967295] }, rtx: { optional: { whole: [1, 4294967295] } }, pair: { whole: [0, 255] } } };
/** @type {Shape} */
const theMediaLimits = { record: { uplinkKbps: { whole: [1, 1000000] }, videoSlots: { whole: [0, 100] } } };
/** @type {Shape} */
const theSlotAssignment = { record: { mid: { text: /^[\w-]{1,16}$/ }, publication: { nullable: { text: /^p\d{1,10}$/ } } } };

/** What the server says, by area. @type {Readonly<Record<string, Shape>>} */
export const serverShapes = {
  session: { union: { 'atDoor': { passcode: { bool: true } }, 'passed': {}, 'joined': { participant: { text: /^[\w-]{22}$/ }, leaf: { whole: [0, 2047] }, capacity: { whole: [1, 100] }, resume: { text: /^[\w-]{43}$/ }, resumed: { bool: true }, passcode: { bool: true }, may: thePermissions, participants: { list: theParticipant, atMost: 100 } }, 'unseated': {}, 'refused': { failure: { union: { 'unknown': {}, 'full': { capacity: { whole: [1, 100] } }, 'busy': { retrySeconds: { whole: [0, 86400] } }, 'clientTooOld': {}, 'malformed': {}, 'tooFast': { retrySeconds: { whole: [0, 86400] } }, 'resumeUnknown': {}, 'passcode': {}, 'invalidNow': {} } } }, 'pong': { nonce: { whole: [0, 9007199254740992] } }, 'left': {}, 'ended': { reason: { choice: ['over', 'replaced', 'idle'] } } } },
  room: { union: { 'participantJoined': { participant: theParticipant }, 'participantLeft': { participant: { text: /^[\w-]{22}$/ } }, 'participantAway': { participant: { text: /^[\w-]{22}$/ } }, 'participantBack': { participant: { text: /^[\w-]{22}$/ } }, 'participantMoved': { participant: { text: /^[\w-]{22}$/ }, leaf: { whole: [0, 2047] } }, 'participantMay': { participant: { text: /^[\w-]{22}$/ }, may: thePermissions }, 'passcodeChanged': { required: { bool: true } } } },
  media: { union: { 'opened': { ufrag: { text: /^[A-Za-z0-9+\/]{4,256}$/ }, pwd: { text: /^[A-Za-z0-9+\/]{22,256}$/ }, fingerprint: { text: /^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/ }, cname: { text: /^[!-~]{1,64}$/ }, candidates: { list: theCandidate, atMost: 16 }, audio: theAudioAnswer, video: theVideoAnswer, levels: { bool: true }, slots: { list: theSlotAnswer, atMost: 80 }, limits: theMediaLimits }, 'published': { publication: { text: /^p\d{1,10}$/ }, participant: { text: /^[\w-]{22}$/ }, use: { choice: ['microphone', 'camera', 'screen', 'screenAudio'] } }, 'withdrawn': { publication: { text: /^p\d{1,10}$/ } }, 'stopped': { use: { choice: ['microphone', 'camera', 'screen'] } }, 'assigned': { generation: { whole: [0, 9007199254740992] }, slots: { list: theSlotAssignment, atMost: 80 } }, 'flow': { mid: { text: /^[\w-]{1,16}$/ }, state: { choice: ['flowing', 'floor', 'paused'] }, reason: { nullable: { choice: ['bandwidth', 'muted', 'policy'] } } }, 'restarted': { ufrag: { text: /^[A-Za-z0-9+\/]{4,256}$/ }, pwd: { text: /^[A-Za-z0-9+\/]{22,256}$/ } }, 'closed': { reason: { choice: ['asked', 'timedOut', 'failed', 'server', 'removed'] } }, 'failed': { failure: { union: { 'offerInconsistent': {}, 'noCommonCodec': {}, 'capacity': {}, 'regionRefused': {}, 'roleForbids': {}, 'timedOut': {}, 'fingerprintMismatch': {}, 'tooManySlots': {}, 'notAllowed': { use: { choice: ['microphone', 'camera', 'screen'] } } } } } } },
  file: { union: { 'created': { blob: { text: /^[\w-]{22}$/ }, token: { text: /^[\w-]{43}$/ } }, 'opened': { blob: { text: /^[\w-]{22}$/ }, token: { text: /^[\w-]{43}$/ }, size: { whole: [1, 9007199254740992] } }, 'retracted': { blob: { text: /^[\w-]{22}$/ } }, 'failed': { blob: { optional: { text: /^[\w-]{22}$/ } }, failure: { union: { 'tooLarge': { atMost: { whole: [1, 9007199254740992] } }, 'quota': {}, 'gone': {}, 'notAllowed': {}, 'tooFast': { retrySeconds: { whole: [0, 86400] } } } } } } },
};
