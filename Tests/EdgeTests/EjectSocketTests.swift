import BeraadTesting
import E2EE
import Signalling
import Synchronization
import Testing

/// A host puts somebody out, over real WebSockets behind a proxy that says who comes from where.
@Suite("Putting out over WebSockets", .promise("P-028"))
struct EjectSocketTests {
    private static let home = "192.0.2.1", disturber = "198.51.100.7", elsewhere = "203.0.113.9"

    /// The participant who came in last.
    private func newcomer(_ host: GroupClient) throws -> ParticipantID {
        for case .room(.participantJoined(let arrival)) in host.heard.reversed() {
            return arrival.participant.participant
        }
        throw TestServer.Unexpected()
    }

    /// Whether a knock of somebody from an address is refused.
    private func isRefused(_ server: TestServer, _ meeting: TestMeeting, from address: String) async throws -> Bool {
        let types = Mutex<Set<UInt8>>([])
        try await TestSocket.open(server, meeting.id, from: address) { socket in
            let guest = try GroupClient(socket, meeting, as: .guest, name: "Bram")
            try await guest.enter()
            // Hello, the descriptors, then Ok or a refusal.
            try await guest.run { !guest.frameTypes.isDisjoint(with: [0x41, 0x42]) }
            types.withLock { $0 = guest.frameTypes }
        }
        return types.withLock { $0.contains(0x42) }
    }

    @Test(
        "whoever is put out reads so, and their network's newcomers do not even knock; a host comes in from there",
        .timeLimit(.minutes(1)))
    func block() async throws {
        try await TestServer.run(trusting: ["127.0.0.1"]) { server in
            let meeting = try await server.meeting(capacity: 5)
            try await TestSocket.open(server, meeting.id, from: Self.home) { socket in
                let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                try await host.found()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { @Sendable in
                        try await TestSocket.open(server, meeting.id, from: Self.disturber) { socket in
                            let guest = try GroupClient(socket, meeting, as: .guest, name: "Bram")
                            try await guest.enter()
                            try await guest.run { guest.state == .out(.ejected) }
                        }
                    }
                    try await host.run { host.lobby.first?.words != nil }
                    try await host.take(.command(.admit([])))
                    try await host.run { (try? self.newcomer(host)) != nil }
                    try await host.run { host.roster.contains { $0.name == Array("Bram".utf8) } }
                    let eject = RoomCommand.Eject(participant: try self.newcomer(host), block: true)
                    try await host.say(.room(.eject(eject)))
                    let bram = try #require(host.roster.first { $0.name == Array("Bram".utf8) })
                    try await host.take(.command(.eject(bram.signatureKey)))
                    try await host.run {
                        host.heard.contains { if case .room(.participantLeft) = $0 { true } else { false } }
                    }
                    try await group.waitForAll()
                }
                #expect(try await self.isRefused(server, meeting, from: Self.disturber))
                #expect(try await !self.isRefused(server, meeting, from: Self.elsewhere))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { @Sendable in
                        try await TestSocket.open(server, meeting.id, from: Self.disturber) { socket in
                            let second = try GroupClient(socket, meeting, as: .host, name: "Anna")
                            try await second.enter()
                            try await second.run { second.joined != nil }
                        }
                    }
                    // Opened again, the host link takes the place it had.
                    try await host.run { host.heard.contains(.session(.unseated)) }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test("from one network so many come in at once, also behind a proxy on this machine", .timeLimit(.minutes(1)))
    func limited() async throws {
        try await TestServer.run(trusting: ["127.0.0.1"]) { server in
            let meeting = try await server.meeting()
            let isRefused = Mutex(false)
            // Sixty, and two for each second that this takes.
            for _ in 0..<600 where !isRefused.withLock({ $0 }) {
                try await TestSocket.open(server, meeting.id, from: Self.disturber) { socket in
                    try? await socket.send(.session(.ping(.init(nonce: 1))))  // it may be closed already
                    let answer = try await socket.receive()
                    if answer != .session(.pong(.init(nonce: 1))) { isRefused.withLock { $0 = true } }
                }
            }
            #expect(isRefused.withLock { $0 })
            try await TestSocket.open(server, meeting.id, from: Self.elsewhere) { socket in
                try await socket.send(.session(.ping(.init(nonce: 1))))
                #expect(try await socket.receive() == .session(.pong(.init(nonce: 1))))
            }
        }
    }
}
