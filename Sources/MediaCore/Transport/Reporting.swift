internal import Wire

extension Endpoint {
    // MARK: What the peer reports

    /// An RTCP datagram from a path of ours.
    mutating func receiveRTCP(_ datagram: RawSpan, arrival: MediaTime, slab: inout PacketSlab) {
        guard self.receiver != nil, datagram.byteCount <= PacketSlab.cellSize else {
            return self.statistics.dropped &+= 1
        }
        // A cell of the slab serves as the buffer; it goes back at once.
        guard let handle = slab.allocate() else { return self.statistics.overflows &+= 1 }
        defer { slab.release(handle) }
        // SAFETY: the cell is ours until the handle is released, after the last use of `bytes`.
        let cell = unsafe slab.cell(handle)
        guard let length = unsafe self.receiver?.openRTCP(datagram, into: cell) else {
            return self.statistics.unauthenticated &+= 1
        }
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: cell[..<length]).bytes
        var reader = RTCPReader()
        // One budget for the whole datagram: a compound of 64 packets costs no more than one.
        var itemsLeft = EndpointLimits.feedbackItems
        while let packet = reader.next(bytes) { self.take(packet, bytes, itemsLeft: &itemsLeft, arrival: arrival) }
    }

    private mutating func take(_ packet: RTCPPacket, _ bytes: RawSpan, itemsLeft: inout Int, arrival: MediaTime) {
        switch packet {
        case .senderReport(let report, let blocks):
            self.take(report, arrival: arrival)
            self.take(blocks, bytes, arrival: arrival)
        case .receiverReport(_, let blocks): self.take(blocks, bytes, arrival: arrival)
        case .missing(_, let media, let items):
            guard let stream = self.outgoing.index(ssrc: media) else { return }
            for index in 0..<Self.spend(items.count, of: &itemsLeft) {
                guard let item = items.item(index, in: bytes) else { continue }
                self.tell(.missing(stream: stream, sequence: item.sequence, following: item.following))
            }
        case .pictureLoss(_, let media):
            if let stream = self.outgoing.index(ssrc: media) { self.tell(.keyFrameWanted(stream: stream)) }
        case .fullIntra(let sender, let items):
            for index in 0..<Self.spend(items.count, of: &itemsLeft) {
                guard let item = items.item(index, in: bytes), let stream = self.outgoing.index(ssrc: item.ssrc),
                    self.outgoing.streams[Int(stream)].isNew(item, from: sender)
                else { continue }
                self.tell(.keyFrameWanted(stream: stream))
            }
        // The estimator that reads transport feedback comes with the media issue; BYE never tears down (`media.md` 14.22).
        // A receiver's reference time wants a DLRR in answer (RFC 3611 §4.5), so that one who sends nothing can measure
        // the round trip. No browser asks us: both send it only where the answer has `rtcp-fb` `rrtr`, which ours has
        // not, and every peer of ours sends reports of its own. So it is parsed, because it may come, and no more.
        case .transportFeedback, .estimatedBitrate, .sourceDescription, .goodbye, .receiverTime,
            .delaySinceReceiverTime:
            break
        }
    }

    /// How many of `count` items the datagram may still have looked at.
    private static func spend(_ count: Int, of left: inout Int) -> Int {
        let spent = min(count, left)
        left -= spent
        return spent
    }

    /// Every report counts for our own, but not each is passed on: a datagram has room for 64 of them.
    private mutating func take(_ report: SenderReport, arrival: MediaTime) {
        guard let at = self.incoming.stream(ssrc: report.ssrc) else { return }
        self.incoming.streams[at].receive.senderReported(ntp: report.ntp, arrival: arrival)
        if let last = self.incoming.streams[at].reportPassed, arrival < last + EndpointLimits.senderReportInterval {
            return
        }
        self.incoming.streams[at].reportPassed = arrival
        self.tell(
            .senderReport(
                section: self.incoming.streams[at].section, encoding: self.incoming.streams[at].encoding,
                ntp: report.ntp, rtpTime: report.rtpTime, arrival: arrival))
    }

    private mutating func take(_ blocks: RTCPItems<ReportBlock>, _ bytes: RawSpan, arrival: MediaTime) {
        for index in 0..<blocks.count {
            guard let block = blocks.item(index, in: bytes), self.outgoing.index(ssrc: block.ssrc) != nil,
                let measured = block.roundTrip(ntp: self.reports.ntp(arrival))
            else { continue }
            // RFC 6298's weight: one report moves the estimate by an eighth.
            let smoothed = (self.incoming.roundTrip.nanoseconds * 7 + measured.nanoseconds) / 8
            self.incoming.roundTrip = MediaSpan(nanoseconds: smoothed)
        }
    }

    // MARK: What we report

    /// Writes the next RTCP datagram that is due; nil when none is.
    mutating func nextReport(now: MediaTime, into scratch: inout Scratch) -> Int? {
        let room = Scratch.capacity - 64
        while true {
            var writer = RTCPWriter()
            // SAFETY: the scratch belongs to the caller of `next` and nobody else looks at it meanwhile; the last 64 bytes
            // stay free for tag and index.
            let target = unsafe UnsafeMutableRawBufferPointer(rebasing: scratch.bytes[..<min(room, 1_150)])
            var out = unsafe target.mutableBytes
            guard self.writeDue(now: now, &writer, into: &out) else { return nil }
            guard writer.count > 0 else { continue }
            let sealed = unsafe self.sender?.sealRTCP(scratch.bytes, length: writer.count) ?? 0
            if sealed > 0 { return sealed }
            if self.sender?.isWornOut != false { self.end(.keysWornOut) }
            return nil
        }
    }

    /// Writes one datagram's worth; false when nothing is due. An empty writer means "look again".
    @_lifetime(out: copy out)
    private mutating func writeDue(now: MediaTime, _ writer: inout RTCPWriter, into out: inout MutableRawSpan) -> Bool {
        if self.incoming.isAskDue {
            self.writeQuestions(now: now, &writer, into: &out)
            return true
        }
        if self.reports.feedbackDue <= now {
            // One report speaks of all streams, but browsers drop it unless it names one of theirs.
            let media = self.incoming.streams.first { $0.isBound }?.receive.ssrc ?? 0
            let isWritten = self.incoming.feedback.write(
                sender: self.parameters.rtcpSSRC, media: media, &writer, into: &out)
            if !isWritten || !self.incoming.feedback.isPending { self.reports.feedbackSent(now: now) }
            return true
        }
        if self.outgoing.isOpeningDue {
            self.writeOpenings(now: now, &writer, into: &out)
            return true
        }
        if !self.reports.isRound, self.reports.reportsDue <= now { self.reports.beginRound(now: now) }
        guard self.reports.isRound else { return false }
        self.writeReports(now: now, &writer, into: &out)
        return true
    }

    @_lifetime(out: copy out)
    private mutating func writeQuestions(now: MediaTime, _ writer: inout RTCPWriter, into out: inout MutableRawSpan) {
        let sender = self.parameters.rtcpSSRC
        for at in self.incoming.streams.indices {
            guard self.incoming.streams[at].isBound else { continue }
            let ssrc = self.incoming.streams[at].receive.ssrc
            if self.incoming.streams[at].keyFrameWanted, self.incoming.streams[at].keyFrameAsked == nil {
                guard writer.pictureLoss(sender: sender, media: ssrc, into: &out) else { return }
                self.incoming.streams[at].keyFrameAsked = now
                self.statistics.keyFrameRequests &+= 1
            }
            var isFirst = true
            while let item = self.incoming.streams[at].receive.nextMissing(
                now: now, roundTrip: self.incoming.roundTrip)
            {
                let isWritten =
                    isFirst
                    ? writer.missing(sender: sender, media: ssrc, first: item, into: &out)
                    : writer.addMissing(item, into: &out)
                guard isWritten else { break }
                isFirst = false
                self.statistics.nacksSent &+= 1
            }
        }
        self.incoming.asked(now: now)
    }

    /// Sender reports of the streams that just began, and of no others.
    @_lifetime(out: copy out)
    private mutating func writeOpenings(now: MediaTime, _ writer: inout RTCPWriter, into out: inout MutableRawSpan) {
        for at in self.outgoing.streams.indices where self.outgoing.streams[at].opening == .due {
            guard let report = self.report(of: at, now: now) else { continue }
            guard writer.senderReport(report, into: &out) else { return }
            writer.sourceDescription(ssrc: report.ssrc, cname: self.cname.rawSpan, into: &out)
            self.outgoing.streams[at].opening = .sent
        }
        self.outgoing.isOpeningDue = false
    }

    private func report(of stream: Int, now: MediaTime) -> SenderReport? {
        let state = self.outgoing.streams[stream]
        guard state.packets > 0, let rtpTime = state.rtpTime(at: now) else { return nil }
        return SenderReport(
            ssrc: state.ssrc, ntp: self.reports.ntp(now), rtpTime: rtpTime, packetCount: state.packets,
            octetCount: state.octets)
    }

    /// One round: sender reports of the streams that sent, as many as fit, each with its CNAME; then the receiver blocks.
    @_lifetime(out: copy out)
    private mutating func writeReports(now: MediaTime, _ writer: inout RTCPWriter, into out: inout MutableRawSpan) {
        var isFirst = true
        while self.reports.cursor < self.outgoing.streams.count {
            let at = self.reports.cursor
            self.reports.cursor += 1
            guard let report = self.report(of: at, now: now) else { continue }
            guard writer.senderReport(report, into: &out) else {
                self.reports.cursor -= 1
                return
            }
            if isFirst { self.writeBlocks(now: now, &writer, into: &out) }
            isFirst = false
            writer.sourceDescription(ssrc: report.ssrc, cname: self.cname.rawSpan, into: &out)
        }
        if isFirst {
            writer.receiverReport(sender: self.parameters.rtcpSSRC, into: &out)
            self.writeBlocks(now: now, &writer, into: &out)
            writer.sourceDescription(ssrc: self.parameters.rtcpSSRC, cname: self.cname.rawSpan, into: &out)
        }
        self.reports.isRound = false
    }

    @_lifetime(out: copy out)
    private mutating func writeBlocks(now: MediaTime, _ writer: inout RTCPWriter, into out: inout MutableRawSpan) {
        for at in self.incoming.streams.indices {
            guard let block = self.incoming.streams[at].receive.report(now: now) else { continue }
            guard writer.addBlock(block, into: &out) else { return }
        }
    }
}
