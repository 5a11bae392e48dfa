package import Wire

/// A struct of the TLS presentation language (RFC 9420 §2.1) that writes itself, such as what is signed or hashed.
package protocol TLSWritable {
    /// Writes this value.
    func write(to writer: inout ByteWriter)
}

/// A struct that also reads itself. Reading never traps, and what was read writes the same bytes again: every length has
/// one form, every choice is checked.
package protocol TLSStruct: TLSWritable {
    /// Reads one value from where `reader` stands.
    init(reading reader: inout ByteReader) throws(WireError)
}

extension TLSWritable {
    /// The bytes of this value.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        self.write(to: &writer)
        return writer.bytes
    }
}

extension TLSStruct {
    /// Reads a value that fills `bytes` to the last one.
    package init(decoding bytes: [UInt8]) throws(E2EEError) { try self.init(decoding: bytes.rawSpan) }

    /// Reads a value that fills a secret; no copy of the whole is made.
    init(decoding secret: borrowing Secret) throws(E2EEError) {
        // SAFETY: every bit pattern of a UInt8 is a byte.
        try self.init(decoding: unsafe secret.span.bytes)
    }

    private init(decoding bytes: RawSpan) throws(E2EEError) {
        do throws(WireError) {
            var reader = ByteReader(bytes)
            self = try Self(reading: &reader)
            try reader.end()
        } catch {
            throw E2EEError(.codec, .malformed)
        }
    }
}

extension ByteReader {
    /// `opaque x<V>`
    @_lifetime(self: copy self)
    mutating func opaque() throws(WireError) -> [UInt8] { try self.vector().array() }

    /// `opaque x<V>` that is a secret.
    @_lifetime(self: copy self)
    mutating func secret() throws(WireError) -> HeldSecret {
        let bytes = try self.vector()
        return HeldSecret(
            Secret(count: bytes.byteCount) { (out: inout MutableSpan<UInt8>) in
                for index in out.indices { out[index] = bytes.u8(index) ?? 0 }
            })
    }

    /// `opaque x[count]` that is a secret.
    @_lifetime(self: copy self)
    mutating func secret(count: Int) throws(WireError) -> HeldSecret {
        let bytes = try self.span(count)
        return HeldSecret(
            Secret(count: count) { (out: inout MutableSpan<UInt8>) in
                for index in out.indices { out[index] = bytes.u8(index) ?? 0 }
            })
    }

    /// `T x<V>`. No element is empty on the wire, so the bytes that are there bound the count.
    @_lifetime(self: copy self)
    mutating func list<Element: TLSStruct>(_: Element.Type = Element.self) throws(WireError) -> [Element] {
        var inner = ByteReader(try self.vector())
        var elements: [Element] = []
        while !inner.isAtEnd { elements.append(try Element(reading: &inner)) }
        return elements
    }

    /// `optional<T>`: a byte that is 0 or 1, then the value if it is 1.
    @_lifetime(self: copy self)
    mutating func optional<Value: TLSStruct>(_: Value.Type = Value.self) throws(WireError) -> Value? {
        switch try self.u8() {
        case 0: nil
        case 1: try Value(reading: &self)
        default: throw .illegalValue
        }
    }

    /// A choice of one byte.
    @_lifetime(self: copy self)
    mutating func choice<Choice: RawRepresentable<UInt8>>(_: Choice.Type = Choice.self) throws(WireError) -> Choice {
        guard let choice = Choice(rawValue: try self.u8()) else { throw .illegalValue }
        return choice
    }

    /// The only version there is (RFC 9420 §6).
    @_lifetime(self: copy self)
    mutating func version() throws(WireError) {
        guard try self.u16() == ProtocolVersion.mls10 else { throw .illegalValue }
    }
}

extension ByteWriter {
    /// `T x<V>`
    mutating func list(_ elements: [some TLSWritable]) {
        self.vector { writer in for element in elements { element.write(to: &writer) } }
    }

    /// `optional<T>`
    mutating func optional(_ value: (some TLSWritable)?) {
        guard let value else { return self.u8(0) }
        self.u8(1)
        value.write(to: &self)
    }
}

extension UInt16: TLSStruct {
    package init(reading reader: inout ByteReader) throws(WireError) { self = try reader.u16() }
    package func write(to writer: inout ByteWriter) { writer.u16(self) }
}

extension UInt32: TLSStruct {
    package init(reading reader: inout ByteReader) throws(WireError) { self = try reader.u32() }
    package func write(to writer: inout ByteWriter) { writer.u32(self) }
}
