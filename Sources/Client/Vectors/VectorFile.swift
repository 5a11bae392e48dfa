internal import E2EE
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
        /// Neither SFrame vectors nor cases of a format of the group protocol.
        case unknown
    }

    /// Runs the file's cases; `note` hears in a sentence which ones were left out or did not hold.
    public static func run(_ contents: [UInt8], note: (String) -> Void) throws(Failure) -> VectorTally {
        // Integers go from text to 64 bits here, never through Double: 93 header cases are above 2^53.
        guard let file = try? JSONDecoder().decode(VectorJSON.self, from: Data(contents)).value,
            let set = VectorSet(file)
        else { throw .unknown }
        var tally = VectorTally()
        for result in set.run(SwiftCryptoProvider()) {
            switch result.outcome {
            case .holds: tally.passed += 1
            case .fails:
                tally.failed += 1
                note("\(result.sort) \(result.index) does not hold")
            case .skipped:
                tally.skipped += 1
                note("\(result.sort) \(result.index): no provider has its algorithms, skipped where they are needed")
            }
        }
        return tally
    }
}
