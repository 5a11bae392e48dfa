import BeraadTesting
import Foundation
import Privacy
import Testing

@Suite("What the page keeps in a browser", .promise("P-071"), .promise("P-077"))
struct BrowserStoreTests {
    @Test("each name in the file that keeps it has a row in the catalogue, and every row its name")
    func names() throws {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let script = try String(contentsOf: root.appending(path: "Web/storage.js"), encoding: .utf8)
        let kinds = script.matches(of: #/@typedef \{([^}]*)\} (?:Place|Shelf)\b/#).map(\.1)
        let names = kinds.flatMap { $0.matches(of: #/'(\w+)'/#) }.map { "web storage \($0.1)" }
        let rows = Catalogue.entries.compactMap { if case .webStorage = $0.place { $0.place.description } else { nil } }
        #expect(names.sorted() == rows.sorted())
        #expect(names.count == 3)
    }

    @Test("it is of people with an account, lies with them, and goes when they stay away or take it away")
    func rows() {
        for entry in Catalogue.entries {
            guard case .webStorage = entry.place else { continue }
            #expect(entry.subject == .user && entry.region == .device, "\(entry.place)")
            // What is somebody's own goes by itself; files that are everybody's say nothing of anybody.
            let rule: Retention =
                entry.dataClass == .none
                ? .untilEvent(.takenAway)
                : .afterEvent(.lastUse, .seconds(90 * 86_400), ceiling: .seconds(90 * 86_400))
            #expect(entry.retention == rule, "\(entry.place)")
        }
    }
}
