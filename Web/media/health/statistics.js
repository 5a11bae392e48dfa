/**
 * One look at the browser's statistics, reduced to what this product acts on.
 * @typedef {object} Sent
 * @property {number} framesEncoded
 * @property {number} packets
 * @property {number} bytes without headers and padding, with which a browser tries the line
 * @typedef {object} Received
 * @property {number} framesDecoded
 * @property {number} packets
 * @property {number} lost
 * @property {number} jitter seconds
 * @property {boolean} isSound
 * @property {number} height of the picture, in lines; 0 = none yet
 * @typedef {object} Snapshot
 * @property {number} at milliseconds
 * @property {number} rtt seconds; 0 = not known
 * @property {number} remoteLoss share of own packets the server missed, 0…1
 * @property {number} bytesReceived
 * @property {ReadonlyMap<string, Sent>} sent by mid
 * @property {ReadonlyMap<string, Received>} received by mid
 */

/** @type {Snapshot} */
export const nothing = {
  at: 0,
  rtt: 0,
  remoteLoss: 0,
  bytesReceived: 0,
  sent: new Map(),
  received: new Map(),
};

/** @param {RTCStatsReport} report @param {number} at @returns {Snapshot} */
export function snapshot(report, at) {
  /** @type {Map<string, Sent>} */
  const sent = new Map();
  /** @type {Map<string, Received>} */
  const received = new Map();
  let rtt = 0, remoteLoss = 0, bytesReceived = 0, transportBytes = 0;
  report.forEach((entry) => {
    switch (entry.type) {
      case 'outbound-rtp': {
        const before = sent.get(entry.mid);
        sent.set(entry.mid ?? '', {
          framesEncoded: (before?.framesEncoded ?? 0) + (entry.framesEncoded ?? 0),
          packets: (before?.packets ?? 0) + (entry.packetsSent ?? 0),
          bytes: (before?.bytes ?? 0) + (entry.bytesSent ?? 0),
        });
        break;
      }
      case 'inbound-rtp':
        bytesReceived += entry.bytesReceived ?? 0;
        received.set(entry.mid ?? '', {
          framesDecoded: entry.framesDecoded ?? 0,
          packets: entry.packetsReceived ?? 0,
          lost: entry.packetsLost ?? 0,
          jitter: entry.jitter ?? 0,
          isSound: entry.kind === 'audio',
          height: entry.frameHeight ?? 0,
        });
        break;
      case 'remote-inbound-rtp':
        remoteLoss = Math.max(remoteLoss, entry.fractionLost ?? 0);
        rtt = Math.max(rtt, entry.roundTripTime ?? 0);
        break;
      case 'candidate-pair':
        if (entry.nominated && entry.state === 'succeeded') rtt = entry.currentRoundTripTime ?? rtt;
        break;
      case 'transport':
        transportBytes = entry.bytesReceived ?? 0;
        break;
    }
  });
  return { at, rtt, remoteLoss, bytesReceived: Math.max(bytesReceived, transportBytes), sent, received };
}

/**
 * Share of packets that did not come, over all slots that count; of too few nothing can be said.
 * @param {Snapshot} before @param {Snapshot} after @param {(one: Received) => boolean} [counts]
 */
export function lossBetween(before, after, counts = () => true) {
  let lost = 0, came = 0;
  for (const [mid, one] of after.received) {
    if (!counts(one)) continue;
    lost += Math.max(0, one.lost - (before.received.get(mid)?.lost ?? 0));
    came += Math.max(0, one.packets - (before.received.get(mid)?.packets ?? 0));
  }
  return lost + came < 20 ? 0 : lost / (lost + came);
}

/** 0…1 of whatever speaks in this report. @param {RTCStatsReport} report */
export function audioLevel(report) {
  let level = 0;
  report.forEach((entry) => {
    if (entry.type === 'inbound-rtp' || entry.type === 'media-source') level = Math.max(level, entry.audioLevel ?? 0);
  });
  return level;
}
