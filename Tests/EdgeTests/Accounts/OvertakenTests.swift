import BeraadTesting
import Edge
import HTTPTypes
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

    @Test("whoever comes right after a registration, before it is answered, stays", .timeLimit(.minutes(1)))
    func registered() async throws {
        try await FickleDiskTests.run { server, door, anna in
            let made = try await PlannedMeetingTests.plan(anna)
            let meeting = try TestMeeting(made.id)
            let (written, tellWritten) = AsyncStream.makeStream(of: Void.self)
            let (gate, answers) = AsyncStream.makeStream(of: Void.self)
            door.afterRegistering {
                tellWritten.finish()
                for await _ in gate {}
            }
            let registering = Task { try await server.register(meeting.registration.encoded, made).status }
            for await _ in written {}
            try await TestSocket.open(server, meeting.id) { socket in
                let answer = try await socket.comeToDoor(of: meeting)
                #expect(answer == .atDoor(.init(owesPasscode: false)))
                answers.finish()
                #expect(try await registering.value == .noContent)
                try await socket.send(.session(.ping(.init(nonce: 1))))
                let next = try await socket.receive()
                #expect(next == .session(.pong(.init(nonce: 1))))
            }
        }
    }

    @Test("a link that is taken back while it is added again is not said to be there", .timeLimit(.minutes(1)))
    func takenBack() async throws {
        try await FickleDiskTests.run { server, door, anna in
            let (made, meeting) = try await PlannedMeetingTests.meeting(anna)
            let link = try DraftedMeeting(made.id, unixSeconds: meeting.unix, tickets: 1).tickets[0]
            #expect(try await server.addTickets([link.certificate], made).status == .noContent)
            let house = server.house
            door.beforeChange { _ = await house.revoke(link.hash, of: made.id, token: made.token) }
            #expect(try await server.addTickets([link.certificate], made).status == .conflict)
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
