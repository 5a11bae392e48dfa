/// A CBOR value (RFC 8949) as passkeys use it. Left out on purpose: tags, fractions, and everything of no length said
/// beforehand; CTAP2 forbids them (§8), so what has them is no answer of an authenticator.
indirect enum CBOR: Equatable {
    /// Zero and above.
    case unsigned(UInt64)
    /// -1 less this number.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case list([CBOR])
    /// No key stands twice.
    case map([(key: CBOR, value: CBOR)])
    case bool(Bool)
    case null

    static func == (left: CBOR, right: CBOR) -> Bool {
        switch (left, right) {
        case (.unsigned(let one), .unsigned(let other)), (.negative(let one), .negative(let other)): one == other
        case (.bytes(let one), .bytes(let other)): one == other
        case (.text(let one), .text(let other)): one == other
        case (.list(let one), .list(let other)): one == other
        case (.map(let one), .map(let other)):
            one.count == other.count && zip(one, other).allSatisfy { $0.key == $1.key && $0.value == $1.value }
        case (.bool(let one), .bool(let other)): one == other
        case (.null, .null): true
        default: false
        }
    }

    /// A number that fits; nil for anything else.
    var number: Int? {
        switch self {
        case .unsigned(let value): Int(exactly: value)
        case .negative(let value): Int(exactly: value).map { -1 - $0 }
        default: nil
        }
    }
}
