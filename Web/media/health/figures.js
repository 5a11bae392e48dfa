/**
 * What somebody wants to know of the connection, between two looks at it.
 * @import { Figures } from '../../state/figures.js'
 * @import { Received, Snapshot } from './statistics.js'
 */
import { lossBetween } from './statistics.js';

/** @param {Snapshot} before @param {Snapshot} now @returns {Figures} */
export function figuresOf(before, now) {
  const came = [...now.received].filter(([mid, one]) => one.packets > (before.received.get(mid)?.packets ?? 0));
  const sounds = came.map(([, one]) => one).filter(({ isSound }) => isSound);
  const pictures = came.filter(([mid, one]) => {
    return !one.isSound && one.framesDecoded > (before.received.get(mid)?.framesDecoded ?? 0);
  });
  return {
    voices: sounds.length,
    pictures: pictures.length,
    height: Math.max(0, ...pictures.map(([, { height }]) => height)),
    delay: now.rtt > 0 ? now.rtt * 1000 : null,
    lossIn: lossBetween(before, now),
    lossOut: now.remoteLoss,
    lossOfSound: lossBetween(before, now, ({ isSound }) => isSound),
    jitter: Math.max(0, ...sounds.map(({ jitter }) => jitter * 1000)),
  };
}
