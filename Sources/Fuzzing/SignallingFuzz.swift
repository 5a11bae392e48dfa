import Signalling

/// Messages on the WebSocket, in either direction: what reads, writes and reads again as the same message.
enum SignallingFuzz {
    static func client(_ bytes: [UInt8]) { self.roundTrip(ClientMessage.self, bytes) }
    static func server(_ bytes: [UInt8]) { self.roundTrip(ServerMessage.self, bytes) }

    private static func roundTrip<Kind: Message>(_ kind: Kind.Type, _ bytes: [UInt8]) {
        guard let message = try? Kind(decoding: bytes) else { return }
        let again = try? Kind(decoding: Array(message.encoded.utf8))
        precondition(again == message, "we read what we write")
    }
}
