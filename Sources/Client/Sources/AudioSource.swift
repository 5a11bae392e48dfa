internal import FoundationEssentials

/// Where a peer's voice comes from: packets of Opus, repeated for ever.
package struct AudioSource: Sendable {
    private let packets: [OpusPacket]
    private var index = 0

    /// The packets of a file; nothing when there are none.
    init?(packets: [OpusPacket]) {
        guard !packets.isEmpty else { return nil }
        self.packets = packets
    }

    /// The built-in chord.
    package init() {
        let data = Data(base64Encoded: ToneData.base64) ?? Data()
        let bytes = [UInt8](data)
        let size = ToneData.packetByteCount
        self.packets = stride(from: 0, to: bytes.count - size + 1, by: size).map {
            OpusPacket(bytes: Array(bytes[$0..<$0 + size]), duration: 960)
        }
        precondition(!self.packets.isEmpty, "the tone is part of the program")
    }

    /// The next packet.
    package mutating func next() -> OpusPacket {
        let packet = self.packets[self.index]
        self.index = (self.index + 1) % self.packets.count
        return packet
    }
}
