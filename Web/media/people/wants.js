/**
 * Which pictures are asked for, and how large: only what is seen is sent.
 * @import { WantItem } from '../../protocol/messages.d.ts'
 * @import { View } from '../types.d.ts'
 * @import { Roster } from './roster.js'
 */
import { publicationOf } from './roster.js';

const heights = [180, 360, 720];
const mostItems = 100;

/** @param {readonly View[]} views @param {Roster} roster @returns {WantItem[]} */
export function wantsOf(views, roster) {
  return views.flatMap(({ participant, height, rank }) => {
    const publication = publicationOf(roster, participant, 'camera');
    if (publication === null || height <= 0) return [];
    return [{ publication, height: heights.find((step) => step >= height) ?? 720, rank }];
  }).slice(0, mostItems);
}
