/// Why `beraad-peer` gave up, in one sentence.
enum PeerFailure: Error, CustomStringConvertible {
    case unreadable(String)
    case unwritable(String)
    case notVectors(String)

    /// 2 = asked in a way that cannot work, 1 = it did not come about.
    var status: Int32 {
        switch self {
        case .unreadable, .unwritable, .notVectors: 2
        }
    }

    var description: String {
        switch self {
        case .unreadable(let file): "\(file) cannot be read."
        case .unwritable(let file): "\(file) cannot be written."
        case .notVectors(let file): "\(file) is not a file of test vectors."
        }
    }
}
