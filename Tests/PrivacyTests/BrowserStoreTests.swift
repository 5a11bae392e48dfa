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
        let places = try #require(script.firstMatch(of: #/@typedef \{([^}]*)\} Place\b/#)?.1)
        let names = places.matches(of: #/'(\w+)'/#).map { "web storage \($0.1)" }
        let rows = Catalogue.entries.compactMap { if case .webStorage = $0.place { $0.place.description } else { nil } }
        #expect(names.sorted() == rows.sorted())
        #expect(names.count == 2)
    }

    @Test("it is of people with an account, lies with them, and goes when they stay away")
    func rows() {
        for entry in Catalogue.entries {
            guard case .webStorage = entry.place else { continue }
            #expect(entry.subject == .user && entry.region == .device, "\(entry.place)")
            #expect(entry.retention == .afterEvent(.lastUse, .seconds(90 * 86_400), ceiling: .seconds(90 * 86_400)))
        }
    }
}
