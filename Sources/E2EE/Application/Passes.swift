package import Wire

/// Passes for members (`e2ee.md` 8, kind 6), from somebody who may admit. Everybody who gets the message can read them; each
/// is worth something only to whoever has the key it names.
package struct Passes: TLSStruct, Equatable, Sendable {
    package let passes: [ReentryPass]

    /// As many as a Commit can show.
    package static var countMax: Int { CommitAuth.passesMax }
    /// A message has 61,440 bytes; for more there is another one.
    static var byteCountMax: Int { 48_000 }

    /// From the passes.
    package init(_ passes: [ReentryPass]) { self.passes = passes }

    /// Reads the list.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.passes = try reader.list(max: Self.countMax)
    }

    /// Writes the list.
    package func write(to writer: inout ByteWriter) { writer.list(self.passes) }
}
