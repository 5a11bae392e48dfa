import BeraadTesting
import E2EE
import Signalling
import Testing

/// A host forbids a guest to speak, over real WebSockets and by a real certificate.
@Suite("What others may send, over WebSockets", .promise("P-029"))
struct ModerationSocketTests {
    private static let publish = ClientMessage.media(.publish(.init(mid: Mid(unchecked: "0"))))

    private static var offer: Offer {
        Offer(
            use: .both, ufrag: "abcd", pwd: String(repeating: "x", count: 22),
            fingerprint: [String](repeating: "AB", count: 32).joined(separator: ":"), device: .desktop,
            payloads: [Offer.Payload(pt: 111, codec: .opus)], extensions: Offer.Extensions(mid: 4, twcc: 3),
            sections: [Offer.Section(mid: Mid(unchecked: "0"), kind: .audio, use: .microphone)])
    }

    /// Speaks, is cut off, is not let speak again, and may say nothing of others.
    @Sendable private static func guest(_ socket: TestSocket, _ meeting: TestMeeting) async throws {
        let guest = try GroupClient(socket, meeting, as: .guest, name: "Bram")
        try await guest.enter()
        try await guest.run { guest.joined != nil && guest.state == .live }
        // As in the group: hosts share, and open files.
        #expect(guest.joined?.may == Permissions(microphone: true, camera: true, screen: false))
        try await guest.say(.media(.open(Self.offer)))
        try await guest.say(Self.publish)
        try await guest.run { guest.heard.contains(.media(.stopped(.init(use: .microphone)))) }
        try await guest.say(Self.publish)
        let refusal = MediaFailure.notAllowed(.init(use: .microphone))
        try await guest.run { guest.heard.contains(.media(.failed(.init(failure: refusal)))) }
        try await guest.say(.room(.stop(.init(use: .camera))))
        try await guest.run { guest.heard.contains(.session(.refused(.init(failure: .invalidNow)))) }
    }

    @Test("a host's certificate lets it forbid, and the guest is cut off and hears it", .timeLimit(.minutes(1)))
    func forbids() async throws {
        try await TestServer.run { server in
            let meeting = try await server.meeting(capacity: 5)
            try await TestSocket.open(server, meeting.id) { socket in
                let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                try await host.found()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { @Sendable in
                        try await TestSocket.open(server, meeting.id) { try await Self.guest($0, meeting) }
                    }
                    try await host.run { host.lobby.first?.words != nil }
                    try await host.take(.command(.admit([])))
                    var speaker: ParticipantID?
                    try await host.run {
                        for case .media(.published(let published)) in host.heard { speaker = published.participant }
                        return speaker != nil
                    }
                    let whom = try #require(speaker)
                    try await host.say(.room(.allow(.init(participant: whom, use: .microphone, isAllowed: false))))
                    let may = Permissions(microphone: false, camera: true, screen: false)
                    try await host.run {
                        host.heard.contains(.room(.participantMay(.init(participant: whom, may: may))))
                    }
                    try await group.waitForAll()
                }
            }
        }
    }
}
