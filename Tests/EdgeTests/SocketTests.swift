import BeraadTesting
import Edge
import NIOWebSocket
import Signalling
import Testing

@Suite("WebSockets", .serialized)
struct SocketTests {
    @Test("only our own page and programs may open one", .timeLimit(.minutes(1)))
    func origin() async throws {
        try await TestServer.run { server in
            let meeting = try await server.meeting()
            #expect(try await TestSocket.open(server, meeting.id, origin: "http://\(server.authority)") == .open)
            #expect(try await TestSocket.open(server, meeting.id, origin: "https://example.com") == .refused(403))
            #expect(try await TestSocket.open(server, meeting.id, origin: "null") == .refused(403))
            #expect(try await TestSocket.open(server, meeting.id, subprotocol: nil) == .refused(426))
            #expect(try await TestSocket.open(server, meeting.id, subprotocol: "beraad.2") == .refused(426))
        }
    }

    /// What a stranger may try, with a wrong invite all the way.
    static let scripts: [String: [String]] = [
        "join": [Self.join(1)], "join twice": [Self.join(1), Self.join(1)], "an old client": [Self.join(0)],
        "leave": [ClientMessage.session(.leave).encoded],
        "publish": [ClientMessage.media(.publish(.init(mid: Mid(unchecked: "0")))).encoded],
        "close": [ClientMessage.media(.close).encoded],
        "pass": [ClientMessage.session(.pass(.init(passcode: Passcode(unchecked: "83914207")))).encoded],
        "pass after a wrong link, often": Array(
            repeating: [
                Self.join(1), ClientMessage.session(.pass(.init(passcode: Passcode(unchecked: "83914207")))).encoded,
            ], count: 12
        ).flatMap(\.self),
        "rule": [
            ClientMessage.room(.setPasscode(.init())).encoded, ClientMessage.room(.end).encoded,
        ],
        "no message": ["{", "null"], "no message, often": Array(repeating: "{", count: 25),
        "resume": [
            ClientMessage.session(
                .resume(.init(protocolVersion: 1, token: ResumeToken(bytes: [UInt8](repeating: 9, count: 32))))
            ).encoded
        ],
        "resume, often": Array(
            repeating: ClientMessage.session(
                .resume(.init(protocolVersion: 1, token: ResumeToken(bytes: [UInt8](repeating: 9, count: 32))))
            ).encoded, count: 25),
        "pings, fast": (0..<110).map { ClientMessage.session(.ping(.init(nonce: $0))).encoded },
    ]

    private static func join(_ version: Int) -> String {
        let join = SessionCommand.Join(
            protocolVersion: version, invite: InviteID(bytes: [UInt8](repeating: 7, count: 16)), device: .desktop)
        return ClientMessage.session(.join(join)).encoded
    }

    private enum Turns {
        /// An answer is awaited after each message.
        case each
        /// Everything is said at once.
        case none
    }

    /// Everything that comes back for a script, up to the answer to a last ping or the end.
    private static func answers(
        _ server: TestServer, _ meeting: MeetingID, _ script: [String], _ turns: Turns
    ) async throws -> [ServerMessage?] {
        var answers: [ServerMessage?] = []
        try await TestSocket.open(server, meeting) { socket in
            for message in script {
                try? await socket.send(text: message)  // it may have closed
                // Who sends on after the server closed makes TCP throw away what is still unread: one word at a time.
                guard turns == .each else { continue }
                let answer = (try? await socket.receive()) ?? nil
                answers.append(answer)
                guard answer != nil else { return }
            }
            try? await socket.send(.session(.ping(.init(nonce: 7_777))))
            while true {
                let answer = (try? await socket.receive()) ?? nil  // an end, or a reset: both are an end
                answers.append(answer)
                guard let answer, answer != .session(.pong(.init(nonce: 7_777))) else { break }
                if case .session(.refused(let refused)) = answer, case .tooFast = refused.failure { break }
            }
        }
        return answers
    }

    @Test(
        "a meeting that does not exist cannot be told from one whose link one has not, whatever one says",
        .promise("P-007"), .timeLimit(.minutes(1)), arguments: scripts.keys.sorted())
    func unknown(_ name: String) async throws {
        let script = try #require(Self.scripts[name])
        try await TestServer.run { server in
            let meeting = try await server.meeting(capacity: 3, passcode: "83914207")
            let nowhere = MeetingID(bytes: [UInt8](repeating: 9, count: 16))
            let unregistered = try await server.created().id
            let turns = name.hasSuffix("often") ? Turns.each : .none
            let known = try await Self.answers(server, meeting.id, script, turns)
            #expect(try await Self.answers(server, nowhere, script, turns) == known)
            #expect(try await Self.answers(server, unregistered, script, turns) == known)
            // The same while somebody is in.
            try await TestSocket.open(server, meeting.id) { socket in
                let anna = try GroupClient(socket, meeting, as: .host, name: "Anna")
                try await anna.found()
                #expect(try await Self.answers(server, meeting.id, script, turns) == known)
            }
        }
    }

    @Test("a thousand malformed messages on fifty connections do not disturb another one", .timeLimit(.minutes(2)))
    func malformed() async throws {
        try await TestServer.run { server in
            let meeting = try await server.meeting()
            try await TestSocket.open(server, meeting.id) { anna in
                #expect(try await anna.comeToDoor(of: meeting) == .atDoor(.init(owesPasscode: false)))
                for _ in 0..<50 {
                    try await TestSocket.open(server, meeting.id) { mallory in
                        for number in 0..<20 { try? await mallory.send(text: Self.malformed(number)) }
                        while let answer = try? await mallory.receive() {
                            #expect(answer == .session(.refused(.init(failure: .malformed))))
                        }
                    }
                }
                try await anna.send(.session(.ping(.init(nonce: 5))))
                #expect(try await anna.receive() == .session(.pong(.init(nonce: 5))))
            }
        }
    }

    @Test("a message above 64 KiB and a broken frame close the connection alone", .timeLimit(.minutes(1)))
    func closed() async throws {
        try await TestServer.run { server in
            let meeting = try await server.meeting()
            try await TestSocket.open(server, meeting.id) { anna in
                #expect(try await anna.comeToDoor(of: meeting) == .atDoor(.init(owesPasscode: false)))
                for (text, opcode) in [
                    (String(repeating: "x", count: 70_000), WebSocketOpcode.text), ("x", .continuation),
                ] {
                    try await TestSocket.open(server, meeting.id) { socket in
                        try? await socket.send(text: text, opcode: opcode)
                        // Whether a close frame or a reset comes first is TCP's choice; a message is neither.
                        // A closed socket answers nothing, or throws: both are an end.
                        let answer = (try? await socket.receive()) ?? nil
                        #expect(answer == nil)
                    }
                }
                try await anna.send(.session(.ping(.init(nonce: 6))))
                #expect(try await anna.receive() == .session(.pong(.init(nonce: 6))))
            }
        }
    }

    @Test("a stranger may not fill memory with a frame that never ends", .timeLimit(.minutes(1)))
    func endless() async throws {
        try await TestServer.run { server in
            let meeting = try await server.meeting()
            try await TestSocket.open(server, meeting.id) { socket in
                // Of one binary message 60,000 bytes may wait for its end, 120,000 may not.
                let part = [UInt8](repeating: 1, count: 60_000)
                try await socket.send(part: part, isFirst: true)
                try await socket.send(part: [1], isFirst: false, isLast: true)
                #expect(try await socket.receive() == .session(.refused(.init(failure: .malformed))))
                try await socket.send(part: part, isFirst: true)
                try? await socket.send(part: part, isFirst: false)  // it may be cut while it is sent
                let answer = (try? await socket.receive()) ?? nil
                #expect(answer == nil)
            }
        }
    }

    @Test("members may send what strangers may not")
    func allowance() {
        let allowance = Allowance()
        #expect(allowance.took(80_000) && !allowance.took(80_000))
        allowance.raise(to: .member)
        #expect(allowance.took(1_000_000))
        allowance.raise(to: .atDoor)
        #expect(allowance.took(500_000))
        allowance.read(1_600_000)
        #expect(allowance.took(2_000_000))
    }

    @Test("who does not read is let go at a bound, and only once")
    func slowReader() async {
        await confirmation(expectedCount: 1) { overflow in
            let outbox = Outbox { overflow() }
            let text = String(repeating: "x", count: 1_000)
            for _ in 0..<(Backlog.wordsAtMost / 1_000 + 100) { outbox.send(text) }
        }
    }

    private static func malformed(_ number: Int) -> String {
        let samples = [
            "", "{", "null", #"{"area":"session"}"#, #"{"area":"media","type":"open"}"#,
            String(repeating: "[", count: 5_000), #"{"area":"session","type":"join","protocol":1}"#, "\u{0}\u{1}",
        ]
        return samples[number % samples.count]
    }
}
