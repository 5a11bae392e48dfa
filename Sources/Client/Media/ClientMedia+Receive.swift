internal import E2EE
internal import MediaCore

extension ClientMedia {
    /// A media packet: its payload is copied out and its cell goes back at once.
    mutating func take(_ handle: PacketHandle, now: MediaTime) {
        let packet = self.slab[handle]
        let start = Int(packet.payloadOffset)
        let end = start + Int(packet.payloadLength)
        // SAFETY: the handle is ours until released; the endpoint set offset and length inside the cell, and slicing checks.
        let payload = unsafe Array(self.slab.cell(handle)[start..<end])
        self.slab.release(handle)
        let index = Int(packet.stream)
        guard self.slots.indices.contains(index) else { return }
        switch packet.codec {
        case .opus where self.slots[index].kind == .audio: self.takeSound(payload, packet, index)
        case .vp8 where self.slots[index].kind == .video: self.takePicture(payload, packet, index, now: now)
        default: break
        }
    }

    private mutating func takeSound(_ payload: [UInt8], _ packet: MediaPacket, _ index: Int) {
        self.slots[index].note(audio: packet.sequence)
        switch self.opener.open(payload.span, codec: .opus) {
        case .opened(let frame):
            self.slots[index].lastLeaf = frame.leaf
            self.count(frame.leaf) {
                $0.audio.frames += 1
                $0.audio.packets += 1
            }
        case .dropped(let reason):
            self.count(self.slots[index].countingLeaf) { $0.audio.count(reason) }
        }
        let lost = self.slots[index].takeLost()
        if lost > 0 { self.count(self.slots[index].countingLeaf) { $0.audio.lost += lost } }
    }

    private mutating func takePicture(_ payload: [UInt8], _ packet: MediaPacket, _ index: Int, now: MediaTime) {
        let descriptor = Int(packet.vp8.byteCount)
        guard descriptor > 0, descriptor <= payload.count else { return }
        self.slots[index].assembler.insert(
            FrameAssembler.Packet(
                sequence: packet.sequence, isFirst: packet.startsFrame, isKeyStart: packet.startsKeyFrame,
                isMarker: packet.marker, isRetransmission: packet.isRetransmission,
                payload: Array(payload[descriptor...])))
        self.takeFrames(index, now: now)
    }

    /// Opens what became whole, and asks for a key frame when nothing can be shown without one.
    mutating func takeFrames(_ index: Int, now: MediaTime) {
        guard self.slots[index].kind == .video else { return }
        while let frame = self.slots[index].assembler.take(now: now) { self.open(frame, index) }
        let lost = self.slots[index].takeLost()
        if lost > 0 { self.count(self.slots[index].countingLeaf) { $0.video.lost += lost } }
        if self.slots[index].asksForKeyFrame(now: now) {
            self.endpoint.perform(.requestKeyFrame(section: UInt16(index), encoding: 0), now: now)
        }
    }

    private mutating func open(_ frame: FrameAssembler.Frame, _ index: Int) {
        switch self.opener.open(frame.bytes.span, codec: .vp8) {
        case .opened(let opened):
            self.slots[index].lastLeaf = opened.leaf
            self.count(opened.leaf) {
                $0.video.frames += 1
                $0.video.keyFrames += opened.inner.isKeyFrame ? 1 : 0
                $0.video.packets += UInt64(frame.packets)
                $0.video.recoveredByRTX += UInt64(frame.recovered)
            }
        case .dropped(let reason):
            self.count(self.slots[index].countingLeaf) { $0.video.count(reason) }
        }
    }
}
