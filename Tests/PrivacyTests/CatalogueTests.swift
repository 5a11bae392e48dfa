import BeraadTesting
import Privacy
import Testing

@Suite("The catalogue", .promise("P-071"))
struct CatalogueTests {
    @Test("no place has two rows")
    func unique() {
        #expect(Set(Catalogue.entries.map(\.place)).count == Catalogue.entries.count)
    }

    @Test("each row says in both languages why, in a sentence of its own")
    func necessity() {
        for entry in Catalogue.entries {
            for text in [entry.necessity.nl, entry.necessity.en] {
                #expect(Entry.Necessity.characters.contains(text.count), "\(entry.place)")
                #expect(text.hasSuffix("."), "\(entry.place)")
            }
        }
        #expect(Set(Catalogue.entries.map(\.necessity.nl)).count == Catalogue.entries.count)
        #expect(Set(Catalogue.entries.map(\.necessity.en)).count == Catalogue.entries.count)
    }

    @Test("nothing is read by people of the supplier, and what is kept of a guest is ciphertext, gone with the meeting")
    func readers() {
        for entry in Catalogue.entries {
            #expect(
                entry.readers.isDisjoint(with: [.supportEngineer, .delegatedOperator, .reviewer]), "\(entry.place)")
            guard entry.subject == .guest else { continue }
            #expect(entry.form == .memberCiphertext && entry.retention == .untilEvent(.meetingEnd), "\(entry.place)")
        }
    }

    @Test("what says who somebody is lies sealed, or as a hash")
    func sealed() {
        let sealed = Catalogue.columns.filter { $0.form == .sealedPerSubject }.map(\.place.description).sorted()
        #expect(
            sealed == [
                "column account.email", "column account.name", "column account.password",
                "column passkey.credential", "column passkey.public_key", "column planned_meeting.registration",
                "column second_step.secret",
            ])
        for entry in Catalogue.columns where entry.form == .keyedHash {
            #expect(entry.place.description.hasSuffix("_hash"), "\(entry.place)")
        }
    }

    @Test("no rule of retention is longer than its ceiling")
    func ceilings() {
        for entry in Catalogue.entries {
            guard case .afterEvent(_, let duration, let ceiling) = entry.retention else { continue }
            #expect(duration <= ceiling, "\(entry.place)")
            #expect(ceiling <= .seconds(2 * 365 * 86_400), "\(entry.place)")
        }
    }
}
