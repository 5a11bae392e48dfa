/// What the server tells a client about its place in a meeting.
package enum SessionEvent: Equatable, Sendable {
    /// At the door, with the right link: from here on the delivery service answers, and whoever shows a leaf of the group
    /// gets `joined`.
    case atDoor(AtDoor)
    /// The passcode is owed no more: it was right, or something else showed who this is.
    case passed
    /// In, or in again: everything there is to know, so nothing needs replaying.
    case joined(Joined)
    /// Not in the group any more: at the door again.
    case unseated
    /// Not done, and why.
    case refused(Refused)
    /// Yes.
    case pong(Pong)
    /// Gone, as asked.
    case left
    /// The server ends this connection.
    case ended(Ended)
}

extension SessionEvent {
    /// What there is at the door.
    package struct AtDoor: Equatable, Sendable {
        /// This connection owes the passcode: until then it may show who it is, and nothing else.
        package var owesPasscode: Bool

        /// At the door.
        package init(owesPasscode: Bool) {
            self.owesPasscode = owesPasscode
        }
    }

    /// A whole picture of the meeting.
    package struct Joined: Equatable, Sendable {
        /// The client's own id here.
        package var participant: ParticipantID
        /// Its leaf number: a hint, since the group itself says it.
        package var leaf: Int
        /// How many people fit.
        package var capacity: Int
        /// For `resume`; the same for as long as the seat is kept.
        package var resume: ResumeToken
        /// It is the old seat.
        package var resumed: Bool
        /// Newcomers are asked for a passcode.
        package var requiresPasscode: Bool
        /// What the client may begin to send.
        package var may: Permissions
        /// Everybody else.
        package var participants: [Participant]

        /// A whole picture of the meeting.
        package init(
            participant: ParticipantID, leaf: Int, capacity: Int, resume: ResumeToken, resumed: Bool,
            requiresPasscode: Bool = false, may: Permissions, participants: [Participant]
        ) {
            self.participant = participant
            self.leaf = leaf
            self.capacity = capacity
            self.resume = resume
            self.resumed = resumed
            self.requiresPasscode = requiresPasscode
            self.may = may
            self.participants = participants
        }
    }

    /// A refusal.
    package struct Refused: Equatable, Sendable {
        /// Why.
        package var failure: SessionFailure

        /// A refusal.
        package init(failure: SessionFailure) {
            self.failure = failure
        }
    }

    /// The answer to a ping.
    package struct Pong: Equatable, Sendable {
        /// The ping's own number.
        package var nonce: Int

        /// The answer to a ping.
        package init(nonce: Int) {
            self.nonce = nonce
        }
    }

    /// An end that the client did not ask for.
    package struct Ended: Equatable, Sendable {
        /// Why a connection ends.
        package enum Reason: String, CaseIterable, Sendable {
            /// The meeting is over.
            case over
            /// The same seat was taken from another connection.
            case replaced
            /// Nothing was heard for too long, or nothing was read.
            case idle
        }

        /// Why.
        package var reason: Reason

        /// An end.
        package init(reason: Reason) {
            self.reason = reason
        }
    }
}
