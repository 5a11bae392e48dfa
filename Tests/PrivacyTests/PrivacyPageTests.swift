import BeraadTesting
import Foundation
import Privacy
import Testing

/// The page about privacy says what the catalogue says.
@Suite("What people read of what is kept", .promise("P-034"))
struct PrivacyPageTests {
    private static let web = URL(fileURLWithPath: #filePath).appending(path: "../../../Web").standardized

    private static func file(_ path: String) throws -> String {
        try String(contentsOf: Self.web.appending(path: path), encoding: .utf8)
    }

    /// Where something is kept, and the texts that the page has for it: what, what for, until when.
    private static func rows() throws -> [(places: Set<String>, texts: [String])] {
        let row = /places: \[([^\]]*)\],\s*texts: \[([^\]]*)\]/
        return try Self.file("state/privacy.js").matches(of: row).map { match in
            let names = [match.1, match.2].map { list in list.matches(of: /'([\w.]+)'/).map { String($0.1) } }
            return (Set(names[0]), names[1])
        }
    }

    /// What the page calls a place: a table, or a store in the browser. Files and cookies belong to one of them.
    private static func name(_ place: Place) -> String? {
        switch place {
        case .column(let table, _): table
        case .webStorage(let store): store
        case .file, .cookie: nil
        }
    }

    private static func rules(of places: Set<String>) -> [Retention] {
        Catalogue.entries.filter { Self.name($0.place).map(places.contains) ?? false }.map(\.retention)
    }

    /// As the page says a time: hours up to two days, then days.
    private static func number(_ duration: Duration) -> String {
        let hours = duration.components.seconds / 3_600
        return hours <= 48 ? "\(hours) " : "\(hours / 24) "
    }

    @Test("everything about somebody has its row, and there is no row of what is not kept")
    func places() throws {
        let kept = Set(Catalogue.entries.filter { $0.subject != .none }.compactMap { Self.name($0.place) })
        #expect(try Self.rows().reduce(into: Set<String>()) { $0.formUnion($1.places) } == kept)
    }

    @Test("it says the times that the catalogue says, in both languages")
    func times() throws {
        for language in ["nl", "en"] {
            let json = Data(try Self.file("strings/\(language).json").utf8)
            let texts = try JSONDecoder().decode([String: String].self, from: json)
            for row in try Self.rows() {
                let said = try #require(row.texts.last.flatMap { texts[$0] }, "\(row.places)")
                for case .afterEvent(_, let duration, let ceiling) in Self.rules(of: row.places) {
                    for time in [duration, ceiling] { #expect(said.contains(Self.number(time)), "\(said)") }
                }
            }
        }
    }
}
