/// What everybody in a meeting learns about the others.
package enum RoomEvent: Equatable, Sendable {
    /// Somebody came in.
    case participantJoined(Arrival)
    /// Somebody is gone for good.
    case participantLeft(Subject)
    /// Somebody's connection dropped.
    case participantAway(Subject)
    /// It came back.
    case participantBack(Subject)
    /// Somebody is on another leaf now.
    case participantMoved(Move)
    /// What somebody may begin to send is something else now.
    case participantMay(Grant)
    /// Newcomers are asked for another passcode, or for none any more.
    case passcodeChanged(PasscodeChange)
}

extension RoomEvent {
    /// A newcomer.
    package struct Arrival: Equatable, Sendable {
        /// Who.
        package var participant: Participant

        /// A newcomer.
        package init(participant: Participant) {
            self.participant = participant
        }
    }

    /// A change of leaf.
    package struct Move: Equatable, Sendable {
        /// Who.
        package var participant: ParticipantID
        /// Where they are now.
        package var leaf: Int

        /// A change of leaf.
        package init(participant: ParticipantID, leaf: Int) {
            self.participant = participant
            self.leaf = leaf
        }
    }

    /// A change of what somebody may begin to send.
    package struct Grant: Equatable, Sendable {
        /// Who.
        package var participant: ParticipantID
        /// All that they may now.
        package var may: Permissions

        /// A change of what somebody may begin to send.
        package init(participant: ParticipantID, may: Permissions) {
            self.participant = participant
            self.may = may
        }
    }

    /// What newcomers are asked for. The passcode itself nobody hears: whoever changed it knows it.
    package struct PasscodeChange: Equatable, Sendable {
        /// Whether they are asked for one.
        package var isRequired: Bool

        /// What newcomers are asked for.
        package init(isRequired: Bool) {
            self.isRequired = isRequired
        }
    }

    /// Whom an event is about.
    package struct Subject: Equatable, Sendable {
        /// Who.
        package var participant: ParticipantID

        /// Whom an event is about.
        package init(participant: ParticipantID) {
            self.participant = participant
        }
    }
}

extension RoomEvent {
    static let union = Union<Self>(
        "RoomEvent", area: "room",
        .body(
            "participantJoined", Arrival.record, { .participantJoined($0) },
            { if case .participantJoined(let body) = $0 { body } else { nil } }),
        .body(
            "participantLeft", Subject.record, { .participantLeft($0) },
            { if case .participantLeft(let body) = $0 { body } else { nil } }),
        .body(
            "participantAway", Subject.record, { .participantAway($0) },
            { if case .participantAway(let body) = $0 { body } else { nil } }),
        .body(
            "participantBack", Subject.record, { .participantBack($0) },
            { if case .participantBack(let body) = $0 { body } else { nil } }),
        .body(
            "participantMoved", Move.record, { .participantMoved($0) },
            { if case .participantMoved(let body) = $0 { body } else { nil } }),
        .body(
            "participantMay", Grant.record, { .participantMay($0) },
            { if case .participantMay(let body) = $0 { body } else { nil } }),
        .body(
            "passcodeChanged", PasscodeChange.record, { .passcodeChanged($0) },
            { if case .passcodeChanged(let body) = $0 { body } else { nil } }))
}

extension RoomEvent.Arrival {
    static let record = Record<Self>(
        "Arrival", Self.init, .required("participant", \.participant, Participant.record.shape))
}

extension RoomEvent.Subject {
    static let record = Record<Self>("Subject", Self.init, .required("participant", \.participant, .id))
}

extension RoomEvent.Move {
    static let record = Record<Self>(
        "Move", Self.init,
        .required("participant", \.participant, .id),
        .required("leaf", \.leaf, .whole(RoomLimits.leaves)))
}

extension RoomEvent.Grant {
    static let record = Record<Self>(
        "Grant", Self.init,
        .required("participant", \.participant, .id),
        .required("may", \.may, Permissions.record.shape))
}

extension RoomEvent.PasscodeChange {
    static let record = Record<Self>("PasscodeChange", Self.init, .required("required", \.isRequired, .bool))
}
