/// Why a media command was not carried out.
package enum MediaFailure: Error, Equatable, Sendable {
    /// The offer contradicts itself or breaks a bound.
    case offerInconsistent
    /// Neither side has a codec of the other's.
    case noCommonCodec
    /// The server can take no more media.
    case capacity
    /// No media server in a permitted region.
    case regionRefused
    /// This participant may not.
    case roleForbids
    /// No connection came about in time.
    case timedOut
    /// The certificate was not the announced one.
    case fingerprintMismatch
    /// More slots than the server gives to this device.
    case tooManySlots
    /// A host does not let this participant send that now.
    case notAllowed(NotAllowed)
}

extension MediaFailure {
    /// What a participant may not begin to send.
    package struct NotAllowed: Equatable, Sendable {
        /// What; a screen together with its sound.
        package var use: Permissions.Use

        /// What a participant may not begin to send.
        package init(use: Permissions.Use) {
            self.use = use
        }
    }
}

extension MediaFailure {
    static let union = Union<Self>(
        "MediaFailure",
        .bare("offerInconsistent", .offerInconsistent),
        .bare("noCommonCodec", .noCommonCodec),
        .bare("capacity", .capacity),
        .bare("regionRefused", .regionRefused),
        .bare("roleForbids", .roleForbids),
        .bare("timedOut", .timedOut),
        .bare("fingerprintMismatch", .fingerprintMismatch),
        .bare("tooManySlots", .tooManySlots),
        .body(
            "notAllowed", NotAllowed.record, { .notAllowed($0) },
            { if case .notAllowed(let body) = $0 { body } else { nil } }))
}

extension MediaFailure.NotAllowed {
    static let record = Record<Self>("NotAllowed", Self.init, .required("use", \.use, .choice))
}
