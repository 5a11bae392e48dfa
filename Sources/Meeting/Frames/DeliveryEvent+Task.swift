package import Wire

extension DeliveryEvent.Duty {
    /// What a member is asked to do.
    package enum Task: UInt8, FrameBody {
        /// Commit the removals that are pending.
        case commitRemovals = 1
        /// Commit the joins that are pending.
        case commitJoins = 2
        /// Upload a snapshot.
        case uploadSnapshot = 3
        /// Commit nothing, for new keys.
        case emptyCommit = 4

        /// Reads one byte.
        package init(reading reader: inout ByteReader) throws(WireError) {
            guard let task = Self(rawValue: try reader.u8()) else { throw .illegalValue }
            self = task
        }

        /// Writes one byte.
        package func write(to writer: inout ByteWriter) { writer.u8(self.rawValue) }
    }
}
