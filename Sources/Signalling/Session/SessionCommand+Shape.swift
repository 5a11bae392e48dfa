extension SessionCommand {
    static let union = Union<Self>(
        "SessionCommand", area: "session",
        .body("join", Join.record, { .join($0) }, { if case .join(let body) = $0 { body } else { nil } }),
        .body("resume", Resume.record, { .resume($0) }, { if case .resume(let body) = $0 { body } else { nil } }),
        .body("pass", Pass.record, { .pass($0) }, { if case .pass(let body) = $0 { body } else { nil } }),
        .bare("leave", .leave),
        .body("ping", Ping.record, { .ping($0) }, { if case .ping(let body) = $0 { body } else { nil } }))

    /// Any number is read, so that a client of another age gets `clientTooOld` and not `malformed`.
    fileprivate static let versions = 0...9_999
}

extension SessionCommand.Join {
    static let record = Record<Self>(
        "Join", Self.init,
        .required("protocol", \.protocolVersion, .whole(SessionCommand.versions)),
        .required("invite", \.invite, .id),
        .required("device", \.device, .choice))
}

extension SessionCommand.Resume {
    static let record = Record<Self>(
        "Resume", Self.init,
        .required("protocol", \.protocolVersion, .whole(SessionCommand.versions)),
        .required("token", \.token, .id))
}

extension SessionCommand.Pass {
    static let record = Record<Self>("Pass", Self.init, .required("passcode", \.passcode, .id))
}

extension SessionCommand.Ping {
    static let record = Record<Self>("Ping", Self.init, .required("nonce", \.nonce, .whole(0...JSONLimits.magnitude)))
}
