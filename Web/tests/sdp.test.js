/// <reference lib="deno.ns" />
/** @import { MediaOpened } from '../protocol/messages.d.ts' @import { Plan } from '../media/sdp/offer.js' */
import assert from 'node:assert/strict';
import { writeAnswer } from '../media/sdp/answer.js';
import { describe, extensionsOf, payloadsOf, readOffer } from '../media/sdp/offer.js';
import { chromium, firefox } from './offers.js';

/** @type {Plan[]} */
const plan = [
  { use: 'microphone' },
  { use: 'camera', layout: 'single' },
  { use: 'screen', layout: 'single' },
  { use: 'screenAudio' },
  { use: 'slot' },
  { use: 'slot' },
];

/** @param {number[]} audio @param {number[]} video @returns {MediaOpened} */
function opened(audio, video) {
  return {
    area: 'media',
    type: 'opened',
    ufrag: 'serverUF',
    pwd: 'a password of the server',
    fingerprint: 'AB:CD',
    cname: 'cname',
    candidates: [
      { protocol: 'udp', address: '198.51.100.7', port: 7700 },
      { protocol: 'tcp', address: '2001:db8::7', port: 7700 },
    ],
    audio: { pts: audio, opus: { maxaveragebitrate: 40000 } },
    video: { pts: video },
    levels: false,
    slots: [{ mid: '4', ssrc: 3735928559, pair: 0 }, { mid: '5', ssrc: 846930886, rtx: 1681692777, pair: 0 }],
    limits: { uplinkKbps: 4000, videoSlots: 25 },
  };
}

/** @param {string} sdp @param {number} index of the section */
function section(sdp, index) {
  const part = sdp.split('m=')[index + 1] ?? '';
  return `m=${part}`.split('\r\n').filter((line) => line !== '');
}

Deno.test('what Chromium offers is reduced to what the server needs', () => {
  const offer = readOffer(chromium, plan);
  assert.equal(offer.ufrag, chromium.match(/ice-ufrag:(.*)/)?.[1]);
  assert.equal(offer.fingerprint, chromium.match(/sha-256 (.*)/)?.[1]);
  assert.deepEqual(payloadsOf(offer), [
    { pt: 111, codec: 'opus' },
    { pt: 96, codec: 'VP8', rtx: 97 },
    { pt: 98, codec: 'VP9', rtx: 99 },
  ]);
  assert.deepEqual(extensionsOf(offer), { mid: 4, twcc: 3 });
  const sections = offer.sections.map(describe);
  assert.deepEqual(sections.map(({ mid, kind, use }) => `${mid} ${kind} ${use}`), [
    '0 audio microphone',
    '1 video camera',
    '2 video screen',
    '3 audio screenAudio',
    '4 audio slot',
    '5 video slot',
  ]);
  const [microphone, camera, , , , slot] = sections;
  assert.equal(microphone?.ssrcs?.length, 1);
  const pair = chromium.match(/FID (\d+) (\d+)/) ?? [];
  assert.deepEqual(camera?.ssrcs, [Number(pair[1]), Number(pair[2])], 'the picture first, its repair second');
  assert.equal(camera?.layout, 'single');
  assert.equal(slot?.ssrcs, undefined);
});

Deno.test('what Firefox offers is reduced in the same way, its slots have sources too', () => {
  const offer = readOffer(firefox, plan);
  assert.equal(offer.fingerprint, firefox.match(/sha-256 (.*)/)?.[1], 'from the session level');
  assert.deepEqual(payloadsOf(offer), [
    { pt: 109, codec: 'opus' },
    { pt: 120, codec: 'VP8', rtx: 124 },
    { pt: 121, codec: 'VP9', rtx: 125 },
  ]);
  assert.deepEqual(extensionsOf(offer), { mid: 3, twcc: 7 });
  assert.ok(offer.sections.every(({ ssrcs }) => ssrcs.length > 0));
});

Deno.test('the answer of a slot names its stream, its source and the repair', () => {
  const sdp = writeAnswer(readOffer(firefox, plan), opened([109], [121, 120]));
  const lines = section(sdp, 5);
  assert.equal(lines[0], 'm=video 9 UDP/TLS/RTP/SAVPF 121 125 120 124', 'port 9 although the offer said 0');
  for (
    const line of [
      'a=mid:5',
      'a=ice-ufrag:serverUF',
      'a=fingerprint:sha-256 AB:CD',
      'a=setup:passive',
      'a=candidate:1 1 udp 2130706431 198.51.100.7 7700 typ host',
      'a=candidate:2 1 tcp 1518280446 2001:db8::7 7700 typ host tcptype passive',
      'a=rtcp-fb:120 nack pli',
      'a=rtcp-fb:120 transport-cc',
      'a=fmtp:124 apt=120',
      'a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid',
      'a=sendonly',
      'a=msid:s0 v0',
      'a=ssrc:846930886 cname:cname',
      'a=ssrc-group:FID 846930886 1681692777',
    ]
  ) assert.ok(lines.includes(line), line);
  assert.ok(section(sdp, 4).includes('a=msid:s0 a0'));
  assert.ok(!sdp.includes('goog-remb'));
  assert.ok(
    sdp.startsWith('v=0\r\n') && sdp.includes('a=group:BUNDLE 0 1 2 3 4 5\r\n') && sdp.includes('a=ice-lite\r\n'),
  );
});

Deno.test('own sections are received, sound in equal packets, the camera in VP8 alone', () => {
  const sdp = writeAnswer(readOffer(chromium, plan), opened([111], [98, 96]));
  const camera = section(sdp, 1);
  assert.equal(camera[0], 'm=video 9 UDP/TLS/RTP/SAVPF 96 97');
  assert.ok(camera.includes('a=recvonly'));
  const parameters = 'minptime=10;useinbandfec=1;cbr=1;usedtx=0;stereo=0;maxaveragebitrate=40000;maxplaybackrate=48000';
  assert.ok(section(sdp, 0).includes(`a=fmtp:111 ${parameters}`));
});

Deno.test('only what was agreed gets into the headers, and never the loudness of a voice', () => {
  for (const offer of [chromium, firefox]) {
    const sdp = writeAnswer(readOffer(offer, plan), opened([111, 109], [96, 120]));
    const addresses = new Set([...sdp.matchAll(/a=extmap:\d+ (\S+)/g)].map((match) => match[1]));
    assert.deepEqual([...addresses].sort(), [
      'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
      'urn:ietf:params:rtp-hdrext:sdes:mid',
    ]);
  }
});

Deno.test('a slot the server does not give stays empty', () => {
  const answer = opened([111], [96]);
  const sdp = writeAnswer(readOffer(chromium, plan), { ...answer, slots: answer.slots.slice(0, 1) });
  assert.ok(section(sdp, 5).includes('a=inactive'));
  assert.ok(section(sdp, 4).includes('a=sendonly'));
});

Deno.test('an offer that is not what was made is refused', () => {
  assert.throws(() => readOffer(chromium, plan.slice(1)));
  assert.throws(() => readOffer(chromium.replaceAll('a=fingerprint:sha-256', 'a=fingerprint:sha-1'), plan));
  assert.throws(() => extensionsOf(readOffer(chromium.replaceAll('sdes:mid', 'sdes:other'), plan)));
});
