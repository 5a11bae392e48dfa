import BeraadTesting
import E2EE
import Testing

/// A spotlight whose owner lost their place and came in anew: it holds, unless somebody said something else meanwhile.
@Suite("A spotlight, and its owner who comes back")
struct SpotlightReturnTests {
    private func spotlit(_ member: TestMember) throws -> [UInt8]? {
        try member.heard(.spotlight).last.map { try Spotlight(decoding: $0.body).key }
    }

    /// Bram is a co-host and shows Chris large; then he hears nothing for a while, `meanwhile` happens, and the log is not there
    /// any more.
    private func lose(seed: UInt64, meanwhile: (Company) -> Void) throws -> (company: Company, chris: [UInt8]) {
        let company = try Company(seed: seed)
        let meeting = company.meeting, bram = company.guests[0]
        let chris = try #require(company.host.key(of: "Chris"))
        meeting.tell(company.host, .makeCohost(try #require(company.host.key(of: "Bram"))))
        try #require(meeting.run(until: { bram.policies.last?.rights.contains(.moderate) == true }))
        meeting.tell(bram, .say(.spotlight, Spotlight(on: chris)))
        meeting.run(500)
        for member in company.everybody { try #require(try self.spotlit(member) == chris) }
        var isCut = true
        company.server.says = { member, frame in
            guard member === bram else { return frame }
            if isCut, case .event = frame { return nil }
            guard !bram.states.contains(.resync), case .data(let bytes) = frame,
                case .log? = try? DataFrame(decoding: bytes)
            else { return frame }
            return .error(.gone)
        }
        meanwhile(company)
        meeting.run(500)
        isCut = false
        meeting.tell(company.host, .chat("verder"))
        try #require(meeting.run(until: { bram.states.contains(.resync) && bram.isLive }, within: 30_000))
        meeting.run(8_000)
        return (company, chris)
    }

    private func letIn(_ name: String, _ company: Company) throws -> TestMember {
        let member = try company.meeting.enter(name)
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        company.meeting.tell(company.host, .admit([]))
        try #require(company.meeting.run(until: { member.isLive }))
        company.meeting.run(2_000)
        return member
    }

    @Test("it is said again when they are back, and whoever comes later hears it")
    func holds() throws {
        let (company, chris) = try self.lose(seed: 1_334) { company in
            company.meeting.tell(company.host, .chat("eerst"))
        }
        for member in company.everybody { #expect(try self.spotlit(member) == chris) }
        let eva = try self.letIn("Eva", company)
        #expect(try self.spotlit(eva) == chris)
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty })
    }

    @Test("it does not come back where a host ended it, or shows somebody else large")
    func overtaken() throws {
        for (seed, isEnded) in [(UInt64(1_335), true), (1_336, false)] {
            let (company, _) = try self.lose(seed: seed) { company in
                let key = isEnded ? [] : company.host.key(of: "Bram") ?? []
                company.meeting.tell(company.host, .say(.spotlight, Spotlight(on: key)))
            }
            let last = isEnded ? [] : try #require(company.host.key(of: "Bram"))
            for member in company.everybody { #expect(try self.spotlit(member) == last, "\(member.name)") }
            let eva = try self.letIn("Eva", company)
            #expect(try self.spotlit(eva) == (isEnded ? nil : last))
        }
    }
}
