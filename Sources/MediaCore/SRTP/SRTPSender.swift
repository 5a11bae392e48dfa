package import MediaCrypto

/// Seals what one endpoint sends under one key block. It keeps the nonce rule (`media.md` 5.1): an index of an SSRC is
/// sealed at most once; a packet that would break it, or is too old to tell, is refused. It does not know what is in a
/// packet beyond the SSRC and the sequence number.
package struct SRTPSender: ~Copyable {
    /// The profile in use.
    package let profile: SRTPProfile
    /// A key reached the end of its life: close the endpoint, the client opens anew.
    package private(set) var isWornOut = false

    private let rtp: SRTPSealing
    private let rtcp: SRTPSealing
    /// The indices used up, per SSRC. A window and not just the highest: a packet that came late from its publisher goes
    /// into the hole that was left for it.
    private var used: ReplayTable
    private var nextRTCP: UInt32

    /// Seals with the keys of one side: our own DTLS role. `streams` is how many SSRCs will ever send; `firstRTCPIndex` is
    /// for tests of the key's end.
    package init(
        _ block: borrowing SRTPKeyBlock, side: SRTPKeyBlock.Side, streams: Int, firstRTCPIndex: UInt32 = 0
    ) throws(MediaCryptoError) {
        let keys = try SRTPSessionKeys(block, side: side)
        try self.init(keys, streams: streams, firstRTCPIndex: firstRTCPIndex)
    }

    /// The same with keys that are already derived.
    package init(
        _ keys: borrowing SRTPSessionKeys, streams: Int, firstRTCPIndex: UInt32 = 0
    ) throws(MediaCryptoError) {
        let rtp = try SRTPSealing(keys.profile, keys.rtp)
        let rtcp = try SRTPSealing(keys.profile, keys.rtcp)
        self.profile = keys.profile
        self.rtp = rtp
        self.rtcp = rtcp
        self.used = ReplayTable(capacity: streams)
        self.nextRTCP = firstRTCPIndex
    }

    /// Seals the packet in the first `length` bytes in place, which need `SRTPOverhead.rtp` more behind them. `index` is
    /// the sender's own count, rollovers above the 16 bits that stand in the header. Answers the bytes on the wire, or 0
    /// when it refuses: nothing may be sent then.
    @unsafe package mutating func seal(
        _ packet: UnsafeMutableRawBufferPointer, headerLength: Int, length: Int, index: UInt64
    ) -> Int {
        guard headerLength <= length, length <= packet.count else { return 0 }
        let payload = unsafe UnsafeRawBufferPointer(packet).part(max(headerLength, 0)..<max(length, 0))
        return unsafe self.sealScatter(payload: payload, headerLength: headerLength, index: index, into: packet)
    }

    /// The same for a payload that stands somewhere else: `out` starts with the header, and gets ciphertext and tag
    /// behind it. One packet goes to many receivers without a copy of its plaintext.
    @unsafe package mutating func sealScatter(
        payload: UnsafeRawBufferPointer, headerLength: Int, index: UInt64, into out: UnsafeMutableRawBufferPointer
    ) -> Int {
        let length = headerLength &+ payload.count
        let sealed = length &+ SRTPOverhead.rtp(self.profile)
        guard headerLength >= SRTPHeader.rtpLength, length <= out.count, sealed <= out.count else { return 0 }
        // SAFETY: header, payload and tag are inside `out`, by the guard; every offset below is one of theirs.
        let whole = UnsafeRawBufferPointer(out)
        let ssrc = unsafe whole.bigEndian32(at: SRTPHeader.rtpSSRCOffset)
        let sequence = unsafe whole.bigEndian16(at: SRTPHeader.sequenceOffset)
        guard UInt16(truncatingIfNeeded: index) == sequence, self.claim(index, of: ssrc), let start = out.baseAddress
        else { return 0 }
        switch self.rtp {
        case .gcm(let keys):
            let done = unsafe keys.seal(
                payload, header: whole.part(0..<headerLength), ssrc: ssrc, index: index, into: start + headerLength,
                tag: start + length)
            return done ? sealed : 0
        case .counter(let keys):
            unsafe keys.apply(payload, ssrc: ssrc, index: index, into: start + headerLength)
            unsafe keys.withTag(whole.part(0..<length), trailer: UInt32(truncatingIfNeeded: index >> 16)) { tag in
                unsafe (start + length).copyMemory(
                    from: tag.baseAddress ?? UnsafeRawPointer(start), byteCount: tag.count)
            }
            return sealed
        }
    }

    /// The nonce rule. An index is used up even when sealing fails afterwards.
    private mutating func claim(_ index: UInt64, of ssrc: UInt32) -> Bool {
        guard index < SRTPIndex.sealingEnd else {
            self.isWornOut = true
            return false
        }
        return self.used.accepts(index, of: ssrc) && self.used.remember(index, of: ssrc)
    }

    /// Seals the RTCP packet in the first `length` bytes in place, which need `SRTPOverhead.rtcp` more behind them.
    /// All SSRCs of the endpoint share one index. Answers the bytes on the wire, or 0 when it refuses.
    @unsafe package mutating func sealRTCP(_ packet: UnsafeMutableRawBufferPointer, length: Int) -> Int {
        let sealed = length &+ SRTPOverhead.rtcp(self.profile)
        guard length >= SRTPHeader.rtcpLength, length <= packet.count, sealed <= packet.count,
            let start = packet.baseAddress
        else { return 0 }
        guard self.nextRTCP < SRTPIndex.rtcpSealingEnd else {
            self.isWornOut = true
            return 0
        }
        let index = self.nextRTCP
        self.nextRTCP += 1
        // SAFETY: packet, tag and index word are inside `packet`, by the guard; every offset below is one of theirs.
        let whole = UnsafeRawBufferPointer(packet)
        let ssrc = unsafe whole.bigEndian32(at: SRTPHeader.rtcpSSRCOffset)
        let word = SRTPHeader.encrypted | index
        let payload = unsafe whole.part(SRTPHeader.rtcpLength..<length)
        switch self.rtcp {
        case .gcm(let keys):
            let done = unsafe SRTCPAssociatedData.withBytes(whole, word: word) { header in
                unsafe keys.seal(
                    payload, header: header, ssrc: ssrc, index: UInt64(index), into: start + SRTPHeader.rtcpLength,
                    tag: start + length)
            }
            unsafe packet.storeBytes(of: word.bigEndian, toByteOffset: length + SealingKey.tagLength, as: UInt32.self)
            return done ? sealed : 0
        case .counter(let keys):
            unsafe keys.apply(payload, ssrc: ssrc, index: UInt64(index), into: start + SRTPHeader.rtcpLength)
            unsafe packet.storeBytes(of: word.bigEndian, toByteOffset: length, as: UInt32.self)
            let proven = length + SRTPHeader.rtcpIndexLength
            unsafe keys.withTag(whole.part(0..<proven), trailer: nil) { tag in
                unsafe (start + proven).copyMemory(
                    from: tag.baseAddress ?? UnsafeRawPointer(start), byteCount: tag.count)
            }
            return sealed
        }
    }
}
