import BeraadTesting
import Meeting
import Testing

/// The reader itself is the module's own; here it is seen through attestation objects, each of which would be one but for
/// what is wrong with it.
@Suite("CBOR that is none of ours")
struct CBORTests {
    private static func failure(_ bytes: [UInt8]) -> PasskeyFailure? {
        do throws(PasskeyFailure) {
            _ = try Passkey.authenticatorData(in: bytes)
            return nil
        } catch {
            return error
        }
    }

    private static let data = [UInt8](repeating: 0, count: 37)
    private static let format: [UInt8] = [0x63] + Array("fmt".utf8) + [0x64] + Array("none".utf8)
    private static let statement: [UInt8] = [0x67] + Array("attStmt".utf8) + [0xA0]
    private static let authData: [UInt8] = [0x68] + Array("authData".utf8)

    private static func object(
        head: [UInt8] = [0xA3], format: [UInt8] = Self.format, statement: [UInt8] = Self.statement,
        data: [UInt8] = [0x58, 37] + Self.data
    ) -> [UInt8] {
        head + format + statement + Self.authData + data
    }

    @Test("a plain one is read, whatever the order of its members")
    func plain() {
        #expect(Self.failure(Self.object()) == nil)
        #expect(Self.failure([0xA3] + Self.authData + [0x58, 37] + Self.data + Self.format + Self.statement) == nil)
    }

    @Test("a length in a longer form than needed, or none at all, is refused")
    func lengths() {
        #expect(Self.failure(Self.object(data: [0x59, 0, 37] + Self.data)) == .authenticatorData)
        #expect(Self.failure(Self.object(data: [0x5A, 0, 0, 0, 37] + Self.data)) == .authenticatorData)
        #expect(Self.failure(Self.object(data: [0x5B, 0, 0, 0, 0, 0, 0, 0, 37] + Self.data)) == .authenticatorData)
        #expect(Self.failure(Self.object(data: [0x5F, 0x58, 37] + Self.data + [0xFF])) == .authenticatorData)
        #expect(Self.failure(Self.object(head: [0xB8, 3])) == .authenticatorData)
        #expect(Self.failure(Self.object(head: [0xBF]) + [0xFF]) == .authenticatorData)
    }

    @Test("lengths that no memory holds end early")
    func huge() {
        for head: [UInt8] in [
            [0x5B, 255, 255, 255, 255, 255, 255, 255, 255], [0x5B, 127, 255, 255, 255, 255, 255, 255, 255],
            [0x9B, 255, 255, 255, 255, 255, 255, 255, 255], [0xBB, 255, 255, 255, 255, 255, 255, 255, 255],
            [0x7A, 255, 255, 255, 255],
        ] {
            #expect(Self.failure(head) == .authenticatorData)
            #expect(Self.failure(Self.object(data: head)) == .authenticatorData)
        }
    }

    @Test("deep nesting, many members, a name twice, text that is none, tags and fractions are refused")
    func shapes() {
        let deep = [UInt8](repeating: 0x81, count: 2_000) + [0]
        #expect(Self.failure(deep) == .authenticatorData)
        #expect(Self.failure([0x98, 200] + [UInt8](repeating: 0, count: 200)) == .authenticatorData)
        #expect(Self.failure([0xA3] + Self.format + Self.format + Self.statement) == .authenticatorData)
        #expect(Self.failure(Self.object(format: [0x63] + Array("fmt".utf8) + [0x61, 0xFF])) == .authenticatorData)
        #expect(Self.failure([0xC0] + Self.object()) == .authenticatorData)
        #expect(Self.failure([0xF9, 0, 0]) == .authenticatorData)
        #expect(Self.failure([]) == .authenticatorData)
    }

    @Test("cut anywhere it is none, and anything behind it is too much")
    func cut() {
        let whole = Self.object()
        for count in whole.indices { #expect(Self.failure(Array(whole.prefix(count))) != nil) }
        #expect(Self.failure(whole + [0xF6]) == .authenticatorData)
    }
}
