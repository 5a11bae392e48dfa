/** What a host can do about the devices of others, and what somebody may do with their own. Types only. */

import type { Said } from './said.d.ts';

/** What is sent, and can be stopped. */
export type Use = 'microphone' | 'camera' | 'screen';

/** What is allowed or not. */
export type Right = Use | 'files';

/** By the server: what it takes of somebody. */
export type May = Readonly<Record<Right, boolean>>;

/** The part of a call that holds somebody's sound and picture back, whatever their client does. */
export interface HostCall {
  /** What they publish ends at once; null: that of everybody who is no host. */
  stop(key: string | null, use: Use): void;
  /** May they publish or bring it from now on? What they publish and may not ends at once. null: everybody who is no host, and who comes later. */
  allow(key: string | null, right: Right, isAllowed: boolean): void;
}

/** What is asked of the server and of the group about others. */
export interface HostActs extends HostCall {
  say(said: Said, to?: readonly string[]): void;
}
