import Wire

/// SHA-1 and its HMAC until `MediaCrypto` has them; goes away with its first version.
enum InterimSHA1 {
    typealias Digest = [UInt32]

    static func hmac(key: RawSpan, message: RawSpan) -> Digest {
        var block = [UInt8](repeating: 0, count: 64)
        let short = key.byteCount <= 64 ? key.array() : Self.bytes(Self.hash(key.array()))
        for (index, byte) in short.enumerated() { block[index] = byte }
        let inner = Self.hash(block.map { $0 ^ 0x36 } + message.array())
        return Self.hash(block.map { $0 ^ 0x5C } + Self.bytes(inner))
    }

    private static func bytes(_ digest: Digest) -> [UInt8] {
        digest.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) } }
    }

    private static func hash(_ message: [UInt8]) -> Digest {
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        for shift in 0..<8 { padded.append(UInt8(truncatingIfNeeded: (message.count * 8) >> (56 - 8 * shift))) }
        var state: Digest = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        for start in stride(from: 0, to: padded.count, by: 64) {
            var words = (0..<16).map { word in
                (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(padded[start + word * 4 + $1]) }
            }
            for index in 16..<80 {
                let mixed = words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16]
                words.append(mixed << 1 | mixed >> 31)
            }
            var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
            for index in 0..<80 {
                let (mix, constant): (UInt32, UInt32) =
                    switch index {
                    case ..<20: (b & c | ~b & d, 0x5A82_7999)
                    case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                    case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                    default: (b ^ c ^ d, 0xCA62_C1D6)
                    }
                let next = (a << 5 | a >> 27) &+ mix &+ e &+ constant &+ words[index]
                (e, d, c, b, a) = (d, c, b << 30 | b >> 2, a, next)
            }
            for (index, value) in [a, b, c, d, e].enumerated() { state[index] &+= value }
        }
        return state
    }
}
