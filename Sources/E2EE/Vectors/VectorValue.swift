/// A value of a vector file, whatever text it was written in. Who reads the text is not this module's concern; numbers
/// come as 64 bits, never through a floating-point one.
package enum VectorValue: Equatable, Sendable {
    /// Nothing, where something may be missing.
    case null
    /// A whole number.
    case number(UInt64)
    /// A text as UTF-8; most are hexadecimal.
    case text([UInt8])
    /// A list.
    case list([VectorValue])
    /// Values by name.
    case object([[UInt8]: VectorValue])

    /// Whether there is a member called `name`.
    func has(_ name: StaticString) -> Bool { self.member(name) != nil }

    private func member(_ name: StaticString) -> VectorValue? {
        guard case .object(let members) = self else { return nil }
        return members[asciiBytes(name)]
    }

    /// A member that must be there.
    func value(_ name: StaticString) throws(E2EEError) -> VectorValue {
        guard let value = self.member(name) else { throw E2EEError(.usage, .malformed) }
        return value
    }

    /// A member that is a number.
    func number(_ name: StaticString) throws(E2EEError) -> UInt64 { try self.value(name).asNumber() }

    /// A member that is a suite we know by number.
    func suite() throws(E2EEError) -> GroupSuite {
        guard let number = UInt16(exactly: try self.number("cipher_suite")), let suite = GroupSuite(rawValue: number)
        else { throw E2EEError(.usage, .unsupported) }
        return suite
    }

    /// A member that is hexadecimal.
    func bytes(_ name: StaticString) throws(E2EEError) -> [UInt8] { try self.value(name).asBytes() }

    /// A member that is hexadecimal and secret.
    func secret(_ name: StaticString) throws(E2EEError) -> HeldSecret {
        let bytes = try self.bytes(name)
        return HeldSecret(Secret(copying: bytes.span))
    }

    /// A member that is a private key. Some files leave out the zeros that a P-521 scalar begins with.
    func scalar(_ name: StaticString, _ suite: GroupSuite) throws(E2EEError) -> HeldSecret {
        let bytes = try self.bytes(name)
        guard suite.signature == .p521, bytes.count < 66 else { return try self.secret(name) }
        let padded = [UInt8](repeating: 0, count: 66 - bytes.count) + bytes
        return HeldSecret(Secret(copying: padded.span))
    }

    /// A member that is text.
    func text(_ name: StaticString) throws(E2EEError) -> [UInt8] {
        guard case .text(let text) = try self.value(name) else { throw E2EEError(.usage, .malformed) }
        return text
    }

    /// A member that is a list.
    func list(_ name: StaticString) throws(E2EEError) -> [VectorValue] { try self.value(name).asList() }

    /// A number.
    func asNumber() throws(E2EEError) -> UInt64 {
        guard case .number(let number) = self else { throw E2EEError(.usage, .malformed) }
        return number
    }

    /// A list.
    func asList() throws(E2EEError) -> [VectorValue] {
        guard case .list(let list) = self else { throw E2EEError(.usage, .malformed) }
        return list
    }

    /// A number or nothing.
    func asOptionalNumber() throws(E2EEError) -> Int? {
        if self == .null { return nil }
        return Int(truncatingIfNeeded: try self.asNumber())
    }

    /// The bytes of a hexadecimal text.
    func asBytes() throws(E2EEError) -> [UInt8] {
        guard case .text(let text) = self, text.count.isMultiple(of: 2) else { throw E2EEError(.usage, .malformed) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        for index in stride(from: 0, to: text.count, by: 2) {
            guard let high = Self.digit(text[index]), let low = Self.digit(text[index + 1]) else {
                throw E2EEError(.usage, .malformed)
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x61...0x66: character - 0x61 + 10
        case 0x41...0x46: character - 0x41 + 10
        default: nil
        }
    }
}
