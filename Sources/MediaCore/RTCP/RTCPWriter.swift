import Wire

/// Writes RTCP packets one after the other into a datagram; what does not fit is left out whole, so the datagram stays
/// sound. Begin with an SR or RR (RFC 3550 §6.1) unless reduced size was negotiated, which it always is with us.
package struct RTCPWriter: Sendable, BitwiseCopyable {
    /// Report blocks in one packet: five bits.
    package static let blocksMax = 31

    private var writer = SpanWriter()

    /// Where the next byte goes, for packets that are written elsewhere after `begin`.
    var cursor: SpanWriter {
        get { self.writer }
        set { self.writer = newValue }
    }

    /// Starts an empty datagram.
    package init() {}

    /// Bytes written so far.
    package var count: Int { self.writer.offset }

    /// SR without report blocks; follow it with `addBlock` for each. Answers false when it does not fit.
    @discardableResult
    @_lifetime(out: copy out)
    package mutating func senderReport(_ report: SenderReport, into out: inout MutableRawSpan) -> Bool {
        guard self.begin(200, count: 0, body: 24, into: &out) else { return false }
        self.writer.u32(report.ssrc, into: &out)
        self.writer.u64(report.ntp, into: &out)
        self.writer.u32(report.rtpTime, into: &out)
        self.writer.u32(report.packetCount, into: &out)
        self.writer.u32(report.octetCount, into: &out)
        return true
    }

    /// RR without report blocks; follow it with `addBlock` for each. Answers false when it does not fit.
    @discardableResult
    @_lifetime(out: copy out)
    package mutating func receiverReport(sender: UInt32, into out: inout MutableRawSpan) -> Bool {
        guard self.begin(201, count: 0, body: 4, into: &out) else { return false }
        self.writer.u32(sender, into: &out)
        return true
    }

    /// Adds a report block to the SR or RR written last. Answers false when it does not fit or holds 31 already.
    @discardableResult
    @_lifetime(out: copy out)
    package mutating func addBlock(_ block: ReportBlock, into out: inout MutableRawSpan) -> Bool {
        guard self.lastCount < Self.blocksMax, self.lastTakesBlocks,
            ReportBlock.byteCount <= out.byteCount - self.writer.offset
        else { return false }
        self.writer.u32(block.ssrc, into: &out)
        self.writer.u8(block.fractionLost, into: &out)
        let lost = max(-0x80_0000, min(block.cumulativeLost, 0x7F_FFFF))
        self.writer.u24(UInt32(bitPattern: lost), into: &out)
        self.writer.u32(block.highestSequence, into: &out)
        self.writer.u32(block.jitter, into: &out)
        self.writer.u32(block.lastSenderReport, into: &out)
        self.writer.u32(block.delaySinceLastSenderReport, into: &out)
        self.lastCount += 1
        self.lastWords += 6
        out.store(0x80 | self.lastCount, at: self.lastOffset)
        out.store(self.lastWords, at: self.lastOffset + 2)
        return true
    }

    /// SDES with the CNAME of one source (RFC 3550 §6.5.1), at most 255 bytes of it.
    @discardableResult
    @_lifetime(out: copy out)
    package mutating func sourceDescription(ssrc: UInt32, cname: RawSpan, into out: inout MutableRawSpan) -> Bool {
        guard cname.byteCount <= 255 else { return false }
        // SSRC, type, length, text, and at least one zero, all in whole words.
        let body = (4 + 2 + cname.byteCount + 1 + 3) & ~3
        guard self.begin(202, count: 1, body: body, into: &out) else { return false }
        self.writer.u32(ssrc, into: &out)
        self.writer.u8(1, into: &out)
        self.writer.u8(UInt8(cname.byteCount), into: &out)
        self.writer.copy(cname, into: &out)
        self.writer.zeros(body - 6 - cname.byteCount, into: &out)
        return true
    }

    /// BYE of one source, without a reason.
    @discardableResult
    @_lifetime(out: copy out)
    package mutating func goodbye(ssrc: UInt32, into out: inout MutableRawSpan) -> Bool {
        guard self.begin(203, count: 1, body: 4, into: &out) else { return false }
        self.writer.u32(ssrc, into: &out)
        return true
    }

    /// PLI.
    @discardableResult
    @_lifetime(out: copy out)
    package mutating func pictureLoss(sender: UInt32, media: UInt32, into out: inout MutableRawSpan) -> Bool {
        guard self.begin(206, count: 1, body: 8, into: &out) else { return false }
        self.writer.u32(sender, into: &out)
        self.writer.u32(media, into: &out)
        return true
    }

    /// Generic NACK without items; follow it with `addMissing` for each.
    @discardableResult
    @_lifetime(out: copy out)
    package mutating func missing(
        sender: UInt32, media: UInt32, first: MissingPackets, into out: inout MutableRawSpan
    ) -> Bool {
        guard self.begin(205, count: 1, body: 12, into: &out) else { return false }
        self.writer.u32(sender, into: &out)
        self.writer.u32(media, into: &out)
        self.writer.u16(first.sequence, into: &out)
        self.writer.u16(first.following, into: &out)
        return true
    }

    /// Adds an item to the NACK written last.
    @discardableResult
    @_lifetime(out: copy out)
    package mutating func addMissing(_ item: MissingPackets, into out: inout MutableRawSpan) -> Bool {
        guard self.lastType == 205, MissingPackets.byteCount <= out.byteCount - self.writer.offset else { return false }
        self.writer.u16(item.sequence, into: &out)
        self.writer.u16(item.following, into: &out)
        self.lastWords += 1
        out.store(self.lastWords, at: self.lastOffset + 2)
        return true
    }

    private var lastOffset = 0
    private var lastType: UInt8 = 0
    private var lastCount: UInt8 = 0
    private var lastWords: UInt16 = 0

    private var lastTakesBlocks: Bool { self.lastType == 200 || self.lastType == 201 }

    /// Writes a header of `body` further bytes when all of it fits.
    @_lifetime(out: copy out)
    mutating func begin(_ type: UInt8, count: UInt8, body: Int, into out: inout MutableRawSpan) -> Bool {
        guard body >= 0, body & 3 == 0, body < 1 << 17, 4 + body <= out.byteCount - self.writer.offset else {
            return false
        }
        self.lastOffset = self.writer.offset
        self.lastType = type
        self.lastCount = count
        self.lastWords = UInt16(body / 4)
        self.writer.u8(0x80 | count, into: &out)
        self.writer.u8(type, into: &out)
        self.writer.u16(self.lastWords, into: &out)
        return true
    }
}
