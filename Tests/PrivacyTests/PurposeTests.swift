import BeraadTesting
import Privacy
import Testing

@Suite("What data may be read for", .promise("P-077"))
struct PurposeTests {
    /// A new purpose is a change of this list, of the data sheet and of the change log, marked (privacy).
    private static let golden = [
        "provideMeeting", "admit", "planMeeting", "authenticate", "authorise", "keepContent", "publishStream",
        "register",
        "attendance", "protectService", "measureQuality", "support", "answerRights", "demonstrateCompliance",
        "serviceMail", "chosenMail", "reviewAbuse", "answerAuthorities", "restoreService", "countHosting",
    ]

    @Test("the list is closed")
    func closed() {
        #expect(PurposeName.allCases.map(\.rawValue) == Self.golden)
    }

    @Test("no purpose is called AI, marketing, analytics, profiling or resale, in any language")
    func absent() {
        let forbidden: Set<String> = [
            "ai", "model", "marketing", "advertising", "analytics", "profiling", "personalise", "recommend", "sell",
            "reclame", "profilering", "verkopen",
        ]
        for purpose in PurposeName.allCases {
            let name = purpose.rawValue.matches(of: #/[A-Z]?[a-z]+/#).map { String($0.output) }
            let texts = (purpose.nl + " " + purpose.en).split(separator: " ").map(String.init)
            #expect(forbidden.isDisjoint(with: (name + texts).map { $0.lowercased() }), "\(purpose)")
        }
    }

    @Test("each has a text of its own in both languages")
    func texts() {
        #expect(Set(PurposeName.allCases.map(\.nl)).count == PurposeName.allCases.count)
        #expect(Set(PurposeName.allCases.map(\.en)).count == PurposeName.allCases.count)
    }

    /// Every purpose that is a type, and whether it may read a field.
    private static func readers(_ mayRead: (any Purpose.Type) -> Bool) -> Set<PurposeName> {
        let purposes: [any Purpose.Type] = [Authenticate.self, Authorise.self, ProvideMeeting.self]
        return Set(purposes.filter(mayRead).map { $0.name })
    }

    @Test("what the compiler lets a field be read for is what its row says")
    func conformances() {
        #expect(Self.readers { $0 is any MayReadAccountEmail.Type } == AccountEmail.entry.purposes)
        #expect(Self.readers { $0 is any MayReadAccountName.Type } == AccountName.entry.purposes)
        #expect(Self.readers { $0 is any MayReadPasswordVerifier.Type } == PasswordVerifier.entry.purposes)
        #expect(Self.readers { $0 is any MayReadCodeSecret.Type } == CodeSecret.entry.purposes)
        #expect(Self.readers { $0 is any MayReadPasskeyCredential.Type } == PasskeyCredential.entry.purposes)
        #expect(Self.readers { $0 is any MayReadPasskeyPublicKey.Type } == PasskeyPublicKey.entry.purposes)
        #expect(Self.readers { $0 is any MayReadPlannedRegistration.Type } == PlannedRegistration.entry.purposes)
    }

    @Test("each read is counted by purpose and field, and by nothing else")
    func counted() throws {
        let ledger = PurposeLedger()
        let name = Personal<AccountName>("Anna")
        for _ in 0..<2 { #expect(try name.read(for: ProvideMeeting.self, ledger) == "Anna") }
        #expect(try Personal<AccountName>("Bram").read(for: Authorise.self, ledger) == "Bram")
        let place = Place.column(table: "account", name: "name")
        #expect(ledger.counts == [.init(.provideMeeting, place): 2, .init(.authorise, place): 1])
    }
}
