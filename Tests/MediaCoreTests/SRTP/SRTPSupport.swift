import MediaCore
import MediaCrypto

/// What the tests of SRTP need: keys, packets, and ciphers that take and give arrays.
enum SRTPSupport {
    static let profiles: [SRTPProfile] = [.aeadAES128GCM, .aes128CMSHA1]

    /// Bytes of a hexadecimal string; blanks are for the reader.
    static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// A secret with these bytes.
    static func secret(_ bytes: [UInt8]) -> Secret {
        unsafe Secret(count: bytes.count) { unsafe $0.copyBytes(from: bytes) }
    }

    /// A fixed key block: 1, 2, 3 and so on.
    static func block(_ profile: SRTPProfile) -> SRTPKeyBlock {
        let material = (1...2 * (SRTPProfile.keyLength + profile.saltLength)).map { UInt8($0) }
        return unsafe SRTPKeyBlock(profile: profile, block: material.span.bytes)!
    }

    /// An RTP packet with a fixed header and a payload of `length` bytes.
    static func packet(ssrc: UInt32, sequence: UInt16, length: Int = 20, fill: UInt8 = 0xab) -> [UInt8] {
        var packet: [UInt8] = [0x80, 0x60, UInt8(sequence >> 8), UInt8(sequence & 0xff), 0, 0, 0, 1]
        for shift in [24, 16, 8, 0] { packet.append(UInt8(truncatingIfNeeded: ssrc >> UInt32(shift))) }
        return packet + [UInt8](repeating: fill, count: length)
    }

    /// A receiver report without blocks, and some more words.
    static func report(ssrc: UInt32, words: Int = 4) -> [UInt8] {
        var packet: [UInt8] = [0x80, 201, 0, UInt8(words + 1)]
        for shift in [24, 16, 8, 0] { packet.append(UInt8(truncatingIfNeeded: ssrc >> UInt32(shift))) }
        return packet + [UInt8](repeating: 0x55, count: words * 4)
    }
}

/// A sender that takes and gives arrays. A class, because the macros of Testing copy what they look at.
final class SRTPSealer {
    private var sender: SRTPSender

    init(_ sender: consuming SRTPSender) { self.sender = sender }

    var isWornOut: Bool { self.sender.isWornOut }

    /// Seals a copy; nothing when refused.
    func seal(_ packet: [UInt8], headerLength: Int = 12, index: UInt64) -> [UInt8]? {
        var out = packet + [UInt8](repeating: 0, count: SRTPOverhead.maximum)
        let count = unsafe out.withUnsafeMutableBytes { out in
            unsafe self.sender.seal(out, headerLength: headerLength, length: packet.count, index: index)
        }
        return count == 0 ? nil : Array(out.prefix(count))
    }

    /// Seals a copy whose payload stands elsewhere; nothing when refused.
    func sealScatter(_ packet: [UInt8], headerLength: Int = 12, index: UInt64) -> [UInt8]? {
        let payload = Array(packet.dropFirst(headerLength))
        var out = Array(packet.prefix(headerLength))
        out += [UInt8](repeating: 0, count: payload.count + SRTPOverhead.maximum)
        let count = unsafe out.withUnsafeMutableBytes { out in
            unsafe payload.withUnsafeBytes { payload in
                unsafe self.sender.sealScatter(payload: payload, headerLength: headerLength, index: index, into: out)
            }
        }
        return count == 0 ? nil : Array(out.prefix(count))
    }

    /// Seals a copy; nothing when refused.
    func sealRTCP(_ packet: [UInt8]) -> [UInt8]? {
        var out = packet + [UInt8](repeating: 0, count: SRTPOverhead.maximum)
        let count = unsafe out.withUnsafeMutableBytes { unsafe self.sender.sealRTCP($0, length: packet.count) }
        return count == 0 ? nil : Array(out.prefix(count))
    }

    /// What sealing in a buffer of `packet`'s size answers, whatever lengths are claimed: RTP and RTCP.
    func claim(_ packet: [UInt8], headerLength: Int, length: Int, index: UInt64) -> (rtp: Int, rtcp: Int) {
        var out = packet
        return unsafe out.withUnsafeMutableBytes { out in
            let rtp = unsafe self.sender.seal(out, headerLength: headerLength, length: length, index: index)
            return unsafe (rtp, self.sender.sealRTCP(out, length: length))
        }
    }
}

/// A receiver that takes and gives arrays.
final class SRTPOpener {
    private var receiver: SRTPReceiver

    init(_ receiver: consuming SRTPReceiver) { self.receiver = receiver }

    var drops: SRTPReceiver.Drops { self.receiver.drops }
    var streamCount: Int { self.receiver.streamCount }
    var reporterCount: Int { self.receiver.reporterCount }

    /// Opens a copy: index and plaintext.
    func open(_ packet: [UInt8], headerLength: Int = 12, room: Int? = nil) -> (index: UInt64, packet: [UInt8])? {
        var out = [UInt8](repeating: 0, count: room ?? packet.count)
        let opened = unsafe out.withUnsafeMutableBytes { out in
            unsafe self.receiver.open(packet.span.bytes, headerLength: headerLength, into: out)
        }
        return opened.map { ($0.index, Array(out.prefix($0.length))) }
    }

    /// Opens a copy.
    func openRTCP(_ packet: [UInt8]) -> [UInt8]? {
        var out = [UInt8](repeating: 0, count: packet.count)
        let length = unsafe out.withUnsafeMutableBytes { unsafe self.receiver.openRTCP(packet.span.bytes, into: $0) }
        return length.map { Array(out.prefix($0)) }
    }
}

/// A sender and the receiver of its packets.
struct SRTPPair {
    let sender: SRTPSealer
    let receiver: SRTPOpener

    init(_ profile: SRTPProfile, streams: Int = 32, reporters: Int = 32, firstRTCPIndex: UInt32 = 0) throws {
        let block = SRTPSupport.block(profile)
        self.sender = SRTPSealer(
            try SRTPSender(block, side: .client, streams: streams, firstRTCPIndex: firstRTCPIndex))
        self.receiver = SRTPOpener(
            try SRTPReceiver(block, side: .client, streams: streams, reporters: reporters))
    }

    /// Seals the packet with this index; nothing when refused.
    func seal(_ ssrc: UInt32, _ index: UInt64, fill: UInt8 = 0xab) -> [UInt8]? {
        self.sender.seal(
            SRTPSupport.packet(ssrc: ssrc, sequence: UInt16(truncatingIfNeeded: index), fill: fill), index: index)
    }
}
