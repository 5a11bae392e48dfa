import E2EE
import Foundation
import HTTPTypes
import HummingbirdTesting
import Signalling
import Synchronization
import Testing

/// The delivery service behind real WebSockets, with real engines at both ends.
@Suite("A group over WebSockets")
struct GroupSocketTests {
    private final class Keys: Sendable {
        let all = Mutex<[[UInt8]]>([])
    }

    private struct Meeting: Equatable {
        let id: MeetingID
        let host: [UInt8]
        let guest: [UInt8]
        let unix: UInt64

        var path: [UInt8] { Array(self.id.text.utf8) }
    }

    private func meeting(_ server: TestServer, spoil: Bool = false) async throws -> Meeting? {
        let crypto = SwiftCryptoProvider()
        let created = try await server.created()
        let id = try #require(Signalling.Base64URL.decode(created.id.text))
        let link = try Link(
            hostOf: id, inviteSecret: Secret(copying: [UInt8](repeating: 3, count: 16).span),
            authoritySeed: Secret(copying: [UInt8](repeating: 4, count: 32).span), crypto)
        let unix = UInt64(Date.now.timeIntervalSince1970)
        let draft = MeetingDraft(notBefore: unix - 60, notAfter: unix + 3_600)
        let descriptors = try draft.signed(by: link, crypto)
        var descriptor = descriptors.meeting.encoded
        if spoil { descriptor[60] ^= 1 }
        let registration = InviteRegistration(
            inviteID: InviteID(bytes: InviteKeys(link.invite(crypto), crypto).identifier), capacity: 5,
            descriptor: Descriptor(descriptor), lobby: Descriptor(descriptors.lobby.encoded))
        let response = try await server.register(registration.encoded, created)
        guard response.status == .noContent else { return nil }
        return Meeting(id: created.id, host: link.fragment(), guest: link.guestFragment(), unix: unix)
    }

    @Test("a host lets a guest in: one key, two seats, and nothing of the group before", .timeLimit(.minutes(1)))
    func admission() async throws {
        try await TestServer.run { server in
            let meeting = try #require(try await self.meeting(server))
            let keys = Keys()
            try await TestSocket.open(server, meeting.id) { socket in
                let host = try GroupClient(
                    socket, meetingID: meeting.path, fragment: meeting.host, name: "Anna", unix: meeting.unix)
                try await host.enter()
                try await host.run { host.joined != nil && host.state == .live }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { @Sendable in
                        try await TestSocket.open(server, meeting.id) { socket in
                            let guest = try GroupClient(
                                socket, meetingID: meeting.path, fragment: meeting.guest, name: "Bram",
                                unix: meeting.unix)
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
                        }
                    }
                    try await host.run { host.lobby.first?.words != nil }
                    try await host.take(.command(.admit([])))
                    try await host.run {
                        host.heard.contains { if case .room(.participantJoined) = $0 { true } else { false } }
                    }
                    keys.all.withLock { $0.append(host.baseKey) }
                    try await host.run {
                        host.heard.contains { if case .room(.participantAway) = $0 { true } else { false } }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(keys.all.withLock { $0.count == 2 && $0[0] == $0[1] && !$0[0].isEmpty })
        }
    }

    @Test("descriptions that their authority did not sign, or of another meeting, are not registered")
    func spoiled() async throws {
        try await TestServer.run { server in
            let spoiled = try await self.meeting(server, spoil: true)
            let sound = try await self.meeting(server)
            #expect(spoiled == nil && sound != nil)
        }
    }

    @Test("a frame from somebody who is not at the door is answered like any message that is none")
    func stranger() async throws {
        try await TestServer.run { server in
            let meeting = try #require(try await self.meeting(server))
            try await TestSocket.open(server, meeting.id) { socket in
                try await socket.send(frame: [9, 0, 0, 0, 1, 0])
                #expect(try await socket.receive() == .session(.refused(.init(failure: .malformed))))
            }
        }
    }
}
