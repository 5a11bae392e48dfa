import BeraadTesting
import E2EE
import Testing

@Suite("Keys that cannot be anybody's")
struct PublicKeyFormTests {
    /// Points of small order on the curve of X25519, and the other spellings of them below 2^255 (RFC 7748 §6.1).
    private static let weak = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ].map { hex($0) }

    private func isX25519(_ key: [UInt8]) -> Bool { PublicKeyForm.isX25519(key.span) }
    private func isXWing(_ key: [UInt8]) -> Bool { PublicKeyForm.isXWing(key.span) }
    private func isEd25519(_ key: [UInt8]) -> Bool { PublicKeyForm.isEd25519(key.span) }

    private func agrees(_ key: [UInt8]) -> Bool {
        let own = [UInt8](repeating: 0x42, count: 32)
        return (try? native.agree(.x25519, own.span, with: key.span)) != nil
    }

    private func encapsulates(_ key: [UInt8]) -> Bool { (try? native.encapsulateXWing(to: key.span)) != nil }

    @Test("an X25519 key is refused exactly when the primitive would answer zeros")
    func agreement() {
        for point in Self.weak {
            var other = point
            other[31] |= 0x80
            for key in [point, other] {
                #expect(!self.isX25519(key) && !self.agrees(key), "\(hex(key))")
            }
        }
        var chance = SeededGenerator(seed: 31)
        for _ in 0..<50 {
            let key = chance.bytes(32)
            #expect(self.isX25519(key) && self.agrees(key))
        }
        #expect(!self.isX25519([9]))
        #expect(!self.isX25519([UInt8](repeating: 9, count: 33)))
    }

    @Test("an X-Wing key is refused exactly when nobody can encapsulate to it")
    func hybrid() throws {
        var chance = SeededGenerator(seed: 32)
        var refused = 0
        for round in 0..<120 {
            let seed = chance.bytes(32)
            var key = try native.publicKey(.xWing, of: seed.span)
            #expect(self.isXWing(key))
            switch round % 4 {
            case 0: key[Int(chance.next() % 1_216)] = UInt8(truncatingIfNeeded: chance.next())
            case 1:
                // One coefficient at, or just below, the modulus 3329 = 0xD01: in the low and in the high place.
                let at = Int(chance.next() % 384) * 3
                let value: UInt8 = round % 8 == 1 ? 0x01 : 0x00
                if chance.next() % 2 == 0 {
                    (key[at], key[at + 1]) = (value, key[at + 1] & 0xF0 | 0x0D)
                } else {
                    (key[at + 1], key[at + 2]) = (key[at + 1] & 0x0F | value << 4, 0xD0)
                }
            case 2: key.replaceSubrange(1_184..., with: Self.weak[round / 4 % Self.weak.count])
            default: key.replaceSubrange(1_152..<1_184, with: [UInt8](repeating: 0xFF, count: 32))
            }
            let isUsable = self.isXWing(key)
            #expect(isUsable == self.encapsulates(key), "\(round)")
            if !isUsable { refused += 1 }
        }
        #expect(refused > 40 && refused < 90)
        for count in [0, 1, 1_215, 1_217] {
            #expect(!self.isXWing([UInt8](repeating: 1, count: count)))
        }
    }

    // MARK: Ed25519

    /// The identity. Under it the signature (identity, 0) holds for every message.
    private static let nobody = [1] + [UInt8](repeating: 0, count: 31)
    private static let forged = Self.nobody + [UInt8](repeating: 0, count: 32)

    @Test("an Ed25519 key of small order, or spelled in another way than its own, is nobody's")
    func signature() {
        let weak = [
            Self.nobody, [UInt8](repeating: 0, count: 32),
            hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        ]
        // y and y + p: for these nineteen there are two spellings.
        let other = (UInt8(0)..<19).map { [0xED + $0] + [UInt8](repeating: 0xFF, count: 30) + [0x7F] }
        for key in weak + other {
            var signed = key
            signed[31] |= 0x80
            #expect(!self.isEd25519(key) && !self.isEd25519(signed), "\(hex(key))")
        }
        for number in UInt8(0)..<100 { #expect(self.isEd25519(Person(number).key)) }
        let largest = [0xEB] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
        #expect(self.isEd25519(largest), "p - 2 is spelled in its only way")
        #expect(!self.isEd25519([1, 2, 3]))
    }

    @Test("nobody signs a certificate with the key that anybody can sign for")
    func certificates() {
        let (nobody, message, signature) = (Self.nobody, [1, 2, 3] as [UInt8], Self.forged)
        let holds = native.verify(nobody.span, message.span, signature.span)
        #expect(holds, "the primitive alone sees nothing")
        var forged = certificate(.anna, by: .authority, .host)
        forged.issuerKey = Self.nobody
        forged.signature = Self.forged
        #expect(!forged.isSigned(by: Self.nobody, native))
        var descriptor = MeetingDescriptor(occasion, authorityKey: Self.nobody, notBefore: 0, notAfter: 9)
        descriptor.signature = Self.forged
        let rule = ChainRule(descriptor, revoked: [], native)
        #expect(!rule.isValid(Chain([forged]), for: Person.anna.key))
        #expect(!descriptor.isSigned(by: Self.nobody, native))
    }

    @Test("a leaf with the key that anybody can sign for is added by nobody")
    func leaves() throws {
        let circle = try Circle(.x25519AES, count: 1)
        var package = try circle.newcomer().keyPackage
        package.leafNode.signatureKey = Self.nobody
        package.leafNode.signature = Self.forged
        package.signature = Self.forged
        var plan = CommitPlan()
        plan.proposals = [.add(Add(keyPackage: package))]
        #expect(throws: E2EEError(.validation, .signature)) { _ = try circle.members[0].group.commit(plan) }
    }
}
