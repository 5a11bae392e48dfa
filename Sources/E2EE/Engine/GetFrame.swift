package import Wire

/// Asks for what the server keeps of a group (`e2ee.md` 5, type 09).
package struct GetFrame: TLSStruct, Equatable, Sendable {
    /// What is asked for.
    package enum What: UInt8, Sendable {
        case descriptors = 1
        case groupInfo = 2
        case tree = 3
        case log = 4
        case keyPackages = 5
    }

    package let what: What
    package let groupID: [UInt8]
    /// For the log: the first sequence number wanted.
    package let from: UInt64
    /// For a ticket's certificate: SHA-256 of the ticket key; else empty.
    package let hash: [UInt8]

    /// A question.
    package init(_ what: What, groupID: [UInt8] = [], from: UInt64 = 0, hash: [UInt8] = []) {
        self.what = what
        self.groupID = groupID
        self.from = from
        self.hash = hash
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.what = try reader.choice()
        self.groupID = try reader.opaque()
        self.from = try reader.u64()
        self.hash = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u8(self.what.rawValue)
        writer.vector(self.groupID)
        writer.u64(self.from)
        writer.vector(self.hash)
    }
}
