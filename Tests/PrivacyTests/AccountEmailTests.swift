import Privacy
import Testing

@Suite("E-mail addresses of accounts")
struct AccountEmailTests {
    @Test("one mailbox has one spelling, whatever keyboard typed it")
    func canonical() {
        #expect(AccountEmail.canonical(" Anna@Example.ORG ") == "anna@example.org")
        // The same letter as one sign and as two.
        #expect(AccountEmail.canonical("zoe\u{308}@example.org") == AccountEmail.canonical("zo\u{EB}@example.org"))
    }

    @Test("before the @ letters are those of all people, behind it those of names on the network")
    func letters() {
        #expect(AccountEmail.canonical("zo\u{EB}@example.org") != nil)
        #expect(AccountEmail.canonical("anna@xn--bcher-kva.example") == "anna@xn--bcher-kva.example")
    }

    @Test(
        "what is no address is none",
        arguments: [
            "", "anna", "@example.org", "anna@", "a@b@c", "an na@example.org", "anna@exa\u{7}mple.org",
            "anna@\u{2003}example.org", "an\u{200B}na@example.org", "an\u{202E}na@example.org",
            "anna@ex\u{430}mple.org",
            "anna@example\u{AD}.org", String(repeating: "a", count: 250) + "@b.nl",
        ])
    func none(_ text: String) {
        #expect(AccountEmail.canonical(text) == nil)
    }
}
