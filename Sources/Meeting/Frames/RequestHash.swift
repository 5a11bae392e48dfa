internal import Crypto
internal import Redaction
package import Wire

/// Names a request at the door: H("lobby request", LobbyRequest) (`e2ee.md` 9).
package struct RequestHash: Hashable, FrameBody, Unprintable {
    /// 32 bytes.
    package let bytes: [UInt8]

    /// The hash of a request's bytes.
    package init(of request: [UInt8]) {
        var input = ByteWriter(capacity: request.count + 40)
        input.vector(Array("Beraad 1 lobby request".utf8))
        input.vector(request)
        self.bytes = Array(SHA256.hash(data: input.bytes))
    }

    /// Reads 32 bytes.
    package init(reading reader: inout ByteReader) throws(WireError) { self.bytes = try reader.array(32) }

    /// Writes 32 bytes.
    package func write(to writer: inout ByteWriter) { writer.append(self.bytes) }
}
