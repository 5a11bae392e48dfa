internal import Wire

/// The two parts of a link, kept to make engines from and to pass the link on.
struct HeldLink: Sendable {
    private let path: [UInt8]
    private let fragment: HeldSecret

    /// Reads a link and nothing else: path<V> fragment<V>, both ASCII.
    init(_ bytes: [UInt8]) throws(E2EEError) {
        do throws(WireError) {
            var reader = ByteReader(bytes.rawSpan)
            try self.init(reading: &reader)
            try reader.end()
        } catch {
            throw E2EEError(.codec, .malformed)
        }
    }

    /// Reads both parts. Whether they are a link is seen when one is made of them.
    init(reading reader: inout ByteReader) throws(WireError) {
        self.path = try reader.opaque(max: 64)
        self.fragment = try reader.secret()
    }

    /// The link. `unsupported` is one of a later version, `malformed` a damaged one.
    func link<Crypto: CryptoProvider>(_ crypto: Crypto) throws(E2EEError) -> Link {
        do throws(LinkError) {
            return try Self.link(self.path, self.fragment.secret, crypto)
        } catch {
            throw E2EEError(.codec, error == .newer ? .unsupported : .malformed)
        }
    }

    private static func link<Crypto: CryptoProvider>(
        _ path: [UInt8], _ fragment: borrowing Secret, _ crypto: Crypto
    ) throws(LinkError) -> Link {
        try Link(meetingID: path.span, fragment: fragment.span, crypto)
    }
}
