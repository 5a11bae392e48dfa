package import Edge
internal import Foundation

/// What `beraad verify` says, for people and for programs. Whatever comes from the server is shortened and escaped, so
/// that it cannot write on somebody's terminal.
package struct VerifyText: Sendable {
    private let origin: String
    private let report: VerifyReport

    /// The words for one report.
    package init(origin: String, report: VerifyReport) {
        self.origin = origin
        self.report = report
    }

    /// A page of lines is enough to see that something is wrong; the JSON has all.
    private static let linesMax = 200

    /// For standard output, where people read it.
    package var lines: String {
        var lines = self.report.findings.prefix(Self.linesMax).map(Self.line)
        let more = self.report.findings.count - lines.count
        if more > 0 { lines.append("and \(more) more; --json names them all.") }
        if self.report.verdict == .equal {
            lines.append(
                "\(self.origin) serves exactly this client: \(self.report.compared) answers are equal, release \(self.report.release)."
            )
            lines.append("That is what it served here and now; beraad verify --help says what this cannot show.")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// For standard output, where programs read it: one object, sorted by key, with the server's texts as they came.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let outcome = VerifyOutcome(origin: self.origin, report: self.report)
        return Self.escaped(String(decoding: try encoder.encode(outcome), as: UTF8.self)) + "\n"
    }

    /// The same JSON in ASCII (RFC 8259 §7): a terminal obeys signs above it as well.
    private static func escaped(_ json: String) -> String {
        json.utf16.map { unit in
            if unit < 0x7F { return String(decoding: [unit], as: UTF16.self) }
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    /// The end of a run that did not find everything equal.
    var refusal: Refusal? {
        guard let (sentence, status) = self.outcome else { return nil }
        return Refusal(sentence, status: status)
    }

    /// Sentence and exit status; nothing when all is equal.
    package var outcome: (sentence: String, status: Int32)? {
        let reason = self.report.interruption.map(self.sentence)
        switch self.report.verdict {
        case .equal: return nil
        case .unknown:
            let before = self.report.compared == 0 ? "" : " Until then \(self.report.compared) answers were equal."
            return ((reason ?? "") + before, 2)
        case .differs:
            let count = self.report.findings.count
            let rest = reason.map { " Not everything could be compared: \($0)" } ?? ""
            let things = count == 1 ? "one difference" : "\(count) differences"
            return ("\(self.origin) does not serve this client: \(things), listed above.\(rest)", 1)
        }
    }

    private func sentence(_ failure: LiveFailure) -> String {
        switch failure {
        case .unreachable: "\(self.origin) cannot be reached, or broke off; check the address and the network."
        case .slow: "\(self.origin) did not answer in time; try again later."
        case .certificate:
            "the certificate of \(self.origin) is not one for this name that is trusted here, so it may be another server; if nobody else signed it, name it with --trust."
        case .notTLS: "\(self.origin) does not speak TLS as it should; check address and port."
        case .notHTTP: "\(self.origin) does not answer as a web server does; check address and port."
        case .failing(let status): "\(self.origin) answers with error \(status); try again later."
        case .notBeraad: "the page at \(self.origin) is not Beraad's; check the address."
        }
    }
}

extension VerifyText {
    private static func line(_ finding: VerifyFinding) -> String {
        switch finding {
        case .changed(let path, let line, let expected, let found):
            "differs  \(Self.harmless(path))\(line.map { " from line \($0) on" } ?? ""): SHA-256 \(found), not \(expected)"
        case .derived(let path):
            "differs  \(Self.harmless(path)) only in the hashes of the files, which differ too"
        case .redirected(let path, let place):
            "differs  \(Self.harmless(path)) sends visitors on to \(Self.harmless(place)), which was not followed"
        case .missing(let path, 404): "missing  \(Self.harmless(path))"
        case .missing(let path, let status): "missing  \(Self.harmless(path)): the answer is \(status)"
        case .endless(let path, let bytes):
            "differs  \(Self.harmless(path)) has more than \(bytes) bytes; the rest was not read"
        case .unexpected(let path): "extra    \(Self.harmless(path)) is answered, and the bundle has no such file"
        case .unknownFile("e2ee/engine/e2ee.wasm"):
            "extra    e2ee/engine/e2ee.wasm: the engine is not in the bundle; build it with ops/wasm.sh"
        case .unknownFile(let name): "extra    \(Self.harmless(name)): the page names it, and the bundle has it not"
        case .header(let name, let expected, let found, let paths):
            "header   \(Self.harmless(name)) of \(Self.list(paths)) \(Self.difference(expected, found))"
        }
    }

    private static func list(_ paths: [String]) -> String {
        let first = paths.first.map(Self.harmless) ?? ""
        switch paths.count {
        case 0, 1: return first
        case 2: return "\(first) and one other"
        default: return "\(first) and \(paths.count - 1) others"
        }
    }

    private static func difference(_ expected: String?, _ found: [String]) -> String {
        let found = found.map { "\"\(Self.harmless($0))\"" }.joined(separator: " and ")
        guard let expected else { return "is sent, and this version sends none: \(found)" }
        return found.isEmpty ? "is missing: \"\(expected)\"" : "is \(found), not \"\(expected)\""
    }

    /// Printable ASCII, and not for ever.
    private static func harmless(_ text: String) -> String {
        let escaped = text.unicodeScalars.prefix(1_000).map { scalar in
            (0x20..<0x7F).contains(scalar.value) ? String(scalar) : scalar.escaped(asASCII: true)
        }.joined()
        return escaped.count > 1_000 || text.unicodeScalars.count > 1_000
            ? String(escaped.prefix(1_000)) + "…" : escaped
    }
}
