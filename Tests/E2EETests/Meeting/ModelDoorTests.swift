import E2EE
import Foundation
import Testing

/// What `Models/` proves it proves about the table in `Models/rules.pml`; this holds that table against the rules.
@Suite("The models' table of doors is that of the rules (Models/rules.pml)")
struct ModelDoorTests {
    /// Lines `#define NAME NUMBER`, by name.
    private static func numbers() throws -> [String: Int] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("Models/rules.pml"), encoding: .utf8)
        var numbers: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 3, words[0] == "#define", let number = Int(words[2]) else { continue }
            numbers[String(words[1])] = number
        }
        return numbers
    }

    /// Commits by which somebody comes in the way of a row.
    private func commits(_ row: String, _ scene: Scene) -> [CommitFacts]? {
        switch row {
        case "DOOR_ADD": [scene.commit(by: 0, scene.add(leaf(.newcomer)))]
        case "DOOR_ADD_PASS": [scene.commit(by: 0, scene.add(leaf(.newcomer)), passes: [pass(.newcomer)])]
        case "DOOR_SELF": self.alone(leaf(.newcomer), scene)
        case "DOOR_SELF_ENTER": self.alone(leaf(.newcomer, ticketed(.newcomer, .enter, ticket: .device)), scene)
        case "DOOR_SELF_WORD": self.alone(leaf(.newcomer, assertion: assertion(.newcomer)), scene)
        case "DOOR_REENTRY": [scene.join(leaf(.newcomer), .reentry(pass(.newcomer)))]
        case "DOOR_ROLE":
            [Role.host, .cohost].map { scene.join(leaf(.newcomer, leader(.newcomer, $0)), .role) }
        case "DOOR_RESYNC": [scene.join(leaf(.anna), .resync, removing: 2)]
        default: nil
        }
    }

    /// By an own Commit, and by a proposal that a guest commits.
    private func alone(_ leafNode: LeafNode, _ scene: Scene) -> [CommitFacts] {
        [
            scene.join(leafNode, .invite),
            scene.commit(
                by: 2, [scene.selfAdd(leafNode), scene.value(scene.inviteKey, by: .member(2))], hasPath: false),
        ]
    }

    @Test("every cell is what the rules answer")
    func table() throws {
        let numbers = try Self.numbers()
        let rows = numbers.filter { $0.key.hasPrefix("DOOR_") }
        #expect(rows.count == 8)
        for (row, cells) in rows.sorted(by: { $0.key < $1.key }) {
            for column in DoorTableTests.Column.allCases {
                let number = try #require(numbers["\(column)".uppercased()], "\(column)")
                let scene = column.scene()
                for commit in try #require(self.commits(row, scene), "\(row)") {
                    let isAllowed = try scene.verdict(commit) == .allow
                    #expect(isAllowed == (cells >> number & 1 == 1), "\(row), \(column)")
                }
            }
        }
    }
}
