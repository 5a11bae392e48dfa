import BeraadTesting
import Edge
import Foundation
import HTTPTypes
import Meeting
import Server
import Signalling
import Testing

/// Meetings that outlive the server.
@Suite("A planned meeting")
struct PlannedMeetingTests {
    static let path = "/api/v1/account/meetings"

    /// A plan of a host's, with its token.
    static func plan(
        _ host: TestPerson, starts: Int = 1_900_000_000, minutes: Int = 60
    ) async throws -> MeetingCreated {
        let plan = MeetingPlan(starts: starts, minutes: minutes, profile: .coaching)
        let made = try await host.send(.post, Self.path, plan).read(PlannedMeeting.self)
        return MeetingCreated(id: made.id, token: try #require(made.token))
    }

    /// The same, joinable.
    static func meeting(
        _ host: TestPerson, starts: Int = 1_900_000_000
    ) async throws -> (made: MeetingCreated, meeting: TestMeeting) {
        let made = try await Self.plan(host, starts: starts)
        let meeting = try TestMeeting(made.id)
        #expect(try await host.server.register(meeting.registration.encoded, made).status == .noContent)
        return (made, meeting)
    }

    /// What whoever comes with the link is told first.
    static func answer(_ meeting: TestMeeting, at server: TestServer) async throws -> SessionEvent? {
        var answer: SessionEvent?
        try await TestSocket.open(server, meeting.id) { socket in
            answer = try await socket.comeToDoor(of: meeting)
        }
        return answer
    }

    static func isAtDoor(_ meeting: TestMeeting, at server: TestServer) async throws -> Bool {
        if case .atDoor? = try await Self.answer(meeting, at: server) { true } else { false }
    }

    static let unknown = SessionEvent.refused(.init(failure: .unknown))

    @Test("is joined again after a restart, and its personal links are what they were", .timeLimit(.minutes(1)))
    func restart() async throws {
        try await TestAccounts.inFolder { folder in
            let clock = TestAccounts.Clock()
            let (made, meeting, tickets) = try await Self.before(folder, clock)
            let accounts = try TestAccounts(in: folder, clock: clock)
            try await TestServer.run(accounts: accounts) { server in
                #expect(try await server.register(meeting.registration.encoded, made).status == .conflict)
                try await Self.meet(meeting, at: server, with: tickets[1])
                #expect(try await TicketDoor.certificate(tickets[0].hash, of: meeting, at: server) == [])
                #expect(try await server.revoke(tickets[1].hash.text, made).status == .noContent)
                #expect(try await TicketDoor.certificate(tickets[1].hash, of: meeting, at: server) == [])
                #expect(
                    try await TicketDoor.certificate(tickets[2].hash, of: meeting, at: server)
                        == tickets[2].certificate.bytes)
            }
        }
    }

    /// A planned meeting with three personal links, one of them taken back, on a server that has stopped.
    private static func before(
        _ folder: URL, _ clock: TestAccounts.Clock
    ) async throws -> (MeetingCreated, TestMeeting, [DraftedMeeting.Ticket]) {
        let accounts = try TestAccounts(in: folder, clock: clock)
        return try await TestServer.run(accounts: accounts) { server in
            let anna = try await accounts.person(1, [.host], at: server)
            let (made, meeting) = try await Self.meeting(anna)
            let tickets = try DraftedMeeting(made.id, unixSeconds: meeting.unix, tickets: 3).tickets
            #expect(try await server.addTickets(tickets.map(\.certificate), made).status == .noContent)
            #expect(try await server.revoke(tickets[0].hash.text, made).status == .noContent)
            return (made, meeting, tickets)
        }
    }

    /// The host founds the group, and whoever has a personal link comes in by themselves.
    private static func meet(
        _ meeting: TestMeeting, at server: TestServer, with ticket: DraftedMeeting.Ticket
    ) async throws {
        try await TestSocket.open(server, meeting.id) { socket in
            let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
            try await host.found()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { @Sendable in
                    try await TestSocket.open(server, meeting.id) { socket in
                        let person = TestMeeting.Role.person(fragment: ticket.fragment)
                        let guest = try GroupClient(socket, meeting, as: person, name: "Bram")
                        try await guest.join()
                        #expect(guest.joined?.participants.count == 1)
                    }
                }
                try await host.run {
                    host.heard.contains { if case .room(.participantJoined) = $0 { true } else { false } }
                }
                // The guest's own Commit is judged by the host, so it listens until the guest is gone again.
                try await host.run {
                    host.heard.contains { if case .room(.participantAway) = $0 { true } else { false } }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("is one that nobody knows until it is registered, and after it was cancelled", .timeLimit(.minutes(1)))
    func unknown() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let made = try await Self.plan(anna)
                let meeting = try TestMeeting(made.id)
                let nowhere = try TestMeeting(MeetingID(bytes: [UInt8](repeating: 9, count: 16)))
                #expect(try await Self.answer(nowhere, at: server) == Self.unknown)
                #expect(try await Self.answer(meeting, at: server) == Self.unknown)
                let body = meeting.registration.encoded
                let wrong = CreationToken(bytes: [UInt8](repeating: 1, count: 32)).text
                #expect(try await server.register(body, made, token: wrong).status == .unauthorized)
                #expect(try await server.register(nowhere.registration.encoded, made).status == .badRequest)
                #expect(try await server.register(body, made).status == .noContent)
                #expect(try await Self.isAtDoor(meeting, at: server))
                #expect(try await anna.send(.delete, "\(Self.path)/\(made.id.text)").status == .noContent)
                #expect(try await Self.answer(meeting, at: server) == Self.unknown)
                #expect(try await server.register(body, made).status == .unauthorized)
            }
        }
    }

    /// How a planned meeting goes before its time.
    enum Ending: CaseIterable {
        case cancelled, accountClosed, endedByHost
    }

    @Test(
        "ends for those who are in it when it is cancelled, goes with its account, or is ended",
        .timeLimit(.minutes(1)), arguments: Ending.allCases)
    func ended(_ ending: Ending) async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let (made, meeting) = try await Self.meeting(anna)
                let other = try await Self.meeting(anna).meeting
                try await TestSocket.open(server, meeting.id) { socket in
                    let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                    try await host.found()
                    switch ending {
                    case .cancelled:
                        #expect(try await anna.send(.delete, "\(Self.path)/\(made.id.text)").status == .noContent)
                    case .accountClosed:
                        #expect(try await anna.send(.delete, "/api/v1/account").status == .noContent)
                    case .endedByHost:
                        await server.house.ended(made.id)
                        await server.house.forget([made.id])
                    }
                    #expect(try await host.hearEnd() == SessionEvent.Ended(reason: .over))
                }
                #expect(try await Self.answer(meeting, at: server) == Self.unknown)
                #expect(try await Self.isAtDoor(other, at: server) == (ending != .accountClosed))
                if ending != .accountClosed {
                    let list = try await anna.send(.get, Self.path).read(PlannedMeetings.self)
                    #expect(list.meetings.map(\.id) == [other.id])
                }
            }
        }
    }

    @Test("an instant meeting that is ended is unknown from then on as well", .timeLimit(.minutes(1)))
    func instant() async throws {
        try await TestServer.run { server in
            let meeting = try await server.meeting()
            #expect(try await Self.isAtDoor(meeting, at: server))
            await server.house.ended(meeting.id)
            await server.house.forget([meeting.id])
            #expect(try await Self.answer(meeting, at: server) == Self.unknown)
        }
    }

    @Test("a day after its end it is over, also for whoever still stands at its door", .timeLimit(.minutes(1)))
    func over() async throws {
        try await TestAccounts.run { accounts in
            try await TestServer.run(accounts: accounts, time: .passes) { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let now = accounts.clock.wall.seconds
                let (made, meeting) = try await Self.meeting(anna, starts: now)
                // Twelve hours without anybody are nothing to it.
                accounts.clock.advance(3_600 + 86_400 - 1)
                try await TestSocket.open(server, meeting.id) { socket in
                    guard case .atDoor? = try await socket.comeToDoor(of: meeting) else {
                        Issue.record("it is gone too early")
                        return
                    }
                    accounts.clock.advance(1)
                    while true {
                        switch try await socket.next() {
                        case .message(let message):
                            #expect(message == .session(.ended(.init(reason: .over))))
                            return
                        case .frame: continue
                        case .end:
                            Issue.record("nothing was said")
                            return
                        }
                    }
                }
                #expect(try await Self.answer(meeting, at: server) == Self.unknown)
                #expect(try await server.revoke(String(repeating: "A", count: 43), made).status == .unauthorized)
            }
        }
    }

    @Test("that it was cancelled is not told to whoever has shown nothing of its link", .timeLimit(.minutes(1)))
    func strangers() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let (made, meeting) = try await Self.meeting(anna)
                try await TestSocket.open(server, meeting.id) { stranger in
                    // It is there: it has an answer.
                    try await stranger.send(.session(.ping(.init(nonce: 1))))
                    #expect(try await stranger.receive() == .session(.pong(.init(nonce: 1))))
                    #expect(try await anna.send(.delete, "\(Self.path)/\(made.id.text)").status == .noContent)
                    #expect(try await stranger.comeToDoor(of: meeting) == Self.unknown)
                }
                #expect(try await Self.answer(meeting, at: server) == Self.unknown)
            }
        }
    }

    @Test("whoever stood at its door before it was registered is not in its way", .timeLimit(.minutes(1)))
    func early() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let made = try await Self.plan(anna)
                let meeting = try TestMeeting(made.id)
                try await TestSocket.open(server, meeting.id) { socket in
                    let first = try await socket.comeToDoor(of: meeting)
                    #expect(first == Self.unknown)
                    #expect(try await server.register(meeting.registration.encoded, made).status == .noContent)
                    #expect(try await Self.isAtDoor(meeting, at: server))
                }
            }
        }
    }
}
