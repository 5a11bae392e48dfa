import Testing

@Suite("The index of attacks")
struct AttackIndexTests {
    @Test("every attack of the specification has its tests, which exist, or a reason why not")
    func index() throws {
        let repository = try Repository()
        let index = try AttackIndex(repository.file(AttackIndex.path))
        let tests = repository.files(in: ["Tests/", "Web/"], endings: [".swift", ".py", ".js"])
        #expect(index.check(against: tests) == [])
    }

    @Test("an attack without a row, a test that is not there, and an exemption without a reason are seen")
    func bad() {
        let rows = AttackIndex.server.dropFirst().map { "\($0)\t1\tTests/A.swift#there" }
        let text = """
            \(AttackIndex.columns.joined(separator: "\t"))
            \(rows.joined(separator: "\n"))
            fork\t1\tTests/A.swift#there;Tests/A.swift#gone
            one\t1\tnot covered:\u{20}
            two\t1\tTests/A.swift
            three\t\tTests/A.swift#there
            """
        let index = AttackIndex(.init(path: AttackIndex.path, text: text))
        let test = Repository.File(path: "Tests/A.swift", text: "@Test func there() {}")
        let line = rows.count + 2
        let expected = [
            "docs/attacks.tsv:\(line + 3): has not the three columns",
            "docs/attacks.tsv:\(line): names fork twice",
            "docs/attacks.tsv:\(line): names Tests/A.swift#gone, which is no test",
            "docs/attacks.tsv:\(line + 1): does not say why",
            "docs/attacks.tsv:\(line + 2): names Tests/A.swift, which is no test",
            "docs/attacks.tsv: does not name ghost-add",
        ]
        #expect(index.check(against: [test]).map(\.description) == expected)
    }
}
