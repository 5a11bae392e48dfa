import Edge
import HTTPTypes
import Meeting
import Server
import Signalling
import Testing

@Suite("Planned meetings over HTTP")
struct PlannedRouteTests {
    private static let path = "/api/v1/account/meetings"

    @Test("a plan is made, sealed afterwards, listed, changed and cancelled", .timeLimit(.minutes(1)))
    func life() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let response = try await anna.send(
                    .post, Self.path, MeetingPlan(starts: 1_900_000_000, minutes: 45, profile: .consultation))
                #expect(response.status == .created)
                let made = try response.read(PlannedMeeting.self)
                #expect(made.token != nil, "told once, and never again")
                // The card is sealed with the id, so it comes second.
                let card = [UInt8](repeating: 3, count: 8_192)
                let sealed = MeetingPlan(starts: 1_900_000_000, minutes: 45, profile: .consultation, card: card)
                #expect(try await anna.send(.put, "\(Self.path)/\(made.id.text)", sealed).status == .noContent)
                let list = try await anna.send(.get, Self.path).read(PlannedMeetings.self)
                #expect(list == PlannedMeetings(meetings: [PlannedMeeting(id: made.id, plan: sealed)], next: nil))
                #expect(try await anna.send(.delete, "\(Self.path)/\(made.id.text)").status == .noContent)
                #expect(try await anna.send(.delete, "\(Self.path)/\(made.id.text)").status == .notFound)
                #expect(try await anna.send(.get, Self.path).read(PlannedMeetings.self).meetings == [])
            }
        }
    }

    @Test("somebody else's meeting is none that there is", .timeLimit(.minutes(1)))
    func others() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let bram = try await accounts.person(2, [.host], at: server)
                let plan = MeetingPlan(starts: 1_900_000_000, minutes: 45, profile: .lesson)
                let made = try await anna.send(.post, Self.path, plan).read(PlannedMeeting.self)
                for id in [made.id.text, "AAAAAAAAAAAAAAAAAAAAAA", "none"] {
                    #expect(try await bram.send(.put, "\(Self.path)/\(id)", plan).status == .notFound)
                    #expect(try await bram.send(.delete, "\(Self.path)/\(id)").status == .notFound)
                }
                #expect(try await bram.send(.get, Self.path).read(PlannedMeetings.self).meetings == [])
                let some = try await anna.send(.get, "\(Self.path)?after=\(made.id.text)").read(PlannedMeetings.self)
                #expect(some.meetings == [])
            }
        }
    }

    @Test("what is over already is no plan, and a day after its end it is gone", .timeLimit(.minutes(1)))
    func over() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let now = accounts.clock.wall.seconds
                let past = MeetingPlan(starts: now - 3_600, minutes: 60, profile: .lesson)
                #expect(try await anna.send(.post, Self.path, past).problem == .malformed)
                let running = MeetingPlan(starts: now - 3_599, minutes: 60, profile: .lesson)
                #expect(try await anna.send(.post, Self.path, running).status == .created)
                accounts.clock.advance(86_400)
                await accounts.desk.sweep()
                let again = try await anna.again()
                #expect(try await again.send(.get, Self.path).read(PlannedMeetings.self).meetings.count == 1)
                accounts.clock.advance(1)
                await accounts.desk.sweep()
                #expect(try await again.send(.get, Self.path).read(PlannedMeetings.self).meetings == [])
            }
        }
    }
}
