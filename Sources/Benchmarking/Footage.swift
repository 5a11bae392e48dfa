internal import MediaCore

/// What the publisher sends: a picture of three packets or one sound after the other, sealed before anything is counted.
enum Footage {
    /// Packets of one picture.
    private static let packetsOfPicture = 3
    /// Where numbers start: far from zero and from a rollover.
    private static let firstNumber = 1_000

    /// The payload of packet `number`: for a camera the VP8 descriptor with picture id and TL0PICIDX as browsers write it
    /// (RFC 7741 §4.2), then a byte whose lowest bit is clear in the first picture alone, which is a key frame.
    static func payload(_ number: Int, of source: ForwardScenario.Source) -> [UInt8] {
        var bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: source.payloadByteCount)
        guard source == .video else { return bytes }
        let picture = number / self.packetsOfPicture
        bytes[0] = number % self.packetsOfPicture == 0 ? 0x90 : 0x80
        bytes[1] = 0xC0
        bytes[2] = 0x80 | UInt8(truncatingIfNeeded: picture >> 8) & 0x7F
        bytes[3] = UInt8(truncatingIfNeeded: picture)
        bytes[4] = UInt8(truncatingIfNeeded: picture)
        bytes[5] = picture == 0 ? 0 : 1
        return bytes
    }

    /// Seals packets `0..<count` at the publisher's client.
    static func record(_ count: Int, of source: ForwardScenario.Source, by client: inout Endpoint, now: MediaTime)
        -> Datagrams?
    {
        var recorded = Datagrams(count: count)
        var slab = PacketSlab(capacity: 1)
        for number in 0..<count {
            guard let handle = slab.allocate() else { return nil }
            let payload = self.payload(number, of: source)
            // SAFETY: the cell is ours until the handle is released, and longer than any payload here.
            unsafe slab.cell(handle).copyBytes(from: payload)
            slab[handle].payloadLength = UInt16(payload.count)
            slab[handle].codec = source == .video ? .vp8 : .opus
            let picture = source == .video ? number / self.packetsOfPicture : number
            let ticks = source == .video ? 3_000 : 960
            let packet = Outgoing(
                stream: source == .video ? Connection.camera : Connection.microphone, packet: handle,
                sequence: UInt64(self.firstNumber + number), timestamp: UInt32(truncatingIfNeeded: picture * ticks),
                marker: source == .video && number % self.packetsOfPicture == self.packetsOfPicture - 1)
            // SAFETY: the space is used inside the call only.
            let length = unsafe client.write(packet, from: slab, now: now, into: recorded.space(number))
            recorded.commit(number, length: length)
            slab.release(handle)
            guard length > 0 else { return nil }
        }
        return recorded
    }
}
