import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import Server
import Signalling
import Testing

/// What becomes of planned meetings while the disk fails, or while others use it.
@Suite("Planned meetings on a busy or failing disk")
struct FickleDiskTests {
    /// A server over a disk that fails when it is told to, with somebody who plans.
    private static func run(
        _ test: @Sendable (TestServer, FickleDoor, TestPerson) async throws -> Void
    ) async throws {
        try await TestAccounts.run { accounts in
            let door = FickleDoor(accounts.desk)
            try await TestServer.run(accounts: accounts, planned: door) { server in
                try await test(server, door, try await accounts.person(1, [.host], at: server))
            }
        }
    }

    @Test(
        "whoever comes while it cannot be read hears that it is busy, stays in nobody's way, and gets in as soon as it can",
        .timeLimit(.minutes(1)))
    func unreadable() async throws {
        try await Self.run { server, door, anna in
            let (_, meeting) = try await PlannedMeetingTests.meeting(anna)
            let instant = try await server.meeting()
            door.failsToRead = true
            try await TestSocket.open(server, meeting.id) { socket in
                let busy = SessionEvent.refused(.init(failure: .busy(.init(retrySeconds: 10))))
                #expect(try await socket.receive() == .session(busy))
                #expect(try await socket.receive() == nil)
            }
            // One that is in memory needs no disk.
            #expect(try await PlannedMeetingTests.isAtDoor(instant, at: server))
            door.failsToRead = false
            #expect(try await PlannedMeetingTests.isAtDoor(meeting, at: server))
        }
    }

    @Test("a look-up ends although other meetings change meanwhile", .timeLimit(.minutes(1)))
    func flood() async throws {
        try await Self.run { server, door, anna in
            let (made, meeting) = try await PlannedMeetingTests.meeting(anna)
            let (other, others) = try await PlannedMeetingTests.meeting(anna)
            let link = try DraftedMeeting(other.id, unixSeconds: others.unix, tickets: 1).tickets[0]
            #expect(try await server.addTickets([link.certificate], other).status == .noContent)
            let house = server.house
            door.meanwhile { id in
                // It would go on for ever; here it stops in the end, so that what is wrong is seen.
                guard id == made.id, door.lookups(of: id) < 50 else { return }
                _ = await house.revoke(link.hash, of: other.id, token: other.token)
            }
            #expect(try await PlannedMeetingTests.isAtDoor(meeting, at: server))
            #expect(door.lookups(of: made.id) == 1)
        }
    }

    @Test("a look-up is made again when that very meeting changes meanwhile", .timeLimit(.minutes(1)))
    func stale() async throws {
        try await Self.run { server, door, anna in
            let (made, meeting) = try await PlannedMeetingTests.meeting(anna)
            let link = try DraftedMeeting(made.id, unixSeconds: meeting.unix, tickets: 1).tickets[0]
            let house = server.house
            door.meanwhile { id in
                guard id == made.id, door.lookups(of: id) == 1 else { return }
                _ = await house.add([link.certificate], to: made.id, token: made.token)
            }
            #expect(try await TicketDoor.certificate(link.hash, of: meeting, at: server) == link.certificate.bytes)
            #expect(door.lookups(of: made.id) == 2)
        }
    }

    @Test(
        "one that a host ended while nothing could be written does not come back, and is deleted as soon as that works",
        .timeLimit(.minutes(1)))
    func ended() async throws {
        try await Self.run { server, door, anna in
            let (made, meeting) = try await PlannedMeetingTests.meeting(anna)
            door.failsToWrite = true
            await server.house.ended(made.id)
            #expect(try await PlannedMeetingTests.answer(meeting, at: server) == PlannedMeetingTests.unknown)
            let link = try DraftedMeeting(made.id, unixSeconds: meeting.unix, tickets: 1).tickets[0]
            #expect(try await server.addTickets([link.certificate], made).status == .unauthorized)
            #expect(try await server.register(meeting.registration.encoded, made).status == .unauthorized)
            await server.house.elapse()
            #expect(await door.isPlanned(made.id))
            door.failsToWrite = false
            await server.house.elapse()
            #expect(await !door.isPlanned(made.id))
            #expect(try await PlannedMeetingTests.answer(meeting, at: server) == PlannedMeetingTests.unknown)
        }
    }
}
