/// One whole handshake message of a peer whose keys are not known yet (RFC 9147 §5.2, RFC 6347 §4.2.2).
struct HandshakeMessage: Equatable {
    static let clientHello: UInt8 = 1
    static let certificate: UInt8 = 11
    static let certificateVerify: UInt8 = 15
    static let clientKeyExchange: UInt8 = 16

    let sequence: UInt16
    let type: UInt8
    let body: [UInt8]

    /// The message in one fragment.
    var encoded: [UInt8] {
        let length = [16, 8, 0].map { UInt8(truncatingIfNeeded: self.body.count >> $0) }
        let number = [UInt8(truncatingIfNeeded: self.sequence >> 8), UInt8(truncatingIfNeeded: self.sequence)]
        return [self.type] + length + number + [0, 0, 0] + length + self.body
    }

    /// The random of a ClientHello, which its second one repeats (RFC 8446 §4.1.2).
    static func random(ofHello body: [UInt8]) -> ArraySlice<UInt8> { body.dropFirst(2).prefix(32) }

    /// SHA-256 of the leaf in a Certificate of DTLS 1.2 (RFC 5246 §7.4.2); nil when there is none.
    var leafFingerprint: [UInt8]? {
        guard self.type == Self.certificate, self.body.count > 6 else { return nil }
        let length = self.body[3..<6].reduce(0) { $0 << 8 | Int($1) }
        guard length > 0, 6 + length <= self.body.count else { return nil }
        // SAFETY: the slice was checked, and is only read while it is lent.
        return unsafe self.body[6..<6 + length].withUnsafeBytes { unsafe sha256($0) }
    }
}

/// A message that is put together from fragments, which come in any order and more than once.
struct HandshakeAssembly {
    let sequence: UInt16
    let type: UInt8
    private var bytes: [UInt8]
    private var known: [Bool]
    private var missing: Int

    init(sequence: UInt16, type: UInt8, length: Int) {
        self.sequence = sequence
        self.type = type
        self.bytes = [UInt8](repeating: 0, count: length)
        self.known = [Bool](repeating: false, count: length)
        self.missing = length
    }

    var length: Int { self.bytes.count }

    /// The message, once whole.
    var message: HandshakeMessage? {
        self.missing == 0 ? HandshakeMessage(sequence: self.sequence, type: self.type, body: self.bytes) : nil
    }

    /// Adds a fragment; false, and nothing is changed, when it contradicts what came before: then it belongs to another
    /// message. Somebody who forges the second half of a hello must not spoil the first.
    mutating func add(_ fragment: ArraySlice<UInt8>, at offset: Int) -> Bool {
        for (place, byte) in zip(offset..., fragment) where self.known[place] && self.bytes[place] != byte {
            return false
        }
        for (place, byte) in zip(offset..., fragment) where !self.known[place] {
            self.bytes[place] = byte
            self.known[place] = true
            self.missing -= 1
        }
        return true
    }
}
