package import Wire

/// A body of a frame, or a part of one, in the TLS presentation language (RFC 8446 §3). Reading never traps, and what was
/// read writes the same bytes again.
package protocol FrameBody: Equatable, Sendable {
    /// Reads one value from where `reader` stands.
    init(reading reader: inout ByteReader) throws(WireError)
    /// Writes this value.
    func write(to writer: inout ByteWriter)
}

extension FrameBody {
    /// Reads a value that fills `bytes`.
    package init(decoding bytes: [UInt8]) throws(WireError) {
        var reader = ByteReader(bytes.rawSpan)
        self = try Self(reading: &reader)
        try reader.end()
    }

    /// The bytes of this value.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        self.write(to: &writer)
        return writer.bytes
    }
}

extension ByteReader {
    /// `opaque x<V>` of at most so many bytes.
    @_lifetime(self: copy self)
    mutating func opaque(atMost limit: Int) throws(WireError) -> [UInt8] {
        let count = try self.varint()
        guard count <= limit else { throw .tooLarge }
        return try self.array(count)
    }

    /// `T x<V>` of at most so many elements. No element is empty, so the bytes that are there bound the count as well.
    @_lifetime(self: copy self)
    mutating func list<Element: FrameBody>(atMost limit: Int) throws(WireError) -> [Element] {
        var inner = ByteReader(try self.vector())
        var elements: [Element] = []
        while !inner.isAtEnd {
            guard elements.count < limit else { throw .tooLarge }
            elements.append(try Element(reading: &inner))
        }
        return elements
    }

    /// Everything that is left.
    @_lifetime(self: copy self)
    mutating func remainder() -> [UInt8] { self.rest().array() }
}

extension ByteWriter {
    /// `T x<V>`
    mutating func list(_ elements: [some FrameBody]) {
        self.vector { writer in for element in elements { element.write(to: &writer) } }
    }
}
