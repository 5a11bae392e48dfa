import Meeting
import Signalling

/// Whoever has a personal link asks for its certificate at the door of a meeting.
enum TicketDoor {
    /// The certificate that the server hands out; empty for none.
    static func certificate(
        _ hash: TicketHash, of meeting: TestMeeting, at server: TestServer
    ) async throws -> [UInt8] {
        var found: [UInt8]?
        try await TestSocket.open(server, meeting.id) { socket in
            guard case .atDoor? = try await socket.comeToDoor(of: meeting) else { throw TestServer.Unexpected() }
            let get = DeliveryCommand.Get(what: .descriptors, group: GroupID([]), from: 0, hash: hash.decoded)
            try await socket.send(frame: DeliveryCommand.get(get).frame(request: 1).encoded)
            while found == nil {
                guard case .frame(let bytes) = try await socket.next() else { throw TestServer.Unexpected() }
                if case .data(.descriptors(_, _, let certificate)) = try DeliveryEvent(Frame(decoding: bytes)) {
                    found = certificate
                }
            }
        }
        guard let found else { throw TestServer.Unexpected() }
        return found
    }
}
