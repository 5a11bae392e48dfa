import { base64url, fromBase64url } from './e2ee/bytes.js';

/** @import { PasskeyAssertion, PasskeyCreation, PasskeyRegistration, PasskeyRequest } from './protocol/messages.d.ts' */

/** Milliseconds; for whoever has to look for a key, or for their glasses. */
const patience = 180_000;

/** EdDSA and ES256, as the server reads them. */
const algorithms = [-8, -7];

/** Why the browser showed or made no passkey: the person stopped, this device has one already, or it cannot be here. */
export class PasskeyFault extends Error {
  /** @param {'stopped' | 'known' | 'unfit'} word */
  constructor(word) {
    super(word);
    this.name = 'PasskeyFault';
    this.word = word;
  }
}

/** Whether this browser knows passkeys. */
export function knowsPasskeys() {
  return 'PublicKeyCredential' in globalThis && 'credentials' in navigator;
}

/** Has the browser make a passkey (WebAuthn §5.1.3). @param {PasskeyCreation} asked @returns {Promise<PasskeyRegistration>} */
export async function makePasskey(asked) {
  const made = await granted(navigator.credentials.create({
    publicKey: {
      challenge: bytes(asked.challenge),
      rp: { id: asked.rp, name: 'Beraad' },
      user: { id: bytes(asked.user), name: asked.name, displayName: asked.name },
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: asked.exclude.map((id) => ({ type: 'public-key', id: bytes(id) })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
      timeout: patience,
    },
  }));
  const response = /** @type {AuthenticatorAttestationResponse} */ (made.response);
  return { clientData: text(response.clientDataJSON), attestation: text(response.attestationObject) };
}

/** Has the browser show one, whichever the person chooses (WebAuthn §5.1.4). @param {PasskeyRequest} asked @returns {Promise<PasskeyAssertion>} */
export async function showPasskey(asked) {
  const shown = await granted(navigator.credentials.get({
    publicKey: { challenge: bytes(asked.challenge), rpId: asked.rp, userVerification: 'required', timeout: patience },
  }));
  const response = /** @type {AuthenticatorAssertionResponse} */ (shown.response);
  return {
    credential: text(shown.rawId),
    clientData: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
  };
}

/** @param {Promise<Credential | null>} asked */
async function granted(asked) {
  try {
    const given = await asked;
    if (given instanceof PublicKeyCredential) return given;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') throw new PasskeyFault('known');
    if (error instanceof DOMException && error.name === 'NotAllowedError') throw new PasskeyFault('stopped');
    throw new PasskeyFault('unfit');
  }
  throw new PasskeyFault('stopped');
}

/** @param {string} text */
function bytes(text) {
  const read = fromBase64url(text);
  if (read === null) throw new PasskeyFault('unfit');
  return read;
}

/** @param {ArrayBuffer} buffer */
function text(buffer) {
  return base64url(new Uint8Array(buffer));
}
