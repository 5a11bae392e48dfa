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
        case .opus where self.slots[index].kind == .audio: self.takeSound(payload, packet, index, now: now)
        case .vp8 where self.slots[index].kind == .video: self.takePicture(payload, packet, index, now: now)
        default: break
        }
    }

    private mutating func takeSound(_ payload: [UInt8], _ packet: MediaPacket, _ index: Int, now: MediaTime) {
        self.slots[index].note(audio: packet.sequence)
        self.open(HeldFrames.Held(bytes: payload, packets: 1, recovered: 0, since: now), index)
        let lost = self.slots[index].takeLost()
        if lost > 0 { self.count(self.countingKey(index)) { $0.audio.lost += lost } }
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
        while let frame = self.slots[index].assembler.take(now: now) {
            self.open(
                HeldFrames.Held(bytes: frame.bytes, packets: frame.packets, recovered: frame.recovered, since: now),
                index)
        }
        let lost = self.slots[index].takeLost()
        if lost > 0 { self.count(self.countingKey(index)) { $0.video.lost += lost } }
        if self.slots[index].asksForKeyFrame(now: now) {
            self.endpoint.perform(.requestKeyFrame(section: UInt16(index), encoding: 0), now: now)
        }
    }

    private mutating func open(_ frame: HeldFrames.Held, _ index: Int) {
        let isAudio = self.slots[index].kind == .audio
        do throws(FrameDrop) {
            let received = try self.keyring.open(frame.bytes, codec: isAudio ? .opus : .vp8)
            self.slots[index].lastKey = received.key
            if received.frame.inner.isKeyFrame { self.slots[index].isBroken = false }
            self.count(received.key) { counters in
                guard !isAudio else {
                    counters.audio.frames += 1
                    return counters.audio.packets += 1
                }
                counters.video.frames += 1
                counters.video.keyFrames += received.frame.inner.isKeyFrame ? 1 : 0
                counters.video.packets += UInt64(frame.packets)
                counters.video.recoveredByRTX += UInt64(frame.recovered)
            }
        } catch {
            if error == .newerEpoch {
                if self.slots[index].held.keep(frame) { return }
                self.slots[index].isBroken = !isAudio
            }
            self.drop(error, index)
        }
    }

    /// Keys came: what waited for them is tried again, in the order it came.
    mutating func openHeld() {
        for index in self.slots.indices where !self.slots[index].held.isEmpty {
            for frame in self.slots[index].held.takeAll() { self.open(frame, index) }
        }
    }

    /// Gives up what waited too long for keys.
    mutating func expireHeld(_ index: Int, now: MediaTime) {
        for _ in 0..<self.slots[index].held.expire(now: now) {
            self.slots[index].isBroken = self.slots[index].kind == .video
            self.drop(.newerEpoch, index)
        }
    }

    private mutating func drop(_ reason: FrameDrop, _ index: Int) {
        let isAudio = self.slots[index].kind == .audio
        let isGrace = self.keyring.isGrace(reason)
        self.count(self.countingKey(index)) {
            isAudio ? $0.audio.count(reason, isGrace: isGrace) : $0.video.count(reason, isGrace: isGrace)
        }
    }

    /// Where to count what opened under no key.
    private func countingKey(_ index: Int) -> [UInt8]? {
        self.slots[index].leaf.flatMap { self.keyring.key(of: $0) } ?? self.slots[index].lastKey
    }
}
