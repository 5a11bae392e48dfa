package import MediaCrypto

/// Opens what one endpoint receives under one key block. Nothing is remembered before a packet is authenticated: a
/// forged SSRC costs one decryption on the stack and leaves no trace but a counter (`media.md` 9.2). Hostile bytes are
/// answered with nothing; no length in them is believed.
package struct SRTPReceiver: ~Copyable {
    /// An RTP packet that was proven.
    package struct Opened: Equatable, BitwiseCopyable {
        /// 48-bit packet index: rollovers above the sequence number.
        package let index: UInt64
        /// Bytes in the output: header and plaintext.
        package let length: Int
    }

    /// Why packets were dropped.
    package struct Drops: Equatable, BitwiseCopyable {
        /// Shorter than its own parts, not encrypted, or an index that cannot be.
        package var malformed: UInt64 = 0
        /// Seen before, or too old to tell.
        package var replayed: UInt64 = 0
        /// Not sealed with our key.
        package var forged: UInt64 = 0
        /// One SSRC more than the table holds.
        package var overflowed: UInt64 = 0
    }

    /// The profile in use.
    package let profile: SRTPProfile
    /// Why packets were dropped.
    package private(set) var drops = Drops()

    private let rtp: SRTPOpening
    private let rtcp: SRTPOpening
    private var seen: ReplayTable
    private var seenRTCP: ReplayTable

    /// Opens with the keys of one side: the DTLS role of the peer. `streams` and `reporters` are how many SSRCs of RTP
    /// (`media.md` 9.4: 24 and one per section) and of RTCP (sections and 16: Firefox reports from one SSRC per section)
    /// are ever accepted.
    package init(
        _ block: borrowing SRTPKeyBlock, side: SRTPKeyBlock.Side, streams: Int, reporters: Int
    ) throws(MediaCryptoError) {
        let keys = try SRTPSessionKeys(block, side: side)
        try self.init(keys, streams: streams, reporters: reporters)
    }

    /// The same with keys that are already derived.
    package init(_ keys: borrowing SRTPSessionKeys, streams: Int, reporters: Int) throws(MediaCryptoError) {
        let rtp = try SRTPOpening(keys.profile, keys.rtp)
        let rtcp = try SRTPOpening(keys.profile, keys.rtcp)
        self.profile = keys.profile
        self.rtp = rtp
        self.rtcp = rtcp
        self.seen = ReplayTable(capacity: streams)
        self.seenRTCP = ReplayTable(capacity: reporters)
    }

    /// SSRCs of RTP that proved themselves.
    package var streamCount: Int { self.seen.count }
    /// SSRCs of RTCP that proved themselves.
    package var reporterCount: Int { self.seenRTCP.count }

    /// Opens an RTP packet into `out`: header first, then plaintext. `headerLength` counts CSRCs and extensions; `out`
    /// needs as many bytes as the datagram and must not overlap it. Where nothing comes back, `out` holds nothing useful.
    @unsafe package mutating func open(
        _ datagram: RawSpan, headerLength: Int, into out: UnsafeMutableRawBufferPointer
    ) -> Opened? {
        let tagLength = SRTPOverhead.rtp(self.profile)
        let length = datagram.byteCount - tagLength
        guard headerLength >= SRTPHeader.rtpLength, headerLength <= length, length <= out.count,
            let start = out.baseAddress
        else { return self.drop(.malformed) }
        // SAFETY: header, ciphertext and tag are inside the datagram, and the plaintext inside `out`, by the guard.
        let packet = unsafe datagram.withUnsafeBytes { unsafe $0 }
        let ssrc = unsafe packet.bigEndian32(at: SRTPHeader.rtpSSRCOffset)
        let sequence = unsafe packet.bigEndian16(at: SRTPHeader.sequenceOffset)
        guard let index = SRTPIndex.estimate(sequence: sequence, highest: self.seen.highest(ssrc)) else {
            return self.drop(.malformed)
        }
        guard self.seen.hasRoom(for: ssrc) else { return self.drop(.overflowed) }
        guard self.seen.accepts(index, of: ssrc) else { return self.drop(.replayed) }
        let header = unsafe packet.part(0..<headerLength)
        let ciphertext = unsafe packet.part(headerLength..<length)
        let tag = unsafe packet.part(length..<packet.count)
        guard unsafe self.prove(header, ciphertext, tag, ssrc: ssrc, index: index, into: start + headerLength) else {
            return self.drop(.forged)
        }
        unsafe out.copyMemory(from: header)
        guard self.seen.remember(index, of: ssrc) else { return self.drop(.overflowed) }
        return Opened(index: index, length: length)
    }

    private func prove(
        _ header: UnsafeRawBufferPointer, _ ciphertext: UnsafeRawBufferPointer, _ tag: UnsafeRawBufferPointer,
        ssrc: UInt32, index: UInt64, into out: UnsafeMutableRawPointer
    ) -> Bool {
        switch self.rtp {
        case .gcm(let keys):
            return unsafe keys.open(ciphertext, tag: tag, header: header, ssrc: ssrc, index: index, into: out)
        case .counter(let keys):
            let proven = unsafe UnsafeRawBufferPointer(
                start: header.baseAddress, count: header.count + ciphertext.count)
            let round = UInt32(truncatingIfNeeded: index >> 16)
            // SAFETY: the ciphertext follows the header in the same datagram.
            guard unsafe keys.withTag(proven, trailer: round, { unsafe constantTimeEqual($0.bytes, tag.bytes) }) else {
                return false
            }
            unsafe keys.apply(ciphertext, ssrc: ssrc, index: index, into: out)
            return true
        }
    }

    /// Opens an RTCP packet into `out`, which needs as many bytes as the datagram and must not overlap it. Answers the
    /// length of the compound packet.
    @unsafe package mutating func openRTCP(_ datagram: RawSpan, into out: UnsafeMutableRawBufferPointer) -> Int? {
        let length = datagram.byteCount - SRTPOverhead.rtcp(self.profile)
        guard length >= SRTPHeader.rtcpLength, length <= out.count, let start = out.baseAddress else {
            return self.drop(.malformed)
        }
        // SAFETY: header, ciphertext, tag and index word are inside the datagram, and the plaintext inside `out`.
        let packet = unsafe datagram.withUnsafeBytes { unsafe $0 }
        let ssrc = unsafe packet.bigEndian32(at: SRTPHeader.rtcpSSRCOffset)
        let wordOffset =
            switch self.profile {
            case .aeadAES128GCM: packet.count - SRTPHeader.rtcpIndexLength
            case .aes128CMSHA1: length
            }
        let word = unsafe packet.bigEndian32(at: wordOffset)
        guard word & SRTPHeader.encrypted != 0 else { return self.drop(.malformed) }
        let index = UInt64(word & ~SRTPHeader.encrypted)
        guard self.seenRTCP.hasRoom(for: ssrc) else { return self.drop(.overflowed) }
        guard self.seenRTCP.accepts(index, of: ssrc) else { return self.drop(.replayed) }
        guard
            unsafe self.proveRTCP(
                packet, length: length, word: word, ssrc: ssrc, index: index, into: start + SRTPHeader.rtcpLength)
        else { return self.drop(.forged) }
        unsafe out.copyMemory(from: packet.part(0..<SRTPHeader.rtcpLength))
        guard self.seenRTCP.remember(index, of: ssrc) else { return self.drop(.overflowed) }
        return length
    }

    private func proveRTCP(
        _ packet: UnsafeRawBufferPointer, length: Int, word: UInt32, ssrc: UInt32, index: UInt64,
        into out: UnsafeMutableRawPointer
    ) -> Bool {
        // SAFETY: all parts are inside the packet: the caller counted them from its end.
        let ciphertext = unsafe packet.part(SRTPHeader.rtcpLength..<length)
        switch self.rtcp {
        case .gcm(let keys):
            let tag = unsafe packet.part(length..<length + SealingKey.tagLength)
            return unsafe SRTCPAssociatedData.withBytes(packet, word: word) { header in
                unsafe keys.open(ciphertext, tag: tag, header: header, ssrc: ssrc, index: index, into: out)
            }
        case .counter(let keys):
            let proven = length + SRTPHeader.rtcpIndexLength
            let tag = unsafe packet.part(proven..<packet.count)
            guard
                unsafe keys.withTag(
                    packet.part(0..<proven), trailer: nil, { unsafe constantTimeEqual($0.bytes, tag.bytes) })
            else { return false }
            unsafe keys.apply(ciphertext, ssrc: ssrc, index: index, into: out)
            return true
        }
    }

    private enum Reason {
        case malformed, replayed, forged, overflowed
    }

    private mutating func drop<Result>(_ reason: Reason) -> Result? {
        switch reason {
        case .malformed: self.drops.malformed &+= 1
        case .replayed: self.drops.replayed &+= 1
        case .forged: self.drops.forged &+= 1
        case .overflowed: self.drops.overflowed &+= 1
        }
        return nil
    }
}
