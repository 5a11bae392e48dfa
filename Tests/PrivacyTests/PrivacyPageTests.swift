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

    /// Every table, and the texts that the page has for it: what, what for, until when.
    private static func rows() throws -> [(tables: Set<String>, texts: [String])] {
        let row = /tables: \[([^\]]*)\],\s*texts: \[([^\]]*)\]/
        return try Self.file("state/privacy.js").matches(of: row).map { match in
            let names = [match.1, match.2].map { list in list.matches(of: /'([\w.]+)'/).map { String($0.1) } }
            return (Set(names[0]), names[1])
        }
    }

    private static func rules(of tables: Set<String>) -> [Retention] {
        Catalogue.columns.compactMap { entry in
            if case .column(let table, _) = entry.place, tables.contains(table) { entry.retention } else { nil }
        }
    }

    /// As the page says a time: hours up to two days, then days.
    private static func number(_ duration: Duration) -> String {
        let hours = duration.components.seconds / 3_600
        return hours <= 48 ? "\(hours) " : "\(hours / 24) "
    }

    @Test("every table about somebody has its row, and there is no row of what is not kept")
    func tables() throws {
        let kept = Set(
            Catalogue.columns.compactMap { entry in
                if case .column(let table, _) = entry.place, entry.subject != .none { table } else { nil }
            })
        #expect(try Self.rows().reduce(into: Set<String>()) { $0.formUnion($1.tables) } == kept)
    }

    @Test("it says the times that the catalogue says, in both languages")
    func times() throws {
        for language in ["nl", "en"] {
            let json = Data(try Self.file("strings/\(language).json").utf8)
            let texts = try JSONDecoder().decode([String: String].self, from: json)
            for row in try Self.rows() {
                let said = try #require(row.texts.last.flatMap { texts[$0] }, "\(row.tables)")
                for case .afterEvent(_, let duration, let ceiling) in Self.rules(of: row.tables) {
                    for time in [duration, ceiling] { #expect(said.contains(Self.number(time)), "\(said)") }
                }
            }
        }
    }
}
