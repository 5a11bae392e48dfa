import Crypto
import Privacy
import Testing

@Suite("Sealed fields")
struct SealTests {
    private static let row = [UInt8](repeating: 1, count: 16)
    private let ledger = PurposeLedger()

    private func name(_ sealed: [UInt8], row: [UInt8] = Self.row, _ key: SubjectKey) throws -> String {
        try Personal<AccountName>(sealed: sealed, row: row, key: key).read(for: ProvideMeeting.self, self.ledger)
    }

    @Test("what was sealed opens under its key, in its place, and lies there unreadable")
    func opens() throws {
        let key = SubjectKey.random()
        let sealed = try Personal<AccountName>("Anna").sealed(row: Self.row, key: key)
        #expect(try self.name(sealed, key) == "Anna")
        #expect(String(decoding: sealed, as: UTF8.self).contains("Anna") == false)
        // With a nonce of its own each time, so that two rows with one name do not look alike.
        #expect(try Personal<AccountName>("Anna").sealed(row: Self.row, key: key) != sealed)
    }

    @Test("another key, another row, another column or a changed byte opens nothing")
    func refuses() throws {
        let key = SubjectKey.random()
        let sealed = try Personal<AccountName>("Anna").sealed(row: Self.row, key: key)
        #expect(throws: SealFailure.damaged) { try self.name(sealed, SubjectKey.random()) }
        #expect(throws: SealFailure.damaged) { try self.name(sealed, row: [2], key) }
        #expect(throws: SealFailure.damaged) {
            try Personal<AccountEmail>(sealed: sealed, row: Self.row, key: key)
                .read(for: Authenticate.self, self.ledger)
        }
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: SealFailure.damaged) { try self.name(changed, key) }
            #expect(throws: SealFailure.damaged) { try self.name(Array(sealed.prefix(index)), key) }
        }
    }

    @Test("a personal value shows its kind and nothing else, however it is printed")
    func unprintable() throws {
        let key = SubjectKey.random()
        let email = Personal<AccountEmail>("anna@example.org")
        let kept = Personal<AccountEmail>(
            sealed: try email.sealed(row: Self.row, key: key), row: Self.row, key: key)
        for value in [email, kept] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), String(describing: [value]), dumped] {
                #expect(text.contains("‹AccountEmail›"))
                #expect(!text.contains("anna"))
            }
        }
    }

    @Test("a wrapped key opens for its account and its installation only")
    func wrapped() throws {
        let keys = InstallationKeys(root: SymmetricKey(data: [UInt8](repeating: 7, count: 32)))
        let others = InstallationKeys(root: SymmetricKey(data: [UInt8](repeating: 8, count: 32)))
        let anna = try #require(SubjectID([UInt8](repeating: 1, count: 16)))
        let bram = try #require(SubjectID([UInt8](repeating: 2, count: 16)))
        let key = SubjectKey.random()
        let wrapped = try keys.wrap(key, of: anna)
        let sealed = try Personal<AccountName>("Anna").sealed(row: Self.row, key: key)
        #expect(try self.name(sealed, try keys.unwrap(wrapped, of: anna)) == "Anna")
        #expect(throws: SealFailure.damaged) { try keys.unwrap(wrapped, of: bram) }
        #expect(throws: SealFailure.damaged) { try others.unwrap(wrapped, of: anna) }
        #expect(throws: SealFailure.damaged) { try keys.unwrap(Array(wrapped.dropLast()), of: anna) }
        #expect(throws: SealFailure.damaged) { try keys.unwrap([], of: anna) }
    }

    @Test("a mark is the same next year, another for another kind, and no plain hash")
    func marks() throws {
        let keys = InstallationKeys(root: SymmetricKey(data: [UInt8](repeating: 7, count: 32)))
        let email = Array("anna@example.org".utf8)
        // Computed once by another implementation of RFC 5869 and RFC 2104. If this changes, nobody can sign in any more.
        let golden = "4f91ebdb26b08c0c5d22592b51839075a090e81ec21ab01a2b69c5039ae31ce4"
        let mark = keys.mark(.email, email)
        #expect(mark.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == golden)
        #expect(keys.mark(.session, email) != mark)
        #expect(try Personal<AccountEmail>("anna@example.org").mark(keys, self.ledger) == mark)
    }
}
