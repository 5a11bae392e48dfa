/// The doors through which a stranger's bytes come in, one case each. `run` takes anything and never traps, but where a
/// rule of the format does not hold: a trap is a finding. libFuzzer (`Fuzz/run`) and `./test` call the same functions.
public enum FuzzTarget: String, CaseIterable, Sendable {
    // The media plane
    case stun
    case rtp
    case rtcp
    case transportFeedback = "transport-cc"
    case nack
    case vp8
    case vp9
    case frameAssembly = "frame-assembly"
    case dtls
    case srtp
    case endpoint
    // Frames, files and links
    case sframeHeader = "sframe-header"
    case sframe
    case file
    case link
    // The group protocol
    case mlsMessage = "mls-message"
    case mlsPart = "mls-part"
    case ratchetTree = "ratchet-tree"
    case groupLog = "group-log"
    case varint
    // The meeting in the group
    case meetingPart = "meeting-part"
    case enginePart = "engine-part"
    case meetingScript = "meeting-script"
    case savedState = "saved-state"
    // The delivery service
    case deliveryFrame = "ds-frame"
    // Accounts
    case passkeyAttestation = "passkey-attestation"
    case passkeyAssertion = "passkey-assertion"
    // Signalling
    case clientMessage = "client-message"
    case serverMessage = "server-message"

    /// Longest input worth trying: a datagram, a few frames, the shortest file, or a message with all its sections.
    public var lengthMax: Int {
        switch self {
        case .clientMessage, .serverMessage: 8_192
        case .endpoint, .dtls: 6_000
        case .savedState: 16_384
        case .mlsMessage, .mlsPart, .ratchetTree, .groupLog, .meetingPart, .enginePart, .meetingScript, .deliveryFrame,
            .file:
            8_192
        default: 1_600
        }
    }

    /// Tries `bytes`.
    public func run(_ bytes: [UInt8]) {
        switch self {
        case .stun: STUNFuzz.run(bytes)
        case .rtp: RTPFuzz.run(bytes)
        case .rtcp: RTCPFuzz.run(bytes)
        case .transportFeedback: TransportFeedbackFuzz.run(bytes)
        case .nack: NACKFuzz.run(bytes)
        case .vp8: CodecFuzz.vp8(bytes)
        case .vp9: CodecFuzz.vp9(bytes)
        case .frameAssembly: CodecFuzz.assembly(bytes)
        case .dtls: DTLSFuzz.run(bytes)
        case .srtp: SRTPFuzz.run(bytes)
        case .endpoint: EndpointFuzz.run(bytes)
        case .sframeHeader: FrameDoors.header(bytes)
        case .sframe: FrameDoors.frame(bytes)
        case .file: FrameDoors.file(bytes)
        case .link: FrameDoors.link(bytes)
        case .mlsMessage: GroupDoors.message(bytes)
        case .mlsPart: GroupDoors.part(bytes)
        case .ratchetTree: GroupDoors.tree(bytes)
        case .groupLog: GroupDoors.log(bytes)
        case .varint: GroupDoors.varint(bytes)
        case .meetingPart: GroupDoors.meeting(bytes)
        case .enginePart: GroupDoors.engine(bytes)
        case .meetingScript: MeetingScript.run(bytes)
        case .savedState: GroupDoors.saved(bytes)
        case .deliveryFrame: DeliveryDoors.frame(bytes)
        case .passkeyAttestation: PasskeyDoors.attestation(bytes)
        case .passkeyAssertion: PasskeyDoors.assertion(bytes)
        case .clientMessage: SignallingFuzz.client(bytes)
        case .serverMessage: SignallingFuzz.server(bytes)
        }
    }
}
