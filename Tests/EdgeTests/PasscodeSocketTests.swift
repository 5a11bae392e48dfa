import BeraadTesting
import E2EE
import HTTPTypes
import Meeting
import Server
import Signalling
import Synchronization
import Testing

/// Passcode and end of a meeting over real WebSockets, behind a proxy that says who comes from where.
@Suite("A passcode over WebSockets")
struct PasscodeSocketTests {
    private static let code = "83914207"

    private static func pass(_ text: String) -> ClientMessage {
        .session(.pass(.init(passcode: Passcode(unchecked: text))))
    }

    private static let wrong = ServerMessage.session(.refused(.init(failure: .passcode)))

    /// What a connection of its own hears that shows the link and says these.
    private func answers(
        _ server: TestServer, _ meeting: TestMeeting, _ texts: [String], from address: String = "192.0.2.1"
    ) async throws -> [ServerMessage?] {
        let answers = Mutex<[ServerMessage?]>([])
        try await TestSocket.open(server, meeting.id, from: address) { socket in
            _ = try await socket.comeToDoor(of: meeting)
            for text in texts {
                try await socket.send(Self.pass(text))
                let answer = try await socket.receive()
                answers.withLock { $0.append(answer) }
            }
            try await socket.vanish()
        }
        return answers.withLock { $0 }
    }

    @Test(
        "a host's chain needs no passcode; a guest knocks once they said it, and nothing of them comes in before",
        .timeLimit(.minutes(1)))
    func comingIn() async throws {
        try await TestServer.run { server in
            let meeting = try await server.meeting(passcode: Self.code)
            try await TestSocket.open(server, meeting.id) { socket in
                let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                try await host.found()
                #expect(host.heard.contains(.session(.atDoor(.init(owesPasscode: true)))))
                #expect(host.heard.contains(.session(.passed)))
                #expect(host.joined?.requiresPasscode == true)
                try await TestSocket.open(server, meeting.id) { socket in
                    let guest = try GroupClient(socket, meeting, as: .guest, name: "Bram")
                    // It does not ask for it, and knocks in vain.
                    try await guest.enter()
                    try await guest.run { guest.state == .out(.denied) || guest.frameTypes.contains(0x42) }
                }
                try await TestSocket.open(server, meeting.id) { socket in
                    #expect(try await socket.comeToDoor(of: meeting) == .atDoor(.init(owesPasscode: true)))
                    try await socket.send(Self.pass("11111111"))
                    #expect(try await socket.receive() == Self.wrong)
                    try await socket.send(Self.pass(Self.code))
                    #expect(try await socket.receive() == .session(.passed))
                }
                #expect(host.lobby.isEmpty)
                let news = RoomCommand.SetPasscode(passcode: Passcode(unchecked: "27182818"))
                try await host.say(.room(.setPasscode(news)))
                try await host.run { host.heard.contains(.room(.passcodeChanged(.init(isRequired: true)))) }
                let answers = try await self.answers(server, meeting, [Self.code, "27182818"])
                #expect(answers == [Self.wrong, .session(.passed)])
            }
        }
    }

    @Test(
        "wrong tries count on when everybody went and the meeting is empty", .promise("P-007"), .timeLimit(.minutes(1)))
    func emptied() async throws {
        try await TestServer.run(trusting: ["127.0.0.1"]) { server in
            let meeting = try await server.meeting(passcode: Self.code)
            for _ in 1...3 {
                let answers = try await self.answers(server, meeting, ["11111111", "22222222", "33333333"])
                #expect(answers == [Self.wrong, Self.wrong, Self.wrong])
                // The room closes as soon as it has seen that nobody is there; the next one is new.
                for _ in 0..<500 {
                    await server.house.elapse()
                    await Task.yield()
                }
            }
            #expect(try await self.answers(server, meeting, ["44444444"]) == [Self.wrong])
            let last = try await self.answers(server, meeting, [Self.code])
            guard case .session(.refused(let refused)) = last.first ?? nil, case .tooFast = refused.failure else {
                throw TestServer.Unexpected()
            }
            #expect(try await self.answers(server, meeting, [Self.code], from: "203.0.113.9") == [.session(.passed)])
        }
    }

    @Test("a host ends the meeting: everybody hears it, and there is no such meeting any more", .timeLimit(.minutes(1)))
    func ends() async throws {
        try await TestServer.run { server in
            let created = try await server.created()
            let meeting = try TestMeeting(created.id)
            _ = try await server.register(meeting.registration.encoded, created)
            try await TestSocket.open(server, meeting.id) { socket in
                let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                try await host.found()
                try await TestSocket.open(server, meeting.id) { waiting in
                    #expect(try await waiting.comeToDoor(of: meeting) == .atDoor(.init(owesPasscode: false)))
                    try await host.say(.room(.end))
                    #expect(try await waiting.receive() == .session(.ended(.init(reason: .over))))
                    #expect(try await waiting.receive() == nil)
                }
                try await host.run { host.heard.contains(.session(.ended(.init(reason: .over)))) }
            }
            try await TestSocket.open(server, meeting.id) { socket in
                let answer = try await socket.comeToDoor(of: meeting)
                #expect(answer == .refused(.init(failure: .unknown)))
            }
            // Also for whoever made it: there is nothing to register any more. It is told to the house right after.
            var status = try await server.register(meeting.registration.encoded, created).status
            for _ in 0..<50 where status != .unauthorized {
                status = try await server.register(meeting.registration.encoded, created).status
            }
            #expect(status == .unauthorized)
        }
    }
}
