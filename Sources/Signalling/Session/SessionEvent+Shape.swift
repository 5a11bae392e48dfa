extension SessionEvent {
    static let union = Union<Self>(
        "SessionEvent", area: "session",
        .body("atDoor", AtDoor.record, { .atDoor($0) }, { if case .atDoor(let body) = $0 { body } else { nil } }),
        .bare("passed", .passed),
        .body("joined", Joined.record, { .joined($0) }, { if case .joined(let body) = $0 { body } else { nil } }),
        .bare("unseated", .unseated),
        .body("refused", Refused.record, { .refused($0) }, { if case .refused(let body) = $0 { body } else { nil } }),
        .body("pong", Pong.record, { .pong($0) }, { if case .pong(let body) = $0 { body } else { nil } }),
        .bare("left", .left),
        .body("ended", Ended.record, { .ended($0) }, { if case .ended(let body) = $0 { body } else { nil } }))
}

extension SessionEvent.AtDoor {
    static let record = Record<Self>("AtDoor", Self.init, .required("passcode", \.owesPasscode, .bool))
}

extension SessionEvent.Joined {
    static let record = Record<Self>(
        "Joined", Self.init,
        .required("participant", \.participant, .id),
        .required("leaf", \.leaf, .whole(RoomLimits.leaves)),
        .required("capacity", \.capacity, .whole(RoomLimits.capacity)),
        .required("resume", \.resume, .id),
        .required("resumed", \.resumed, .bool),
        .required("passcode", \.requiresPasscode, .bool),
        .required("may", \.may, Permissions.record.shape),
        .required("participants", \.participants, .list(Participant.record.shape, atMost: 100)))
}

extension SessionEvent.Refused {
    static let record = Record<Self>(
        "Refused", Self.init, .required("failure", \.failure, SessionFailure.union.shape))
}

extension SessionEvent.Pong {
    static let record = Record<Self>("Pong", Self.init, .required("nonce", \.nonce, .whole(0...JSONLimits.magnitude)))
}

extension SessionEvent.Ended {
    static let record = Record<Self>("Ended", Self.init, .required("reason", \.reason, .choice))
}
