internal import MediaCore

extension ClientMedia {
    /// Frames kept for a decoder of the tests: five minutes of the built-in picture.
    private static var presealedMax: Int { 4_000 }

    /// Puts the pieces of a frame into the slab and in line for the socket. When the slab is full, the frame is lost like on
    /// any line that is too narrow.
    mutating func queue(_ due: SendingTrack.Due, _ kind: MediaKind, now: MediaTime) {
        if let frame = due.frame, self.recordsPresealed, self.presealed.count < Self.presealedMax {
            self.presealed.append(frame)
        }
        for (index, payload) in due.payloads.enumerated() {
            guard let handle = self.store(payload, kind) else { continue }
            let isLast = index == due.payloads.count - 1
            let outgoing =
                kind == .audio
                ? self.microphone.packet(
                    handle, timestamp: due.timestamp, isLast: isLast, now: now, slab: &self.slab)
                : self.camera.packet(handle, timestamp: due.timestamp, isLast: isLast, now: now, slab: &self.slab)
            self.pending.append(outgoing)
        }
    }

    private mutating func store(_ payload: [UInt8], _ kind: MediaKind) -> PacketHandle? {
        guard payload.count <= PacketSlab.cellSize, let handle = self.slab.allocate() else { return nil }
        // SAFETY: the cell is ours until its last reference goes, and the length was checked against it.
        let cell = unsafe self.slab.cell(handle)
        unsafe cell.copyBytes(from: payload)
        var packet = MediaPacket()
        packet.codec = kind == .audio ? .opus : .vp8
        packet.payloadOffset = 0
        packet.payloadLength = UInt16(payload.count)
        self.slab[handle] = packet
        return handle
    }
}
