/// Why a file is not taken, handed out or deleted. The client words it; a case carries what its sentence needs.
package enum FileFailure: Error, Equatable, Sendable {
    /// Larger than this server takes.
    case tooLarge(TooLarge)
    /// The meeting has as many files, or as many bytes of them, as it may.
    case quota
    /// There is no such file any more, or not all of it has come yet.
    case gone
    /// This participant may not.
    case notAllowed
    /// Too many in too short a time.
    case tooFast(SessionFailure.Wait)
}

extension FileFailure {
    /// What would have been taken.
    package struct TooLarge: Equatable, Sendable {
        /// Bytes of a sealed object, at most.
        package var atMost: Int

        /// What would have been taken.
        package init(atMost: Int) { self.atMost = atMost }
    }

    static let union = Union<Self>(
        "FileFailure",
        .body(
            "tooLarge", TooLarge.record, { .tooLarge($0) }, { if case .tooLarge(let body) = $0 { body } else { nil } }),
        .bare("quota", .quota),
        .bare("gone", .gone),
        .bare("notAllowed", .notAllowed),
        .body(
            "tooFast", SessionFailure.Wait.record, { .tooFast($0) },
            { if case .tooFast(let body) = $0 { body } else { nil } }))
}

extension FileFailure.TooLarge {
    static let record = Record<Self>("TooLarge", Self.init, .required("atMost", \.atMost, .whole(FileLimits.sizes)))
}
