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

    /// A column about a guest that outlives the meeting.
    private static func column(_ name: String, _ form: Entry.Form, of subject: Entry.Subject = .guest) -> Entry {
        Entry(
            .column(table: "registration", name: name), .context, of: subject, form,
            for: [Entry.Use(.register, .contract)], as: .processor,
            .afterEvent(.made, .seconds(60), ceiling: .seconds(60)), in: .installation, readers: [], from: .theSubject,
            because: Entry.Necessity(nl: "Een proef van deze toets.", en: "A trial of this test."))
    }

    @Test("whatever is kept of whoever has no account goes with the meeting, or is found by a receipt code")
    func reach() {
        #expect(Catalogue.entries.outOfReach == [])
        for subject in [Entry.Subject.guest, .registrant] {
            let plain = Self.column("answers", .clear, of: subject)
            #expect((Catalogue.entries + [plain]).outOfReach == [plain])
            let tagged = Catalogue.entries + [plain, Self.column("receipt_tag", .receiptTag, of: subject)]
            #expect(tagged.outOfReach == [])
            #expect(tagged.receiptTables == ["registration"])
            #expect(tagged.accountTables == Catalogue.entries.accountTables)
        }
    }

    @Test("tags of receipt codes stand in a column of one name, and there is no such table yet")
    func tags() {
        for entry in Catalogue.columns {
            let isNamedSo = entry.place.description.hasSuffix(".\(Catalogue.receiptTag)")
            #expect((entry.form == .receiptTag) == isNamedSo, "\(entry.place)")
        }
        #expect(Catalogue.entries.receiptTables == [])
        #expect(
            Catalogue.entries.accountTables == [
                "account", "key_to_destroy", "link", "passkey", "planned_meeting", "recovery_code", "second_step",
                "session",
            ])
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
