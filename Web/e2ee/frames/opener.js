/**
 * Opens one received frame, in the order of the profile. There is no way through but the last line.
 * @import { Bytes } from '../bytes.js'
 * @import { Keyring } from './keyring.js'
 * @import { CodecName } from '../../state/frames.d.ts'
 * @import { Inner } from './mf1.js'
 * @typedef {{ data: Bytes, codec: CodecName, key: boolean }} SealedFrame `key`: what the outer frame says; false for sound
 * @typedef {{ data: Bytes, inner: Inner, leaf: number, id: string }} Opened
 * @typedef {'empty' | 'malformed' | 'foreign' | 'gone' | 'seen' | 'unopened' | 'mismatch'} OpenFault
 */
import { decodeInner, innerLength, kinds, unpadSound } from './mf1.js';
import { decodeHeader, open, tagLength } from './sframe.js';
import { shellLength } from './shells.js';

/** @param {Keyring} keyring @param {SealedFrame} frame @param {'audio' | 'video'} media of the slot @returns {Promise<Opened | OpenFault | 'newer'>} */
export async function openFrame(keyring, frame, media) {
  if (frame.data.length === 0) return 'empty';
  const skip = shellLength(frame.codec, frame.data);
  if (skip === null) return 'malformed';
  const sealed = frame.data.subarray(skip);
  const header = decodeHeader(sealed);
  if (!header || header.kid > 1n << 20n || header.ctr >= 1n << 32n) return 'malformed';
  if (sealed.length < header.length + innerLength + tagLength) return 'malformed';

  const receiving = await keyring.receiving(Number(header.kid));
  if (typeof receiving === 'string') return receiving;
  const counter = Number(header.ctr);
  if (!receiving.window.isFresh(counter)) return 'seen';
  const plaintext = await open(receiving.keys, header, sealed);
  if (!plaintext) return 'unopened';
  if (!receiving.window.mark(counter)) return 'seen';

  const inner = decodeInner(plaintext);
  if (!inner || inner.context !== receiving.context || inner.codec !== frame.codec || inner.key !== frame.key) {
    return 'mismatch';
  }
  const { sound } = kinds[inner.kind];
  if (sound !== (media === 'audio')) return 'mismatch';
  const data = sound ? unpadSound(plaintext.subarray(innerLength)) : plaintext.slice(innerLength);
  return data ? { data, inner, leaf: receiving.leaf, id: receiving.id } : 'mismatch';
}
