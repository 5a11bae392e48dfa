/// What came of looking at a server.
package struct VerifyReport: Sendable {
    /// The answer to the one question.
    package enum Verdict: String, Sendable {
        /// Every answer was this version's, byte for byte.
        case equal
        /// At least one was not.
        case differs
        /// Nothing differed, but not everything was answered.
        case unknown
    }

    /// The release that the bundle makes.
    package let release: String
    /// Answers that came.
    package internal(set) var compared = 0
    /// In order: pages, files, names, headers.
    package internal(set) var findings: [VerifyFinding] = []
    /// Why the rest was not compared.
    package internal(set) var interruption: LiveFailure?

    /// A difference counts, also where the rest is not known.
    package var verdict: Verdict {
        if !self.findings.isEmpty { return .differs }
        return self.interruption == nil ? .equal : .unknown
    }

    /// The same about a header at many paths is one finding.
    mutating func add(headers: [VerifyFinding]) {
        var order: [VerifyFinding] = []
        var paths: [VerifyFinding: [String]] = [:]
        for case .header(let name, let expected, let found, let here) in headers {
            let key = VerifyFinding.header(name: name, expected: expected, found: found, paths: [])
            if paths[key] == nil { order.append(key) }
            paths[key, default: []] += here
        }
        for case .header(let name, let expected, let found, _) in order {
            let key = VerifyFinding.header(name: name, expected: expected, found: found, paths: [])
            self.findings.append(.header(name: name, expected: expected, found: found, paths: paths[key] ?? []))
        }
    }
}
