internal import FoundationEssentials

/// What the cases of vector files came to.
public struct VectorTally: Equatable, Sendable {
    /// Cases that hold.
    public var passed = 0
    /// Cases that do not.
    public var failed = 0
    /// Cases nobody ran.
    public var skipped = 0

    /// The line a run ends with.
    public var summary: String { "\(self.passed) passed, \(self.failed) failed, \(self.skipped) skipped" }

    /// An empty tally.
    public init() {}

    /// Counts one case.
    mutating func count(_ holds: Bool) {
        if holds { self.passed += 1 } else { self.failed += 1 }
    }

    static func += (left: inout Self, right: Self) {
        left.passed += right.passed
        left.failed += right.failed
        left.skipped += right.skipped
    }
}

/// A file of official test vectors, recognised by what is in it.
public enum VectorFile {
    /// Why a file could not be run at all.
    public enum Failure: Error, Equatable {
        /// Neither SFrame vectors nor a list of cases.
        case unknown
    }

    /// Runs the file's cases; `note` hears in a sentence which ones were left out or did not hold.
    public static func run(_ contents: [UInt8], note: (String) -> Void) throws(Failure) -> VectorTally {
        let decoder = JSONDecoder()
        let data = Data(contents)
        // Integers go from text to 64 bits here, never through Double: 93 header cases are above 2^53.
        if let vectors = try? decoder.decode(SFrameVectors.self, from: data), !vectors.isEmpty {
            return vectors.run(note: note)
        }
        // The group protocol's files are lists; their engine comes with a later issue, and nothing pretends meanwhile.
        guard let cases = try? decoder.decode([Anything].self, from: data), !cases.isEmpty else { throw .unknown }
        var tally = VectorTally()
        tally.skipped = cases.count
        note("\(cases.count) cases of the group protocol (MLS): not supported yet, skipped")
        return tally
    }

    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }
}
