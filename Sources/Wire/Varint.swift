/// The variable-length integer of RFC 9420 §2.1.2: QUIC's, without the 8-byte form and always minimal.
package enum Varint {
    /// The largest value there is: 30 bits.
    package static let maximum = 1 << 30 - 1

    /// Bytes that `value` takes; a negative value or one over 30 bits has no encoding and answers 0.
    @inlinable
    package static func width(of value: Int) -> Int {
        switch value {
        case 0..<1 << 6: 1
        case 0..<1 << 14: 2
        case 0..<1 << 30: 4
        default: 0
        }
    }
}
