import BeraadTesting
import Edge
import Server
import Signalling
import Testing

/// What is planned changes while it is being looked up.
@Suite("Look-ups that a change overtakes")
struct OvertakenTests {
    @Test("two look-ups that one change overtakes both end", .timeLimit(.minutes(1)))
    func overtaken() async throws {
        try await FickleDiskTests.run { server, door, anna in
            let (made, meeting) = try await PlannedMeetingTests.meeting(anna)
            let link = try DraftedMeeting(made.id, unixSeconds: meeting.unix, tickets: 1).tickets[0]
            let (house, both) = (server.house, Rendezvous())
            door.meanwhile { id in
                guard id == made.id else { return }
                await both.come { _ = await house.add([link.certificate], to: made.id, token: made.token) }
            }
            async let one = PlannedMeetingTests.isAtDoor(meeting, at: server)
            async let other = PlannedMeetingTests.isAtDoor(meeting, at: server)
            let areIn = try await (one, other)
            #expect(areIn == (true, true))
            #expect(door.lookups(of: made.id) <= 4)
        }
    }

    @Test(
        "a look-up ends with whoever waits for it, although what it looks for always changes",
        .timeLimit(.minutes(1)))
    func cancelled() async throws {
        try await FickleDiskTests.run { server, door, anna in
            let (made, meeting) = try await PlannedMeetingTests.meeting(anna)
            let house = server.house
            let (looks, looked) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
            door.meanwhile { id in
                await house.forget([id])
                looked.yield(door.lookups(of: id))
            }
            let visit = Task { _ = await house.enter(made.id, Outbox {}, from: nil) }
            for await count in looks where count >= 3 { break }
            visit.cancel()
            await visit.value
            door.meanwhile { _ in }
            #expect(try await PlannedMeetingTests.isAtDoor(meeting, at: server))
        }
    }
}
