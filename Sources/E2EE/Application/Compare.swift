package import Wire

/// Start of a comparison round (`e2ee.md` 9, kind 36): the leader commits to its nonce before it sees anybody else's.
package struct CompareStart: TLSStruct, Equatable, Sendable {
    /// 16 random bytes that name the round.
    package let round: [UInt8]
    /// H("compare commit", nonce_H).
    package let commitment: [UInt8]

    /// A start from its fields.
    package init(round: [UInt8], commitment: [UInt8]) {
        self.round = round
        self.commitment = commitment
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.round = try reader.array(16)
        self.commitment = try reader.array(32)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.round)
        writer.append(self.commitment)
    }
}

/// Everybody's part in a round, once each (kind 37).
package struct CompareNonce: TLSStruct, Equatable, Sendable {
    package let round: [UInt8]
    /// 32 random bytes.
    package let nonce: [UInt8]

    /// A part from its fields.
    package init(round: [UInt8], nonce: [UInt8]) {
        self.round = round
        self.nonce = nonce
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.round = try reader.array(16)
        self.nonce = try reader.array(32)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.round)
        writer.append(self.nonce)
    }
}

/// The leader's own part, and whose parts count (kind 38).
package struct CompareReveal: TLSStruct, Equatable, Sendable {
    package let round: [UInt8]
    /// nonce_H, which the commitment was to.
    package let nonce: [UInt8]
    /// Leaves whose parts count, the lowest first; the leader's is not among them.
    package let leaves: [UInt32]

    /// A reveal from its fields.
    package init(round: [UInt8], nonce: [UInt8], leaves: [UInt32]) {
        self.round = round
        self.nonce = nonce
        self.leaves = leaves
    }

    /// Reads the fields in order. Leaves out of order, or twice, are no reveal.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.round = try reader.array(16)
        self.nonce = try reader.array(32)
        self.leaves = try reader.list(max: Int(MeetingDescriptor.membersLimit))
        guard zip(self.leaves, self.leaves.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .illegalValue }
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.round)
        writer.append(self.nonce)
        writer.list(self.leaves)
    }
}
