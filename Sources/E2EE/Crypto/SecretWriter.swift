internal import Wire

/// Writes a format that has secrets in it as one secret. On the way no byte of them is in any other copy.
struct SecretWriter: Sendable {
    private enum Part: Sendable {
        case open([UInt8])
        case secret(HeldSecret)
    }

    private var parts: [Part] = []
    /// Bytes so far.
    private(set) var count = 0

    /// Writes what anybody may see.
    mutating func open(_ body: (inout ByteWriter) -> Void) {
        var writer = ByteWriter()
        body(&writer)
        self.count += writer.bytes.count
        self.parts.append(.open(writer.bytes))
    }

    /// Writes a secret as it is: its length is known to whoever reads.
    mutating func secret(_ held: HeldSecret) {
        self.count += held.secret.count
        self.parts.append(.secret(held))
    }

    /// Writes what `body` writes as a vector.
    mutating func vector(_ body: (inout SecretWriter) -> Void) {
        var inner = SecretWriter()
        body(&inner)
        let count = inner.count
        self.open { writer in writer.varint(count) }
        self.parts += inner.parts
        self.count += count
    }

    /// Everything that was written.
    var written: Secret {
        Secret(count: self.count) { (out: inout MutableSpan<UInt8>) in
            var at = 0
            for part in self.parts {
                switch part {
                case .open(let bytes): Self.copy(bytes.span, to: &at, of: &out)
                case .secret(let held): Self.copy(held.secret, to: &at, of: &out)
                }
            }
        }
    }

    private static func copy(_ secret: borrowing Secret, to at: inout Int, of out: inout MutableSpan<UInt8>) {
        self.copy(secret.span, to: &at, of: &out)
    }

    private static func copy(_ bytes: Span<UInt8>, to at: inout Int, of out: inout MutableSpan<UInt8>) {
        for index in bytes.indices { out[at + index] = bytes[index] }
        at += bytes.count
    }
}
