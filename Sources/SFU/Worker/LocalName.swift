internal import MediaCore

/// Our half of a STUN USERNAME (`ours:theirs`): eight characters as one number, by which a datagram from an unknown path
/// finds its endpoint.
enum LocalName {
    static let length = 8

    /// The number of our name; nil when it has not eight bytes.
    static func key(_ userFragment: String) -> UInt64? {
        guard userFragment.utf8.count == self.length else { return nil }
        return userFragment.utf8.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The number a Binding request asks for. Says nothing about its authenticity.
    static func key(in datagram: RawSpan) -> UInt64? {
        guard let message = try? STUNMessage(datagram), let username = message.username,  // no STUN: nobody's name
            username.count > self.length, username.upperBound <= datagram.byteCount
        else { return nil }
        // SAFETY: nine bytes from the lower bound lie inside the datagram, as was just checked.
        let name = unsafe datagram.unsafeLoadUnaligned(fromByteOffset: username.lowerBound, as: UInt64.self)
        let colon = unsafe datagram.unsafeLoad(fromByteOffset: username.lowerBound + self.length, as: UInt8.self)
        return colon == UInt8(ascii: ":") ? UInt64(bigEndian: name) : nil
    }
}
