import BeraadTesting
import E2EE
import Testing

/// Messages to one person (`e2ee.md` 8, kind 23): sealed to their leaf, inside what the group seals.
@Suite("Messages to one person")
struct DirectTests {
    /// Everybody may write to everybody alone.
    private func open(_ company: Company) throws {
        let features = FeatureSet.coaching.atFirst.union(.direct)
        company.meeting.tell(company.host, .setFeatures(features))
        try #require(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.policies.last?.features == features } }))
    }

    @Test("it is read by that person and by nobody else, and its author sees to whom it went")
    func one() throws {
        let company = try Company(seed: 730)
        try self.open(company)
        let bram = company.guests[0], chris = company.guests[1]
        let key = try #require(company.host.key(of: "Chris"))
        company.meeting.tell(bram, .whisper("psst", to: [key]))
        company.meeting.run(500)
        #expect(chris.read == ["psst"] && company.host.heard.isEmpty)
        #expect(chris.heard[0].to == [key] && chris.heard[0].signatureKey == bram.key)
        #expect(bram.heard(.chat).map(\.to) == [[key]] && bram.heard[0].id == chris.heard[0].id)
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty && $0.refused.isEmpty })
    }

    @Test("to several it is one message, for each alone; who went meanwhile is left out, and oneself")
    func several() throws {
        let names = (1...11).map { "Guest \($0)" }
        let company = try Company(seed: 731, names)
        let keys = try names.map { try #require(company.host.key(of: $0)) }
        company.meeting.tell(company.guests[10], .leave)
        try #require(company.meeting.run(until: { company.host.roster.count == 11 }))
        company.meeting.tell(company.host, .whisper("allemaal", to: keys + keys + [try #require(company.host.key)]))
        company.meeting.run(3_000)
        for (guest, key) in zip(company.guests, keys).dropLast() {
            #expect(guest.read == ["allemaal"] && guest.heard(.chat).map(\.to) == [[key]])
        }
        let echo = company.host.heard(.chat)
        #expect(echo.count == 1 && Set(echo[0].to) == Set(keys.dropLast()))
        #expect(Set(company.guests.dropLast().flatMap { $0.heard(.chat).map(\.id) }) == [echo[0].id])
    }

    @Test("guests write to each other alone only where that is on; to a host they can always, and the host to them")
    func toHosts() throws {
        let company = try Company(seed: 732)
        let bram = company.guests[0], chris = company.guests[1]
        let hostKey = try #require(company.host.key), chrisKey = try #require(company.host.key(of: "Chris"))
        company.meeting.tell(bram, .whisper("stil", to: [chrisKey]))
        company.meeting.tell(bram, .whisper("samen", to: [hostKey, chrisKey]))
        #expect(bram.refused == [.whisper("stil", to: [chrisKey]), .whisper("samen", to: [hostKey, chrisKey])])
        // Also where nobody chats at all.
        company.meeting.tell(company.host, .setFeatures([]))
        try #require(company.meeting.run(until: { bram.policies.last?.features == [] }))
        company.meeting.tell(bram, .whisper("vraag", to: [hostKey]))
        company.meeting.tell(company.host, .whisper("antwoord", to: [try #require(bram.key)]))
        company.meeting.run(1_000)
        #expect(company.host.read == ["vraag"] && bram.read == ["antwoord"] && chris.heard.isEmpty)
    }

    @Test("its author changes it for the same people and takes it back; nobody else does, and nobody hears of it")
    func changes() throws {
        let company = try Company(seed: 733)
        try self.open(company)
        let bram = company.guests[0], chris = company.guests[1]
        let key = try #require(company.host.key(of: "Chris"))
        company.meeting.tell(bram, .whisper("een", to: [key]))
        company.meeting.run(300)
        let id = try #require(chris.heard.first?.id)
        func change(_ act: ChatChange.Act, _ text: String) -> [UInt8] {
            ChatChange(target: id, act: act, text: Array(text.utf8)).encoded
        }
        // Nor is it changed before everybody.
        let aloud = EngineCommand.send(kind: 17, body: change(.edit, "luid"), deliverTo: [])
        company.meeting.tell(bram, aloud)
        let ofAnother = EngineCommand.direct([try #require(bram.key)], kind: 17, body: change(.retract, ""))
        company.meeting.tell(chris, ofAnother)
        #expect(bram.refused == [aloud] && chris.refused == [ofAnother])
        company.meeting.tell(bram, .direct([key], kind: 17, body: change(.edit, "twee")))
        company.meeting.tell(bram, .direct([key], kind: 17, body: change(.retract, "")))
        company.meeting.run(500)
        #expect(try chris.heard(.chatChange).map { try ChatChange(decoding: $0.body).act } == [.edit, .retract])
        #expect(chris.heard(.chatChange).allSatisfy { $0.to == [key] } && company.host.heard.isEmpty)
    }

    @Test("in another epoch it is sealed anew, and read once")
    func overtaken() throws {
        let company = try Company(seed: 734)
        let bram = company.guests[0], key = try #require(bram.key)
        company.meeting.tell(company.guests[1], .leave)
        company.meeting.run(20)
        company.meeting.tell(company.host, .lock(true))
        company.meeting.tell(company.host, .whisper("hier", to: [key]))
        company.meeting.run(8_000)
        #expect(bram.read == ["hier"] && bram.faults.isEmpty && company.host.heard(.chat).map(\.to) == [[key]])
    }
}
