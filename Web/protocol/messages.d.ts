// Generated from Sources/Signalling by `beraad protocol --types`; a test compares it. Do not edit.
// Wire format and examples: docs/protocol.md.

/** 16 bytes as unpadded base64url. */
export type InviteID = string;

export type SessionJoin = {
  area: 'session';
  type: 'join';
  protocol: number;
  invite: InviteID;
  device: 'desktop' | 'phone';
};

/** 32 bytes as unpadded base64url. */
export type ResumeToken = string;

export type SessionResume = {
  area: 'session';
  type: 'resume';
  protocol: number;
  token: ResumeToken;
};

/** 6 to 16 letters or digits. */
export type Passcode = string;

export type SessionPass = {
  area: 'session';
  type: 'pass';
  passcode: Passcode;
};

export type SessionLeave = {
  area: 'session';
  type: 'leave';
};

export type SessionPing = {
  area: 'session';
  type: 'ping';
  nonce: number;
};

export type SessionCommand = SessionJoin | SessionResume | SessionPass | SessionLeave | SessionPing;

/** 16 bytes as unpadded base64url. */
export type ParticipantID = string;

export type RoomEject = {
  area: 'room';
  type: 'eject';
  participant: ParticipantID;
  block: boolean;
};

export type RoomRenew = {
  area: 'room';
  type: 'renew';
  invite: InviteID;
};

export type RoomStop = {
  area: 'room';
  type: 'stop';
  participant?: ParticipantID;
  use: 'microphone' | 'camera' | 'screen';
};

export type RoomAllow = {
  area: 'room';
  type: 'allow';
  participant?: ParticipantID;
  use: 'microphone' | 'camera' | 'screen' | 'files';
  allowed: boolean;
};

export type RoomSetPasscode = {
  area: 'room';
  type: 'setPasscode';
  passcode?: Passcode;
};

export type RoomEnd = {
  area: 'room';
  type: 'end';
};

export type RoomCommand = RoomEject | RoomRenew | RoomStop | RoomAllow | RoomSetPasscode | RoomEnd;

export type OfferPayload = {
  pt: number;
  codec: 'opus' | 'VP8' | 'VP9';
  rtx?: number;
};

export type OfferExtensions = {
  mid: number;
  twcc: number;
  rid?: number;
  rrid?: number;
  dd?: number;
  vla?: number;
};

/** 1 to 16 letters, digits, - or _. */
export type Mid = string;

/** 1 to 16 letters, digits, - or _. */
export type RID = string;

export type OfferSection = {
  mid: Mid;
  kind: 'audio' | 'video';
  use: 'microphone' | 'camera' | 'screen' | 'screenAudio' | 'slot';
  layout?: 'single' | 'simulcast' | 'svc';
  rids?: RID[];
  ssrcs?: number[];
};

export type MediaOpen = {
  area: 'media';
  type: 'open';
  use: 'both';
  ufrag: string;
  pwd: string;
  fingerprint: string;
  device: 'desktop' | 'phone';
  payloads: OfferPayload[];
  extensions: OfferExtensions;
  sections: OfferSection[];
};

export type MediaPublish = {
  area: 'media';
  type: 'publish';
  mid: Mid;
};

export type MediaWithdraw = {
  area: 'media';
  type: 'withdraw';
  mid: Mid;
};

/** The letter p and a number. */
export type PublicationID = string;

export type WantItem = {
  publication: PublicationID;
  height: number;
  rank: number;
};

export type MediaWant = {
  area: 'media';
  type: 'want';
  generation: number;
  items: WantItem[];
};

export type MediaRestart = {
  area: 'media';
  type: 'restart';
  ufrag: string;
  pwd: string;
};

export type MediaClose = {
  area: 'media';
  type: 'close';
};

export type MediaCommand = MediaOpen | MediaPublish | MediaWithdraw | MediaWant | MediaRestart | MediaClose;

export type FileCreate = {
  area: 'file';
  type: 'create';
  size: number;
};

/** 16 bytes as unpadded base64url. */
export type BlobID = string;

export type FileOpen = {
  area: 'file';
  type: 'open';
  blob: BlobID;
};

export type FileRetract = {
  area: 'file';
  type: 'retract';
  blob: BlobID;
};

export type FileCommand = FileCreate | FileOpen | FileRetract;

export type ClientMessage = SessionCommand | RoomCommand | MediaCommand | FileCommand;

export type SessionAtDoor = {
  area: 'session';
  type: 'atDoor';
  passcode: boolean;
};

export type SessionPassed = {
  area: 'session';
  type: 'passed';
};

export type Permissions = {
  microphone: boolean;
  camera: boolean;
  screen: boolean;
  files: boolean;
};

export type Publication = {
  publication: PublicationID;
  use: 'microphone' | 'camera' | 'screen' | 'screenAudio';
};

export type Participant = {
  participant: ParticipantID;
  leaf: number;
  away: boolean;
  publications: Publication[];
  may: Permissions;
};

export type SessionJoined = {
  area: 'session';
  type: 'joined';
  participant: ParticipantID;
  leaf: number;
  capacity: number;
  resume: ResumeToken;
  resumed: boolean;
  passcode: boolean;
  may: Permissions;
  participants: Participant[];
};

export type SessionUnseated = {
  area: 'session';
  type: 'unseated';
};

export type SessionFailureUnknown = {
  type: 'unknown';
};

export type SessionFailureFull = {
  type: 'full';
  capacity: number;
};

export type SessionFailureBusy = {
  type: 'busy';
  retrySeconds: number;
};

export type SessionFailureClientTooOld = {
  type: 'clientTooOld';
};

export type SessionFailureMalformed = {
  type: 'malformed';
};

export type SessionFailureTooFast = {
  type: 'tooFast';
  retrySeconds: number;
};

export type SessionFailureResumeUnknown = {
  type: 'resumeUnknown';
};

export type SessionFailurePasscode = {
  type: 'passcode';
};

export type SessionFailureInvalidNow = {
  type: 'invalidNow';
};

export type SessionFailure =
  | SessionFailureUnknown
  | SessionFailureFull
  | SessionFailureBusy
  | SessionFailureClientTooOld
  | SessionFailureMalformed
  | SessionFailureTooFast
  | SessionFailureResumeUnknown
  | SessionFailurePasscode
  | SessionFailureInvalidNow;

export type SessionRefused = {
  area: 'session';
  type: 'refused';
  failure: SessionFailure;
};

export type SessionPong = {
  area: 'session';
  type: 'pong';
  nonce: number;
};

export type SessionLeft = {
  area: 'session';
  type: 'left';
};

export type SessionEnded = {
  area: 'session';
  type: 'ended';
  reason: 'over' | 'replaced' | 'idle';
};

export type SessionEvent =
  | SessionAtDoor
  | SessionPassed
  | SessionJoined
  | SessionUnseated
  | SessionRefused
  | SessionPong
  | SessionLeft
  | SessionEnded;

export type RoomParticipantJoined = {
  area: 'room';
  type: 'participantJoined';
  participant: Participant;
};

export type RoomParticipantLeft = {
  area: 'room';
  type: 'participantLeft';
  participant: ParticipantID;
};

export type RoomParticipantAway = {
  area: 'room';
  type: 'participantAway';
  participant: ParticipantID;
};

export type RoomParticipantBack = {
  area: 'room';
  type: 'participantBack';
  participant: ParticipantID;
};

export type RoomParticipantMoved = {
  area: 'room';
  type: 'participantMoved';
  participant: ParticipantID;
  leaf: number;
};

export type RoomParticipantMay = {
  area: 'room';
  type: 'participantMay';
  participant: ParticipantID;
  may: Permissions;
};

export type RoomPasscodeChanged = {
  area: 'room';
  type: 'passcodeChanged';
  required: boolean;
};

export type RoomEvent =
  | RoomParticipantJoined
  | RoomParticipantLeft
  | RoomParticipantAway
  | RoomParticipantBack
  | RoomParticipantMoved
  | RoomParticipantMay
  | RoomPasscodeChanged;

export type Candidate = {
  protocol: 'udp' | 'tcp';
  address: string;
  port: number;
};

export type OpusAnswer = {
  maxaveragebitrate: number;
};

export type AudioAnswer = {
  pts: number[];
  opus: OpusAnswer;
};

export type VideoAnswer = {
  pts: number[];
};

export type SlotAnswer = {
  mid: Mid;
  ssrc: number;
  rtx?: number;
  pair: number;
};

export type MediaLimits = {
  uplinkKbps: number;
  videoSlots: number;
};

export type MediaOpened = {
  area: 'media';
  type: 'opened';
  ufrag: string;
  pwd: string;
  fingerprint: string;
  cname: string;
  candidates: Candidate[];
  audio: AudioAnswer;
  video: VideoAnswer;
  levels: boolean;
  slots: SlotAnswer[];
  limits: MediaLimits;
};

export type MediaPublished = {
  area: 'media';
  type: 'published';
  publication: PublicationID;
  participant: ParticipantID;
  use: 'microphone' | 'camera' | 'screen' | 'screenAudio';
};

export type MediaWithdrawn = {
  area: 'media';
  type: 'withdrawn';
  publication: PublicationID;
};

export type MediaStopped = {
  area: 'media';
  type: 'stopped';
  use: 'microphone' | 'camera' | 'screen';
};

export type SlotAssignment = {
  mid: Mid;
  publication: PublicationID | null;
};

export type MediaAssigned = {
  area: 'media';
  type: 'assigned';
  generation: number;
  slots: SlotAssignment[];
};

export type MediaFlow = {
  area: 'media';
  type: 'flow';
  mid: Mid;
  state: 'flowing' | 'floor' | 'paused';
  reason: 'bandwidth' | 'muted' | 'policy' | null;
};

export type MediaRestarted = {
  area: 'media';
  type: 'restarted';
  ufrag: string;
  pwd: string;
};

export type MediaClosed = {
  area: 'media';
  type: 'closed';
  reason: 'asked' | 'timedOut' | 'failed' | 'server' | 'removed';
};

export type MediaFailureOfferInconsistent = {
  type: 'offerInconsistent';
};

export type MediaFailureNoCommonCodec = {
  type: 'noCommonCodec';
};

export type MediaFailureCapacity = {
  type: 'capacity';
};

export type MediaFailureRegionRefused = {
  type: 'regionRefused';
};

export type MediaFailureRoleForbids = {
  type: 'roleForbids';
};

export type MediaFailureTimedOut = {
  type: 'timedOut';
};

export type MediaFailureFingerprintMismatch = {
  type: 'fingerprintMismatch';
};

export type MediaFailureTooManySlots = {
  type: 'tooManySlots';
};

export type MediaFailureNotAllowed = {
  type: 'notAllowed';
  use: 'microphone' | 'camera' | 'screen';
};

export type MediaFailure =
  | MediaFailureOfferInconsistent
  | MediaFailureNoCommonCodec
  | MediaFailureCapacity
  | MediaFailureRegionRefused
  | MediaFailureRoleForbids
  | MediaFailureTimedOut
  | MediaFailureFingerprintMismatch
  | MediaFailureTooManySlots
  | MediaFailureNotAllowed;

export type MediaFailed = {
  area: 'media';
  type: 'failed';
  failure: MediaFailure;
};

export type MediaEvent =
  | MediaOpened
  | MediaPublished
  | MediaWithdrawn
  | MediaStopped
  | MediaAssigned
  | MediaFlow
  | MediaRestarted
  | MediaClosed
  | MediaFailed;

/** 32 bytes as unpadded base64url. */
export type BlobToken = string;

export type FileCreated = {
  area: 'file';
  type: 'created';
  blob: BlobID;
  token: BlobToken;
};

export type FileOpened = {
  area: 'file';
  type: 'opened';
  blob: BlobID;
  token: BlobToken;
  size: number;
};

export type FileRetracted = {
  area: 'file';
  type: 'retracted';
  blob: BlobID;
};

export type FileFailureTooLarge = {
  type: 'tooLarge';
  atMost: number;
};

export type FileFailureQuota = {
  type: 'quota';
};

export type FileFailureGone = {
  type: 'gone';
};

export type FileFailureNotAllowed = {
  type: 'notAllowed';
};

export type FileFailureTooFast = {
  type: 'tooFast';
  retrySeconds: number;
};

export type FileFailure =
  | FileFailureTooLarge
  | FileFailureQuota
  | FileFailureGone
  | FileFailureNotAllowed
  | FileFailureTooFast;

export type FileFailed = {
  area: 'file';
  type: 'failed';
  blob?: BlobID;
  failure: FileFailure;
};

export type FileEvent = FileCreated | FileOpened | FileRetracted | FileFailed;

export type ServerMessage = SessionEvent | RoomEvent | MediaEvent | FileEvent;

/** 16 bytes as unpadded base64url. */
export type MeetingID = string;

/** 32 bytes as unpadded base64url. */
export type CreationToken = string;

export type MeetingCreated = {
  id: MeetingID;
  token: CreationToken;
};

/** 1 to 16384 bytes as unpadded base64url. */
export type Descriptor = string;

/** 179 to 179 bytes as unpadded base64url. */
export type TicketCertificate = string;

export type InviteRegistration = {
  inviteID: InviteID;
  capacity: number;
  descriptor: Descriptor;
  lobby: Descriptor;
  tickets?: TicketCertificate[];
  passcode?: Passcode;
};

export type NewTickets = {
  tickets: TicketCertificate[];
};

export type BlobStanding = {
  offset: number;
  size: number;
};

export type Problem = {
  error:
    | 'notFound'
    | 'methodNotAllowed'
    | 'malformed'
    | 'tooLarge'
    | 'outOfRange'
    | 'forbidden'
    | 'unauthorized'
    | 'confirmationNeeded'
    | 'notAnAddress'
    | 'passwordTooShort'
    | 'passwordTooLong'
    | 'passwordIsAddress'
    | 'conflict'
    | 'measure'
    | 'upgradeRequired'
    | 'tooFast'
    | 'busy'
    | 'full'
    | 'failed';
  measure?: 'waitingRoom' | 'passcode' | 'lock' | 'recordingOff' | 'invitedOnly';
};

/** 32 bytes as unpadded base64url. */
export type LinkToken = string;

export type AccountCreation = {
  token: LinkToken;
  email: string;
  name: string;
  password: string;
};

export type SignIn = {
  email: string;
  password: string;
};

/** 32 bytes as unpadded base64url. */
export type StepToken = string;

export type SecondStep = {
  step: StepToken;
};

export type SecondStepAnswer = {
  step: StepToken;
  code: string;
};

/** 16 bytes as unpadded base64url. */
export type AccountID = string;

export type SessionInfo = {
  account: AccountID;
  email: string;
  name: string;
  roles: ('host' | 'admin' | 'privacyOfficer' | 'operator')[];
  recoveryCodes?: number;
  passkeys: number;
  renewed?: number;
  confirmed: boolean;
  required?: ('waitingRoom' | 'passcode' | 'lock' | 'recordingOff' | 'invitedOnly')[];
};

export type PasswordConfirmation = {
  password: string;
};

export type PasswordChange = {
  current: string;
  new: string;
};

export type PasswordRenewal = {
  token: LinkToken;
  password: string;
};

export type CodeOffer = {
  secret: string;
};

export type CodeConfirmation = {
  code: string;
};

export type RecoveryCodes = {
  codes: string[];
};

/** 32 bytes as unpadded base64url. */
export type PasskeyChallenge = string;

export type PasskeyCreation = {
  challenge: PasskeyChallenge;
  rp: string;
  user: AccountID;
  name: string;
  exclude: string[];
};

export type PasskeyRegistration = {
  clientData: string;
  attestation: string;
};

/** 16 bytes as unpadded base64url. */
export type PasskeyID = string;

export type PasskeyList = {
  passkeys: PasskeyID[];
};

export type PasskeyRequest = {
  challenge: PasskeyChallenge;
  rp: string;
};

export type PasskeyAssertion = {
  credential: string;
  clientData: string;
  authenticatorData: string;
  signature: string;
};

export type Invitation = {
  roles: ('host' | 'admin' | 'privacyOfficer' | 'operator')[];
};

export type LinkMade = {
  token: LinkToken;
  expires: number;
};

/** 16 bytes as unpadded base64url. */
export type LinkID = string;

export type LinkSummary = {
  id: LinkID;
  account?: AccountID;
  maker?: AccountID;
  roles: ('host' | 'admin' | 'privacyOfficer' | 'operator')[];
  expires: number;
};

export type LinkList = {
  links: LinkSummary[];
  next?: LinkID;
};

export type AccountSummary = {
  account: AccountID;
  email: string;
  name: string;
  roles: ('host' | 'admin' | 'privacyOfficer' | 'operator')[];
};

export type AccountList = {
  accounts: AccountSummary[];
  next?: AccountID;
};

export type MeetingPlan = {
  starts: number;
  minutes: number;
  profile: 'coaching' | 'lesson' | 'lecture' | 'consultation' | 'defence' | 'webinar' | 'training';
  card?: string;
};

export type PlannedMeeting = {
  id: MeetingID;
  plan: MeetingPlan;
  token?: CreationToken;
};

export type PlannedMeetings = {
  meetings: PlannedMeeting[];
  next?: MeetingID;
};

export type ReceiptPlaces = {
  guests: string[];
  accounts: string[];
};

/** 16 bytes as unpadded base64url. */
export type ReceiptTag = string;

export type TaggedTable = {
  table: string;
  tag: ReceiptTag;
};

export type ReceiptQuery = {
  tags: TaggedTable[];
};

export type ReceiptFinding = {
  table: string;
  rows: number;
};

export type ReceiptFindings = {
  searched: ReceiptFinding[];
};

export type SafetyLine = {
  measure: 'waitingRoom' | 'passcode' | 'lock' | 'recordingOff' | 'invitedOnly';
  state: 'met' | 'missing' | 'unknown';
  required: boolean;
};

export type MeetingSafety = {
  measures: SafetyLine[];
};
