package import E2EE

/// Keeps bytes so that whoever looks for them does not find them here. It hides nothing from anybody else.
package enum Mask {
    /// Eight bytes, the first the least significant; not one repeated.
    package static let word: UInt64 = 0xA5C3_96E1_5A3C_691E

    /// The byte of the mask at a place.
    static func byte(at index: Int) -> UInt8 { UInt8(truncatingIfNeeded: self.word >> UInt64(index % 8 * 8)) }

    /// Puts the mask on. No more than one byte is looked at at a time, so that no copy is made on the way.
    package static func applied(to bytes: Span<UInt8>) -> [UInt8] {
        var masked: [UInt8] = []
        masked.reserveCapacity(bytes.count)
        for index in bytes.indices { masked.append(bytes[index] ^ self.byte(at: index)) }
        return masked
    }

    /// Puts the mask on a secret.
    package static func applied(to secret: borrowing Secret) -> [UInt8] { self.applied(to: secret.span) }

    /// Takes the mask off: for writing a secret down on purpose.
    package static func removed(from masked: [UInt8]) -> [UInt8] { self.applied(to: masked.span) }
}
