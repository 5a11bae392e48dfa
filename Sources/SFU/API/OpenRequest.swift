package import MediaCore

/// A receive slot the client offers.
package struct SlotRequest: Sendable, Equatable {
    /// The section's mid in the client's offer; at most 2 characters, since it stands in every packet.
    package var mid: String
    /// Audio or video.
    package var kind: MediaKind
    /// What the client can receive there, its own numbers.
    package var payloadTypes: [PayloadType]

    /// One slot.
    package init(mid: String, kind: MediaKind, payloadTypes: [PayloadType]) {
        self.mid = mid
        self.kind = kind
        self.payloadTypes = payloadTypes
    }
}

/// Everything a client's `open` says, already read and checked for sense by the meeting.
package struct OpenRequest: Sendable {
    /// The meeting.
    package var room: RoomID
    /// The name of the endpoint to make.
    package var endpoint: EndpointID
    /// The client's ICE credentials.
    package var remote: ICECredentials
    /// SHA-256 of the client's certificate, 32 bytes.
    package var remoteFingerprint: [UInt8]
    /// The client's header extension identifiers.
    package var extensions: ExtensionIdentifiers
    /// What the client sends.
    package var incoming: [IncomingSection]
    /// Where the client receives.
    package var slots: [SlotRequest]
    /// SSRCs of the offer, which ours must not repeat.
    package var reservedSSRCs: [UInt32]

    /// A request.
    package init(
        room: RoomID, endpoint: EndpointID, remote: ICECredentials, remoteFingerprint: [UInt8],
        extensions: ExtensionIdentifiers, incoming: [IncomingSection], slots: [SlotRequest],
        reservedSSRCs: [UInt32] = []
    ) {
        self.room = room
        self.endpoint = endpoint
        self.remote = remote
        self.remoteFingerprint = remoteFingerprint
        self.extensions = extensions
        self.incoming = incoming
        self.slots = slots
        self.reservedSSRCs = reservedSSRCs
    }
}

/// Why an endpoint was not made.
package enum OpenFailure: Error, Sendable, Equatable {
    /// No such room.
    case unknownRoom
    /// An endpoint of this name lives.
    case taken
    /// The worker or the room is full.
    case capacity
    /// More sections or slots than the tables hold.
    case tooLarge
    /// A mid, credential, identifier or fingerprint is not of its form.
    case malformed
    /// Keys could not be made.
    case cryptography
}
