/// `docs/promises.tsv`: what is promised, how far it is true, and which tests prove it.
struct PromiseIndex {
    struct Row {
        let id: String
        let status: String
        let tests: [String]
        let line: Int
        let isComplete: Bool
    }

    static let path = "docs/promises.tsv"
    static let columns = [
        "id", "area", "quote_nl", "source", "promise_en", "promise_nl", "behaviour_en", "test_en", "wave", "status",
        "tests",
    ]

    let rows: [Row]
    private(set) var findings: [Finding] = []

    /// Reads the table; what is malformed becomes a finding.
    init(_ file: Repository.File) {
        var rows: [Row] = []
        for (index, line) in file.lines.enumerated() where !line.isEmpty {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == Self.columns.count, index > 0 || fields == Self.columns else {
                self.findings.append(Finding(path: file.path, line: index + 1, what: "has not the eleven columns"))
                continue
            }
            guard index > 0 else { continue }
            rows.append(
                Row(
                    id: fields[0], status: fields[9],
                    tests: fields[10].split(separator: ";").map { $0.trimmingPrefix(" ") }.map(String.init),
                    line: index + 1, isComplete: !fields.dropLast().contains("")))
        }
        self.rows = rows
    }

    /// What is wrong with the table itself, and with its names of tests: `FILE#TEST`, several joined by `;`.
    func check(against files: [Repository.File]) -> [Finding] {
        let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
        var findings = self.findings
        for (index, row) in self.rows.enumerated() {
            func found(_ what: String) { findings.append(Finding(path: Self.path, line: row.line, what: what)) }
            let number = String(index + 1)
            if row.id != "P-" + String(repeating: "0", count: 3 - number.count) + number { found("out of order") }
            if !row.isComplete { found("\(row.id) has an empty column") }
            if !["No", "Partial", "Yes"].contains(row.status) { found("\(row.id) has status \(row.status)") }
            if row.status == "Yes", row.tests.isEmpty { found("\(row.id) says Yes and names no test") }
            for test in row.tests where !Self.exists(test, tagged: row.id, in: texts) {
                found("\(row.id) names \(test), which is no test with that tag")
            }
        }
        return findings + self.unknownTags(in: files)
    }

    /// Tags in tests that no row has.
    private func unknownTags(in files: [Repository.File]) -> [Finding] {
        let known = Set(self.rows.map(\.id))
        return files.filter { $0.path.hasSuffix(".swift") }.flatMap { file in
            file.codeLines.flatMap { number, line in
                line.matches(of: #/\.promise\("(?<id>[^"]*)"\)/#).filter { !known.contains(String($0.id)) }.map {
                    Finding(path: file.path, line: number, what: "tags \($0.id), which is no promise")
                }
            }
        }
    }

    /// Is `FILE#TEST` there, and does it carry the tag? A Swift test carries `.promise` itself or on its suite; in
    /// Python the name starts with `test_P007_`, in JavaScript with `P-007 `.
    static func exists(_ test: String, tagged id: String, in texts: [String: String]) -> Bool {
        guard let test = TestName(test), let text = texts[test.file], let start = test.start(in: text) else {
            return false
        }
        if test.file.hasSuffix(".swift") {
            let before = text[..<start]
            let tag = ".promise(\"\(id)\")"
            let own = before.ranges(of: "@Test").last.map { before[$0.lowerBound...].contains(tag) } ?? false
            let suite = before.ranges(of: "@Suite").last.map { suite in
                before[suite.lowerBound...].prefix { $0 != "{" }.contains(tag)
            }
            return own || suite ?? false
        }
        if test.file.hasSuffix(".py") { return test.name.hasPrefix("test_" + id.filter { $0 != "-" } + "_") }
        return test.name.hasPrefix(id + " ")
    }
}
