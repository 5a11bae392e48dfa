package import Wire

/// A file that lies sealed on the server, and what opens it (`e2ee.md` 8).
package struct FileRef: TLSStruct, Equatable, Sendable {
    /// Where it lies; 16 bytes.
    package let blobID: [UInt8]
    /// 32 bytes.
    package let key: [UInt8]
    /// Of the file itself, in bytes.
    package let size: UInt64
    /// SHA-256 of the whole stored object.
    package let hash: [UInt8]
    /// UTF-8, as its owner calls it.
    package let name: [UInt8]
    /// UTF-8; empty where it is none.
    package let mediaType: [UInt8]
    /// Unix milliseconds; 0: with the meeting.
    package let expires: UInt64

    /// Longer names no file system has.
    package static var nameByteCountMax: Int { 255 }
    /// RFC 6838 §4.2: two names of 63 characters.
    package static var mediaTypeByteCountMax: Int { 127 }
    /// Larger numbers are others in a browser.
    private static var numberMax: UInt64 { (1 << 53) - 1 }

    /// A file from its fields.
    package init(
        blobID: [UInt8], key: [UInt8], size: UInt64, hash: [UInt8], name: [UInt8], mediaType: [UInt8], expires: UInt64
    ) {
        self.blobID = blobID
        self.key = key
        self.size = size
        self.hash = hash
        self.name = name
        self.mediaType = mediaType
        self.expires = expires
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.blobID = try reader.array(16)
        self.key = try reader.array(32)
        self.size = try reader.u64()
        self.hash = try reader.array(32)
        self.name = try reader.opaque(max: Self.nameByteCountMax)
        self.mediaType = try reader.opaque(max: Self.mediaTypeByteCountMax)
        self.expires = try reader.u64()
        guard isText(self.name), isText(self.mediaType), max(self.size, self.expires) <= Self.numberMax else {
            throw .illegalValue
        }
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.blobID)
        writer.append(self.key)
        writer.u64(self.size)
        writer.append(self.hash)
        writer.vector(self.name)
        writer.vector(self.mediaType)
        writer.u64(self.expires)
    }
}
