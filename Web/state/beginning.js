/**
 * What is to be off when a meeting of this kind begins, beside what every client leaves off.
 * @import { MeetingSettings } from './profiles.js'
 * @import { Wishes } from './security.js'
 * @import { Rights } from './waiting.js'
 */
import { settingsOf, unfulfilled } from './security.js';

/**
 * Nothing is ever switched on by it: a host may have switched it off.
 * @param {Pick<MeetingSettings, 'features'>} settings @param {Rights} rights what holds @returns {Wishes}
 */
export function beginning({ features: { first } }, rights) {
  const features = rights.features.filter((feature) => first.includes(feature));
  return unfulfilled(settingsOf({ ...rights, features }), rights);
}
