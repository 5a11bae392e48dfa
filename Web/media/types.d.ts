/** What the page sees of a running meeting (`call.js`). Types only: nothing here runs. */

import type { Clock } from '../protocol/clock.d.ts';
import type { FileEvent, Permissions } from '../protocol/messages.d.ts';
import type { Figures } from '../state/figures.js';
import type { CommandName, Comparison, RefusalReason, Role, Service, TrustLabel } from '../state/meeting.d.ts';
import type { PasscodeAsk } from '../state/passcode.js';
import type { Use } from '../state/powers.d.ts';
import type { Caption, ConsentSaid, Said, SaidEvent } from '../state/said.d.ts';
import type { Door, Knock, Rights } from '../state/waiting.js';

export type { Door, Knock, Rights };

/** A reason that ends or blocks something. `id` is a key of the texts; the other members fill its placeholders. */
export interface Failure {
  readonly id: FailureID;
  /** What the browser lacks (`err.browser`): `RTCRtpScriptTransform`, `secure context`, … */
  readonly missing?: string;
  /** Most people the meeting takes (`err.full`). */
  readonly n?: number;
  /** Pause before the next try (`err.busy`). */
  readonly seconds?: number;
  /** The server, for whoever must open the network (`err.network`). */
  readonly host?: string;
  readonly port?: string;
  /** Details for whoever looks into it; holds no name, id or part of a link. */
  readonly detail?: string;
  /** What the host wrote with it (`err.refused`). */
  readonly note?: string;
}

export type FailureID =
  | 'err.browser'
  | 'err.insecure'
  | 'err.files'
  | 'err.old'
  | 'err.link'
  | 'err.unknown'
  | 'err.blocked'
  | 'err.refused'
  | 'err.full'
  | 'err.busy'
  | 'err.region'
  | 'err.reconnecting'
  | 'err.network'
  | 'err.encrypt'
  | 'err.engine'
  | 'err.cut'
  | 'err.tile'
  | 'err.sound';

/** Where the person is. `joined` again after `reconnecting` means: healed by itself. */
export type CallState =
  | { readonly type: 'new' }
  | { readonly type: 'preparing' }
  /** Browser, workers and link are fine; the name may be asked. */
  | { readonly type: 'ready' }
  | { readonly type: 'joining' }
  | { readonly type: 'joined' }
  /** Socket or media lost at `since` (milliseconds of `clock.now()`). Tiles keep their last picture. */
  | { readonly type: 'reconnecting'; readonly since: number }
  | { readonly type: 'refused'; readonly failure: Failure }
  | { readonly type: 'ended'; readonly reason: EndReason };

/** `left`: own act. `replaced`: the seat was taken over elsewhere. `removed`: a host took the person out. */
export type EndReason = 'left' | 'over' | 'replaced' | 'idle' | 'removed';

/** One person, oneself included. The name travels inside the group. */
export interface Person {
  readonly participant: string;
  readonly leaf: number;
  readonly name: string;
  readonly me: boolean;
  /** Does the person send sound (publication announced)? Own: is a track set? */
  readonly microphone: boolean;
  readonly camera: boolean;
  /** They share a screen: published, perhaps paused. */
  readonly screen: boolean;
  /** The connection dropped; the seat is kept for 30 seconds. */
  readonly away: boolean;
  /** What the person may begin to send. */
  readonly may: Permissions;
  /** The signature key (base64url), by which a person is removed or sent back: never by a place that may have changed hands. */
  readonly key?: string;
  readonly role?: Role;
  /** What is known of who the person is. */
  readonly label?: TrustLabel;
  /** They ask for the word. */
  readonly hand?: boolean;
  /** They lead, and gave no sign for 20 seconds. */
  readonly silent?: boolean;
  /** It is no person but takes part all the same. */
  readonly service?: Service | null;
}

/** What can be seen of somebody. */
export type Sight = 'camera' | 'screen';

/** One video element of a slot. Elements are made once and move between tiles: append `video` where it belongs. */
export interface Picture {
  readonly participant: string;
  readonly use: Sight;
  /** Null until the first frame of that person was decoded: show initials. */
  readonly video: HTMLVideoElement | null;
  /** Why the picture stands still, if it does (the element keeps the last frame). */
  readonly still: null | 'bandwidth' | 'muted' | 'policy' | 'lost' | 'paused';
  /** Its frames arrive but cannot be opened (`err.tile`). */
  readonly undecryptable: boolean;
}

export type Protection =
  | { readonly type: 'starting' }
  /** The media worker reported the key of this epoch; frames leave sealed. */
  | { readonly type: 'protected'; readonly epoch: number }
  /** Nothing is sent any more. */
  | { readonly type: 'stopped'; readonly failure: Failure };

export type ConnectionQuality = 'good' | 'fair' | 'poor' | 'lost';

/** A tile that is in view: `height` in device pixels, `rank` 0 = most wanted. */
export interface View {
  readonly participant: string;
  readonly use: Sight;
  readonly height: number;
  readonly rank: number;
}

/** What a call reports. Every method is optional and called with a fresh, complete value, never a difference. */
export interface CallListener {
  state?(state: CallState): void;
  /** In order of arrival, own entry last. */
  people?(people: readonly Person[]): void;
  /** One entry per camera and per screen of others (own picture = own track). */
  pictures?(pictures: readonly Picture[]): void;
  protection?(protection: Protection): void;
  connection?(quality: ConnectionQuality): void;
  /** What was measured of it in the last second; null: nothing is measured now. */
  figures?(figures: Figures | null): void;
  /** Participants speaking now (5 times a second at most, only on change); oneself included. */
  speaking?(participants: ReadonlySet<string>): void;
  /** A host stopped this, or does not let it begin: it is off now, and `people` says whether it may begin again. */
  stopped?(use: Use): void;
  /** Something to say without ending the call: `err.sound` (then call `play()` from a click), `err.network`, … */
  notice?(failure: Failure): void;
  /** That trouble is over. */
  noticeOver?(id: FailureID): void;
  /** Only before the meeting: `pass` answers. Asked again after each answer that was not right. */
  askPasscode?(ask: PasscodeAsk): void;
  /** It was right, or is asked for no more. */
  passed?(): void;
  /** Are newcomers asked for a passcode? When we come in, and as news whenever it changes, also to another one. */
  passcodeRequired?(isRequired: boolean, isNews: boolean): void;
  /** Only while the person waits; also after being sent back out of the meeting. Then `state` is `joining`. */
  door?(door: Door): void;
  /** For whoever may admit: everybody at the door now, in order of arrival. */
  lobby?(knocks: readonly Knock[]): void;
  rights?(rights: Rights): void;
  /** Somebody said something, ourselves too once it is on its way. */
  said?(event: SaidEvent): void;
  /** A line that a captions service wrote. */
  caption?(caption: Caption): void;
  /** What the person answered about a service has gone out. */
  consented?(consent: ConsentSaid): void;
  /** What the server says of sealed files. */
  file?(event: FileEvent): void;
  /** Why nothing is sent now; empty: sending. */
  gate?(reasons: readonly string[]): void;
  /** The meeting code of a new epoch, 30 digits. */
  code?(digits: string): void;
  /** How a comparison round goes. */
  comparison?(comparison: Comparison): void;
  /** Another link may be in force: whoever shows it asks for it again. */
  link?(): void;
  /** What the meeting is about, in its host's words; empty: nobody said. Known once the door was reached. */
  topic?(topic: string): void;
  /** What the person wanted of the group did not happen; `said`: what was to be said. */
  commandRefused?(command: CommandName, said: Said['type'] | null, why: RefusalReason | null): void;
}

export interface CallOptions {
  /** 22 characters of the path `/m/<meeting>`. */
  readonly meeting: string;
  /** `location.hash` without `#`, read before `history.replaceState`. Is handed to the engine worker and forgotten. */
  readonly fragment: string;
  readonly device: 'desktop' | 'phone';
  readonly on: CallListener;
  readonly clock?: Clock;
}
