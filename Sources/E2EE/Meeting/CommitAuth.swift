package import Wire

/// The authenticated data of a member's Commit: passes of those it lets through a lock (`e2ee.md` 4.1).
package struct CommitAuth: TLSStruct, Equatable, Sendable {
    /// Normally none.
    package var passes: [ReentryPass]

    /// As many as a Commit has Adds.
    package static var passesMax: Int { CommitLimits.adds }

    /// From its passes.
    package init(passes: [ReentryPass] = []) { self.passes = passes }

    /// Reads the list.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.passes = try reader.list(max: Self.passesMax)
    }

    /// Writes the list.
    package func write(to writer: inout ByteWriter) { writer.list(self.passes) }
}
