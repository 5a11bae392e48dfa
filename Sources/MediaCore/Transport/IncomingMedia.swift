internal import Wire

/// What the peer may send and what came of it: sections, their SSRCs once proven, and one receive stream per encoding.
struct IncomingMedia: ~Copyable {
    /// One encoding of one section: without simulcast a section has exactly one.
    struct Stream {
        let section: UInt16
        let encoding: UInt8
        let kind: MediaKind
        /// An SSRC is bound to it. Not an optional below: reading through one copied 2 KiB for each packet.
        var isBound = false
        /// Begins when an SSRC is bound; a peer that starts over with another SSRC starts it over.
        var receive = ReceiveStream(ssrc: 0, clockRate: 1, asksForMissing: false)
        /// A key frame is wanted since, and was last asked for at.
        var keyFrameWanted = false
        var keyFrameAsked: MediaTime?
        /// Reported to the owner; see `abandoned` of the receive stream.
        var abandoned: UInt64 = 0
        /// When a sender report was passed on last.
        var reportPassed: MediaTime?
    }

    /// What a payload type means; browsers number them per endpoint, not per section (RFC 8843 §9.1).
    struct PayloadMeaning: BitwiseCopyable {
        var codec: Codec
        var isRetransmission: Bool
    }

    private let sections: [IncomingSection]
    /// Where each section's streams begin in `streams`.
    private let firstStream: [Int]
    private let mids: [[UInt8]]
    var streams: [Stream]
    private var meanings: [PayloadMeaning?]
    private var sources: SourceTable
    var feedback = TransportFeedbackRecorder()
    let sourceLimit: Int
    private var nackDue = MediaTime.never
    private(set) var isAskDue = false
    /// Smoothed from receiver reports of the peer; the start value suits a continent.
    var roundTrip = MediaSpan.milliseconds(100) {
        didSet { self.hasMeasuredRoundTrip = true }
    }
    private(set) var hasMeasuredRoundTrip = false

    init(_ parameters: EndpointParameters) {
        self.sections = parameters.incoming
        self.mids = parameters.incoming.map { Array($0.mid.utf8) }
        var streams: [Stream] = []
        var firstStream: [Int] = []
        var meanings = [PayloadMeaning?](repeating: nil, count: 128)
        for (index, section) in parameters.incoming.enumerated() {
            firstStream.append(streams.count)
            for encoding in 0..<max(1, section.rids.count) {
                streams.append(
                    Stream(section: UInt16(index), encoding: UInt8(encoding), kind: section.kind))
            }
            for type in section.payloadTypes where type.number < 128 {
                meanings[Int(type.number)] = PayloadMeaning(codec: type.codec, isRetransmission: false)
                if let number = type.retransmission, number < 128 {
                    meanings[Int(number)] = PayloadMeaning(codec: type.codec, isRetransmission: true)
                }
            }
        }
        self.streams = streams
        self.firstStream = firstStream
        self.meanings = meanings
        let named = parameters.incoming.reduce(0) { $0 + $1.ssrcs.count }
        self.sourceLimit = named + EndpointLimits.unnamedSources
        self.sources = SourceTable(limit: self.sourceLimit)
        for (index, section) in parameters.incoming.enumerated() where section.rids.isEmpty {
            for (place, ssrc) in section.ssrcs.enumerated() {
                _ = self.sources.insert(
                    SourceBinding(
                        ssrc: ssrc, section: UInt16(index), encoding: 0, isRetransmission: place > 0,
                        stream: UInt16(firstStream[index])))
            }
        }
    }

    func meaning(_ payloadType: UInt8) -> PayloadMeaning? { self.meanings[Int(payloadType & 0x7F)] }

    /// The stream of an SSRC that is bound.
    func stream(ssrc: UInt32) -> Int? { self.sources.find(ssrc).map { Int($0.stream) } }

    /// Binds the SSRC of an **authenticated** packet, by what signalling said or by its mid and rid (RFC 8843 §9.2).
    mutating func bind(
        _ header: RTPHeader, _ extensions: RTPExtensions, _ bytes: RawSpan, isRetransmission: Bool
    ) -> Int? {
        if let known = self.sources.find(header.ssrc) { return Int(known.stream) }
        guard let midRange = extensions.mid, let section = self.section(named: midRange, bytes) else { return nil }
        var encoding = 0
        let rids = self.sections[section].rids
        if !rids.isEmpty {
            guard let range = isRetransmission ? extensions.repairedRID : extensions.rid,
                let at = rids.firstIndex(where: { Self.equals(Array($0.utf8), range, bytes) })
            else { return nil }
            encoding = at
        }
        let stream = self.firstStream[section] + encoding
        let binding = SourceBinding(
            ssrc: header.ssrc, section: UInt16(section), encoding: UInt8(encoding), isRetransmission: isRetransmission,
            stream: UInt16(stream))
        return self.sources.insert(binding) ? stream : nil
    }

    private func section(named range: Range<Int>, _ bytes: RawSpan) -> Int? {
        self.mids.firstIndex { Self.equals($0, range, bytes) }
    }

    private static func equals(_ name: [UInt8], _ range: Range<Int>, _ bytes: RawSpan) -> Bool {
        guard name.count == range.count else { return false }
        for (offset, byte) in name.enumerated() where bytes.u8(range.lowerBound + offset) != byte { return false }
        return true
    }

    // MARK: Asking

    mutating func requestKeyFrame(section: UInt16, encoding: UInt8, now: MediaTime) {
        guard self.sections.indices.contains(Int(section)) else { return }
        let at = self.firstStream[Int(section)] + Int(encoding)
        guard at < self.streams.count, self.streams[at].section == section else { return }
        self.streams[at].keyFrameWanted = true
        self.streams[at].keyFrameAsked = nil
        self.isAskDue = true
    }

    /// Something is missing: look at the lists at the next tick.
    mutating func expectAsking(now: MediaTime) {
        if self.nackDue == .never { self.nackDue = now + EndpointLimits.nackInterval }
    }

    mutating func elapse(now: MediaTime) {
        if self.nackDue <= now {
            self.isAskDue = true
            self.nackDue = .never
        }
        for at in self.streams.indices where self.streams[at].keyFrameWanted {
            guard let asked = self.streams[at].keyFrameAsked else { continue }
            if now >= asked + EndpointLimits.keyFrameRetry {
                self.streams[at].keyFrameAsked = nil
                self.isAskDue = true
            }
        }
    }

    /// The round of asking is over; another one follows while something is missing.
    mutating func asked(now: MediaTime) {
        self.isAskDue = false
        for at in self.streams.indices where self.streams[at].receive.isMissingAny {
            return self.nackDue = now + EndpointLimits.nackInterval
        }
    }

    var deadline: MediaTime {
        if self.isAskDue { return .zero }
        var earliest = self.nackDue
        for at in self.streams.indices where self.streams[at].keyFrameWanted {
            if let asked = self.streams[at].keyFrameAsked {
                earliest = min(earliest, asked + EndpointLimits.keyFrameRetry)
            }
        }
        return earliest
    }
}

extension Endpoint {
    /// An RTP datagram from a path of ours. Nothing is kept of it before SRTP has authenticated it.
    mutating func receiveRTP(_ datagram: RawSpan, arrival: MediaTime, slab: inout PacketSlab) {
        guard self.receiver != nil, datagram.byteCount <= PacketSlab.cellSize,
            let header = try? RTPHeader(datagram),  // a datagram that is no RTP is dropped, whatever is wrong with it
            let meaning = self.incoming.meaning(header.payloadType)
        else { return self.statistics.dropped &+= 1 }
        guard let handle = slab.allocate() else { return self.statistics.overflows &+= 1 }
        // SAFETY: the cell is ours until the handle is given away or released, and no other pointer to it exists.
        let cell = unsafe slab.cell(handle)
        guard let opened = unsafe self.receiver?.open(datagram, headerLength: header.byteCount, into: cell) else {
            self.statistics.unauthenticated &+= 1
            return slab.release(handle)
        }
        let isKept = unsafe self.take(
            header, meaning, opened, datagram, UnsafeRawBufferPointer(cell).bytes, arrival: arrival,
            into: &slab[handle])
        guard isKept, self.media.append(handle) else { return slab.release(handle) }
        self.statistics.mediaReceived &+= 1
    }

    /// Fills in what is known of an authenticated packet; false when it carries nothing new.
    private mutating func take(
        _ header: RTPHeader, _ meaning: IncomingMedia.PayloadMeaning, _ opened: SRTPReceiver.Opened,
        _ datagram: RawSpan, _ plain: RawSpan, arrival: MediaTime, into packet: inout MediaPacket
    ) -> Bool {
        let extensions = RTPExtensions(header, datagram, identifiers: self.parameters.extensions)
        if let number = extensions.transportSequence { self.incoming.feedback.record(number, arrival: arrival) }
        guard
            let at = self.incoming.bind(header, extensions, datagram, isRetransmission: meaning.isRetransmission)
        else {
            self.statistics.unbound &+= 1
            return false
        }
        let whole = plain.extracting(header.byteCount..<opened.length)
        guard let length = header.payloadLength(opened: whole) else { return false }
        var offset = header.byteCount
        var payload = plain.extracting(offset..<offset + length)
        var sequence = opened.index
        if meaning.isRetransmission {
            // A probe without payload was counted for the sender's congestion control, and that is all.
            guard let original = RTX.originalSequence(payload), self.incoming.streams[at].isBound else { return false }
            sequence = SequenceNumber.extend(original, near: self.incoming.streams[at].receive.highest)
            offset += RTX.byteCount
            payload = plain.extracting(offset..<header.byteCount + length)
        }
        packet.stream = self.incoming.streams[at].section
        packet.encoding = self.incoming.streams[at].encoding
        packet.codec = meaning.codec
        packet.sequence = sequence
        packet.timestamp = header.timestamp
        packet.arrival = arrival
        packet.marker = header.marker
        packet.isRetransmission = meaning.isRetransmission
        packet.payloadOffset = UInt16(offset)
        packet.payloadLength = UInt16(payload.byteCount)
        guard payload.byteCount <= EndpointLimits.payload else {
            // It came, so nobody asks for it again; whoever waits for the frame misses a number.
            self.statistics.oversized &+= 1
            _ = self.count(packet, header, at: at)
            return false
        }
        // Padding alone uses a number up as well: it came, is not asked for, and Forwarding takes it out of its count
        // (`media.md` 6.4).
        guard payload.byteCount > 0 else { return self.count(packet, header, at: at) }
        switch meaning.codec {
        case .opus: packet.startsFrame = true
        case .vp8:
            guard let descriptor = VP8Descriptor(payload) else { return false }
            packet.vp8 = descriptor
            packet.startsFrame = descriptor.startsFrame
            packet.startsKeyFrame = descriptor.startsKeyFrame(payload)
        case .vp9: break  // its layers come with the media issue; no client offers it yet
        }
        return self.count(packet, header, at: at)
    }

    private mutating func count(_ packet: MediaPacket, _ header: RTPHeader, at: Int) -> Bool {
        let clockRate = packet.codec.clockRate
        let asks = self.incoming.streams[at].kind == .video
        let ssrc = self.incoming.streams[at].receive.ssrc
        if !packet.isRetransmission, !self.incoming.streams[at].isBound || ssrc != header.ssrc {
            self.incoming.streams[at].receive = ReceiveStream(
                ssrc: header.ssrc, clockRate: clockRate, asksForMissing: asks)
            self.incoming.streams[at].isBound = true
        }
        // Nothing was sent yet that could have to come again.
        guard self.incoming.streams[at].isBound else {
            self.statistics.duplicates &+= 1
            return false
        }
        let arrived = self.incoming.streams[at].receive.receive(
            sequence: packet.sequence, timestamp: packet.timestamp, arrival: packet.arrival,
            isRetransmission: packet.isRetransmission, startsKeyFrame: packet.startsKeyFrame)
        switch arrived {
        case .new: break
        case .recovered: if packet.isRetransmission { self.statistics.recovered &+= 1 }
        case .duplicate:
            self.statistics.duplicates &+= 1
            return false
        }
        if packet.startsKeyFrame { self.incoming.streams[at].keyFrameWanted = false }
        if self.incoming.streams[at].receive.isMissingAny { self.incoming.expectAsking(now: packet.arrival) }
        return true
    }
}
