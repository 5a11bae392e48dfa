/// What the server tells a client about media (`media.md` 3.2).
package enum MediaEvent: Equatable, Sendable {
    /// The connection can be made.
    case opened(Answer)
    /// Somebody, perhaps the client itself, sends something.
    case published(Published)
    /// It stopped.
    case withdrawn(Withdrawn)
    /// A host stopped something of the client's own: it says so, and switches the device off.
    case stopped(Stopped)
    /// Which slot shows what: a hint for the layout. Whose frame it is says only the key that opens it.
    case assigned(Assigned)
    /// How a slot is doing.
    case flow(Flow)
    /// The server's new credentials after an ICE restart.
    case restarted(MediaCommand.Credentials)
    /// The connection is gone.
    case closed(Closed)
    /// A media command was not carried out.
    case failed(Failed)
}

extension MediaEvent {
    /// A new publication.
    package struct Published: Equatable, Sendable {
        /// Which.
        package var publication: PublicationID
        /// Whose.
        package var participant: ParticipantID
        /// What it is.
        package var use: Publication.Use

        /// A new publication.
        package init(publication: PublicationID, participant: ParticipantID, use: Publication.Use) {
            self.publication = publication
            self.participant = participant
            self.use = use
        }
    }

    /// A publication that stopped.
    package struct Withdrawn: Equatable, Sendable {
        /// Which.
        package var publication: PublicationID

        /// A publication that stopped.
        package init(publication: PublicationID) {
            self.publication = publication
        }
    }

    /// Something of one's own that a host stopped.
    package struct Stopped: Equatable, Sendable {
        /// What; a screen together with its sound.
        package var use: Permissions.Use

        /// Something of one's own that a host stopped.
        package init(use: Permissions.Use) {
            self.use = use
        }
    }

    /// A layout.
    package struct Assigned: Equatable, Sendable {
        /// Counts up with each layout.
        package var generation: Int
        /// The slots that changed, or all of them.
        package var slots: [SlotAssignment]

        /// A layout.
        package init(generation: Int, slots: [SlotAssignment]) {
            self.generation = generation
            self.slots = slots
        }
    }

    /// What one slot shows.
    package struct SlotAssignment: Equatable, Sendable {
        /// Which slot.
        package var mid: Mid
        /// What it shows; nil = nothing.
        package var publication: PublicationID?

        /// What one slot shows.
        package init(mid: Mid, publication: PublicationID?) {
            self.mid = mid
            self.publication = publication
        }
    }

    /// How a slot is doing.
    package struct Flow: Equatable, Sendable {
        /// How it is doing.
        package enum State: String, CaseIterable, Sendable {
            /// As wanted.
            case flowing
            /// The smallest there is.
            case floor
            /// Not at all.
            case paused
        }

        /// Why it is not flowing.
        package enum Reason: String, CaseIterable, Sendable {
            /// There is too little.
            case bandwidth
            /// The sender stopped.
            case muted
            /// It may not.
            case policy
        }

        /// Which slot.
        package var mid: Mid
        /// How it is doing.
        package var state: State
        /// Why it is not flowing.
        package var reason: Reason?

        /// How a slot is doing.
        package init(mid: Mid, state: State, reason: Reason?) {
            self.mid = mid
            self.state = state
            self.reason = reason
        }
    }

    /// The end of a media connection.
    package struct Closed: Equatable, Sendable {
        /// Why it is gone.
        package enum Reason: String, CaseIterable, Sendable {
            /// The client asked for it.
            case asked
            /// Nothing arrived for too long.
            case timedOut
            /// The handshake failed or the client closed it.
            case failed
            /// The server is stopping or starting its media plane anew.
            case server
            /// A host put its owner out.
            case removed
        }

        /// Why.
        package var reason: Reason

        /// The end of a media connection.
        package init(reason: Reason) {
            self.reason = reason
        }
    }

    /// A refusal.
    package struct Failed: Equatable, Sendable {
        /// Why.
        package var failure: MediaFailure

        /// A refusal.
        package init(failure: MediaFailure) {
            self.failure = failure
        }
    }
}
