/// SHA-256 (FIPS 180-4) of bytes that come in pieces: the seam's `hash` wants them all at once, and a file may be
/// larger than memory. What is hashed here everybody may see; nothing is wiped.
package struct StreamingSHA256: Sendable {
    private var state = Self.initial
    private var block = [UInt8](repeating: 0, count: 64)
    private var words = [UInt32](repeating: 0, count: 64)
    private var filled = 0
    private var byteCount: UInt64 = 0

    /// Of nothing yet.
    package init() {}

    /// Takes the next bytes.
    package mutating func update(_ bytes: Span<UInt8>) {
        self.byteCount &+= UInt64(bytes.count)
        for index in bytes.indices { self.take(bytes[index]) }
    }

    /// The digest of everything so far, 32 bytes; more may follow.
    package var digest: [UInt8] {
        var copy = self
        let bitCount = self.byteCount &* 8
        copy.take(0x80)
        while copy.filled != 56 { copy.take(0) }
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            copy.take(UInt8(truncatingIfNeeded: bitCount >> shift))
        }
        return copy.state.flatMap { word in
            [24, 16, 8, 0].map { (shift: UInt32) in UInt8(truncatingIfNeeded: word >> shift) }
        }
    }

    private mutating func take(_ byte: UInt8) {
        self.block[self.filled] = byte
        self.filled += 1
        guard self.filled == 64 else { return }
        self.filled = 0
        self.compress()
    }

    /// §6.2.2
    private mutating func compress() {
        for index in 0..<16 {
            var word: UInt32 = 0
            for byte in 0..<4 { word = word << 8 | UInt32(self.block[index * 4 + byte]) }
            self.words[index] = word
        }
        for index in 16..<64 {
            let (near, far) = (self.words[index - 2], self.words[index - 15])
            let one = Self.rotate(near, 17) ^ Self.rotate(near, 19) ^ near >> 10
            let zero = Self.rotate(far, 7) ^ Self.rotate(far, 18) ^ far >> 3
            self.words[index] = one &+ self.words[index - 7] &+ zero &+ self.words[index - 16]
        }
        var (a, b, c, d) = (self.state[0], self.state[1], self.state[2], self.state[3])
        var (e, f, g, h) = (self.state[4], self.state[5], self.state[6], self.state[7])
        for index in 0..<64 {
            let sum = Self.rotate(e, 6) ^ Self.rotate(e, 11) ^ Self.rotate(e, 25)
            let first = h &+ sum &+ (e & f ^ ~e & g) &+ Self.constants[index] &+ self.words[index]
            let second = (Self.rotate(a, 2) ^ Self.rotate(a, 13) ^ Self.rotate(a, 22)) &+ (a & b ^ a & c ^ b & c)
            (h, g, f, e) = (g, f, e, d &+ first)
            (d, c, b, a) = (c, b, a, first &+ second)
        }
        for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { self.state[index] &+= word }
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    private static let initial: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]

    private static let constants: [UInt32] = [
        0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
        0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
        0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
        0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
        0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
        0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
        0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
        0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
    ]
}
