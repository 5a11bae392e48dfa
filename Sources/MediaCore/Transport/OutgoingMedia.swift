internal import MediaCrypto
internal import Wire

/// The state of one stream we send: its header template, its counters and the clock mapping of its sender reports.
struct OutgoingState: BitwiseCopyable {
    let ssrc: UInt32
    let retransmissionSSRC: UInt32?
    let clockRate: UInt32
    /// Payload types by codec, 0xFF = the receiver does not take it.
    private var payloadTypes = InlineArray<3, UInt8>(repeating: 0xFF)
    private var retransmissionTypes = InlineArray<3, UInt8>(repeating: 0xFF)
    /// The stream's header and that of its retransmissions; both carry the mid.
    let template: RTPHeaderTemplate
    let retransmissionTemplate: RTPHeaderTemplate?
    /// RTX has its own number space (RFC 4588 §4).
    var retransmissionSequence: UInt64
    /// Sender information of RFC 3550 §6.4.1; wraps.
    var packets: UInt32 = 0
    var octets: UInt32 = 0
    /// RTP time `mappedTime` was now at `mappedAt`; nothing is reported before the first mapping.
    var mappedTime: UInt32 = 0
    var mappedAt: MediaTime?
    /// The owner told the mapping; else it is that of the last packet.
    var isMappingTold = false
    /// Where the sender report stands that belongs to the beginning of a source: a receiver brings picture and sound
    /// together sooner when it comes with the first packet (RFC 3550 §6.4, `media.md` 2.4).
    var opening = OpeningReport.awaitsPacket

    /// The last full intra request that was passed on.
    private var lastIntra: (sender: UInt32, command: UInt8)?

    /// The sender report of a new source.
    enum OpeningReport: BitwiseCopyable {
        /// Nothing was sent of the source yet.
        case awaitsPacket
        /// To be sent now.
        case due
        /// Sent; the stream is reported with all others.
        case sent
    }

    init?(_ stream: OutgoingStream, _ extensions: ExtensionIdentifiers, start: UInt64) {
        let mid = Array(stream.mid.utf8)
        guard let template = RTPHeaderTemplate(ssrc: stream.ssrc, mid: mid, identifiers: extensions) else {
            return nil
        }
        self.ssrc = stream.ssrc
        self.template = template
        self.retransmissionSSRC = stream.retransmissionSSRC
        self.retransmissionTemplate = stream.retransmissionSSRC.flatMap {
            RTPHeaderTemplate(ssrc: $0, mid: mid, identifiers: extensions)
        }
        self.clockRate = stream.kind == .audio ? 48_000 : 90_000
        self.retransmissionSequence = start
        for type in stream.payloadTypes where type.number < 128 {
            let at = Int(type.codec.rawValue)
            if self.payloadTypes[at] == 0xFF {
                self.payloadTypes[at] = type.number
                self.retransmissionTypes[at] = type.retransmission ?? 0xFF
            }
        }
    }

    func payloadType(_ codec: Codec, isRetransmission: Bool) -> UInt8? {
        let at = Int(codec.rawValue)
        let number = isRetransmission ? self.retransmissionTypes[at] : self.payloadTypes[at]
        return number == 0xFF ? nil : number
    }

    /// Whether a full intra request is not just the last one of its sender again (RFC 5104 §4.3.1.2).
    mutating func isNew(_ request: FullIntraRequest, from sender: UInt32) -> Bool {
        if let last = self.lastIntra, last == (sender, request.command) { return false }
        self.lastIntra = (sender, request.command)
        return true
    }

    /// The next number of the retransmission stream. It is used up here, whatever comes of the packet: one that could not
    /// be sealed must not make all that follow it try the same number again.
    mutating func takeRetransmissionSequence() -> UInt64 {
        defer { self.retransmissionSequence &+= 1 }
        return self.retransmissionSequence
    }

    /// The stream's RTP time at `now`.
    func rtpTime(at now: MediaTime) -> UInt32? {
        guard let mappedAt = self.mappedAt else { return nil }
        let ticks = (now - mappedAt).nanoseconds / 1_000 &* Int64(self.clockRate) / 1_000_000
        return self.mappedTime &+ UInt32(truncatingIfNeeded: ticks)
    }
}

/// All streams an endpoint sends, and the one transport-wide number space they share.
struct OutgoingMedia {
    var streams: [OutgoingState]
    /// The next transport-wide number, given at seal time in send order.
    var transportSequence: UInt64
    /// Some stream's opening report is due.
    var isOpeningDue = false

    init(_ parameters: EndpointParameters, random: inout KeyedGenerator) throws(EndpointError) {
        self.streams = []
        for stream in parameters.outgoing {
            // Start numbers below 32,768: a lost first packet around a wrap must not confuse the rollover count.
            guard let state = OutgoingState(stream, parameters.extensions, start: random.next() % 32_767 + 1) else {
                throw .malformed
            }
            self.streams.append(state)
        }
        self.transportSequence = random.next() % 32_767 + 1
    }

    mutating func sourceChanged(_ stream: UInt16, rtpTime: UInt32, at: MediaTime) {
        guard self.streams.indices.contains(Int(stream)) else { return }
        self.streams[Int(stream)].mappedTime = rtpTime
        self.streams[Int(stream)].mappedAt = at
        self.streams[Int(stream)].isMappingTold = true
        self.streams[Int(stream)].opening = .awaitsPacket
    }

    /// Something to report now.
    var deadline: MediaTime { self.isOpeningDue ? .zero : .never }

    func index(ssrc: UInt32) -> UInt16? {
        for at in self.streams.indices where self.streams[at].ssrc == ssrc { return UInt16(at) }
        return nil
    }
}

extension Endpoint {
    /// Stamps and seals one packet into `out`: the stream's own SSRC, mid, payload type and numbers; the payload is the
    /// packet's, but for the descriptor patch.
    /// - Returns: bytes of the datagram, or 0 when it was refused: not connected, nobody heard for 15 s, a selected path
    ///   that nobody proved to receive on, no such stream, a codec the receiver did not ask for, too long for `out`, or a
    ///   key at the end of its life.
    @unsafe
    public mutating func write(
        _ packet: Outgoing, from slab: borrowing PacketSlab, now: MediaTime, into out: UnsafeMutableRawBufferPointer
    ) -> Int {
        let at = Int(packet.stream)
        guard self.mayTalk, at < self.outgoing.streams.count, slab.holds(packet.packet) else { return 0 }
        let source = slab[packet.packet]
        guard let type = self.outgoing.streams[at].payloadType(source.codec, isRetransmission: packet.isRetransmission)
        else { return 0 }
        let isRetransmission = packet.isRetransmission
        if isRetransmission, self.outgoing.streams[at].retransmissionSSRC == nil { return 0 }

        let headerLength = RTPHeaderTemplate.byteCount
        let prefix = isRetransmission ? RTX.byteCount : 0
        let payloadLength = Int(source.payloadLength)
        let length = headerLength + prefix + payloadLength + Int(packet.padding)
        guard packet.padding <= 16, length + 16 <= out.count else { return 0 }

        // SAFETY: `length` fits `out` (checked), the payload lies inside its cell (set by us when the packet came in,
        // checked here), and neither buffer overlaps the other.
        let cell = unsafe slab.cell(packet.packet)
        let start = Int(source.payloadOffset)
        guard start + payloadLength <= cell.count else { return 0 }
        let payload = unsafe UnsafeRawBufferPointer(rebasing: cell[start..<start + payloadLength])

        let sequence = isRetransmission ? self.outgoing.streams[at].takeRetransmissionSequence() : packet.sequence
        let template =
            isRetransmission
            ? self.outgoing.streams[at].retransmissionTemplate : self.outgoing.streams[at].template
        let stamp = RTPHeaderTemplate.Stamp(
            marker: packet.marker, hasPadding: packet.padding > 0, payloadType: type,
            sequence: UInt16(truncatingIfNeeded: sequence), timestamp: packet.timestamp,
            transportSequence: UInt16(truncatingIfNeeded: self.outgoing.transportSequence))
        var span = unsafe out.mutableBytes
        guard template?.write(stamp, into: &span) == headerLength else { return 0 }
        // RFC 3711 §3.3.1: the index is the rollover count and the sequence number together.
        let index = sequence & 0xFFFF_FFFF_FFFF
        let sealed: Int
        if prefix == 0, packet.padding == 0, !packet.patch.applies {
            sealed =
                unsafe self.sender?.sealScatter(
                    payload: payload, headerLength: headerLength, index: index, into: out) ?? 0
        } else {
            if isRetransmission {
                unsafe out.storeBytes(
                    of: UInt16(truncatingIfNeeded: packet.sequence).bigEndian, toByteOffset: headerLength,
                    as: UInt16.self)
            }
            let body = headerLength + prefix
            unsafe UnsafeMutableRawBufferPointer(rebasing: out[body..<body + payloadLength]).copyMemory(from: payload)
            if packet.patch.applies, source.codec == .vp8 {
                let target = unsafe UnsafeMutableRawBufferPointer(rebasing: out[body..<body + payloadLength])
                var bytes = unsafe target.mutableBytes
                source.vp8.rewrite(
                    pictureID: packet.patch.pictureID, tl0PictureIndex: packet.patch.tl0PictureIndex, in: &bytes)
            }
            for offset in 0..<Int(packet.padding) { unsafe out[body + payloadLength + offset] = 0 }
            if packet.padding > 0 { unsafe out[length - 1] = packet.padding }
            sealed = unsafe self.sender?.seal(out, headerLength: headerLength, length: length, index: index) ?? 0
        }
        guard sealed > 0 else {
            // Refused: a number that was sealed before (the nonce rule, kept by the sender), or a worn-out key.
            if self.sender?.isWornOut != false { self.end(.keysWornOut) }
            return 0
        }
        self.account(packet, at: at, octets: payloadLength, now: now)
        return sealed
    }

    private mutating func account(_ packet: Outgoing, at: Int, octets: Int, now: MediaTime) {
        self.outgoing.transportSequence &+= 1
        self.statistics.mediaSent &+= 1
        if packet.isRetransmission {
            self.statistics.retransmitted &+= 1
            return
        }
        self.outgoing.streams[at].packets &+= 1
        self.outgoing.streams[at].octets &+= UInt32(truncatingIfNeeded: octets)
        if !self.outgoing.streams[at].isMappingTold {
            self.outgoing.streams[at].mappedTime = packet.timestamp
            self.outgoing.streams[at].mappedAt = now
        }
        if self.outgoing.streams[at].opening == .awaitsPacket {
            self.outgoing.streams[at].opening = .due
            self.outgoing.isOpeningDue = true
        }
    }
}
