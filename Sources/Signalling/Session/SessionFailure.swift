/// Why a session command was refused. The client words it; a case carries what its sentence needs.
package enum SessionFailure: Equatable, Sendable {
    /// No such meeting, or not this link: the two are not told apart.
    case unknown
    /// Everybody who fits is in.
    case full(Full)
    /// The server has no room for another meeting or connection now.
    case busy(Wait)
    /// The client speaks an older protocol: reload.
    case clientTooOld
    /// It was no message of this protocol.
    case malformed
    /// Too many in too short a time.
    case tooFast(Wait)
    /// The seat is gone: join anew.
    case resumeUnknown
    /// That is not the passcode.
    case passcode
    /// Not at this point, such as a second join, or media before joining.
    case invalidNow
}

extension SessionFailure {
    /// The size of a full meeting.
    package struct Full: Equatable, Sendable {
        /// How many people fit.
        package var capacity: Int

        /// The size of a full meeting.
        package init(capacity: Int) {
            self.capacity = capacity
        }
    }

    /// When to try again.
    package struct Wait: Equatable, Sendable {
        /// Seconds from now.
        package var retrySeconds: Int

        /// When to try again.
        package init(retrySeconds: Int) {
            self.retrySeconds = retrySeconds
        }
    }
}

extension SessionFailure {
    static let union = Union<Self>(
        "SessionFailure",
        .bare("unknown", .unknown),
        .body("full", Full.record, { .full($0) }, { if case .full(let body) = $0 { body } else { nil } }),
        .body("busy", Wait.record, { .busy($0) }, { if case .busy(let body) = $0 { body } else { nil } }),
        .bare("clientTooOld", .clientTooOld),
        .bare("malformed", .malformed),
        .body("tooFast", Wait.record, { .tooFast($0) }, { if case .tooFast(let body) = $0 { body } else { nil } }),
        .bare("resumeUnknown", .resumeUnknown),
        .bare("passcode", .passcode),
        .bare("invalidNow", .invalidNow))
}

extension SessionFailure.Full {
    static let record = Record<Self>(
        "Full", Self.init, .required("capacity", \.capacity, .whole(RoomLimits.capacity)))
}

extension SessionFailure.Wait {
    static let record = Record<Self>("Wait", Self.init, .required("retrySeconds", \.retrySeconds, .whole(0...86_400)))
}
