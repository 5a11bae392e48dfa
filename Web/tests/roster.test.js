/// <reference lib="deno.ns" />
/** @import { Participant } from '../protocol/messages.d.ts' @import { Place } from '../media/slots.js' @import { View } from '../media/types.d.ts' */
import assert from 'node:assert/strict';
import { picturesOf } from '../media/people/pictures.js';
import { apply, everything, membersOf, peopleOf, publisherOf } from '../media/people/roster.js';
import { wantsOf } from '../media/people/wants.js';

/** @param {string} participant @param {number} leaf @returns {Participant} */
function person(participant, leaf) {
  return { participant, leaf, away: false, publications: [], may: everything };
}

/** @param {Participant} one @param {string} publication @returns {Participant} */
function filming(one, publication) {
  return { ...one, publications: [{ publication, use: 'camera' }] };
}

const anna = filming(person('anna', 1), 'p1');
const bram = person('bram', 2);

Deno.test('people come, go, fall away and come back in the order of their arrival', () => {
  let roster = apply([anna], { area: 'room', type: 'participantJoined', participant: bram });
  assert.deepEqual(roster.map(({ participant }) => participant), ['anna', 'bram']);
  roster = apply(roster, { area: 'room', type: 'participantAway', participant: 'anna' });
  assert.deepEqual(roster.map(({ away }) => away), [true, false]);
  roster = apply(roster, { area: 'room', type: 'participantBack', participant: 'anna' });
  roster = apply(roster, {
    area: 'media',
    type: 'published',
    publication: 'p5',
    participant: 'bram',
    use: 'microphone',
  });
  roster = apply(roster, {
    area: 'media',
    type: 'published',
    publication: 'p5',
    participant: 'bram',
    use: 'microphone',
  });
  assert.equal(publisherOf(roster, 'p5')?.participant, 'bram');
  roster = apply(roster, { area: 'media', type: 'withdrawn', publication: 'p5' });
  assert.equal(publisherOf(roster, 'p5'), null);
  roster = apply(roster, { area: 'room', type: 'participantLeft', participant: 'anna' });
  assert.deepEqual(roster.map(({ participant }) => participant), ['bram']);
});

Deno.test('who is here says the group; the server only says what their leaves send', () => {
  /** @type {import('../state/meeting.d.ts').RosterEntry[]} */
  const members = [
    {
      leaf: 0,
      key: 'me',
      name: 'Me',
      role: 'host',
      own: true,
      label: 'guest',
      hand: false,
      silent: false,
      service: null,
    },
    {
      leaf: 1,
      key: 'key of anna',
      name: 'Anna',
      role: 'cohost',
      own: false,
      label: 'host',
      hand: true,
      silent: false,
      service: null,
    },
    {
      leaf: 4,
      key: 'key of chris',
      name: '',
      role: 'participant',
      own: false,
      label: 'guest',
      hand: false,
      silent: false,
      service: null,
    },
  ];
  // Bram is known to the server alone: nobody sees him.
  const roster = membersOf(members, [anna, bram, person('me', 0)]);
  assert.deepEqual(roster.map(({ participant }) => participant), ['key of anna', 'key of chris']);
  const off = { me: false, microphone: false, camera: false, screen: false, away: false, may: everything };
  assert.deepEqual(peopleOf(roster, members), [
    {
      ...off,
      participant: 'key of anna',
      key: 'key of anna',
      leaf: 1,
      name: 'Anna',
      role: 'cohost',
      label: 'host',
      hand: true,
      silent: false,
      camera: true,
    },
    {
      ...off,
      participant: 'key of chris',
      key: 'key of chris',
      leaf: 4,
      name: '',
      role: 'participant',
      label: 'guest',
      hand: false,
      silent: false,
    },
  ]);
});

Deno.test('a leaf that has another number is the same person', () => {
  const moved = apply([anna], { area: 'room', type: 'participantMoved', participant: 'anna', leaf: 9 });
  assert.deepEqual(moved.map(({ leaf }) => leaf), [9]);
});

Deno.test('what somebody may send is theirs, follows the server, and is everything for whoever it does not know', () => {
  const may = { microphone: false, camera: true, screen: false, files: false };
  const roster = apply([anna, bram], { area: 'room', type: 'participantMay', participant: 'bram', may });
  assert.deepEqual(roster.map((one) => one.may), [everything, may]);
  /** @type {import('../state/meeting.d.ts').RosterEntry[]} */
  const members = [2, 3].map((leaf) => ({
    leaf,
    key: `${leaf}`,
    name: '',
    role: 'participant',
    own: false,
    label: 'guest',
    hand: false,
    silent: false,
    service: null,
  }));
  assert.deepEqual(peopleOf(membersOf(members, roster), members).map((one) => one.may), [may, everything]);
});

Deno.test('only pictures that are seen are asked for, in steps of height', () => {
  /** @type {View[]} */
  const views = [
    { participant: 'anna', use: 'camera', height: 200, rank: 0 },
    { participant: 'bram', use: 'camera', height: 200, rank: 1 },
    { participant: 'gone', use: 'camera', height: 200, rank: 2 },
  ];
  assert.deepEqual(wantsOf(views, [anna, bram]), [{ publication: 'p1', height: 360, rank: 0 }]);
  assert.deepEqual(wantsOf([{ participant: 'anna', use: 'camera', height: 5000, rank: 3 }], [anna]), [{
    publication: 'p1',
    height: 720,
    rank: 3,
  }]);
  assert.deepEqual(wantsOf([{ participant: 'anna', use: 'camera', height: 0, rank: 0 }], [anna]), []);
});

Deno.test('a picture belongs to whoever sealed it, not to the leaf alone', () => {
  class Video {}
  const globals = /** @type {any} */ (globalThis);
  globals.HTMLVideoElement = Video;
  const video = new Video();
  /** @param {string} id */
  const place = (id, isShowing = true) => /** @type {Place} */ (/** @type {unknown} */ ({
    name: 'video 0',
    element: video,
    label: { stream: 'video 0', leaf: 1, id, kind: 'camera', timestamp: 0 },
    isShowing,
    still: null,
  }));
  const now = { isLost: false, undecryptable: new Set() };
  assert.equal(picturesOf([anna, bram], [place('anna')], now)[0]?.video, /** @type {any} */ (video));
  assert.equal(picturesOf([anna], [place('anna', false)], now)[0]?.video, null, 'nothing was shown yet');
  assert.equal(picturesOf([anna], [place('sender of somebody before')], now)[0]?.video, null);
  assert.deepEqual(picturesOf([bram], [place('anna')], now), [], 'no camera, no picture');
  assert.equal(picturesOf([anna], [place('anna')], { ...now, isLost: true })[0]?.still, 'lost');
});

Deno.test('a screen is a picture of its own, asked for and shown beside the camera', () => {
  const both = {
    ...anna,
    publications: [...anna.publications, { publication: 'p2', use: /** @type {const} */ ('screen') }],
  };
  assert.deepEqual(
    wantsOf([
      { participant: 'anna', use: 'screen', height: 900, rank: 0 },
      { participant: 'anna', use: 'camera', height: 100, rank: 1 },
      { participant: 'bram', use: 'screen', height: 100, rank: 2 },
    ], [both, bram]),
    [{ publication: 'p2', height: 720, rank: 0 }, { publication: 'p1', height: 180, rank: 1 }],
  );
  class Video {}
  const globals = /** @type {any} */ (globalThis);
  globals.HTMLVideoElement = Video;
  /** @param {string} kind @param {Partial<Place>} change */
  const place = (kind, change = {}) => /** @type {Place} */ (/** @type {unknown} */ ({
    name: kind,
    element: new Video(),
    label: { stream: kind, leaf: 1, id: 'anna', kind, timestamp: 0 },
    isShowing: true,
    isResting: false,
    still: null,
    ...change,
  }));
  const now = { isLost: false, undecryptable: new Set(['screen anna']) };
  const [camera, screen] = [place('camera', { isResting: true }), place('screen', { isResting: true })];
  const pictures = picturesOf([both, bram], [camera, screen], now);
  assert.deepEqual(pictures.map(({ use, still, undecryptable }) => [use, still, undecryptable]), [
    ['camera', null, false],
    ['screen', 'paused', true],
  ]);
  assert.deepEqual(pictures.map(({ video }) => video), [camera.element, screen.element]);
  assert.equal(
    picturesOf([both], [place('screen', { still: 'bandwidth', isResting: true })], now)[1]?.still,
    'bandwidth',
  );
  assert.equal(picturesOf([both], [screen], { ...now, isLost: true })[1]?.still, 'lost');
});
