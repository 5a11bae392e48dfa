import Wire

/// The CRC of FINGERPRINT (RFC 8489 §14.7): ITU V.42, as in Ethernet and gzip.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }

    /// The CRC of the first `count` bytes.
    static func checksum(_ bytes: RawSpan, count: Int) -> UInt32 {
        var crc = UInt32.max
        for offset in 0..<min(count, bytes.byteCount) {
            guard let byte = bytes.u8(offset) else { break }
            crc = crc >> 8 ^ Self.table[Int((crc ^ UInt32(byte)) & 0xFF)]
        }
        return ~crc
    }
}
