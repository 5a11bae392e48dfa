/// The accessible names that browser tests rely on: one table, equal to the client's own texts.
enum Names {
    static let path = "Tests/ScenarioTests/Browser/names.tsv"

    /// Rows whose texts differ from the client's, and placeholders that differ between the languages.
    static func check(_ table: Repository.File, english: [String: String], dutch: [String: String]) -> [Finding] {
        var findings: [Finding] = []
        for (index, line) in table.lines.enumerated() where !line.isEmpty {
            func found(_ what: String) { findings.append(Finding(path: table.path, line: index + 1, what: what)) }
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 4 else {
                found("has not the four columns")
                continue
            }
            if index == 0 {
                if fields != ["id", "role", "en", "nl"] { found("has another head") }
                continue
            }
            if english[fields[0]] != fields[2] {
                found("\(fields[0]) is \(english[fields[0]] ?? "missing") in English")
            }
            if dutch[fields[0]] != fields[3] { found("\(fields[0]) is \(dutch[fields[0]] ?? "missing") in Dutch") }
            if Self.placeholders(fields[2]) != Self.placeholders(fields[3]) {
                found("\(fields[0]) has other placeholders")
            }
        }
        return findings
    }

    private static func placeholders(_ text: String) -> [String] {
        text.matches(of: #/\{\w+\}/#).map { String($0.output) }.sorted()
    }
}
