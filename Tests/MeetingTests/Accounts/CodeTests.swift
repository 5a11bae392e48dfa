import BeraadTesting
import Meeting
import Testing

@Suite("Codes of an app", .promise("P-037"))
struct CodeTests {
    private static let secret = Array("12345678901234567890".utf8)

    /// RFC 6238 appendix B, SHA-1: of its eight digits the last six.
    @Test(
        "the vectors of the standard",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ])
    func vectors(_ seconds: Int, _ code: String) {
        let now = WallTime(seconds: seconds)
        #expect(SixDigits.code(step: SixDigits.step(at: now), secret: Self.secret) == code)
        #expect(SixDigits.accept(code, secret: Self.secret, after: 0, now: now) == seconds / 30)
    }

    @Test("a clock may be half a minute off, and no more")
    func drift() {
        let step = 41_152_263
        let code = SixDigits.code(step: step, secret: Self.secret)
        func accepted(_ seconds: Int) -> Int? {
            SixDigits.accept(code, secret: Self.secret, after: 0, now: WallTime(seconds: seconds))
        }
        #expect(accepted((step - 1) * 30) == step)
        #expect(accepted((step + 2) * 30 - 1) == step)
        #expect(accepted((step - 1) * 30 - 1) == nil)
        #expect(accepted((step + 2) * 30) == nil)
    }

    @Test("a code works once, and none before it works after it")
    func replay() {
        let now = WallTime(seconds: 1_234_567_890)
        let step = SixDigits.step(at: now)
        let before = SixDigits.code(step: step - 1, secret: Self.secret)
        #expect(SixDigits.accept(before, secret: Self.secret, after: step - 2, now: now) == step - 1)
        #expect(SixDigits.accept(before, secret: Self.secret, after: step - 1, now: now) == nil)
        #expect(SixDigits.accept(before, secret: Self.secret, after: step, now: now) == nil)
        #expect(SixDigits.accept("", secret: Self.secret, after: 0, now: now) == nil)
        #expect(SixDigits.accept("5924", secret: Self.secret, after: 0, now: now) == nil)
    }

    @Test("base 32 is that of the standard")
    func base32() {
        let vectors = [
            "": "", "f": "MY", "fo": "MZXQ", "foo": "MZXW6", "foob": "MZXW6YQ", "fooba": "MZXW6YTB",
            "foobar": "MZXW6YTBOI",
        ]
        for (text, expected) in vectors { #expect(Base32.encode(Array(text.utf8)) == expected) }
    }

    @Test("recovery codes are long, differ, and are read however they are typed")
    func recovery() throws {
        var generator = SeededGenerator(seed: 3)
        let codes = (0..<100).map { _ in RecoveryCode.random(using: &generator) }
        #expect(Set(codes).count == 100)
        let code = try #require(codes.first)
        #expect(code.wholeMatch(of: #/(?:[a-z2-7]{4}-){3}[a-z2-7]{4}/#) != nil)
        let typed = try #require(TypedCode(code))
        #expect(typed == TypedCode(code.uppercased()))
        #expect(typed == TypedCode(code.filter { $0 != "-" }))
        #expect(typed == .recovery(code.filter { $0 != "-" }))
        #expect(TypedCode("123 456") == .digits("123456"))
        for none in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"] { #expect(TypedCode(none) == nil, "\(none)") }
    }
}
