import Testing

@Suite("The index of promises")
struct PromiseIndexTests {
    @Test("every row is whole, its status true, and its tests exist and carry its tag")
    func index() throws {
        let repository = try Repository()
        let index = try PromiseIndex(repository.file(PromiseIndex.path))
        #expect(index.rows.count >= 120)
        let tests = repository.files(in: ["Tests/", "Web/"], endings: [".swift", ".py", ".js"])
        #expect(index.check(against: tests) == [])
    }

    @Test("a Yes without a test, a test without the tag, and a tag without a row are seen")
    func bad() {
        let text = """
            \(PromiseIndex.columns.joined(separator: "\t"))
            P-001\tx\tx\tx\tx\tx\tx\tx\tA\tYes\t
            P-002\tx\tx\tx\tx\tx\tx\tx\tA\tPartial\tTests/A.swift#untagged
            P-003\tx\tx\tx\tx\t\tx\tx\tA\tPerhaps\t
            P-005\tx\tx
            """
        let index = PromiseIndex(.init(path: PromiseIndex.path, text: text))
        let test = Repository.File(
            path: "Tests/A.swift", text: "@Test(.promise(\"P-999\")) func other() {}\n@Test func untagged() {}")
        let found = index.check(against: [test]).map(\.description)
        let expected = [
            "docs/promises.tsv:5: has not the eleven columns",
            "docs/promises.tsv:2: P-001 says Yes and names no test",
            "docs/promises.tsv:3: P-002 names Tests/A.swift#untagged, which is no test with that tag",
            "docs/promises.tsv:4: P-003 has an empty column",
            "docs/promises.tsv:4: P-003 has status Perhaps",
            "Tests/A.swift:1: tags P-999, which is no promise",
        ]
        #expect(found == expected)
    }

    @Test(
        "a test is found by its tag in Swift, Python and JavaScript",
        arguments: [
            ("A.swift#own", true), ("A.swift#other", false), ("B.swift#inside", true), ("c.py#test_P007_x", true),
            ("c.py#test_P008_x", false), ("d.js#P-007 says so", true), ("d.js#P-007 does not", false),
            ("A.swift", false),
        ])
    func tags(test: String, isFound: Bool) {
        let texts = [
            "A.swift":
                "@Suite(\"s\") struct S { @Test(\"t\", .promise(\"P-007\")) func own() {} @Test func other() {} }",
            "B.swift": "@Suite(\"s\", .promise(\"P-007\")) struct S { @Test(\"t\") func inside() {} }",
            "c.py": "def test_P007_x(page):\n", "d.js": "Deno.test('P-007 says so', () => {})",
        ]
        #expect(PromiseIndex.exists(test, tagged: "P-007", in: texts) == isFound)
    }
}
