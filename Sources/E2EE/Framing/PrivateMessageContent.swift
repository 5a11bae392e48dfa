internal import Wire

/// What a PrivateMessage encrypts (RFC 9420 §6.3.1): content, authentication, zeros.
struct PrivateMessageContent: TLSWritable, Sendable {
    var content: Content
    var auth: FramedContentAuthData
    /// Zeros at the end, so that lengths tell less.
    var paddingByteCount: Int

    init(content: Content, auth: FramedContentAuthData, paddingByteCount: Int) {
        self.content = content
        self.auth = auth
        self.paddingByteCount = paddingByteCount
    }

    /// Reads content of the type that stands outside the encryption. Padding that is not zero is malformed: it could
    /// carry a message of its own.
    init(_ type: ContentType, decoding bytes: [UInt8]) throws(E2EEError) {
        do throws(WireError) {
            var reader = ByteReader(bytes.rawSpan)
            self.content = try Content(type, reading: &reader)
            self.auth = try FramedContentAuthData(type, reading: &reader)
            self.paddingByteCount = reader.remaining
            guard bytes[reader.offset...].allSatisfy({ $0 == 0 }) else { throw .illegalValue }
        } catch {
            throw E2EEError(.codec, .malformed)
        }
    }

    func write(to writer: inout ByteWriter) {
        self.content.write(to: &writer)
        self.auth.write(to: &writer)
        writer.append([UInt8](repeating: 0, count: self.paddingByteCount))
    }
}
