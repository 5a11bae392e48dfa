package import Wire

/// How somebody joins by external Commit: its authenticated data (`e2ee.md` 4.1).
package enum JoinAuth: TLSStruct, Equatable, Sendable {
    /// In place of an old leaf of its own.
    case resync
    /// Through an open door.
    case invite
    /// With a pass.
    case reentry(ReentryPass)
    /// As host or co-host.
    case role

    /// Reads the kind, then the pass that one has.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.u8() {
        case 1: self = .resync
        case 2: self = .invite
        case 3: self = .reentry(try ReentryPass(reading: &reader))
        case 4: self = .role
        default: throw .illegalValue
        }
    }

    /// Writes the kind, then the pass that one has.
    package func write(to writer: inout ByteWriter) {
        switch self {
        case .resync: writer.u8(1)
        case .invite: writer.u8(2)
        case .reentry(let pass):
            writer.u8(3)
            pass.write(to: &writer)
        case .role: writer.u8(4)
        }
    }
}
