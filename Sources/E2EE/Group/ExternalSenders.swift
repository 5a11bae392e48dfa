package import Wire

/// The extension `external_senders` (RFC 9420 §12.1.8.1).
package struct ExternalSenders: TLSStruct, Equatable, Sendable {
    package var senders: [ExternalSender]

    /// From its fields.
    package init(senders: [ExternalSender]) { self.senders = senders }

    /// Reads the list.
    package init(reading reader: inout ByteReader) throws(WireError) { self.senders = try reader.list() }

    /// Writes the list.
    package func write(to writer: inout ByteWriter) { writer.list(self.senders) }
}
