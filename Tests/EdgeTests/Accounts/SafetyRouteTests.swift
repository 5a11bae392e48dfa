import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import Server
import Signalling
import Testing

@Suite("The safety checklist of a planned meeting", .promise("P-002"))
struct SafetyRouteTests {
    private static let plans = "/api/v1/account/meetings"
    private static let required: Set<SafetyMeasure> = [.passcode, .lock]

    private static func path(_ id: MeetingID) -> String { "/api/v1/meetings/\(id.text)/safety" }

    private static func plan(_ host: TestPerson) async throws -> MeetingCreated {
        let plan = MeetingPlan(starts: 1_900_000_000, minutes: 60, profile: .coaching)
        let made = try await host.send(.post, Self.plans, plan).read(PlannedMeeting.self)
        return MeetingCreated(id: made.id, token: try #require(made.token))
    }

    private static func states(_ host: TestPerson, _ id: MeetingID) async throws -> [SafetyState] {
        try await host.send(.get, Self.path(id)).read(MeetingSafety.self).measures.map(\.state)
    }

    @Test("lists every measure once, and knows nothing before the registration", .timeLimit(.minutes(1)))
    func states() async throws {
        try await TestAccounts.run(required: Self.required) { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let made = try await Self.plan(anna)
                let before = try await anna.send(.get, Self.path(made.id)).read(MeetingSafety.self)
                #expect(before.measures.map(\.measure) == SafetyMeasure.allCases)
                #expect(before.measures.map(\.required) == [false, true, true, false, false])
                #expect(before.measures.allSatisfy { $0.state == .unknown })
                let meeting = try TestMeeting(made.id, passcode: "83914207")
                #expect(try await server.register(meeting.registration.encoded, made).status == .noContent)
                #expect(try await Self.states(anna, made.id) == [.met, .met, .unknown, .met, .unknown])
            }
        }
    }

    @Test("a meeting that lacks a required measure is not registered, and the answer names it", .timeLimit(.minutes(1)))
    func refused() async throws {
        try await TestAccounts.run(required: Self.required) { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let made = try await Self.plan(anna)
                let bare = try await server.register(TestMeeting(made.id).registration.encoded, made)
                #expect(bare.status == .unprocessableContent)
                #expect(try bare.read(Problem.self) == Problem(error: .measure, measure: .passcode))
                // Nothing was kept of it: the same plan takes what has the measure.
                let whole = try TestMeeting(made.id, passcode: "83914207")
                #expect(try await server.register(whole.registration.encoded, made).status == .noContent)
            }
        }
    }

    @Test("an installation that requires nothing refuses nothing, and says what is missing", .timeLimit(.minutes(1)))
    func nothingRequired() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let made = try await Self.plan(anna)
                let meeting = try TestMeeting(made.id)
                #expect(try await server.register(meeting.registration.encoded, made).status == .noContent)
                #expect(try await Self.states(anna, made.id) == [.met, .missing, .unknown, .met, .unknown])
                #expect(try await anna.info().required == nil)
            }
        }
    }

    @Test("a requirement that came after the registration is told as missing", .timeLimit(.minutes(1)))
    func later() async throws {
        try await TestAccounts.inFolder { folder in
            let clock = TestAccounts.Clock()
            let before = try TestAccounts(in: folder, clock: clock)
            let made = try await TestServer.run(accounts: before) { server in
                let anna = try await before.person(1, [.host], at: server)
                let made = try await Self.plan(anna)
                let meeting = try TestMeeting(made.id)
                #expect(try await server.register(meeting.registration.encoded, made).status == .noContent)
                return made
            }
            let accounts = try TestAccounts(in: folder, clock: clock, required: Self.required)
            try await TestServer.run(accounts: accounts) { server in
                let anna = try await TestPerson(server: server, number: 1).again()
                let safety = try await anna.send(.get, Self.path(made.id)).read(MeetingSafety.self)
                #expect(safety.measures[1] == SafetyLine(measure: .passcode, state: .missing, required: true))
                #expect(try await anna.info().required == [.passcode, .lock])
            }
        }
    }

    @Test("a passcode that was cleared in the meeting is missing from then on", .timeLimit(.minutes(1)))
    func cleared() async throws {
        try await TestAccounts.run { accounts in
            try await TestServer.run(accounts: accounts) { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let made = try await Self.plan(anna)
                let meeting = try TestMeeting(made.id, passcode: "83914207")
                #expect(try await server.register(meeting.registration.encoded, made).status == .noContent)
                try await TestSocket.open(server, meeting.id) { socket in
                    let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                    try await host.found()
                    #expect(try await Self.states(anna, made.id)[1] == .met)
                    try await host.say(.room(.setPasscode(.init())))
                    try await host.run {
                        host.heard.contains(.room(.passcodeChanged(.init(isRequired: false))))
                    }
                    #expect(try await Self.states(anna, made.id)[1] == .missing)
                }
                await server.house.elapse()
                #expect(try await Self.states(anna, made.id)[1] == .missing)
            }
        }
    }

    @Test("is its owner's alone, and an unknown meeting is answered as another's is", .timeLimit(.minutes(1)))
    func owner() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let bram = try await accounts.person(2, [.host], at: server)
                let cees = try await accounts.person(3, [.admin], at: server)
                let made = try await Self.plan(anna)
                let meeting = try TestMeeting(made.id)
                #expect(try await server.register(meeting.registration.encoded, made).status == .noContent)
                let instant = try await server.meeting()
                let others = try await bram.send(.get, Self.path(made.id))
                #expect(others.status == .notFound)
                for id in [instant.id.text, "AAAAAAAAAAAAAAAAAAAAAA", "none"] {
                    let answer = try await bram.send(.get, "/api/v1/meetings/\(id)/safety")
                    #expect(answer.status == others.status)
                    #expect(answer.body == others.body)
                }
                #expect(try await cees.send(.get, Self.path(made.id)).problem == .forbidden)
                let nobody = TestPerson(server: server, number: 4)
                #expect(try await nobody.send(.get, Self.path(made.id)).problem == .unauthorized)
                #expect(try await anna.send(.delete, "\(Self.plans)/\(made.id.text)").status == .noContent)
                #expect(try await anna.send(.get, Self.path(made.id)).problem == .notFound)
            }
        }
    }

    @Test("--require takes the words of the measures, and no others")
    func option() {
        #expect(RequiredMeasures("waiting-room,passcode")?.measures == [.waitingRoom, .passcode])
        let all = SafetyMeasure.allCases.map(\.option).joined(separator: ", ")
        #expect(RequiredMeasures(all)?.measures == Set(SafetyMeasure.allCases))
        for text in ["", ",", "passcode,", "waitingRoom", "Passcode", "passcode;lock"] {
            #expect(RequiredMeasures(text) == nil, "\(text)")
        }
    }
}
