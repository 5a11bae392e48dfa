/// What stands between the network and a DTLS server that has no keys yet. Until then anybody who can forge a source
/// address is heard, and one plaintext datagram of his could end a handshake for good: an alert, a fragment out of its
/// place, a record number far ahead. So plaintext is read here: alerts, acknowledgements and application data are thrown
/// away, handshake messages are put together and handed on whole, and only those that a client may send in the clear.
/// Sealed records pass as they are, since BoringSSL authenticates them. It knows no key, no clock and no route.
struct HandshakeGate {
    static let cipherChange: UInt8 = 20
    static let handshake: UInt8 = 22

    /// What one datagram amounts to.
    struct Intake {
        /// Messages that are whole with this datagram, or were before and are repeated by it; ordered by number.
        var messages: [HandshakeMessage] = []
        /// A ChangeCipherSpec record was there.
        var changesCipher = false
        /// The sealed records, as they came.
        var sealed: [UInt8] = []
    }

    /// Messages under way at once: the hellos of all tries, and the flight of DTLS 1.2 twice.
    private static let maximumAssemblies = 11
    /// Both browsers' hellos have about 1,500 bytes; a chain is limited to as many (`DTLSContext`).
    private static let maximumLong = 8 * 1_024
    /// A public key or a signature.
    private static let maximumShort = 1_024

    private var assemblies: [HandshakeAssembly] = []

    /// Takes a datagram apart. `expectsMore` = a try waits for plaintext after the hello; nothing is kept for nobody.
    mutating func take(_ datagram: [UInt8], expectsMore: Bool) -> Intake {
        var intake = Intake()
        var at = 0
        while at < datagram.count, let record = Record(datagram, at: at) {
            at = record.range.upperBound
            if record.isSealed {
                intake.sealed += datagram[record.range]
            } else if record.type == Self.handshake {
                self.take(datagram[record.body], expectsMore: expectsMore, into: &intake)
            } else if record.type == Self.cipherChange, Array(datagram[record.body]) == [1] {
                intake.changesCipher = true
            }
        }
        intake.messages.sort { $0.sequence < $1.sequence }
        return intake
    }

    private mutating func take(_ body: ArraySlice<UInt8>, expectsMore: Bool, into intake: inout Intake) {
        var rest = body
        while let fragment = Fragment(rest) {
            rest = rest.dropFirst(Fragment.headerLength + fragment.bytes.count)
            guard Self.allows(fragment), fragment.sequence == 0 || expectsMore else { continue }
            for message in self.add(fragment) where !intake.messages.contains(message) {
                intake.messages.append(message)
            }
        }
    }

    private static func allows(_ fragment: Fragment) -> Bool {
        let limit =
            switch (fragment.sequence, fragment.type) {
            case (0, HandshakeMessage.clientHello), (1, HandshakeMessage.clientHello): Self.maximumLong
            case (1, HandshakeMessage.certificate): Self.maximumLong
            case (2, HandshakeMessage.clientKeyExchange), (3, HandshakeMessage.certificateVerify): Self.maximumShort
            default: 0
            }
        return fragment.length <= limit && !fragment.bytes.isEmpty
    }

    /// Adds a fragment to every message it fits, or begins another one; answers those that are whole.
    private mutating func add(_ fragment: Fragment) -> [HandshakeMessage] {
        var whole: [HandshakeMessage] = []
        var fits = false
        for at in self.assemblies.indices where fragment.belongs(to: self.assemblies[at]) {
            guard self.assemblies[at].add(fragment.bytes, at: fragment.offset) else { continue }
            fits = true
            if let message = self.assemblies[at].message { whole.append(message) }
        }
        guard !fits else { return whole }
        if self.assemblies.count == Self.maximumAssemblies {
            // What is not whole yet may come again; what is whole tells a repetition from something new.
            guard let oldest = self.assemblies.firstIndex(where: { $0.message == nil }) else { return [] }
            self.assemblies.remove(at: oldest)
        }
        var assembly = HandshakeAssembly(sequence: fragment.sequence, type: fragment.type, length: fragment.length)
        _ = assembly.add(fragment.bytes, at: fragment.offset)  // nothing is there that it could contradict
        self.assemblies.append(assembly)
        return assembly.message.map { [$0] } ?? []
    }
}

/// Where one record stands (RFC 6347 §4.1, RFC 9147 §4). Nil where BoringSSL would drop the rest as well.
private struct Record {
    var type: UInt8
    var isSealed: Bool
    var range: Range<Int>
    var body: Range<Int>

    init?(_ bytes: [UInt8], at start: Int) {
        self.type = bytes[start]
        let body: Int
        var length: Int?
        if self.type & 0xE0 == 0x20 {
            // The unified header of DTLS 1.3; a connection id was not agreed on.
            guard self.type & 0x10 == 0 else { return nil }
            let number = self.type & 0x08 == 0 ? 1 : 2
            let hasLength = self.type & 0x04 != 0
            body = start + 1 + number + (hasLength ? 2 : 0)
            guard body <= bytes.count else { return nil }
            if hasLength { length = Int(bytes[body - 2]) << 8 | Int(bytes[body - 1]) }
            self.isSealed = true
        } else {
            body = start + 13
            guard body <= bytes.count, bytes[start + 1] == 0xFE else { return nil }
            length = Int(bytes[body - 2]) << 8 | Int(bytes[body - 1])
            self.isSealed = bytes[start + 3] != 0 || bytes[start + 4] != 0
        }
        let end = length.map { body + $0 } ?? bytes.count
        guard end <= bytes.count else { return nil }
        self.body = body..<end
        self.range = start..<end
    }
}

/// One fragment of a handshake message. Nil at the end of a record, or where its lengths contradict each other.
private struct Fragment {
    static let headerLength = 12

    var type: UInt8
    var sequence: UInt16
    /// Of the whole message.
    var length: Int
    var offset: Int
    var bytes: ArraySlice<UInt8>

    init?(_ rest: ArraySlice<UInt8>) {
        guard rest.count >= Self.headerLength else { return nil }
        let start = rest.startIndex
        func number(_ range: Range<Int>) -> Int {
            rest[start + range.lowerBound..<start + range.upperBound].reduce(0) { $0 << 8 | Int($1) }
        }
        self.type = rest[start]
        self.length = number(1..<4)
        self.sequence = UInt16(truncatingIfNeeded: number(4..<6))
        self.offset = number(6..<9)
        let count = number(9..<12)
        guard self.offset + count <= self.length, count <= rest.count - Self.headerLength else { return nil }
        self.bytes = rest.dropFirst(Self.headerLength).prefix(count)
    }

    func belongs(to assembly: HandshakeAssembly) -> Bool {
        assembly.sequence == self.sequence && assembly.type == self.type && assembly.length == self.length
    }
}
