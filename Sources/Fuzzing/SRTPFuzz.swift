import MediaCore
import MediaCrypto
import Wire

/// Datagrams for an SRTP receiver whose keys nobody has: nothing opens and nothing is remembered.
enum SRTPFuzz {
    static func run(_ bytes: [UInt8]) {
        var script = Script(bytes)
        let profile: SRTPProfile = script.u8() & 1 == 0 ? .aeadAES128GCM : .aes128CMSHA1
        // `media.md` 5.1: 2 x 16 + 2 x 12 bytes for GCM, 2 x 16 + 2 x 14 for the fallback.
        let block = [UInt8](repeating: 0x5A, count: profile == .aeadAES128GCM ? 56 : 60)
        guard let keys = SRTPKeyBlock(profile: profile, block: block.rawSpan),
            var receiver = try? SRTPReceiver(keys, side: .client, streams: 4, reporters: 4)
        else { preconditionFailure("a receiver can be made") }
        var out = [UInt8](repeating: 0, count: 2_048)
        while !script.isAtEnd {
            let datagram = script.datagram()
            let header = try? RTPHeader(datagram.rawSpan)
            // SAFETY: the buffer lives for the closure and is longer than any datagram of a script.
            unsafe out.withUnsafeMutableBytes { out in
                let length = header?.byteCount ?? Int(datagram.first ?? 0)
                let opened = unsafe receiver.open(datagram.rawSpan, headerLength: length, into: out)
                let openedRTCP = unsafe receiver.openRTCP(datagram.rawSpan, into: out)
                precondition(opened == nil && openedRTCP == nil, "nobody sealed this")
            }
        }
        precondition(receiver.streamCount == 0 && receiver.reporterCount == 0, "no state before authentication")
    }
}
