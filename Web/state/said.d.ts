/** What people say to each other in a meeting. Types only; texts and names are clean and safe to show. */

/** A file that lies sealed on the server; ids, keys and hashes are base64url. */
export interface FileRef {
  /** Of 16 bytes: where it lies. */
  readonly blob: string;
  /** Of 32 bytes. */
  readonly key: string;
  /** Of the file itself, in bytes. */
  readonly size: number;
  /** SHA-256 of the whole stored object. */
  readonly hash: string;
  readonly name: string;
  /** Media type; empty where it is none. */
  readonly type: string;
  /** Unix milliseconds; 0: with the meeting. */
  readonly expires: number;
}

/** What a host does about somebody's devices: never switch one on. */
export type ModerationAct = 'mute' | 'stopVideo' | 'stopShare' | 'lowerHand' | 'askToUnmute';

export type Said =
  /** `replyTo`: id of the message it answers, or empty. */
  | { readonly type: 'chat'; readonly text: string; readonly replyTo: string; readonly files: readonly FileRef[] }
  /** Of a message there is, by its id; `text` for an edit. Whoever may not do it is not heard. */
  | { readonly type: 'change'; readonly target: string; readonly act: 'edit' | 'retract'; readonly text: string }
  | { readonly type: 'reaction'; readonly emoji: string }
  /** Also told by `RosterEntry.hand`. */
  | { readonly type: 'hand'; readonly isUp: boolean }
  /** Who is shown large to all; null: nobody. */
  | { readonly type: 'spotlight'; readonly key: string | null }
  /** `target` null: everybody who is no host. It comes only to those whom it is about. */
  | { readonly type: 'moderation'; readonly target: string | null; readonly act: ModerationAct };

/** What somebody said aloud, as a captions service understood it; `about`: their leaf. */
export interface Caption {
  readonly text: string;
  readonly about: number;
}

/** What we said about a service, by its key. */
export interface ConsentSaid {
  readonly service: string;
  readonly decision: 'yes' | 'no' | 'withdrawn';
}

/** Something said, by whom, to whom. */
export interface SaidEvent {
  /** The author's. */
  readonly key: string;
  /** Names the message. */
  readonly id: string;
  /** Unix milliseconds by the author's clock: for showing alone. */
  readonly sent: number;
  /** Whom alone it was said to, by key; empty: to everybody. */
  readonly to: readonly string[];
  readonly said: Said;
}
