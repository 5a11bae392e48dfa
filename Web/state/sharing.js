/**
 * Shared screens, as values: who may share, which one stands on the stage, and what is said about it.
 * @import { Feature } from './meeting.d.ts'
 * @import { Person, Sight } from './people.js'
 *
 * @typedef {'monitor' | 'window' | 'browser' | 'other'} SurfaceKind `browser` is a tab
 * @typedef {{ readonly kind: SurfaceKind, readonly width: number, readonly height: number }} Surface what a captured track shows
 */
import { leads } from './moderation.js';

/** May we share ours? The group says it of everybody or of those who lead, the server of us. @param {Person} me @param {readonly Feature[]} features */
export function mayShare(me, features) {
  const isOpen = features.includes('screen') || (features.includes('hostsScreen') && leads(me));
  return isOpen && (me.may?.screen ?? true);
}

/** Whose screens there are, in the order they began. @param {readonly string[]} before @param {readonly Person[]} people @returns {readonly string[]} */
export function sharersOf(before, people) {
  const now = people.flatMap(({ participant, screen, me }) => screen === true && !me ? [participant] : []);
  return [...before.filter((one) => now.includes(one)), ...now.filter((one) => !before.includes(one))];
}

/**
 * The screen on the stage: the one that was chosen while it lasts, else the one that began first. `next` is the one that
 * comes when it is changed, through all of them in turn.
 * @param {readonly string[]} sharers @param {string | null} chosen @returns {{ shown: string | null, next: string | null }}
 */
export function onStage(sharers, chosen) {
  const at = Math.max(0, chosen === null ? 0 : sharers.indexOf(chosen));
  const shown = sharers[at] ?? null;
  return { shown, next: sharers.length > 1 ? sharers[(at + 1) % sharers.length] ?? null : null };
}

/** The one line over a screen whose picture does not move, or null when it does. @param {Pick<Person, 'away'>} person @param {Sight} sight @returns {string | null} */
export function screenLine({ away }, { shown, still, undecryptable, unwanted }) {
  if (away) return 'meet.tile.away';
  if (unwanted) return 'meet.screen.unwanted';
  if (undecryptable) return 'meet.tile.secret';
  if (!shown) return 'meet.screen.waiting';
  if (still === 'paused') return 'meet.screen.paused';
  return still === 'bandwidth' || still === 'lost' ? 'meet.tile.slow' : null;
}

/** @param {string | undefined} displaySurface as the browser says it, where it does @returns {SurfaceKind} */
export function surfaceKind(displaySurface) {
  return displaySurface === 'monitor' || displaySurface === 'window' || displaySurface === 'browser'
    ? displaySurface
    : 'other';
}

/** What is shared, in words. @type {Readonly<Record<SurfaceKind, string>>} */
export const surfaceTexts = {
  monitor: 'share.what.monitor',
  window: 'share.what.window',
  browser: 'share.what.tab',
  other: 'share.what.other',
};

/** What has to be said when something else is shared than a moment ago; null: nothing. @param {Surface} before @param {Surface} now @returns {string | null} */
export function surfaceNews(before, now) {
  if (now.kind !== before.kind) return now.kind === 'monitor' ? 'sharing.monitor' : 'sharing.switched';
  const isOther = now.width !== before.width || now.height !== before.height;
  return now.kind === 'monitor' && isOther ? 'sharing.resized' : null;
}
