import E2EE
import HTTPTypes
import Signalling
import Synchronization
import Testing

/// The delivery service behind real WebSockets, with real engines at both ends.
@Suite("A group over WebSockets")
struct GroupSocketTests {
    private final class Keys: Sendable {
        let all = Mutex<[[UInt8]]>([])
    }

    /// How a guest goes.
    enum Parting: CaseIterable {
        /// Its connection drops.
        case drops
        /// It says goodbye.
        case leaves
        /// Its page goes, and says no more than the WebSocket does.
        case vanishes
    }

    private func register(_ server: TestServer, spoiled: Bool) async throws -> HTTPResponse.Status {
        let created = try await server.created()
        let meeting = try TestMeeting(created.id, spoiled: spoiled)
        return try await server.register(meeting.registration.encoded, created).status
    }

    @Test(
        "a host lets a guest in: one key, two seats, nothing of the group before; and hears how the guest goes",
        .timeLimit(.minutes(1)), arguments: Parting.allCases)
    func admission(_ parting: Parting) async throws {
        try await TestServer.run { server in
            let meeting = try await server.meeting(capacity: 5)
            let keys = Keys()
            try await TestSocket.open(server, meeting.id) { socket in
                let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                try await host.found()
                #expect(host.joined?.participants.isEmpty == true)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { @Sendable in
                        try await TestSocket.open(server, meeting.id) { socket in
                            let guest = try GroupClient(socket, meeting, as: .guest, name: "Bram")
                            try await guest.enter()
                            try await guest.run { guest.state != .knocking && guest.state != .checking }
                            // Until the Welcome: greeting, Ok, descriptors, and words of the door.
                            #expect(guest.frameTypes.isSubset(of: [0x40, 0x41, 0x44, 0x47, 0x48]))
                            #expect(guest.joined == nil)
                            try await guest.run { guest.joined != nil && guest.state == .live }
                            #expect(guest.joined?.participants.count == 1)
                            try await guest.run { guest.roster.allSatisfy { !$0.name.isEmpty } }
                            keys.all.withLock { $0.append(guest.baseKey) }
                            #expect(
                                guest.roster.map { String(decoding: $0.name, as: UTF8.self) }.sorted() == [
                                    "Anna", "Bram",
                                ])
                            switch parting {
                            case .drops: break
                            case .leaves: try await guest.leave()
                            case .vanishes: try await socket.vanish()
                            }
                        }
                    }
                    try await host.run { host.lobby.first?.words != nil }
                    try await host.take(.command(.admit([])))
                    try await host.run {
                        host.heard.contains { if case .room(.participantJoined) = $0 { true } else { false } }
                    }
                    keys.all.withLock { $0.append(host.baseKey) }
                    try await host.run { host.heard.contains { Self.tells(parting, $0) } }
                    try await group.waitForAll()
                }
            }
            #expect(keys.all.withLock { $0.count == 2 && $0[0] == $0[1] && !$0[0].isEmpty })
        }
    }

    private static func tells(_ parting: Parting, _ message: ServerMessage) -> Bool {
        switch message {
        case .room(.participantAway): parting == .drops
        case .room(.participantLeft): parting != .drops
        default: false
        }
    }

    @Test("descriptions that their authority did not sign, or of another meeting, are not registered")
    func spoiled() async throws {
        try await TestServer.run { server in
            #expect(try await self.register(server, spoiled: true) == .badRequest)
            #expect(try await self.register(server, spoiled: false) == .noContent)
            // Sound, but another meeting's.
            let (one, other) = (try await server.created(), try await server.created())
            let response = try await server.register(try TestMeeting(one.id).registration.encoded, other)
            #expect(response.status == .badRequest)
        }
    }

    @Test("a frame from somebody who is not at the door is answered like any message that is none")
    func stranger() async throws {
        try await TestServer.run { server in
            let meeting = try await server.meeting()
            try await TestSocket.open(server, meeting.id) { socket in
                try await socket.send(frame: [9, 0, 0, 0, 1, 0])
                #expect(try await socket.receive() == .session(.refused(.init(failure: .malformed))))
            }
        }
    }
}
