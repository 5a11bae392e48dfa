package import Signalling

/// A WebSocket of the meeting, numbered by whoever holds it.
package struct ConnectionID: Hashable, Sendable {
    /// The number.
    package let rawValue: UInt64

    /// A connection.
    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }
}

/// A media connection of one participant, numbered by its room.
package struct EndpointNumber: Hashable, Sendable {
    /// The number.
    package let rawValue: UInt32

    /// The endpoint with a number.
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }
}

/// A publication, numbered by its room: `p7` on the wire.
package struct PublicationNumber: Hashable, Sendable {
    /// The number.
    package let rawValue: UInt32

    /// The publication with a number.
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    init?(_ id: PublicationID) {
        guard let number = UInt32(id.text.dropFirst()) else { return nil }
        self.rawValue = number
    }

    /// Its id on the wire.
    package var id: PublicationID { PublicationID(number: self.rawValue) }
}

/// What a room wants done. Its owner carries effects out in order.
package enum Effect: Equatable, Sendable {
    /// Say this to these connections.
    case tell([ConnectionID], ServerMessage)
    /// Close a connection after everything told to it.
    case end(ConnectionID)
    /// Whoever held this connection went for good, by their own word or a host's: the delivery service is done with it.
    case departed(ConnectionID)
    /// The delivery service talks to this connection from now on, and lets it so far; nowhere yet while it owes the passcode.
    case atDoor(ConnectionID, DeliveryGate, owes: Bool = false)
    /// It owes the passcode no more.
    case passed(ConnectionID)
    /// Newcomers are asked for another passcode, or for none: whoever keeps what the meeting was registered with keeps that.
    case passcodeChanged
    /// There is no such meeting any more: everybody who was at its door or behind it goes. Comes first.
    case over
    /// What this key and its holder's ticket opened is closed.
    case revoke(LeafKey)
    /// Have the media plane do something.
    case media(MediaInstruction)
    /// Bytes of a sealed file will come.
    case keepFile(BlobID)
    /// All bytes of it are deleted.
    case dropFile(BlobID)
}

/// What a room asks of the media plane.
package enum MediaInstruction: Equatable, Sendable {
    /// Open a media connection for an offer that was checked.
    case open(EndpointNumber, AcceptedOffer)
    /// Close it, with everything it publishes.
    case close(EndpointNumber)
    /// What arrives on this section is a publication from now on.
    case announce(EndpointNumber, PublicationNumber, mid: Mid)
    /// It is none any more.
    case withdraw(PublicationNumber)
    /// Which pictures somebody wants.
    case want(EndpointNumber, [Wish])
    /// ICE restart.
    case restart(EndpointNumber, MediaCommand.Credentials)

    /// One picture somebody wants.
    package struct Wish: Equatable, Sendable {
        /// Which.
        package var publication: PublicationNumber
        /// In pixels as shown.
        package var height: Int
        /// 0 matters most.
        package var rank: Int

        /// One picture somebody wants.
        package init(publication: PublicationNumber, height: Int, rank: Int) {
            self.publication = publication
            self.height = height
            self.rank = rank
        }
    }
}

/// What the media plane reports to a room.
package enum MediaReport: Equatable, Sendable {
    /// The connection can be made.
    case opened(EndpointNumber, Opening)
    /// It cannot.
    case refused(EndpointNumber, MediaFailure)
    /// Slots show these publications.
    case assigned(EndpointNumber, generation: Int, [MediaEvent.SlotAssignment])
    /// How a slot is doing.
    case flow(EndpointNumber, MediaEvent.Flow)
    /// The server's credentials after an ICE restart.
    case restarted(EndpointNumber, MediaCommand.Credentials)
    /// The connection is gone.
    case ended(EndpointNumber, MediaEvent.Closed.Reason)

    /// The media plane's part of an answer.
    package struct Opening: Equatable, Sendable {
        /// ICE credentials of the server.
        package var credentials: MediaCommand.Credentials
        /// The server's certificate.
        package var fingerprint: String
        /// RTCP name.
        package var cname: String
        /// Where the server can be reached.
        package var candidates: [Answer.Candidate]
        /// What the slots receive on.
        package var slots: [Answer.Slot]

        /// The media plane's part of an answer.
        package init(
            credentials: MediaCommand.Credentials, fingerprint: String, cname: String, candidates: [Answer.Candidate],
            slots: [Answer.Slot]
        ) {
            self.credentials = credentials
            self.fingerprint = fingerprint
            self.cname = cname
            self.candidates = candidates
            self.slots = slots
        }
    }

    var endpoint: EndpointNumber {
        switch self {
        case .opened(let endpoint, _), .refused(let endpoint, _), .assigned(let endpoint, _, _),
            .flow(let endpoint, _), .restarted(let endpoint, _), .ended(let endpoint, _):
            endpoint
        }
    }
}
