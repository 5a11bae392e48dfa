/// Whether bytes can be somebody's public key at all, told from the bytes alone: no secret, no chance and no provider comes
/// into it, so everybody finds the same, and a tree of five hundred members costs less than one of their signatures.
package enum PublicKeyForm {
    /// An X-Wing key that its primitive takes (`e2ee.md` 15, trap 12): an ML-KEM-768 key that passes the modulus check of
    /// FIPS 203 §7.2, then an X25519 key.
    package static func isXWing(_ key: Span<UInt8>) -> Bool {
        guard key.count == self.latticeByteCount + 32 else { return false }
        // Three bytes are two coefficients; behind them stand 32 bytes that may be anything.
        for at in stride(from: 0, to: self.coefficientByteCount, by: 3) {
            let low = UInt16(key[at]) | UInt16(key[at + 1] & 0x0F) << 8
            let high = UInt16(key[at + 1] >> 4) | UInt16(key[at + 2]) << 4
            guard low < self.modulus, high < self.modulus else { return false }
        }
        return self.isX25519(key.extracting(self.latticeByteCount..<key.count))
    }

    private static var modulus: UInt16 { 3_329 }
    private static var coefficientByteCount: Int { 1_152 }
    private static var latticeByteCount: Int { 1_184 }

    /// An X25519 key with which an agreement is not all zero, whoever makes it (RFC 7748 §6.1): no point of small order, nor
    /// another spelling of one.
    package static func isX25519(_ key: Span<UInt8>) -> Bool {
        guard let point = Coordinate(key) else { return false }
        return point != .zero && point != .one && point != .minusOne && point != .modulus && point != .modulusPlusOne
            && point != .order8 && point != .order8Too
    }

    /// An Ed25519 key that is spelled as RFC 8032 §5.1.3 wants it and is no point of small order (`e2ee.md` 15, trap 12):
    /// under one of those anybody's signature holds.
    package static func isEd25519(_ key: Span<UInt8>) -> Bool {
        guard let point = Coordinate(key) else { return false }
        return point.isReduced && point != .zero && point != .one && point != .minusOne && point != .edwards8
            && point != .edwards8Too
    }

    /// A coordinate of 255 bits, the least significant word first. The bit above is not part of it: X25519 ignores it, and
    /// in Ed25519 it is the sign of the other coordinate.
    private struct Coordinate: Equatable {
        let words: (UInt64, UInt64, UInt64, UInt64)

        init?(_ key: Span<UInt8>) {
            guard key.count == 32 else { return nil }
            func word(_ at: Int) -> UInt64 {
                var word: UInt64 = 0
                for index in stride(from: at + 7, through: at, by: -1) { word = word << 8 | UInt64(key[index]) }
                return word
            }
            self.words = (word(0), word(8), word(16), word(24) & UInt64.max >> 1)
        }

        init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
            self.words = (first, second, third, fourth)
        }

        static func == (left: Self, right: Self) -> Bool { left.words == right.words }

        /// Below the modulus 2^255 - 19.
        var isReduced: Bool {
            self.words.3 < UInt64.max >> 1 || self.words.2 < .max || self.words.1 < .max
                || self.words.0 < Self.modulus.words.0
        }

        static var zero: Self { Self(0, 0, 0, 0) }
        static var one: Self { Self(1, 0, 0, 0) }
        static var minusOne: Self { Self(.max - 19, .max, .max, .max >> 1) }
        static var modulus: Self { Self(.max - 18, .max, .max, .max >> 1) }
        static var modulusPlusOne: Self { Self(.max - 17, .max, .max, .max >> 1) }
        /// The points of order 8 on Montgomery's form of the curve.
        static var order8: Self {
            Self(0xAEB8_413B_7C7A_EBE0, 0x6AC4_9FF1_FAE3_5616, 0xFDB1_329C_EB8D_09DA, 0x00B8_495F_1605_6286)
        }
        static var order8Too: Self {
            Self(0x248C_50A3_BC95_9C5F, 0x5BEF_839C_55B1_D0B1, 0x868E_1C58_C45C_4404, 0x5711_9FD0_DD4E_22D8)
        }
        /// The points of order 8 on Edwards' form of the curve.
        static var edwards8: Self {
            Self(0xB027_B2C2_8F95_E826, 0xF098_EFF2_89F4_C345, 0x3933_C6D3_05AC_DFD5, 0x05FC_536D_8802_38B1)
        }
        static var edwards8Too: Self {
            Self(0x4FD8_4D3D_706A_17C7, 0x0F67_100D_760B_3CBA, 0xC6CC_392C_FA53_202A, 0x7A03_AC92_77FD_C74E)
        }
    }
}

extension DHKEM {
    /// Whether anything can be encrypted to this key. A member with another one would stop every Commit that has to reach it.
    /// For the suites of the vectors alone, which have other curves, the primitive itself is asked.
    func isUsable(_ publicKey: [UInt8]) -> Bool {
        switch self.kem {
        case .xWing: PublicKeyForm.isXWing(publicKey.span)
        case .x25519: PublicKeyForm.isX25519(publicKey.span)
        // Why it refuses does not matter: nobody else can use the key either.
        case .p256, .p384, .p521, .x448: (try? self.encapsulate(to: publicKey)) != nil
        }
    }
}
