/// Keccak-f[1600] and SHAKE256 (FIPS 202). Only key derivation of X-Wing needs it (`e2ee.md` 4.1), so it is written to be
/// read, not to be fast. No branch and no index depends on the data.
package enum Keccak {
    /// SHAKE256: `count` bytes of output for `input`.
    package static func shake256(_ input: Span<UInt8>, count: Int) -> Secret {
        self.sponge(input, rate: 136, suffix: 0x1F, count: count)
    }

    /// SHA3-256, with which the permutation is tested once more.
    package static func sha3(_ input: Span<UInt8>) -> Secret {
        self.sponge(input, rate: 136, suffix: 0x06, count: 32)
    }

    /// FIPS 202 §4: absorb `rate` bytes at a time, pad10*1 after the suffix bits, squeeze.
    private static func sponge(_ input: Span<UInt8>, rate: Int, suffix: UInt8, count: Int) -> Secret {
        var state = [UInt64](repeating: 0, count: 25)
        var offset = 0
        for index in input.indices {
            self.absorb(input[index], at: offset, &state)
            offset += 1
            if offset == rate {
                self.permute(&state)
                offset = 0
            }
        }
        self.absorb(suffix, at: offset, &state)
        self.absorb(0x80, at: rate - 1, &state)
        self.permute(&state)
        return Secret(count: count) { (out: inout MutableSpan<UInt8>) in
            for index in 0..<count {
                let at = index % rate
                if at == 0, index > 0 { self.permute(&state) }
                out[index] = UInt8(truncatingIfNeeded: state[at / 8] >> UInt64(at % 8 * 8))
            }
            for lane in state.indices { state[lane] = 0 }
        }
    }

    private static func absorb(_ byte: UInt8, at offset: Int, _ state: inout [UInt64]) {
        state[offset / 8] ^= UInt64(byte) << UInt64(offset % 8 * 8)
    }

    /// FIPS 202 §3.3: 24 rounds of theta, rho and pi, chi, iota.
    private static func permute(_ state: inout [UInt64]) {
        var sums = [UInt64](repeating: 0, count: 5)
        for constant in self.roundConstants {
            for x in 0..<5 { sums[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20] }
            for x in 0..<5 {
                let change = sums[(x + 4) % 5] ^ self.rotate(sums[(x + 1) % 5], 1)
                for y in stride(from: x, to: 25, by: 5) { state[y] ^= change }
            }
            var carried = state[1]
            for step in 0..<24 {
                let at = self.lanes[step]
                let next = state[at]
                state[at] = self.rotate(carried, self.rotations[step])
                carried = next
            }
            for row in stride(from: 0, to: 25, by: 5) {
                for x in 0..<5 { sums[x] = state[row + x] }
                for x in 0..<5 { state[row + x] = sums[x] ^ (~sums[(x + 1) % 5] & sums[(x + 2) % 5]) }
            }
            state[0] ^= constant
        }
    }

    private static func rotate(_ lane: UInt64, _ bits: UInt64) -> UInt64 { lane << bits | lane >> (64 - bits) }

    /// The walk of pi through the 24 lanes beside the first, and the rotation of rho at each step: the triangular
    /// numbers modulo 64.
    private static let lanes = [
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
    ]
    private static let rotations: [UInt64] = [
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
    ]
    private static let roundConstants: [UInt64] = [
        0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808A, 0x8000_0000_8000_8000,
        0x0000_0000_0000_808B, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
        0x0000_0000_0000_008A, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000A,
        0x0000_0000_8000_808B, 0x8000_0000_0000_008B, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
        0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800A, 0x8000_0000_8000_000A,
        0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
    ]
}
