/// `docs/attacks.tsv`: what a malicious server, member or former member may try, the clause of `e2ee.md` that refuses it,
/// and the tests that try it.
struct AttackIndex {
    struct Row {
        let attack: String
        let tests: String
        let line: Int
    }

    static let path = "docs/attacks.tsv"
    static let columns = ["attack", "clause", "tests"]
    /// Stands before the reason where an attack is not tried.
    static let exemption = "not covered: "

    /// The list of `e2ee.md` 14, EvilServer.
    static let server = [
        "ghost-add", "ghost-external-commit", "swap-key-package", "forged-policy", "forged-descriptor",
        "old-descriptor", "fake-group", "fake-group-with-host-leaf-copied", "fork", "withhold-commit",
        "withhold-from-one", "reorder", "duplicate", "stale-groupinfo", "stale-welcome", "wrong-external-pub",
        "wrong-tree", "drop-host", "remove-everyone-but", "starve-eject", "void-abuse", "breakout-stranger",
        "rogue-breakout-by-member", "plaintext-frame", "other-epoch-replay", "slot-swap", "camera-as-screen",
        "late-frames", "silence-injection", "hide-recorder", "false-names", "fake-\"E2EE off\"", "suite-downgrade",
        "flag-strip", "lost-beacons", "huge-frames", "huge-generation",
    ]

    let rows: [Row]
    private let findings: [Finding]

    /// Reads the table; what is malformed becomes a finding.
    init(_ file: Repository.File) {
        var rows: [Row] = []
        var findings: [Finding] = []
        for (index, line) in file.lines.enumerated() where !line.isEmpty {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == Self.columns.count, !fields.contains(""), index > 0 || fields == Self.columns else {
                findings.append(Finding(path: file.path, line: index + 1, what: "has not the three columns"))
                continue
            }
            if index > 0 { rows.append(Row(attack: fields[0], tests: fields[2], line: index + 1)) }
        }
        self.rows = rows
        self.findings = findings
    }

    /// What is wrong with the table itself, and with its names of tests.
    func check(against files: [Repository.File]) -> [Finding] {
        let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
        var findings = self.findings
        var seen: Set<String> = []
        for row in self.rows {
            func found(_ what: String) { findings.append(Finding(path: Self.path, line: row.line, what: what)) }
            if !seen.insert(row.attack).inserted { found("names \(row.attack) twice") }
            if row.tests.hasPrefix(Self.exemption) {
                if row.tests.count == Self.exemption.count { found("does not say why") }
                continue
            }
            for test in row.tests.split(separator: ";").map(String.init) {
                let name = TestName(test)
                if name.flatMap({ name in texts[name.file].flatMap { name.start(in: $0) } }) == nil {
                    found("names \(test), which is no test")
                }
            }
        }
        for attack in Self.server where !seen.contains(attack) {
            findings.append(Finding(path: Self.path, line: nil, what: "does not name \(attack)"))
        }
        return findings
    }
}
