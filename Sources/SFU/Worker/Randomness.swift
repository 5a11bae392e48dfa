internal import MediaCore
internal import MediaCrypto

/// What credentials, names and numbers are made of: passed in, so that a test knows them. In production it is the
/// system's generator, since ICE passwords hang on it.
struct Randomness: RandomNumberGenerator, Sendable {
    private let draw: @Sendable () -> UInt64

    init(_ draw: @escaping @Sendable () -> UInt64) { self.draw = draw }

    mutating func next() -> UInt64 { self.draw() }

    /// ice-char of RFC 8839 §5.4: 64 of them, six bits each.
    private static let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// A text of random ice-chars.
    mutating func text(_ count: Int) -> String {
        let bytes = (0..<count).map { _ in Self.characters[Int(self.next() >> 58)] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A name of eight characters, so that a datagram's name is one 64-bit load, and a password of 144 bits.
    mutating func credentials() -> ICECredentials {
        ICECredentials(userFragment: self.text(8), password: self.text(24))
    }

    /// What an endpoint makes its own numbers from.
    mutating func generator() -> KeyedGenerator {
        let words = (0..<KeyedGenerator.seedLength / 8).map { _ in self.next() }
        return KeyedGenerator(
            seed: words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
    }

    /// An SSRC that is in nobody's way; `taken` remembers it.
    mutating func ssrc(_ taken: inout Set<UInt32>) -> UInt32 {
        while true {
            let candidate = UInt32(truncatingIfNeeded: self.next() >> 32)
            if candidate != 0, taken.insert(candidate).inserted { return candidate }
        }
    }
}
