package import Wire

/// A Commit on its way to be ordered (`e2ee.md` 5, type 06), with what its sender says it does.
package struct CommitFrame: TLSStruct, Equatable, Sendable {
    package var groupID: [UInt8]
    /// The epoch it ends; another one may have ended it already.
    package var epoch: UInt64
    /// The MLSMessage.
    package var commit: [UInt8]
    package var added: [Added]
    package var removed: [UInt32]
    /// The MLSMessage for those it adds; empty when it adds nobody.
    package var welcome: [UInt8]
    /// The state after it, for external joiners.
    package var groupInfo: [UInt8]

    /// A frame from its fields.
    package init(
        groupID: [UInt8], epoch: UInt64, commit: [UInt8], added: [Added] = [], removed: [UInt32] = [],
        welcome: [UInt8] = [], groupInfo: [UInt8]
    ) {
        self.groupID = groupID
        self.epoch = epoch
        self.commit = commit
        self.added = added
        self.removed = removed
        self.welcome = welcome
        self.groupInfo = groupInfo
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.groupID = try reader.opaque()
        self.epoch = try reader.u64()
        self.commit = try reader.opaque()
        self.added = try reader.list()
        self.removed = try reader.list()
        self.welcome = try reader.opaque()
        self.groupInfo = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.groupID)
        writer.u64(self.epoch)
        writer.vector(self.commit)
        writer.list(self.added)
        writer.list(self.removed)
        writer.vector(self.welcome)
        writer.vector(self.groupInfo)
    }
}
