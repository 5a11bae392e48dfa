import MediaCore
import Testing
import Wire

/// RFC 5769 §2, and RFC 8489 appendix B.1 as corrected by erratum 6268.
@Suite("STUN test vectors")
struct STUNVectorTests {
    private static let password = Array("VOkJxbRl1RmTxUk/WvJxBt".utf8)
    private static let transaction = STUNTransactionID(high: 0xb7e7_a701, low: 0xbc34_d686_fa87_dfae)

    @Test("the sample request of RFC 5769 reads and is authentic")
    func request() throws {
        let bytes = hex(
            """
            00010058 2112a442 b7e7a701bc34d686fa87dfae 80220010 5354554e207465737420636c69656e74
            00240004 6e0001ff 80290008 932ff9b151263b36 00060009 6576746a3a68367659202020
            00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 80280004 e57a3bcf
            """)
        let message = try STUNMessage(bytes)
        #expect(message.messageClass == .request)
        #expect(message.method == STUNMessage.binding)
        #expect(message.transaction == Self.transaction)
        #expect(message.username.map { bytes[$0] } == ArraySlice("evtj:h6vY".utf8))
        #expect(message.priority == 0x6e00_01ff)
        #expect(message.controlled == 0x932f_f9b1_5126_3b36)
        #expect(message.controlling == nil)
        #expect(message.unknownCount == 0)
        #expect(message.hasValidFingerprint(bytes))
        #expect(message.isAuthentic(bytes, key: Self.password))
        #expect(!message.isAuthentic(bytes, key: Array("wrong".utf8)))
    }

    @Test("the sample IPv4 response of RFC 5769 reads and is authentic")
    func responseV4() throws {
        let bytes = hex(
            """
            0101003c 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220
            00200008 0001a147e112a643 00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96
            """)
        let message = try STUNMessage(bytes)
        #expect(message.messageClass == .success)
        #expect(message.mappedAddress == STUNAddress(family: .v4, high: 0, low: 0xC000_0201, port: 32_853))
        #expect(message.hasValidFingerprint(bytes))
        #expect(message.isAuthentic(bytes, key: Self.password))
    }

    @Test("the sample IPv6 response of RFC 5769 reads and is authentic")
    func responseV6() throws {
        let bytes = hex(
            """
            01010048 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220
            00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9
            00080014 a382954e4be67bf11784c97c8292c275bfe3ed41 80280004 c8fb0b4c
            """)
        let message = try STUNMessage(bytes)
        let address = STUNAddress(family: .v6, high: 0x2001_0db8_1234_5678, low: 0x0011_2233_4455_6677, port: 32_853)
        #expect(message.mappedAddress == address)
        #expect(message.hasValidFingerprint(bytes))
        #expect(message.isAuthentic(bytes, key: Self.password))
    }

    @Test("the long-term sample of RFC 8489 reads, and its newer attributes are named as unknown")
    func longTerm() throws {
        let bytes = hex(
            """
            00010090 2112a442 78ad3433c6ad72c029da412e
            001e0020 4a3cf38fef6992bda952c6780417da0f2481941556 9e60b205c46e41407f1704
            00150029 6f624d61744a6f7332414141 43662f2f3439396b393534 64364f4c33346f4c394653547679363473 41000000
            0014000b 6578616d706c652e6f726700 001d0004 00020000
            001c0020 b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65
            """)
        let message = try STUNMessage(bytes)
        #expect(message.unknownCount == 3)
        #expect((0..<4).map { message.unknownAttribute($0) } == [0x001E, 0x001D, 0x001C, nil])
        #expect(!message.isAuthentic(bytes, key: Self.password))
        #expect(!message.hasValidFingerprint(bytes))
    }
}
