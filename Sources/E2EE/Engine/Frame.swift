package import Wire

/// What carries one message between a client and the delivery service, in one binary message of the WebSocket
/// (`e2ee.md` 5). The body is read by `ClientFrame` or `ServerFrame`, by direction.
package struct Frame: TLSStruct, Equatable, Sendable {
    /// What the body is; 0x40 and more come from the server.
    package let type: UInt8
    /// Chosen by who asks, repeated by who answers; 0 for what nobody asked.
    package let request: UInt32
    package let body: [UInt8]

    /// The largest frame in bytes, head included.
    package static var byteCountMax: Int { 2 << 20 }

    /// A frame from its fields.
    package init(type: UInt8, request: UInt32, body: [UInt8]) {
        self.type = type
        self.request = request
        self.body = body
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        guard reader.remaining <= Self.byteCountMax else { throw .illegalValue }
        self.type = try reader.u8()
        guard self.type < 0x80 else { throw .illegalValue }
        self.request = try reader.u32()
        self.body = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u8(self.type)
        writer.u32(self.request)
        writer.vector(self.body)
    }
}

/// A body of a frame: it knows its type and reads itself by it.
package protocol FrameBody: Equatable, Sendable {
    /// The type that stands in the frame.
    var type: UInt8 { get }
    /// Reads the body that belongs to a type, to the last byte.
    init(type: UInt8, reading reader: inout ByteReader) throws(WireError)
    /// Writes the body without its type.
    func write(to writer: inout ByteWriter)
}

extension FrameBody {
    /// Reads the body of a frame.
    package init(_ frame: Frame) throws(E2EEError) {
        do throws(WireError) {
            var reader = ByteReader(frame.body.rawSpan)
            self = try Self(type: frame.type, reading: &reader)
            try reader.end()
        } catch {
            throw E2EEError(.codec, .malformed)
        }
    }

    /// The bytes of a frame with this body.
    package func frame(request: UInt32 = 0) -> [UInt8] {
        var writer = ByteWriter()
        self.write(to: &writer)
        return Frame(type: self.type, request: request, body: writer.bytes).encoded
    }
}
