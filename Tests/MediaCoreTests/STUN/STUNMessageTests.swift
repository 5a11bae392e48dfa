import BeraadTesting
import MediaCore
import Testing
import Wire

@Suite("STUN messages")
struct STUNMessageTests {
    private let key = Array("a password of an endpoint".utf8)
    private let transaction = STUNTransactionID(high: 0xAABB_CCDD, low: 0x1122_3344_5566_7788)

    private func request(useCandidate: Bool = true) -> [UInt8] {
        let request = STUNWriter.Request(
            username: Array("server:client".utf8), priority: 0x6E7F_1EFF, role: .controlling(tieBreaker: 42),
            useCandidate: useCandidate)
        return written { out in
            STUNWriter.request(request, transaction: self.transaction, key: self.key.rawSpan, into: &out)
        }
    }

    /// A request with `attributes` (whole, padded) instead of the usual ones, signed and sealed as if it were honest.
    private func forged(_ attributes: [UInt8]) -> [UInt8] {
        let tail = written { out in
            STUNWriter.indication(transaction: self.transaction, key: self.key.rawSpan, into: &out)
        }.dropFirst(20)
        var bytes = hex("0001") + [0, 0] + hex("2112A442 AABBCCDD 1122334455667788") + attributes + tail
        bytes[3] = UInt8(bytes.count - 20)
        return bytes
    }

    @Test("a request that was written reads back and is authentic")
    func requestRoundTrip() throws {
        let bytes = self.request()
        let message = try STUNMessage(bytes)
        #expect(message.messageClass == .request)
        #expect(message.transaction == self.transaction)
        #expect(message.username.map { Array(bytes[$0]) } == Array("server:client".utf8))
        #expect(message.priority == 0x6E7F_1EFF)
        #expect(message.controlling == 42)
        #expect(message.useCandidate)
        #expect(try !STUNMessage(self.request(useCandidate: false)).useCandidate)
        #expect(message.isAuthentic(bytes, key: self.key))
        #expect(message.hasValidFingerprint(bytes))
    }

    @Test("an answer tells a peer its own address, in either family")
    func successRoundTrip() throws {
        let addresses = [
            STUNAddress(.v4(0xC612_0A07, port: 49_152)),
            STUNAddress(family: .v6, high: 0x2001_0DB8_0000_0001, low: 0xFFFF_0000_1234_5678, port: 7_700),
        ]
        for address in addresses {
            let bytes = written { out in
                STUNWriter.success(mapped: address, transaction: self.transaction, key: self.key.rawSpan, into: &out)
            }
            let message = try STUNMessage(bytes)
            #expect(message.messageClass == .success)
            #expect(message.mappedAddress == address)
            #expect(message.isAuthentic(bytes, key: self.key))
            #expect(message.hasValidFingerprint(bytes))
        }
    }

    @Test("errors 487 and 420 and indications read back and are authentic")
    func others() throws {
        let unknown = self.forged(hex("7F010000 0003 0004 00000000"))
        let request = try STUNMessage(unknown)
        #expect(request.unknownCount == 2)
        let answers: [(bytes: [UInt8], messageClass: STUNMessage.Class, code: UInt16?)] = [
            (
                written { STUNWriter.roleConflict(transaction: self.transaction, key: self.key.rawSpan, into: &$0) },
                .error, 487
            ),
            (written { STUNWriter.unknownAttributes(of: request, key: self.key.rawSpan, into: &$0) }, .error, 420),
            (
                written { STUNWriter.indication(transaction: self.transaction, key: self.key.rawSpan, into: &$0) },
                .indication, nil
            ),
        ]
        for answer in answers {
            let message = try STUNMessage(answer.bytes)
            #expect(message.messageClass == answer.messageClass)
            #expect(message.errorCode == answer.code)
            #expect(message.transaction == self.transaction)
            #expect(message.isAuthentic(answer.bytes, key: self.key))
            #expect(message.hasValidFingerprint(answer.bytes))
        }
        #expect(answers[1].bytes.count == 20 + 8 + 8 + 24 + 8)
        #expect(Array(answers[1].bytes[28..<36]) == hex("000A 0004 7F01 0003"))
    }

    @Test("no bit of a signed request can be changed unseen")
    func tampering() {
        let bytes = self.request()
        for bit in 0..<bytes.count * 8 {
            var changed = bytes
            changed[bit / 8] ^= 1 << (bit % 8)
            guard let message = try? STUNMessage(changed) else { continue }
            let isAccepted =
                message.isAuthentic(changed, key: self.key)
                && message.hasValidFingerprint(changed)
            #expect(!isAccepted, "bit \(bit)")
        }
    }

    @Test("a message cut anywhere is refused, and so is one with bytes behind it")
    func truncation() {
        let bytes = self.request()
        for count in 0..<bytes.count {
            #expect(throws: STUNError.self) { try STUNMessage(Array(bytes.prefix(count))) }
        }
        #expect(throws: STUNError.notSTUN) { try STUNMessage((bytes + [0, 0, 0, 0])) }
    }

    @Test("after the integrity only the fingerprint counts")
    func afterIntegrity() throws {
        // MESSAGE-INTEGRITY first, then USE-CANDIDATE, an unknown attribute, and PRIORITY.
        let bytes =
            hex("0001 0028 2112A442 AABBCCDD 1122334455667788 00080014") + [UInt8](repeating: 7, count: 20)
            + hex("00250000 7F010000 00240004 00000001")
        var sized = bytes
        sized[3] = UInt8(bytes.count - 20)
        let message = try STUNMessage(sized)
        #expect(!message.useCandidate)
        #expect(message.priority == nil)
        #expect(message.unknownCount == 0)
        #expect(message.integrityOffset == 20)
    }

    @Test("nothing may follow the fingerprint")
    func afterFingerprint() {
        let bytes = hex("0001 000C 2112A442 AABBCCDD 1122334455667788 80280004 00000000 00250000")
        #expect(throws: STUNError.malformedAttribute) { try STUNMessage(bytes) }
    }

    @Test("attributes the browsers add above 0x8000 are skipped")
    func optionalAttributes() throws {
        let message = try STUNMessage(self.forged(hex("C0570004 00000003 C0010004 00000001")))
        #expect(message.unknownCount == 0)
    }

    @Test("the first of two equal attributes counts")
    func duplicates() throws {
        let message = try STUNMessage(self.forged(hex("00240004 00000001 00240004 00000002")))
        #expect(message.priority == 1)
    }

    @Test("an endless list of attributes is refused")
    func bounded() {
        let many = (0...STUNMessage.attributesMax).flatMap { _ in hex("C0570000") }
        #expect(throws: STUNError.tooManyAttributes) { try STUNMessage(self.forged(many)) }
    }

    @Test("random bytes behind a sound header never trap")
    func noise() {
        var generator = SeededGenerator(seed: 8_489)
        for _ in 0..<2_000 {
            let body = generator.bytes(Int(generator.next() % 32) * 4)
            var bytes = hex("0001 0000 2112A442 AABBCCDD 1122334455667788") + body
            bytes[3] = UInt8(body.count)
            guard let message = try? STUNMessage(bytes) else { continue }
            _ = message.isAuthentic(bytes, key: self.key)
            _ = message.hasValidFingerprint(bytes)
        }
    }

    @Test("a buffer too small for the whole message gets none of it")
    func smallBuffer() {
        let whole = self.request()
        let request = STUNWriter.Request(
            username: Array("server:client".utf8), priority: 0x6E7F_1EFF, role: .controlling(tieBreaker: 42),
            useCandidate: true)
        for capacity in 0..<whole.count {
            let bytes = written(capacity) { out in
                STUNWriter.request(request, transaction: self.transaction, key: self.key.rawSpan, into: &out)
            }
            #expect(bytes.isEmpty)
        }
    }
}
