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
        .bare("tooManySlots", .tooManySlots))
}
