package import Wire

/// One binary message of the meeting's WebSocket (`e2ee.md` 5). It knows no meaning of its body.
package struct Frame: Equatable, Sendable {
    /// The largest frame, in bytes.
    package static let bytesAtMost = 2 << 20
    /// Types from here on are reserved: nobody sends them.
    package static let firstReservedType: UInt8 = 0x80

    /// What the body is.
    package let type: UInt8
    /// The sender's number of its question; an answer repeats it, and what answers nothing has 0.
    package let request: UInt32
    /// The body.
    package let body: [UInt8]

    /// A frame from its fields.
    package init(type: UInt8, request: UInt32, body: [UInt8]) {
        self.type = type
        self.request = request
        self.body = body
    }

    init(_ type: UInt8, _ request: UInt32, _ body: some FrameBody) {
        self.init(type: type, request: request, body: body.encoded)
    }

    /// Reads a frame that fills `bytes`.
    package init(decoding bytes: [UInt8]) throws(WireError) {
        guard bytes.count <= Self.bytesAtMost else { throw .tooLarge }
        var reader = ByteReader(bytes.rawSpan)
        self.type = try reader.u8()
        guard self.type < Self.firstReservedType else { throw .illegalValue }
        self.request = try reader.u32()
        self.body = try reader.vector().array()
        try reader.end()
    }

    /// The bytes of the frame.
    package var encoded: [UInt8] {
        var writer = ByteWriter(capacity: self.body.count + 9)
        writer.u8(self.type)
        writer.u32(self.request)
        writer.vector(self.body)
        return writer.bytes
    }
}
