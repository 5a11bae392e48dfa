/** What a browser must have to take part. Tests of features, never of its name; there is no lesser way to take part. */

/** @type {readonly [string, () => boolean | Promise<boolean>][]} */
const features = [
  ['RTCPeerConnection', () => 'RTCPeerConnection' in globalThis],
  ['RTCRtpScriptTransform', () => 'RTCRtpScriptTransform' in globalThis],
  ['module workers', () => 'Worker' in globalThis && HTMLScriptElement.supports?.('module')],
  ['import maps', () => HTMLScriptElement.supports?.('importmap')],
  ['WebAssembly', () => 'WebAssembly' in globalThis],
  ['WebCrypto', () => canDerive()],
  ['WebCrypto Ed25519', () => canSign()],
  ['structuredClone', () => 'structuredClone' in globalThis],
  ['dialog element', () => 'HTMLDialogElement' in globalThis],
  ['CSS nesting', () => CSS.supports('selector(&)')],
  ['CSS light-dark()', () => CSS.supports('color', 'light-dark(#000, #fff)')],
  ['CSS container queries', () => CSS.supports('container-type', 'inline-size')],
];

/** The first thing that is missing, or null. @returns {Promise<string | null>} */
export async function missingFeature() {
  for (const [name, test] of features) {
    const isThere = await Promise.resolve().then(test).catch(() => false);
    if (!isThere) return name;
  }
  return null;
}

async function canDerive() {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: new Uint8Array(0) };
  await crypto.subtle.deriveKey(hkdf, key, { name: 'AES-GCM', length: 128 }, false, ['encrypt']);
  return true;
}

async function canSign() {
  await crypto.subtle.importKey('raw', new Uint8Array(32), 'Ed25519', true, ['verify']);
  return true;
}
