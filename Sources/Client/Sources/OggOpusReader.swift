/// Reads the Opus packets of an Ogg file (RFC 3533, RFC 7845) that fits in memory. Pages of other streams are skipped;
/// a damaged page ends the reading: what came before it counts. Checksums are not verified, since a wrong packet here only
/// sounds wrong.
package enum OggOpusReader {
    /// Why a file is of no use.
    package enum Failure: Error, Equatable {
        /// No Ogg page at the start.
        case notOgg
        /// The first stream is not Opus.
        case notOpus
        /// No packet of sound.
        case empty
    }

    /// Packets at most: ten minutes of 20 ms.
    static let packetCountMax = 30_000

    /// The file's packets, at least one.
    package static func packets(of file: [UInt8]) throws(Failure) -> [OpusPacket] {
        guard var page = OggPage(file, at: 0) else { throw .notOgg }
        let stream = page.stream
        var packets: [OpusPacket] = []
        var headers = 0
        var part: [UInt8] = []
        while packets.count < Self.packetCountMax {
            if page.stream == stream {
                if !page.continues { part = [] }
                for segment in page.segments {
                    part += file[segment]
                    guard segment.count < 255 else { continue }
                    headers += 1
                    if headers == 1, !part.starts(with: Array("OpusHead".utf8)) { throw .notOpus }
                    // Two headers, then sound; a packet that is none is left out.
                    if headers > 2, let packet = OpusPacket(part) { packets.append(packet) }
                    part = []
                }
            }
            guard let next = OggPage(file, at: page.end) else { break }
            page = next
        }
        guard !packets.isEmpty else { throw headers == 0 ? .notOpus : .empty }
        return packets
    }
}

/// One page: 27 bytes of head, a table of segment lengths, the segments.
private struct OggPage {
    let stream: UInt32
    let continues: Bool
    let segments: [Range<Int>]
    let end: Int

    init?(_ file: [UInt8], at start: Int) {
        guard file.count - start >= 27, file[start..<start + 4].elementsEqual("OggS".utf8), file[start + 4] == 0 else {
            return nil
        }
        self.continues = file[start + 5] & 1 == 1
        self.stream = file[start + 14..<start + 18].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        let count = Int(file[start + 26])
        guard file.count - start >= 27 + count else { return nil }
        var offset = start + 27 + count
        var segments: [Range<Int>] = []
        for length in file[start + 27..<start + 27 + count] {
            guard file.count - offset >= Int(length) else { return nil }
            segments.append(offset..<offset + Int(length))
            offset += Int(length)
        }
        self.segments = segments
        self.end = offset
    }
}
