/** What the engine says about a meeting, and what can be wanted of it. Types only; names are clean and safe to show. */

export type StateName =
  | 'idle'
  | 'checking'
  | 'knocking'
  | 'joining'
  | 'unproven'
  | 'live'
  | 'paused'
  | 'behind'
  | 'resync'
  | 'out';

/** Why it is over. */
export type OutReason =
  | 'badLink'
  | 'tooOld'
  | 'refused'
  | 'denied'
  | 'badServer'
  | 'ejected'
  | 'sentBack'
  | 'lost'
  | 'left'
  | 'ended'
  | 'fault';

/** Where we are; `reason` with `out` alone. */
export interface MemberState {
  readonly name: StateName;
  readonly reason?: OutReason;
}

/** Why nothing may be sent. */
export type GateReason =
  | 'noProof'
  | 'epoch'
  | 'consent'
  | 'unhosted'
  | 'behind'
  | 'restored'
  | 'stranger'
  | 'compareFail'
  | 'watchdog'
  | 'muted';

export type Role =
  | 'participant'
  | 'cohost'
  | 'host'
  | 'recorder'
  | 'stream'
  | 'captions'
  | 'gateway'
  | 'attendee'
  | 'keysteward';

/** A role that no person has. */
export type ServiceRole = 'recorder' | 'stream' | 'captions' | 'gateway';

/** What a service is for; `other` and the number of its bit for one that this version has no name for. */
export type Purpose =
  | 'record'
  | 'publish'
  | 'liveStream'
  | 'transcribe'
  | 'translate'
  | 'telephone'
  | 'storeSpeechText'
  | `other${number}`;

/** What a leaf that is no person says it is, by the tree of the group and nothing else. */
export interface Service {
  readonly role: ServiceRole;
  /** Key of the leaf it works for. */
  readonly owner: string;
  readonly purposes: readonly Purpose[];
  /** Where it runs: on somebody's device, at the operator of this server, or somewhere else. */
  readonly place: 'participant' | 'server' | 'elsewhere';
  /** This person's own answer, for its key and all that stands above. */
  readonly consent: 'unasked' | 'yes' | 'no';
}

/** What a service says of itself. */
export type ServiceFacts = Omit<Service, 'consent'>;

/** Somebody in the meeting. `key` (base64url) names a person for as long as they are in; a leaf does not. */
export interface RosterEntry {
  readonly leaf: number;
  readonly key: string;
  /** Empty until they said it. */
  readonly name: string;
  readonly role: Role;
  readonly own: boolean;
  readonly label: TrustLabel;
  /** They ask for the word. */
  readonly hand: boolean;
  /** They lead, and gave no sign for 20 seconds. */
  readonly silent: boolean;
  /** Null for a person. */
  readonly service: Service | null;
}

/** What is known about who somebody is, by rules and comparing; never by what they say of themselves. */
export type TrustLabel = 'guest' | 'actingHost' | 'verified' | 'host' | 'service';

/** How a comparison round goes. */
export interface Comparison {
  readonly phase: 'none' | 'collecting' | 'shown' | 'failed';
  /** Seven indexes into the list of 64 pictures; empty unless shown. */
  readonly pictures: readonly number[];
  /** What the person said about them; null before that. */
  readonly isEqual: boolean | null;
  /** Keys of everybody whose part is in the code. */
  readonly people: readonly string[];
}

/** Somebody who waits. */
export interface LobbyEntry {
  /** Names the request, base64url. */
  readonly hash: string;
  readonly name: string;
  readonly note: string;
  /** Indexes into our own word list; null until they are known. */
  readonly words: readonly number[] | null;
  /** The request was made with the secret of this link. */
  readonly isFromLink: boolean;
  /** They show by a pass that they were in before. */
  readonly wasIn: boolean;
  /** What waits there, if it is no person: let in only by its own hash. */
  readonly service: ServiceFacts | null;
}

/** Something a member said, ourselves too once it is on its way. What nobody may say here does not come. */
export interface AppEvent {
  readonly leaf: number;
  readonly key: string;
  readonly kind: number;
  /** Base64url. */
  readonly id: string;
  /** Unix milliseconds by the author's clock: for showing alone. */
  readonly sent: number;
  /** Whom alone it was said to: keys, ours when it was said to us. Empty: to everybody. */
  readonly to: readonly string[];
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What can be done in a meeting. Screen, microphone and camera are those of everybody; `hosts…` is for hosts where everybody may not. */
export type Feature =
  | 'chat'
  | 'direct'
  | 'files'
  | 'reactions'
  | 'polls'
  | 'board'
  | 'rename'
  | 'screen'
  | 'microphone'
  | 'camera'
  | 'localRecording'
  | 'hostsChat'
  | 'hostsScreen';

export type Admission = 'waiting' | 'open' | 'members' | 'closed';

export type Right = 'admit' | 'eject' | 'policy' | 'services' | 'breakout' | 'moderate' | 'delegate' | 'enter';

/** How the door stands, and what we may do. */
export interface Policy {
  readonly isLocked: boolean;
  readonly admission: Admission;
  readonly rights: readonly Right[];
  /** What is switched on. */
  readonly features: readonly Feature[];
  /** What can be switched on at all. */
  readonly featuresMax: readonly Feature[];
  /** Most people, hosts included. */
  readonly membersMax: number;
  /** No recorder, streamer or captioner can ever be let in. */
  readonly isWithoutServices: boolean;
}

/** Hashes and keys are base64url of 32 bytes. */
export type Command =
  | { readonly type: 'admit'; readonly hashes: readonly string[] }
  | { readonly type: 'refuse'; readonly hash: string; readonly note: string }
  | { readonly type: 'message'; readonly hash: string; readonly text: string }
  | { readonly type: 'eject' | 'sendBack' | 'makeCohost' | 'withdrawCohost' | 'revokeTicket'; readonly key: string }
  | { readonly type: 'lock'; readonly isLocked: boolean }
  | { readonly type: 'setAdmission'; readonly admission: Admission }
  | { readonly type: 'continueUnhosted' | 'leave' | 'compare' | 'rotateLink' }
  | { readonly type: 'compared'; readonly isEqual: boolean }
  | {
    readonly type: 'send';
    readonly kind: number;
    readonly body: Uint8Array<ArrayBuffer>;
    readonly leaves: readonly number[];
  }
  | { readonly type: 'setFeatures'; readonly features: readonly Feature[] }
  | {
    readonly type: 'direct';
    readonly keys: readonly string[];
    readonly kind: number;
    readonly body: Uint8Array<ArrayBuffer>;
  }
  | { readonly type: 'rename'; readonly name: string }
  /** The person's answer about a service, by its key: it may have everything of them, or nothing is sent while it is here. `service` is what they were shown, and `text` what they read, exactly. */
  | {
    readonly type: 'consent';
    readonly key: string;
    readonly service: ServiceFacts;
    readonly given: boolean;
    readonly text: string;
  };

/** `full`: no seat is free, and who has the other one of a session for two is there. `inUse`: somebody is in by this personal link. */
export type RefusalReason = 'full' | 'inUse';

export type CommandName = Command['type'] | 'enter';

/** What the engine says to the page. */
export type EngineEvent =
  | { readonly type: 'send'; readonly frame: ArrayBuffer }
  | { readonly type: 'reconnect' }
  | { readonly type: 'state'; readonly state: MemberState }
  | { readonly type: 'gate'; readonly reasons: readonly GateReason[] }
  | { readonly type: 'roster'; readonly roster: readonly RosterEntry[] }
  | { readonly type: 'policy'; readonly policy: Policy }
  | { readonly type: 'lobby'; readonly lobby: readonly LobbyEntry[] }
  | { readonly type: 'words'; readonly wordlist: number; readonly words: readonly number[] }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'app'; readonly event: AppEvent }
  | { readonly type: 'goodbye'; readonly frame: ArrayBuffer }
  | { readonly type: 'code'; readonly digits: string }
  | { readonly type: 'compare'; readonly comparison: Comparison }
  | { readonly type: 'invite'; readonly invite: string }
  | { readonly type: 'topic'; readonly topic: string }
  | {
    readonly type: 'refused';
    readonly command: CommandName;
    readonly kind: number | null;
    readonly why: RefusalReason | null;
  }
  | { readonly type: 'violation'; readonly code: number; readonly leaf: number | null };
