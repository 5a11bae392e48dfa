import Wire

/// Why bytes are no STUN message. None of these is ever answered (RFC 8489 §6.3).
package enum STUNError: Error, Equatable, Sendable {
    /// Wrong first bits, wrong magic cookie, or a length that does not match the datagram.
    case notSTUN
    /// An attribute ends beyond the message, or one we read has an impossible length or value.
    case malformedAttribute
    /// More attributes than any honest peer sends.
    case tooManyAttributes
}

/// The 96 random bits that tie a response to its request.
package struct STUNTransactionID: Hashable, Sendable, BitwiseCopyable {
    /// First 32 bits.
    package var high: UInt32
    /// The other 64 bits.
    package var low: UInt64

    /// A transaction of these bits; they must come from a good generator.
    package init(high: UInt32, low: UInt64) {
        self.high = high
        self.low = low
    }
}

/// One STUN message as ICE uses it (RFC 8489, RFC 8445 §7). It is a value of offsets and numbers read from a datagram in
/// one pass; it keeps no bytes and checks no secret: `isAuthentic` and `hasValidFingerprint` do that on the same bytes.
package struct STUNMessage: Sendable {
    /// The four classes (RFC 8489 §5).
    package enum Class: UInt8, Sendable {
        case request = 0b00
        case indication = 0b01
        case success = 0b10
        case error = 0b11
    }

    /// The one method ICE has.
    package static let binding: UInt16 = 0x001
    /// RFC 8489 §5: what tells STUN from its forerunner.
    package static let magicCookie: UInt32 = 0x2112_A442
    /// Browsers send about 10 attributes; 32 leaves room for new ones and bounds the work a stranger can cause.
    package static let attributesMax = 32
    /// Unknown attributes that an error 420 names; more than these are not listed.
    package static let unknownMax = 8

    /// Request, indication, success or error.
    package private(set) var messageClass: Class
    /// 0x001 is Binding.
    package private(set) var method: UInt16
    /// Ties responses to requests.
    package private(set) var transaction: STUNTransactionID
    /// USERNAME, as a range of the datagram.
    package private(set) var username: Range<Int>?
    /// PRIORITY (RFC 8445 §7.1.1).
    package private(set) var priority: UInt32?
    /// USE-CANDIDATE is present.
    package private(set) var useCandidate = false
    /// ICE-CONTROLLING with its tie breaker.
    package private(set) var controlling: UInt64?
    /// ICE-CONTROLLED with its tie breaker.
    package private(set) var controlled: UInt64?
    /// XOR-MAPPED-ADDRESS, already un-XORed.
    package private(set) var mappedAddress: STUNAddress?
    /// ERROR-CODE, 300...699.
    package private(set) var errorCode: UInt16?
    /// Where the MESSAGE-INTEGRITY attribute begins.
    package private(set) var integrityOffset: Int?
    /// Where the FINGERPRINT attribute begins.
    package private(set) var fingerprintOffset: Int?
    /// How many comprehension-required attributes were not understood; `unknownAttribute` names the first eight.
    package private(set) var unknownCount = 0
    private var unknown = SIMD8<UInt16>(repeating: 0)

    /// Reads a datagram. The length field must cover exactly the datagram: ICE packs nothing behind a STUN message.
    package init(_ bytes: RawSpan) throws(STUNError) {
        guard let type = bytes.u16(0), type & 0xC000 == 0, let length = bytes.u16(2), length & 3 == 0,
            Int(length) + 20 == bytes.byteCount, bytes.u32(4) == Self.magicCookie,
            let high = bytes.u32(8), let low = bytes.u64(12)
        else { throw .notSTUN }
        // RFC 8489 §5: the two class bits sit at 4 and 8, between the method's.
        guard let messageClass = Class(rawValue: UInt8(type >> 7 & 0b10 | type >> 4 & 0b01)) else { throw .notSTUN }
        self.messageClass = messageClass
        self.method = type & 0x000F | type >> 1 & 0x0070 | type >> 2 & 0x0F80
        self.transaction = STUNTransactionID(high: high, low: low)
        try self.readAttributes(bytes)
    }

    /// The `index`th comprehension-required attribute that was not understood.
    package func unknownAttribute(_ index: Int) -> UInt16? {
        index >= 0 && index < min(self.unknownCount, Self.unknownMax) ? self.unknown[index] : nil
    }

    private mutating func readAttributes(_ bytes: RawSpan) throws(STUNError) {
        var offset = 20
        var count = 0
        while offset < bytes.byteCount {
            guard let type = bytes.u16(offset), let length = bytes.u16(offset + 2) else { throw .malformedAttribute }
            let value = offset + 4..<offset + 4 + Int(length)
            guard value.upperBound <= bytes.byteCount else { throw .malformedAttribute }
            count += 1
            guard count <= Self.attributesMax else { throw .tooManyAttributes }
            // RFC 8489 §14.7: FINGERPRINT is the last attribute. What follows would be covered by nothing.
            guard self.fingerprintOffset == nil else { throw .malformedAttribute }
            if self.integrityOffset == nil || type == Attribute.fingerprint.rawValue {
                try self.read(type, value, of: bytes)
            }
            offset = (value.upperBound + 3) & ~3
        }
    }

    /// Of an attribute that comes twice only the first counts (RFC 8489 §14).
    private mutating func read(_ type: UInt16, _ value: Range<Int>, of bytes: RawSpan) throws(STUNError) {
        guard let attribute = Attribute(rawValue: type) else {
            // RFC 8489 §14: below 0x8000 comprehension is required.
            if type < 0x8000 { self.addUnknown(type) }
            return
        }
        guard attribute.allows(length: value.count) else { throw .malformedAttribute }
        let at = value.lowerBound
        switch attribute {
        case .username: self.username = self.username ?? value
        case .messageIntegrity: self.integrityOffset = at - 4
        case .fingerprint: self.fingerprintOffset = at - 4
        case .priority: self.priority = self.priority ?? bytes.u32(at)
        case .useCandidate: self.useCandidate = true
        case .iceControlling: self.controlling = self.controlling ?? bytes.u64(at)
        case .iceControlled: self.controlled = self.controlled ?? bytes.u64(at)
        case .errorCode:
            let code = try Self.errorCode(at, bytes)
            self.errorCode = self.errorCode ?? code
        case .xorMappedAddress:
            guard let address = STUNAddress(bytes, at: value, transaction: self.transaction) else {
                throw .malformedAttribute
            }
            self.mappedAddress = self.mappedAddress ?? address
        case .unknownAttributes, .software, .mappedAddress, .realm, .nonce: break
        }
    }

    private mutating func addUnknown(_ type: UInt16) {
        if self.unknownCount < Self.unknownMax { self.unknown[self.unknownCount] = type }
        self.unknownCount += 1
    }

    private static func errorCode(_ at: Int, _ bytes: RawSpan) throws(STUNError) -> UInt16 {
        guard let hundreds = bytes.u8(at + 2), let rest = bytes.u8(at + 3), (3...6).contains(hundreds & 7), rest < 100
        else { throw .malformedAttribute }
        return UInt16(hundreds & 7) * 100 + UInt16(rest)
    }
}
