/// What came of one case.
package struct VectorResult: Sendable {
    /// What sort of case it is, for files with several.
    package let sort: StaticString
    /// Its place among the cases of its sort.
    package let index: Int
    /// What came of it.
    package let outcome: VectorOutcome

    /// `skipped frame 2`, as ASCII.
    package var line: [UInt8] {
        let outcome: StaticString =
            switch self.outcome {
            case .holds: "holds "
            case .fails: "fails "
            case .skipped: "skipped "
            }
        var digits: [UInt8] = []
        var rest = self.index
        repeat {
            digits.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        return asciiBytes(outcome) + asciiBytes(self.sort) + [UInt8(ascii: " ")] + digits.reversed()
    }
}

/// A vector file, recognised by what is in it: cases of the group protocol, or of SFrame.
package enum VectorSet {
    case group(VectorFormat, [VectorValue])
    case frame([FrameVectors.Sort: [VectorValue]])

    /// Nothing when it is no file of vectors that we know.
    package init?(_ file: VectorValue) {
        switch file {
        case .list(let cases):
            guard let format = VectorFormat(cases) else { return nil }
            self = .group(format, cases)
        case .object:
            guard let sorts = FrameVectors.sorts(file) else { return nil }
            self = .frame(sorts)
        case .null, .number, .text: return nil
        }
    }

    /// Runs every case. A key schedule answers once for each of its epochs.
    package func run<Crypto: CryptoProvider>(_ provider: Crypto) -> [VectorResult] {
        var results: [VectorResult] = []
        switch self {
        case .group(let format, let cases):
            for (index, vector) in cases.enumerated() {
                for outcome in format.run(vector, provider) {
                    results.append(VectorResult(sort: "case", index: index, outcome: outcome))
                }
            }
        case .frame(let sorts):
            for sort in FrameVectors.Sort.allCases {
                for (index, vector) in sorts[sort, default: []].enumerated() {
                    let outcome = FrameVectors.run(sort, vector, provider)
                    results.append(VectorResult(sort: sort.name, index: index, outcome: outcome))
                }
            }
        }
        return results
    }
}
