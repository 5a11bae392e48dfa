package import Wire

/// What a host asks of somebody's devices (`e2ee.md` 8, kind 32). Clients obey it; none of it switches anything on.
package struct Moderation: TLSStruct, Equatable, Sendable {
    /// What is to be done.
    package enum Act: UInt8, Sendable {
        case mute = 1
        case stopVideo = 2
        case stopShare = 3
        case lowerHand = 4
        /// A question to the person, of our own (`docs/decisions/0011`): their microphone stays as it is.
        case askToUnmute = 5
    }

    /// Whose, by signature key; nothing: of everybody who is no host or co-host by certificate.
    package let target: [UInt8]?
    package let act: Act

    /// An order from its fields.
    package init(target: [UInt8]?, act: Act) {
        self.target = target
        self.act = act
    }

    /// On the wire everybody is a key of zeros.
    private static var everybody: [UInt8] { [UInt8](repeating: 0, count: 32) }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        let target = try reader.key()
        self.target = target == Self.everybody ? nil : target
        self.act = try reader.choice()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.target ?? Self.everybody)
        writer.u8(self.act.rawValue)
    }
}
