/**
 * The modules each worker loads, the worker itself first. Browsers do not check the integrity of modules inside workers, so
 * the page fetches them all with their hashes before it starts one. A test compares the lists with the import lines.
 */
const shared = ['bytes.js'];

export const engineGraph = [
  'engine-worker.js',
  ...shared,
  'names.js',
  'engine/drafts.js',
  'engine/forms.js',
  'engine/host.js',
  'engine/keys.js',
  'engine/module.js',
  'engine/reader.js',
  'engine/sharers.js',
];

/** The engine itself, which `ops/wasm.sh` makes. */
export const engineBinary = 'engine/e2ee.wasm';

export const mediaGraph = [
  'media-worker.js',
  ...shared,
  'streams.js',
  'frames/keyring.js',
  'frames/mf1.js',
  'frames/opener.js',
  'frames/replay.js',
  'frames/sealer.js',
  'frames/sframe.js',
  'frames/shells.js',
];
