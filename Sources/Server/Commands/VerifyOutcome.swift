internal import Edge

/// The JSON of `beraad verify --json`.
struct VerifyOutcome: Encodable {
    private let server: String
    /// The release that the bundle makes.
    private let release: String
    /// `equal`, `differs` or `unknown`.
    private let verdict: String
    /// Answers that came.
    private let compared: Int
    private let findings: [Finding]
    /// Why the rest was not compared.
    private let interruption: String?

    init(origin: String, report: VerifyReport) {
        self.server = origin
        self.release = report.release
        self.verdict = report.verdict.rawValue
        self.compared = report.compared
        self.findings = report.findings.map(Finding.init)
        self.interruption = report.interruption.map(Self.word)
    }

    private static func word(_ failure: LiveFailure) -> String {
        switch failure {
        case .unreachable: "unreachable"
        case .slow: "slow"
        case .certificate: "certificate"
        case .notTLS: "notTLS"
        case .notHTTP: "notHTTP"
        case .failing: "failing"
        case .notBeraad: "notBeraad"
        }
    }

    /// `kind` says which of the others are there.
    private struct Finding: Encodable {
        let kind: String
        var path: String?
        var paths: [String]?
        var name: String?
        var line: Int?
        var status: Int?
        var bytes: Int?
        var to: String?
        var expected: String?
        var found: [String]?

        init(_ finding: VerifyFinding) {
            switch finding {
            case .changed(let path, let line, let expected, let found):
                (self.kind, self.path, self.line) = ("changed", path, line)
                (self.expected, self.found) = (expected, [found])
            case .derived(let path): (self.kind, self.path) = ("derived", path)
            case .redirected(let path, let place): (self.kind, self.path, self.to) = ("redirected", path, place)
            case .missing(let path, let status): (self.kind, self.path, self.status) = ("missing", path, status)
            case .endless(let path, let bytes): (self.kind, self.path, self.bytes) = ("endless", path, bytes)
            case .unexpected(let path): (self.kind, self.path) = ("unexpected", path)
            case .unknownFile(let name): (self.kind, self.name) = ("unknownFile", name)
            case .header(let name, let expected, let found, let paths):
                (self.kind, self.name, self.paths) = ("header", name, paths)
                (self.expected, self.found) = (expected, found)
            }
        }
    }
}
