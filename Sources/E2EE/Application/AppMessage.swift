package import Wire

/// What members tell each other inside the group (`e2ee.md` 8). Its author is the leaf that signed, never a field.
package struct AppMessage: TLSStruct, Equatable, Sendable {
    /// What the body is. Unknown kinds are read, so that they can be ignored.
    package struct Kind: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt8

        /// A kind by its number.
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let beacon = Kind(rawValue: 1)
        package static let profile = Kind(rawValue: 2)
        package static let roster = Kind(rawValue: 3)
        package static let state = Kind(rawValue: 4)
        package static let inviteUpdate = Kind(rawValue: 5)
        package static let passes = Kind(rawValue: 6)
        package static let challenge = Kind(rawValue: 7)
        package static let response = Kind(rawValue: 8)
        package static let chat = Kind(rawValue: 16)
        package static let chatChange = Kind(rawValue: 17)
        package static let reaction = Kind(rawValue: 18)
        package static let hand = Kind(rawValue: 19)
        package static let direct = Kind(rawValue: 23)
        package static let caption = Kind(rawValue: 25)
        /// Of our own (`docs/decisions/0011`).
        package static let spotlight = Kind(rawValue: 26)
        /// Of our own, and only inside a `Direct`.
        package static let lobbyKey = Kind(rawValue: 27)
        package static let moderation = Kind(rawValue: 32)
        package static let consent = Kind(rawValue: 33)
        package static let compareStart = Kind(rawValue: 36)
        package static let compareNonce = Kind(rawValue: 37)
        package static let compareReveal = Kind(rawValue: 38)

        /// What the delivery service keeps of it.
        package var keeping: AppFrame.Class {
            switch self.rawValue {
            case 1, 7, 8, 18, 36...38: .fleeting
            case 16, 17, 20...22: .retained
            default: .logged
            }
        }
    }

    package let kind: Kind
    /// 16 random bytes; the same twice from one author is the same message.
    package let id: [UInt8]
    /// Unix milliseconds by the author's clock: for showing, never for deciding.
    package let sentMilliseconds: UInt64
    package private(set) var body: [UInt8]

    static var version: UInt8 { 1 }
    /// The longest message in bytes (`e2ee.md` 4.1).
    package static var byteCountMax: Int { 61_440 }

    /// A message from its fields.
    package init(kind: Kind, id: [UInt8], sentMilliseconds: UInt64, body: [UInt8]) {
        self.kind = kind
        self.id = id
        self.sentMilliseconds = sentMilliseconds
        self.body = body
    }

    /// Zeroes the body, of what says a secret.
    mutating func wipe() { self.body.wipe() }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        guard reader.remaining <= Self.byteCountMax, try reader.u8() == Self.version else { throw .illegalValue }
        self.kind = Kind(rawValue: try reader.u8())
        self.id = try reader.array(16)
        self.sentMilliseconds = try reader.u64()
        self.body = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u8(Self.version)
        writer.u8(self.kind.rawValue)
        writer.append(self.id)
        writer.u64(self.sentMilliseconds)
        writer.vector(self.body)
    }
}
