/** What can go wrong before there is a meeting: a screen of its own with one sentence and one next step. */

/** @typedef {'copy' | 'retry' | 'details' | 'none'} FailureAct */
/** @typedef {{ readonly title: string, readonly act: FailureAct }} FailurePlan */

/** @type {Readonly<Record<string, FailurePlan>>} */
const plans = {
  'err.browser': { title: 'err.title.browser', act: 'copy' },
  'err.insecure': { title: 'err.title', act: 'none' },
  'err.files': { title: 'err.title.stop', act: 'details' },
  'err.old': { title: 'err.title.old', act: 'none' },
  'err.link': { title: 'err.title.link', act: 'none' },
  'err.unknown': { title: 'err.title.unknown', act: 'retry' },
  'err.blocked': { title: 'err.title.locked', act: 'none' },
  'err.engine': { title: 'err.title', act: 'none' },
  'err.refused': { title: 'err.title.refused', act: 'none' },
  'err.full': { title: 'err.title.full', act: 'retry' },
  'err.busy': { title: 'err.title.full', act: 'retry' },
  'err.network': { title: 'err.title', act: 'retry' },
};

/** @param {string} id */
export function failurePlan(id) {
  return plans[id] ?? { title: 'err.title', act: 'retry' };
}

/** Rounded up: somebody who comes back too early is turned away twice. @param {number} seconds */
export function minutes(seconds) {
  return Math.max(1, Math.ceil(seconds / 60));
}

/** @type {readonly (readonly [RegExp, string])[]} */
const missingWords = [
  [/transform|insertable/i, 'missing.transform'],
  [/worker/i, 'missing.workers'],
  [/crypto|hkdf|aes|ed25519/i, 'missing.crypto'],
  [/wasm|webassembly/i, 'missing.wasm'],
  [/media|peer/i, 'missing.media'],
];

/** The words for something the browser lacks. @param {string} feature as the feature test calls it */
export function missingWord(feature) {
  return missingWords.find(([pattern]) => pattern.test(feature))?.[1] ?? 'missing.page';
}
