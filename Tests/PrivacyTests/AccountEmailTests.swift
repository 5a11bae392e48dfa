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

    @Test(
        "what is no address is none",
        arguments: [
            "", "anna", "@example.org", "anna@", "a@b@c", "an na@example.org", "anna@exa\u{7}mple.org",
            "anna@\u{2003}example.org", String(repeating: "a", count: 250) + "@b.nl",
        ])
    func none(_ text: String) {
        #expect(AccountEmail.canonical(text) == nil)
    }
}
