import Meeting
import Testing

@Suite("Passwords")
struct PasswordTests {
    private static func fault(_ password: String) -> PasswordRules.Fault? {
        PasswordRules.fault(of: password, address: "anna.de.vries@example.org")
    }

    @Test("twelve to a hundred and twenty-eight characters, of whatever kind")
    func length() {
        #expect(Self.fault(String(repeating: "a", count: 11)) == .tooShort)
        #expect(Self.fault(String(repeating: "a", count: 12)) == nil)
        #expect(Self.fault(String(repeating: "é", count: 128)) == nil)
        #expect(Self.fault(String(repeating: "a", count: 129)) == .tooLong)
        // Letters with their accents apart are as many as without.
        #expect(Self.fault(String(repeating: "e\u{301}", count: 11)) == .tooShort)
        #expect(Self.fault(String(repeating: "e\u{301}", count: 128)) == nil)
    }

    @Test("one's own address is none")
    func address() {
        #expect(Self.fault("Anna.de.Vries@Example.org") == .isAddress)
        #expect(Self.fault("anna.de.vries@example.org!") == nil)
    }

    @Test("the same letters are the same password, however a keyboard puts them together")
    func composed() {
        #expect(PasswordRules.bytes(of: "zoe\u{308}") == PasswordRules.bytes(of: "zo\u{EB}"))
        #expect(PasswordRules.bytes(of: "zoe") != PasswordRules.bytes(of: "zo\u{EB}"))
    }

    @Test("a hash says how it was made, and reads as it was written")
    func text() throws {
        let salt = [UInt8](repeating: 1, count: 16), key = [UInt8](repeating: 2, count: 32)
        let hash = PasswordHash(cost: .current, salt: salt, key: key)
        #expect(hash.text == "scrypt$17$8$1$AQEBAQEBAQEBAQEBAQEBAQ$AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI")
        let read = try #require(PasswordHash(hash.text))
        #expect(read == hash)
        #expect(read.matches(key))
        #expect(!read.matches([UInt8](repeating: 2, count: 31)))
        #expect(!read.matches([UInt8](repeating: 3, count: 32)))
    }

    @Test(
        "a text that is no hash, or would take a machine a day, is none",
        arguments: [
            "", "scrypt", "scrypt$17$8$1$AQ$AQ",
            "bcrypt$17$8$1$AQEBAQEBAQEBAQEBAQEBAQ$AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI",
            "scrypt$21$8$1$AQEBAQEBAQEBAQEBAQEBAQ$AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI",
            "scrypt$17$99$1$AQEBAQEBAQEBAQEBAQEBAQ$AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI",
            "scrypt$17$8$0$AQEBAQEBAQEBAQEBAQEBAQ$AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI",
            "scrypt$17$8$1$AQEBAQEBAQEBAQEBAQEBAQ$AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI$x",
        ])
    func noHash(_ text: String) {
        #expect(PasswordHash(text) == nil)
    }
}
