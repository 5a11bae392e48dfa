internal import Client
internal import MediaCore

// SAFETY: what stands here copies bytes out of buffers that are alive for the call, within bounds that slicing checks.

extension PacketSlab {
    /// The payload of a packet, copied.
    func payload(_ handle: PacketHandle) -> [UInt8] {
        let packet = self[handle]
        let start = Int(packet.payloadOffset)
        return unsafe Array(self.cell(handle)[start..<start + Int(packet.payloadLength)])
    }
}

extension PacketBuffer {
    /// Takes over what an endpoint wrote into its scratch.
    mutating func take(_ scratch: borrowing Scratch, _ count: Int) {
        let bytes = unsafe scratch.withBytes(count) { unsafe Array($0) }
        unsafe self.bytes.copyBytes(from: bytes)
    }
}

extension Endpoint {
    /// A packet as it goes on the wire; empty when it may not go.
    mutating func written(
        _ packet: Outgoing, from slab: borrowing PacketSlab, now: MediaTime, into buffer: inout PacketBuffer
    ) -> [UInt8] {
        let count = unsafe self.write(packet, from: slab, now: now, into: buffer.bytes)
        return count > 0 ? buffer.prefix(count) : []
    }
}
